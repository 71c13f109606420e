"""`backup`, `restore` and `doctor` (CONTRACT §2): the same content on either engine, nothing halfway."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.admin import backup, gaps
from models.admin.verify import verify
from models.file.actions import LogEntry
from models.tables.people import Member
from tests.support import office as lay
from tests.support.postgres import Server
from tests.support.program import Result, in_process
from tests.support.terminal import ROOT
from tests.support.world import World

LOG = LogEntry(vpa="V001", kind="other", situation="Ä „Zitat“ \t\nZeile \U0001f642", tag=("eins", "zwei"))


def fill(world: World) -> None:
    """Something in every kind of table, written through the one door where that is quick."""
    lay.confirmation()
    case = lay.case("absence", findings=["long"], before=None, after={"von": "2025-11-10"}, facts={"days": 22})
    lay.flag()
    lay.entry("vpa_kunde")
    lay.reminder(about=f"case:{case.id}", accepted_at=lay.moment("2025-10-26T02:30:15.123456+01:00"))
    world.run(LOG)
    world.cli("member", "away", "KIM", "--reason", "sick", "--from", "2025-11-04", "--until", "2025-11-06").ok()
    world.cli("setting", "set", "shared_accounts", "a, b", as_="ANB").ok()
    world.cli("day", "close", "--despite", "zu viel").ok()
    world.cli("check").ok()


def other(url: str, *args: str, as_: str | None = "TOM") -> Result:
    """A command on another database."""
    return in_process(["--db", url, "--json", *(["--as", as_] if as_ else []), *args])


@pytest.fixture
def other_url(office: World, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of the other engine."""
    if office.engine == "postgres":
        yield str(tmp_path / "andere.db")
        return
    server: Server = request.getfixturevalue("postgres_server")
    server.execute("CREATE DATABASE andere TEMPLATE template0")
    yield server.url("andere")
    server.execute("DROP DATABASE andere WITH (FORCE)")


def test_content_survives_the_way_to_the_other_engine_and_back(office: World, tmp_path: Path, other_url: str) -> None:
    fill(office)
    before = lay.content()
    office.cli("backup", str(tmp_path / "a.db")).ok()
    assert other(other_url, "restore", str(tmp_path / "a.db")).ok().json["rows"] > 20
    other(other_url, "history", "verify").ok()
    other(other_url, "backup", str(tmp_path / "b.db")).ok()
    office.cli("restore", str(tmp_path / "b.db"), "--replace").ok()
    after = lay.content()
    restored = [row for row in after["history"] if "restore" in row]
    assert len(restored) == 2
    after["history"] = [row for row in after["history"] if row not in restored]
    before.pop("history_head"), after.pop("history_head"), before.pop("schema_migration", None)
    assert after == before
    assert verify() == len(before["history"]) + 2


def test_after_a_restore_work_goes_on(office: World, tmp_path: Path, other_url: str) -> None:
    """Ids go on behind the last one, undo reaches what was done before, search finds it, entries stay append-only."""
    fill(office)
    office.cli("backup", str(tmp_path / "a.db")).ok()
    other(other_url, "restore", str(tmp_path / "a.db")).ok()
    log = ["file", "log", "--vpa", "V001", "--kind", "other", "--situation", "Weiter", "--tag", "x"]
    assert other(other_url, *log).ok().json["id"] == 3
    assert other(other_url, "undo").ok().json["id"] == 3
    assert other(other_url, "undo").ok().json["id"] == 2
    assert other(other_url, "undo").exit_code == 6
    found = other(other_url, "file", "search", "ruhig").ok().lines
    assert [line["id"] for line in found] == [1]
    assert "ok" in other(other_url, "doctor").ok().json["integrity"]


def test_a_backup_is_whole_while_others_write(office: World, tmp_path: Path) -> None:
    """Every copy is one moment: history and entries agree in it."""
    log = ["--db", office.url, "--as", "TOM", "file", "log", "--vpa", "V001", "--kind", "other", "--tag", "x"]
    script = "from tui.main import main\nfor n in range(25): assert main([*ARGS, '--situation', str(n)]) == 0"
    program = f"ARGS = {log!r}\n{script}"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    args = [sys.executable, "-c", program]
    writers = [subprocess.Popen(args, env=env, stdout=subprocess.DEVNULL) for _ in range(2)]
    sizes: list[int] = []
    while any(writer.poll() is None for writer in writers) or not sizes:
        office.cli("backup", str(copy := tmp_path / f"{len(sizes)}.db")).ok()
        sizes.append(whole(copy))
    assert [writer.returncode for writer in writers] == [0, 0]
    assert sizes == sorted(sizes)
    assert len({size for size in sizes if 0 < size < 50}) > 1, sizes


