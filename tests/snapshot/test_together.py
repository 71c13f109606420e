"""An import beside colleagues who work: nobody waits while it reads, nothing is doubled, nothing half written."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from models.case.table import Case
from models.people import Customer, Import, Vpa
from models.snapshot.take import take
from tests.snapshot.support import Exports, row, vpa


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


def test_staging_tables_are_gone_afterwards(exports: Exports, tmp_path: Path) -> None:
    exports.take(vpas=[vpa()], kunden=[row("kunden")])
    assert not [name for name in exports.world.store.db.get_tables() if name.startswith("stage_")]
    catalogue = (
        "name FROM sqlite_temp_master WHERE name"
        if exports.world.engine == "sqlite"
        else ("relname FROM pg_class WHERE relname")
    )
    rows = exports.world.store.db.execute_sql(f"SELECT {catalogue} IN ('stage_vpas', 'stage_kunden')").fetchall()
    assert list(rows) == []
