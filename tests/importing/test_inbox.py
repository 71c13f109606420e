"""`import --watch`: an inbox whose files are taken when they have stopped growing (CONTRACT §14)."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from models.admin.verify import verify
from models.ground.errors import UsageError
from models.importing.failures import failures
from models.importing.inbox import Inbox
from models.tables.people import Vpa
from tests.importing.support import Exports, csv_text, vpa
from tests.support.program import started
from tests.support.world import World


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "eingang"
    made.mkdir()
    return made


def put(folder: Path, name: str, *rows: dict[str, Any], at: int = 0) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(csv_text(list(rows) or [vpa()]), encoding="utf-8")
    if at:
        os.utime(path, (at, at))
    return path


def test_x_05_only_what_has_stopped_growing_is_taken_the_oldest_first(exports: Exports, folder: Path) -> None:
    inbox = Inbox(folder)
    new = put(folder, "a/vpas.csv", at=2_000).parent
    old = put(folder, "vpas.csv", at=1_000)
    put(folder, "vpas.csv.part")
    put(folder, "~$vpas.csv")
    assert inbox.settled() == []
    put(folder, "a/vpas.csv", vpa(), vpa(vpa_id="V2"), at=3_000)
    assert inbox.settled() == [old]
    assert inbox.settled() == [old, new]
    assert inbox.is_waiting


def test_x_05_what_is_taken_goes_to_erledigt_and_covers_nothing(exports: Exports, folder: Path) -> None:
    inbox = Inbox(folder)
    for _ in range(2):
        taken = inbox.take(exports.world.session(), put(folder, "vpas.csv"))
        assert (taken.error, taken.answer and taken.answer["files"][0]["rows"]) == (None, 1)
    assert sorted(path.name for path in (folder / "erledigt").iterdir()) == ["vpas (2).csv", "vpas.csv"]
    assert sorted(path.name for path in folder.iterdir()) == ["erledigt", "fehler"]


def test_a_faulty_file_goes_to_fehler_with_its_problems_and_is_shown_until_it_is_settled(
    exports: Exports, folder: Path
) -> None:
    inbox, session = Inbox(folder), exports.world.session()
    taken = inbox.take(session, put(folder, "vpas.csv", vpa(klasse="Z")))
    assert taken.show()["state"] == "failed"
    assert taken.show()["error"]["problems"][0]["code"] == "bad_value"
    told = (folder / "fehler" / "vpas.csv.txt").read_text(encoding="utf-8")
    assert "Zeile 2, klasse" in told
    assert (failures(), Vpa.select().count()) == (["vpas.csv"], 0)
    inbox.settle(session)
    assert failures() == ["vpas.csv"]
    inbox.take(session, put(folder, "andere.csv", vpa()))
    assert failures() == ["andere.csv", "vpas.csv"]
    inbox.take(session, put(folder, "vpas.csv"))
    assert failures() == ["andere.csv"]
    shutil.rmtree(folder / "fehler")
    (folder / "fehler").mkdir()
    inbox.settle(session)
    assert failures() == []
    assert verify() > 0


def test_it_never_passes_a_warning(exports: Exports, folder: Path) -> None:
    exports.take(vpas=[vpa(letzte_aktivitaet="2025-11-04T10:00")])
    taken = Inbox(folder).take(
        exports.world.session(), put(folder, "vpas.csv", vpa(letzte_aktivitaet="2025-11-01T10:00"))
    )
    assert [o["code"] for o in taken.show()["error"]["obstacles"]] == ["older_export"]
    assert (folder / "fehler" / "vpas.csv").is_file()


def test_what_is_no_folder_is_wrong_usage(exports: Exports, folder: Path) -> None:
    with pytest.raises(UsageError):
        Inbox(folder / "fehlt")
    for more in (["--despite", "x"], ["--dry-run"], ["--baseline"], [str(folder)]):
        assert exports.world.cli("import", "--watch", str(folder), *more).exit_code == 2
    assert exports.world.cli("import").exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_command_prints_a_line_each_and_ends_cleanly(exports: Exports, folder: Path, ending: int) -> None:
    world: World = exports.world
    put(folder, "vpas.csv")
    args = [
        "--db",
        world.url,
        "--now",
        world.now,
        "--as",
        "ANN",
        "--json",
        "import",
        "--watch",
        str(folder),
        "--every",
        "0.2",
    ]
    with started(args) as program:
        deadline = time.monotonic() + 30
        while not (folder / "erledigt" / "vpas.csv").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        put(folder, "falsch.csv", vpa(klasse="Z"))
        while not (folder / "fehler" / "falsch.csv.txt").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(0.3)
        program.send_signal(ending)
        out, err = program.communicate(timeout=20)
    assert (program.returncode, err) == (0, b"")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [(line["file"], line["state"]) for line in lines] == [("vpas.csv", "done"), ("falsch.csv", "failed")]