def whole(copy: Path) -> int:
    """The number of entries in a backup, after looking whether it is one moment of the database."""
    found = sqlite3.connect(copy)

    def one(sql: str) -> object:
        return found.execute(sql).fetchone()[0]

    try:
        assert one("PRAGMA integrity_check") == "ok"
        entries = one("SELECT COUNT(*) FROM entry")
        assert entries == one("SELECT COUNT(*) FROM history WHERE action = 'file.log'")
        assert one("SELECT last FROM history_head") == one("SELECT MAX(id) FROM history")
    finally:
        found.close()
    assert isinstance(entries, int)
    return entries


def test_a_backup_never_overwrites_and_is_its_owners_alone(office: World, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    assert office.cli("backup", str(path), "--dry-run").ok().json["dry_run"] is True
    assert list(tmp_path.glob("a*")) == []
    office.cli("backup", str(path)).ok()
    assert path.stat().st_mode & 0o777 == 0o600
    kept = path.read_bytes()
    for args in ([], ["--dry-run"]):
        assert office.cli("backup", str(path), *args).exit_code == 6
    assert office.cli("backup", str(tmp_path / "nirgends" / "a.db")).exit_code == 2
    assert path.read_bytes() == kept
    assert [found.name for found in tmp_path.glob("*.teil")] == []


def test_restore_asks_before_it_replaces(office: World, tmp_path: Path) -> None:
    office.cli("backup", str(tmp_path / "a.db")).ok()
    office.run(LOG)
    before = lay.content()
    refused = office.cli("restore", str(tmp_path / "a.db"))
    assert (refused.exit_code, refused.codes) == (3, ["not_empty"])
    assert office.cli("restore", str(tmp_path / "a.db"), "--dry-run").codes == ["not_empty"]
    assert office.cli("restore", str(tmp_path / "a.db"), "--replace", "--dry-run").ok().json["dry_run"] is True
    assert office.cli("restore", str(tmp_path / "a.db"), "--replace", as_="XYZ").exit_code == 2
    office.me = None
    assert office.cli("restore", str(tmp_path / "a.db"), "--replace").codes == ["kuerzel_missing"]
    assert lay.content() == before
    office.cli("restore", str(tmp_path / "a.db"), "--replace", as_="TOM").ok()
    assert lay.content()["entry"] == []


def test_a_backup_is_only_read(office: World, tmp_path: Path) -> None:
    """Also a database file that is still in use elsewhere serves as one; no byte of it changes."""
    path = tmp_path / "a.db"
    office.cli("backup", str(path)).ok()
    with sqlite3.connect(path) as other_program:
        other_program.execute("PRAGMA journal_mode = wal")
    other_program.close()
    kept = path.read_bytes()
    office.cli("restore", str(path), "--replace").ok()
    assert path.read_bytes() == kept


def test_the_database_is_no_backup_of_itself(office: World) -> None:
    if office.engine == "sqlite":
        before = lay.content()
        assert office.cli("restore", office.url, "--replace").exit_code == 2
        assert lay.content() == before
    else:
        assert office.cli("restore", office.url, "--replace").exit_code == 2


@pytest.mark.parametrize("what", ["garbage", "empty", "foreign", "torn"])
def test_what_is_no_backup_changes_nothing(office: World, tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.db"
    if what == "garbage":
        path.write_bytes(b"kein SQLite " * 999)
    elif what == "empty":
        path.touch()
    elif what == "foreign":
        with sqlite3.connect(path) as foreign:
            foreign.execute("CREATE TABLE x (y)")
        foreign.close()
    else:
        office.cli("backup", str(path)).ok()
        path.write_bytes(path.read_bytes()[:9000])
    before = lay.content()
    result = office.cli("restore", str(path), "--replace")
    assert (result.exit_code, result.json["error"]["code"]) == (4, "bad_data")
    assert lay.content() == before
    fresh = tmp_path / "neu" / "b.db"
    assert other(str(fresh), "restore", str(path)).exit_code == 4
    assert not fresh.parent.exists()


def test_a_restore_that_fails_halfway_leaves_everything(
    office: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.cli("backup", str(tmp_path / "a.db")).ok()
    office.run(LOG)
    before = lay.content()

    def fail(*_: object) -> None:
        raise OSError("Strom weg")

    monkeypatch.setattr(backup, "append", fail)
    assert office.cli("restore", str(tmp_path / "a.db"), "--replace").exit_code == 1
    assert lay.content() == before
    office.run(LOG)
    assert verify() > 2


def test_restore_drops_nothing_that_is_not_ours(office: World, tmp_path: Path) -> None:
    """A schema may hold other things too."""
    if office.engine == "postgres":
        office.store.db.execute_sql("CREATE TABLE fremd (x int)")
        office.store.db.execute_sql("CREATE FUNCTION fremd() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    office.cli("backup", str(tmp_path / "a.db")).ok()
    for _ in range(2):
        office.cli("restore", str(tmp_path / "a.db"), "--replace").ok()
    if office.engine == "postgres":
        assert office.store.db.execute_sql("SELECT fremd() FROM (SELECT count(*) FROM fremd) x").fetchone() == (1,)
    assert office.cli("doctor").json["integrity"] == "ok"


def test_a_dry_run_of_restore_makes_no_database(office: World, tmp_path: Path) -> None:
    office.cli("backup", str(tmp_path / "a.db")).ok()
    fresh = tmp_path / "neu" / "b.db"
    assert other(str(fresh), "restore", str(tmp_path / "a.db"), "--dry-run").ok().json["dry_run"] is True
    assert not fresh.parent.exists()
    other(str(fresh), "restore", str(tmp_path / "a.db")).ok()
    assert other(str(fresh), "check").ok().json["member"] == "TOM"


def test_doctor_tells_versions_and_no_personal_data(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(office)
    monkeypatch.setenv("SCHICHT_AS", "TOM")
    told = office.cli("doctor").ok()
    shown = told.json
    assert (shown["integrity"], shown["history"], shown["schema"]) == ("ok", "ok", shown["schema_expected"])
    assert (shown["engine"], shown["sandbox"], shown["empty"]) == (office.engine, True, False)
    for word in ("Muster", "Keller", "Sommer", "TOM", "ANB", "Zitat", "V001", "K001"):
        assert word not in told.stdout
    assert json.dumps(str(Path.home())).strip('"') not in told.stdout


def test_doctor_says_what_is_not_protected(office: World) -> None:
    first = gaps.FILE if office.engine == "sqlite" else gaps.SUPERUSER
    said = office.cli("doctor").ok().json["unprotected"]
    assert said[0] == first
    assert gaps.SHARED.format(1) not in said
    if office.engine == "sqlite":
        Path(office.url).chmod(0o644)
        assert gaps.READABLE in office.cli("doctor").json["unprotected"]
        Path(office.url).chmod(0o600)
        assert gaps.READABLE not in office.cli("doctor").json["unprotected"]
    Member.update(login="gemeinsam").where(Member.kuerzel.in_(("TOM", "KIM"))).execute()
    assert gaps.SHARED.format(1) in office.cli("doctor").json["unprotected"]


def test_doctor_notices_what_is_wrong(office: World) -> None:
    sqlite = office.engine == "sqlite"
    drop = "DROP TRIGGER history_no_update" if sqlite else "DROP TRIGGER history_append_only ON history"
    office.store.db.execute_sql(drop)
    told = office.cli("doctor")
    assert told.exit_code == 5
    assert "Trigger" in told.json["integrity"]
    assert "Trigger" in told.json["error"]["message"]
    office.store.db.execute_sql("UPDATE history SET account = 'x'")
    told = office.cli("doctor", json=False)
    assert told.exit_code == 5
    assert "verändert" in told.stderr


def test_a_restore_speaks_of_restoring(office: World, tmp_path: Path) -> None:
    """Trial 27: nothing of an import or an export, and no line where a file has none."""
    (script := tmp_path / "run.sh").write_text("#!/bin/bash\n" * 100)
    told = office.cli("restore", str(script), "--replace", json=False)
    assert told.exit_code == 4
    assert "Nichts eingespielt" in told.stderr
    for word in ("mport", "Export", "Zeile", ", :"):
        assert word not in told.stderr
    assert office.cli("restore", str(script), "--replace").json["error"]["code"] == "bad_data"


def test_an_hour_that_never_is_says_so(office: World) -> None:
    """Trial 26."""
    refused = office.cli("reminder", "set", "--vpa", "V001", "--due", "2026-03-29T02:30", "--reason", "x")
    assert refused.exit_code == 2
    assert "gibt es an diesem Tag nicht" in refused.json["error"]["message"]
