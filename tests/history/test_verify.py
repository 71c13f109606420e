"""`history verify` (CONTRACT §2): whatever else than the program touches the audit trail is found out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from peewee import PeeweeException

from models.admin.verify import verify
from models.file.actions import LogEntry
from models.ground.errors import HistoryBrokenError
from tests.support import office as lay
from tests.support.world import World

COLUMNS = "at, member, account, action, subject, command, step, route, target, undoable, changes, args, extra, hash"
FORGED = (
    "INSERT INTO history (id, {columns}) SELECT {id}, at, member, account, action, subject, 'gefälscht', step, route, "
    "target, undoable, changes, args, extra, {hash} FROM history WHERE id = 3"
)


def insert(key: str, hash_: str) -> str:
    """A copy of row 3 as another row."""
    return FORGED.format(columns=COLUMNS, id=key, hash=hash_)


UPDATES = {
    "who": "UPDATE history SET member = 'KIM' WHERE id = 3",
    "nobody": "UPDATE history SET member = NULL WHERE id = 3",
    "somebody instead of nobody": "UPDATE history SET member = 'TOM' WHERE id = 1",
    "an empty name instead of none": "UPDATE history SET member = '' WHERE id = 1",
    "account": "UPDATE history SET account = 'anderes' WHERE id = 2",
    "when": "UPDATE history SET at = '2024-01-01 00:00:00.000000+00:00' WHERE id = 3",
    "what": "UPDATE history SET action = 'case.resolve' WHERE id = 3",
    "about what": "UPDATE history SET subject = 'entry:1' WHERE id = 4",
    "command": "UPDATE history SET command = 'x' WHERE id = 3",
    "step": "UPDATE history SET step = 1 WHERE id = 3",
    "route": "UPDATE history SET route = 'undo' WHERE id = 3",
    "target": "UPDATE history SET target = 2 WHERE id = 3",
    "undoable": "UPDATE history SET undoable = NOT undoable WHERE id = 3",
    "before and after": "UPDATE history SET changes = replace(changes, 'Erster', 'Anderer') WHERE id = 2",
    "a blank in the JSON": "UPDATE history SET changes = changes || ' ' WHERE id = 2",
    "no JSON at all": "UPDATE history SET changes = 'kaputt' WHERE id = 2",
    "arguments": "UPDATE history SET args = '{}' WHERE id = 2",
    "evidence": 'UPDATE history SET extra = \'{"despite":"x"}\' WHERE id = 2',
    "hash": "UPDATE history SET hash = 'x' WHERE id = 2",
    "the last hash": "UPDATE history SET hash = 'x' WHERE id = 5",
    "order": "UPDATE history SET id = CASE id WHEN 3 THEN 30 ELSE id END",
    "a number for a text": "UPDATE history SET subject = '5' WHERE id = 3",
    "everything": "UPDATE history SET account = 'x'",
}
REMOVALS = {
    "a row in the middle": "DELETE FROM history WHERE id = 3",
    "the first row": "DELETE FROM history WHERE id = 1",
    "the tail": "DELETE FROM history WHERE id = 5",
    "the tail and its end": "DELETE FROM history WHERE id >= 4; UPDATE history_head SET last = 3",
    "the tail, its end and hash": "DELETE FROM history WHERE id = 5; UPDATE history_head SET last = 4, "
    "hash = (SELECT hash FROM history WHERE id = 4)",
    "all rows": "DELETE FROM history",
    "all rows and the end": "DELETE FROM history; DELETE FROM history_head",
    "all rows, the end set to none": "DELETE FROM history; UPDATE history_head SET last = 0, hash = ''",
    "the end": "DELETE FROM history_head",
    "the table": "DROP TABLE history",
    "the table of the end": "DROP TABLE history_head",
}
FORGERIES = {
    "a row behind the end": insert("6", "hash"),
    "a row behind a gap": insert("9", "hash"),
    "a row with an invented hash": insert("6", "'abc'"),
    "a row before the first": insert("0", "hash"),
    "a row and the end": f"{insert('6', 'hash')}; UPDATE history_head SET last = 6",
    "the end alone": "UPDATE history_head SET last = 4",
    "the end's hash": "UPDATE history_head SET hash = 'x'",
    "the end's seal": "UPDATE history_head SET seal = 'x'",
    "a second end": "INSERT INTO history_head (id, last, hash, seal) SELECT 2, last, hash, seal FROM history_head",
    "a row in another's place": "DELETE FROM history WHERE id = 4; " + insert("4", "hash"),
}


@pytest.fixture
def trail(office: World) -> World:
    """A history of five rows."""
    for text in ("Erster", "Zweiter", "Dritter", "Vierter"):
        office.run(LogEntry(vpa="V001", kind="other", situation=text, tag=("x",)))
    assert verify() == 5
    return office


def without_triggers(world: World) -> None:
    """As somebody who knows what stands in the way."""
    if world.engine == "postgres":
        world.store.db.execute_sql("ALTER TABLE history DISABLE TRIGGER USER")
        return
    for name in ("history_no_update", "history_no_delete", "history_no_replace"):
        world.store.db.execute_sql(f"DROP TRIGGER {name}")


@pytest.mark.parametrize("what", [*UPDATES, *REMOVALS, *FORGERIES])
def test_every_manipulation_is_found(trail: World, what: str) -> None:
    """A row forged, changed, removed or cut off: exit 3, `history_broken`."""
    without_triggers(trail)
    sql = {**UPDATES, **REMOVALS, **FORGERIES}[what]
    for statement in sql.split("; "):
        trail.store.db.execute_sql(statement)
    result = trail.cli("history", "verify")
    assert (result.exit_code, result.json["error"]["code"], result.codes) == (3, "refused", ["history_broken"]), what
    assert result.json["error"]["obstacles"][0]["weight"] == "stop"
    with pytest.raises(HistoryBrokenError):
        verify()


ONLY_SQLITE: dict[str, Callable[[sqlite3.Connection], object]] = {
    "a blob": lambda db: db.execute("UPDATE history SET subject = x'00ff' WHERE id = 3"),
    "a text for the time": lambda db: db.execute("UPDATE history SET at = 'gestern' WHERE id = 3"),
    "a time in another form": lambda db: db.execute("UPDATE history SET at = replace(at, ' ', 'T') WHERE id = 3"),
    "a number that counts as true": lambda db: db.execute("UPDATE history SET undoable = 2 WHERE id = 3"),
    "a text in the number": lambda db: db.execute("UPDATE history SET step = 'x' WHERE id = 3"),
    "a fraction": lambda db: db.execute("UPDATE history SET step = 0.5 WHERE id = 3"),
    "replace": lambda db: db.execute(
        f"REPLACE INTO history (id, {COLUMNS}) SELECT id, {COLUMNS.replace('account', chr(39) + 'x' + chr(39))} "
        "FROM history WHERE id = 3"
    ),
    "another order of keys": lambda db: db.execute(
        'UPDATE history SET extra = \'{"b":1, "a":2}\' WHERE id = 2',
    ),
}


@pytest.mark.parametrize("what", ONLY_SQLITE)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_only_sqlite_lets_happen_is_found_too(trail: World, what: str) -> None:
    """By another program with another library, on the file itself."""
    trail.store.db.close()
    with sqlite3.connect(trail.url) as other:
        for name in ("history_no_update", "history_no_delete", "history_no_replace"):
            other.execute(f"DROP TRIGGER {name}")
        ONLY_SQLITE[what](other)
    other.close()
    result = trail.cli("history", "verify")
    assert (result.exit_code, result.codes) == (3, ["history_broken"])


GUARDED = [
    "UPDATE history SET account = account",
    "UPDATE history SET hash = 'x' WHERE id = 1",
    "DELETE FROM history WHERE id = 5",
    "DELETE FROM history",
    "TRUNCATE history",
    f"INSERT OR REPLACE INTO history (id, {COLUMNS}) SELECT id, {COLUMNS} FROM history WHERE id = 3",
    f"REPLACE INTO history (id, {COLUMNS}) SELECT 6, {COLUMNS} FROM history WHERE id = 3",
    f"INSERT INTO history (id, {COLUMNS}) SELECT id, {COLUMNS} FROM history WHERE id = 3",
    "UPDATE OR REPLACE history SET id = 1 WHERE id = 2",
]


@pytest.mark.parametrize("sql", GUARDED)
def test_triggers_stop_it_in_the_first_place(trail: World, sql: str) -> None:
    """K-04, DESIGN law 5: append-only, also past REPLACE."""
    before = lay.content()["history"]
    with pytest.raises(PeeweeException):
        trail.store.db.execute_sql(sql)
    assert lay.content()["history"] == before
    assert verify() == 5


@pytest.mark.parametrize("sql", [sql for sql in GUARDED if "TRUNCATE" not in sql])
@pytest.mark.parametrize("engine", ["sqlite"])
def test_triggers_stop_another_program_too(trail: World, sql: str) -> None:
    """The file opens with the SQLite that comes with Python, however old, and that meets the triggers."""
    trail.store.db.close()
    other = sqlite3.connect(trail.url)
    with pytest.raises(sqlite3.DatabaseError, match="append only"):
        other.execute(sql)
    assert other.execute("SELECT COUNT(*) FROM history").fetchone() == (5,)
    other.close()


def test_an_untouched_history_is_told_so(trail: World) -> None:
    assert trail.cli("history", "verify").ok().json == {"ok": True, "rows": 5}
    assert "unversehrt: 5 Zeilen" in trail.cli("history", "verify", json=False).stdout
    trail.me = None
    trail.cli("history", "verify").ok()


def test_it_does_not_matter_which_engine_sealed(trail: World) -> None:
    """Moments with fractions, umlauts, emoji, nothing at all: the seal is over what is stored."""
    trail.run(
        LogEntry(vpa="V001", kind="other", situation="Ä\u200d \U0001f642 \"'\\", tag=("ß",)),
        now="2025-10-26T02:30:01.5",
    )
    trail.cli("day", "close", "--despite", "größer").ok()
    trail.cli("check").ok()
    assert verify() == 9
