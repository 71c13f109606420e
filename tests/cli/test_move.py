"""`move`: a team goes from the file to the server and back, whole, or nothing happens (issue 5 §1)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import OperationalError

from models.admin import backup
from models.admin.move import read_all
from models.admin.tally import Tally
from models.admin.verify import verify
from models.database.fields import BaseModel, proxy
from models.database.store import open_store
from tests.cli.test_backup import LOG, fill, other
from tests.support import office as lay
from tests.support.postgres import Server
from tests.support.program import in_new_process
from tests.support.terminal import SCHICHT, Terminal
from tests.support.world import World


@pytest.fixture
def other_url(office: World, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of the other engine."""
    if office.engine == "postgres":
        yield str(tmp_path / "neu" / "andere.db")
        return
    server: Server = request.getfixturevalue("postgres_server")
    server.execute("CREATE DATABASE umzug TEMPLATE template0")
    yield server.url("umzug")
    server.execute("DROP DATABASE umzug WITH (FORCE)")


def tally(url: str) -> Tally:
    """What a database holds, read with a connection of its own."""
    store, found = open_store(url), Tally()
    with store.connected():
        read_all(store.db, found)
    return found


def test_there_and_back_nothing_is_lost(office: World, tmp_path: Path, other_url: str) -> None:
    """Each way adds one row to the history of the target, and nothing else differs, to the hash."""
    fill(office)
    before, start = lay.content(), tally(office.url)
    move = ["--from", office.url, "--to", other_url]
    looked = in_new_process(["--json", "move", *move, "--dry-run"]).ok().json
    assert (looked["rows"], looked["hash"], looked["dry_run"]) == (start.rows, start.hash, True)
    told = in_new_process(["--json", "--as", "TOM", "move", *move]).ok().json
    assert told == {"rows": start.rows, "hash": start.hash}
    assert tally(other_url).differing(start) == ["history_head", "history"]
    assert tally(office.url).hash == start.hash, "the source stays as it is"
    refused = office.cli("move", "--from", other_url, "--to", office.url)
    assert (refused.exit_code, refused.codes) == (3, ["not_empty"])
    office.cli("move", "--from", other_url, "--to", office.url, "--replace").ok()
    after = lay.content()
    assert verify() == len(before["history"]) + 2
    moves = [row for row in after["history"] if "move" in row]
    assert [row[2] for row in moves] == ["TOM", "TOM"]
    after["history"] = [row for row in after["history"] if row not in moves]
    before.pop("history_head"), after.pop("history_head")
    assert after == before


def test_work_goes_on_in_the_new_place(office: World, other_url: str) -> None:
    """Ids go on behind the last one, undo reaches back, search finds; the same engine is a way too."""
    fill(office)
    other(other_url, "move", "--from", office.url, "--to", other_url).ok()
    log = ["file", "log", "--vpa", "V001", "--kind", "other", "--situation", "Weiter", "--tag", "x"]
    assert other(other_url, *log).ok().json["id"] == 3
    assert other(other_url, "undo").ok().json["id"] == 3
    assert [line["id"] for line in other(other_url, "file", "search", "ruhig").ok().lines] == [1]
    other(other_url, "history", "verify").ok()


@pytest.mark.parametrize("how", ["fails", "loses", "alters"])
def test_a_copy_that_is_not_the_source_is_thrown_away(
    office: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The control: without a fault the same move is done."""
    office.run(LOG)
    before = lay.content()
    source = str(tmp_path / "quelle.db")
    office.cli("backup", source).ok()
    office.run(LOG)
    later = lay.content()
    copy = backup._copy

    def faulty(model: type[BaseModel], *rest: object) -> None:
        copy(model, *rest)  # type: ignore[arg-type]
        if model._meta.table_name == "member":
            if how == "fails":
                raise OSError("Strom weg")
            harm = {"loses": "DELETE FROM member WHERE kuerzel = 'KIM'", "alters": "UPDATE member SET name = 'x'"}
            office_db = rest[1]
            office_db.execute_sql(harm[how])  # type: ignore[attr-defined]

    move = ("move", "--from", source, "--to", office.url, "--replace")
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_copy", faulty)
        failed = office.cli(*move)
        fresh = tmp_path / "neu.db"
        assert other(str(fresh), "move", "--from", source, "--to", str(fresh)).exit_code == failed.exit_code
        assert not fresh.exists()
        office._take_back()
    assert failed.exit_code == (1 if how == "fails" else 5)
    assert how == "fails" or "member" in failed.json["error"]["message"]
    assert lay.content() == later != before
    office.cli(*move).ok()
    assert lay.content()["entry"] == before["entry"]


def test_what_cannot_be_moved(office: World, tmp_path: Path) -> None:
    """The same database by another name, a missing source, an empty one, a stranger; no file is left behind."""
    again = f"{office.url}&application_name=x" if office.engine == "postgres" else f"sqlite:///{office.url}"
    assert office.cli("move", "--from", again, "--to", office.url, "--replace").exit_code == 2
    fresh = tmp_path / "neu" / "b.db"
    assert office.cli("move", "--from", str(tmp_path / "fehlt.db"), "--to", str(fresh)).exit_code == 5
    with sqlite3.connect(tmp_path / "leer.db") as empty:
        empty.execute("CREATE TABLE x (y)")
    empty.close()
    assert other(str(fresh), "move", "--from", str(tmp_path / "leer.db"), "--to", str(fresh)).exit_code == 5
    assert not fresh.exists()
    assert office.cli("move", "--from", office.url).exit_code == 2
    office.cli("backup", str(tmp_path / "a.db")).ok()
    move = ("move", "--from", str(tmp_path / "a.db"), "--to", office.url, "--replace")
    assert office.cli(*move, as_="XYZ").exit_code == 2
    office.me = None
    assert office.cli(*move).codes == ["kuerzel_missing"]


def test_nobody_writes_to_the_source_meanwhile(office: World, monkeypatch: pytest.MonkeyPatch, other_url: str) -> None:
    """A writer that comes in the middle would wait: what it takes first is taken. Before and afterwards it is free."""
    copy, seen = backup._copy, [taken(office)]

    def watched(model: type[BaseModel], *rest: object) -> None:
        seen.append(taken(office))
        copy(model, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_copy", watched)
    other(other_url, "move", "--from", office.url, "--to", other_url).ok()
    assert (seen[0], set(seen[1:]), taken(office)) == (False, {True}, False)


def taken(office: World) -> bool:
    """Whether a writer would have to wait now; asked by the driver the program itself uses (PITFALLS)."""
    bound_to = proxy.obj
    store = open_store(office.url)
    proxy.initialize(bound_to)
    store.db.connect()
    try:
        if office.engine == "sqlite":
            store.db.execute_sql("PRAGMA busy_timeout = 0")
            store.db.execute_sql("BEGIN IMMEDIATE")
            store.db.execute_sql("ROLLBACK")
        else:
            with store.db.atomic():
                store.db.execute_sql("LOCK TABLE history_head IN ROW SHARE MODE NOWAIT")
    except OperationalError as error:
        return "lock" in str(error)
    finally:
        store.db.close()
    return False


def test_a_terminal_sees_a_bar(world: World, tmp_path: Path) -> None:
    """A bar that fills, then the sentence; never a password."""
    if world.engine == "postgres":
        return
    lay.settle(world)
    args = ("--as", "TOM", "move", "--from", world.url, "--to", str(tmp_path / "neu.db"))
    with Terminal(*args, program=SCHICHT) as terminal:
        terminal.wait_for("Umgezogen nach neu.db")
        assert "Prüfen" in terminal.text
        assert "100%" in terminal.text
