"""What comes back from the platform is recognised (X-02): entries and messages by their text, inside the database.

Both sides lie beside the staged export as keys of their folded texts; the database finds the pairs, the oldest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from models.action.telling import whole_text
from models.importing.carried import carried
from models.importing.columns import ABSENT, AKTEN, NACHRICHTEN, Table
from models.importing.context import Taking
from models.importing.folding import Ends, ends_of, folded, mark
from models.importing.sql import BATCH, Sql
from models.importing.staging import staging

Key = tuple[str, bool]
"""Mark of a text, and whether it is of all parts of an entry put together."""


@dataclass(frozen=True)
class Recognition:
    """How rows of one file are known again."""

    table: Table
    ours: str
    """Query of our own rows that no export has named yet, behind an id: id, whose it is, then what `own_keys` takes."""
    first: Any
    """An id before all others."""
    whose: str
    """The same of a staged row: who has none of ours need not be looked at."""
    known: str
    """Whether a staged row is one that an export has brought before."""
    own_keys: Callable[[tuple[Any, ...], Ends], Iterator[Key]]
    seen_keys: Callable[[dict[str, str], Ends], Iterator[Key]]


def _entry_keys(scope: str, parts: tuple[str, str, str], ends: Ends) -> Iterator[Key]:
    """An entry is known by its situation, or by all its parts put together."""
    situation = folded(parts[0], ends)
    if situation:
        yield mark(scope, situation), False
    if parts[1] or parts[2]:
        yield mark(scope, folded(whole_text(*parts), ends)), True


def _own_entry(row: tuple[Any, ...], ends: Ends) -> Iterator[Key]:
    subject, file, *parts = row
    return _entry_keys(f"{file}\n{subject}", (parts[0], parts[1] or "", parts[2] or ""), ends)


def _seen_entry(cells: dict[str, str], ends: Ends) -> Iterator[Key]:
    customer, vpa, *parts = (
        cells[name].replace(ABSENT, "") for name in ("kunden_id", "vpa_id", "situation", "loesung", "naechste_schritte")
    )
    subject = f"customer:{customer}" if customer else f"vpa:{vpa}"
    return _entry_keys(f"{cells['datei']}\n{subject}", (parts[0], parts[1], parts[2]), ends)


def _own_message(row: tuple[Any, ...], ends: Ends) -> Iterator[Key]:
    task, sender, text = row
    if text := folded(text, ends):
        yield mark(f"{task}\n{sender}", text), False


def _seen_message(cells: dict[str, str], ends: Ends) -> Iterator[Key]:
    return _own_message((cells["aufgabe_id"], cells["von"], cells["text"]), ends)


ENTRIES = Recognition(
    AKTEN,
    "SELECT e.id, e.subject, e.file, e.situation, e.response, e.next_steps FROM entry e "
    "WHERE e.platform_id IS NULL AND e.withdrawn_at IS NULL AND e.id > ? AND NOT EXISTS "
    "(SELECT 1 FROM twin w WHERE w.file = 'akten' AND w.own = CAST(e.id AS TEXT)) ORDER BY e.id",
    0,
    f"CASE WHEN s.kunden_id NOT IN ('', '{ABSENT}') THEN 'customer:' || s.kunden_id ELSE 'vpa:' || s.vpa_id END",
    "EXISTS (SELECT 1 FROM entry t WHERE t.platform_id = s.eintrag_id)",
    _own_entry,
    _seen_entry,
)

MESSAGES = Recognition(
    NACHRICHTEN,
    "SELECT m.id, m.task, m.sender, m.text FROM message m WHERE m.exported IS NULL AND m.id > ? AND NOT EXISTS "
    "(SELECT 1 FROM twin w WHERE w.file = 'nachrichten' AND w.own = m.id) ORDER BY m.id",
    "",
    "s.aufgabe_id",
    "EXISTS (SELECT 1 FROM message t WHERE t.id = s.nachricht_id AND t.exported IS NOT NULL)",
    _own_message,
    _seen_message,
)

_PAIRS = (
    "SELECT s.pos, o.own FROM seen_again s JOIN own_text o ON o.mark = s.mark "
    "ORDER BY CASE WHEN o.whole > 0 OR s.whole > 0 THEN 0 ELSE 1 END, s.at, s.pos, o.place"
)
"""First those that say the same in full, then those of the same situation; the oldest of either side first."""


def recognise(taking: Taking, how: Recognition) -> None:
    """Find the rows that are ours, and keep both ids: from then on they are known like any other."""
    sql, table = taking.sql, how.table
    if table is NACHRICHTEN:  # an undo takes a message away; an entry only withdraws
        sql.run(
            "DELETE FROM twin WHERE file = ? AND NOT EXISTS (SELECT 1 FROM message t WHERE t.id = twin.own)",
            (table.name,),
        )
    with _beside(sql):
        ends = ends_of(str(key) for (key,) in sql.rows("SELECT kuerzel FROM member"))
        if not _lay_ours(taking, how, ends):
            return
        _lay_theirs(taking, how, ends)
        pairs = _pairs(sql)
        if pairs:
            sql.load(_name(sql, "match"), ("pos", "own"), pairs)
            _keep(taking, how)


def _own_table(how: Recognition) -> str:
    return "entry" if how.table is AKTEN else "message"


@contextmanager
def _beside(sql: Sql) -> Iterator[None]:
    """Tables beside the staged export, for as long as it takes."""
    made = {
        "own_text": "mark TEXT, whole INTEGER, own TEXT, place INTEGER",
        "own_whose": "whose TEXT PRIMARY KEY",
        "seen_again": "mark TEXT, whole INTEGER, pos INTEGER, at TEXT",
        "match": "pos INTEGER, own TEXT",
    }
    for name, columns in made.items():
        sql.run(f"CREATE {'TEMPORARY ' if sql.is_postgres else ''}TABLE {_name(sql, name)} ({columns})")
    yield
    for name in made:
        sql.run(f"DROP TABLE {_name(sql, name)}")


def _name(sql: Sql, name: str) -> str:
    return name if sql.is_postgres else f"stage.{name}"


def _lay_ours(taking: Taking, how: Recognition, ends: Ends) -> bool:
    """Lay our own texts beside the export; whether there are any."""
    sql, last, place = taking.sql, how.first, 0
    while rows := sql.rows(f"{how.ours} LIMIT {BATCH}", (last,)):
        last = rows[-1][0]
        texts = [
            (key, int(whole), str(row[0]), place + number)
            for number, row in enumerate(rows)
            for key, whole in how.own_keys(row[1:], ends)
        ]
        place += len(rows)
        sql.load(_name(sql, "own_text"), ("mark", "whole", "own", "place"), texts)
        sql.many(
            f"INSERT INTO {_name(sql, 'own_whose')} (whose) VALUES (?) ON CONFLICT DO NOTHING",
            [(whose,) for whose in dict.fromkeys(row[1] for row in rows)],
        )
    if place:
        index = f"{_name(sql, 'own_text_mark')} ON own_text (mark)" if not sql.is_postgres else "ON own_text (mark)"
        sql.run(f"CREATE INDEX {index}")
        if sql.is_postgres:
            sql.run("ANALYZE own_text")
    return place > 0


def _lay_theirs(taking: Taking, how: Recognition, ends: Ends) -> None:
    """Lay the texts of new rows beside ours: only of those of whom something was written here."""
    sql, table = taking.sql, how.table
    query = (
        f"SELECT s.pos, s.exported FROM {staging(table)} s WHERE s.pos > ? AND s.pos <= ? "
        f"AND EXISTS (SELECT 1 FROM own_whose o WHERE o.whose = {how.whose}) AND NOT {how.known} AND NOT {TWINNED} "
    ).format(file=table.name, key=table.key[0])
    last = sql.value(f"SELECT COALESCE(MAX(pos), 0) FROM {staging(table)}")
    for at in range(0, last, BATCH):
        taking.progress(table.name, at, last)
        texts = []
        for pos, exported in sql.rows(query, (at, at + BATCH)):
            cells = table.cells(exported)
            texts += [(key, int(whole), pos, cells["zeit"]) for key, whole in how.seen_keys(cells, ends)]
        sql.load(_name(sql, "seen_again"), ("mark", "whole", "pos", "at"), texts)


TWINNED = "EXISTS (SELECT 1 FROM twin w WHERE w.file = '{file}' AND w.platform_id = s.{key})"
"""Whether a staged row has been recognised before."""


def _pairs(sql: Sql) -> list[tuple[int, str]]:
    """Who is whom: each row once, on either side."""
    rows: set[int] = set()
    taken: set[str] = set()
    found = []
    for pos, own in sql.rows(_PAIRS):
        if pos not in rows and own not in taken:
            rows.add(pos)
            taken.add(own)
            found.append((pos, own))
    return found


def _keep(taking: Taking, how: Recognition) -> None:
    """Keep both ids, count, and tick off what was to be told."""
    sql, table = taking.sql, how.table
    matched = f"FROM match m JOIN {staging(table)} s ON s.pos = m.pos"
    sql.run(
        "INSERT INTO twin (file, platform_id, own, exported, at) "
        f"SELECT '{table.name}', s.{table.key[0]}, m.own, s.exported, {sql.moment} {matched}",
        (taking.now,),
    )
    for source, count in sql.rows(f"SELECT s.source, COUNT(*) {matched} GROUP BY s.source"):
        taking.recognised[source] = taking.recognised.get(source, 0) + count
    carried(taking, f"written IN (SELECT '{_own_table(how)}:' || own FROM match)")
