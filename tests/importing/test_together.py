"""An import beside colleagues who work: nobody waits while it reads, nothing is doubled, nothing half written."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from models.ground.errors import BadDataError
from models.importing.importer import take
from models.tables.case import Case
from models.tables.people import Customer, Import, Vpa
from tests.importing.support import Exports, row, vpa


def in_thread(work: Any) -> Any:
    """Run it in another thread, on a connection of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result(timeout=30)


def test_two_imports_at_once_take_the_export_once(exports: Exports) -> None:
    exports.take(vpas=[vpa(vpa_id=f"V{n}") for n in range(50)])
    path = exports.folder(vpas=[vpa(vpa_id=f"V{n}", klasse="B", aktiv="nein") for n in range(60)])
    barrier = threading.Barrier(2)

    def run(_: int) -> dict[str, Any]:
        barrier.wait(10)
        return take(exports.world.session(), [path])

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(run, range(2)))
    assert sorted(answer["cases"] for answer in answers) == [0, 100]
    assert sorted(answer["files"][0]["new"] for answer in answers) == [0, 10]
    assert (Case.select().count(), Vpa.select().count(), Import.select().count()) == (100, 60, 3)


def test_nobody_waits_while_an_export_is_read(exports: Exports) -> None:
    exports.take(kunden=[row("kunden")])
    path = exports.folder(vpas=[vpa(vpa_id=f"V{n}") for n in range(6_000)])
    written: list[int] = []

    def write() -> int:
        with exports.world.store.connected(), exports.world.session().writing():
            return int(Customer.update(status="prio").execute())

    def progress(step: str, done: int, total: int) -> None:
        if step == "vpas.csv" and done:
            written.append(in_thread(write))

    exports.take_paths(path, progress=progress)
    assert written == [1]
    assert Customer.get().status == "prio"
    assert Vpa.select().count() == 6_000


def test_a_fault_in_the_middle_leaves_nothing(exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    path = exports.folder(vpas=[vpa(klasse="A")], kunden=[row("kunden", kunden_id=f"K{n}") for n in range(6_000)])

    class LostError(Exception):
        pass

    def progress(step: str, done: int, total: int) -> None:
        if (step, done) == ("kunden", 5_000):
            raise LostError

    for _ in range(2):
        with contextlib.suppress(LostError):
            exports.take_paths(path, progress=progress)
        assert (Case.select().count(), Customer.select().count(), Import.select().count()) == (0, 0, 1)
    assert exports.take_paths(path)["cases"] == 1


@pytest.mark.parametrize("name", ["Nora", ""])  # taken; refused because a cell is missing
def test_nothing_of_an_export_stays_behind(
    exports: Exports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    db, on_sqlite = exports.world.store.db, exports.world.engine == "sqlite"

    def is_beside() -> bool:
        """Whether the file with the export lies beside the database (SQLite)."""
        return "stage" in [name for _, name, _ in db.execute_sql("PRAGMA database_list").fetchall()]

    folder = exports.folder(vpas=[vpa(name=name)], kunden=[row("kunden")])
    beside = 0

    def progress(step: str, done: int, total: int) -> None:
        nonlocal beside
        beside += on_sqlite and is_beside()
        assert not list(tmp_path.glob("schicht-*/*"))  # a process that is killed leaves nothing to read

    with contextlib.suppress(BadDataError):
        exports.take_paths(folder, progress=progress)
    assert bool(beside) == on_sqlite
    if on_sqlite:
        assert not is_beside()
    else:
        assert not db.execute_sql("SELECT 1 FROM pg_class WHERE relname LIKE %s", (r"stage\_%",)).fetchall()
    assert not list(tmp_path.glob("schicht-*"))
