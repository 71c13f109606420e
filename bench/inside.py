"""`python -m bench.inside search DATABASE STOCK` and `… deeds DATABASE BARE`: the product's functions without a screen,
in turn with bare SQL, in one process. Seconds as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from bench.data import MEMBER
from bench.surroundings import sqlite3
from models.action.run import run
from models.action.undo import undo
from models.action.work import Session, Work
from models.case.actions import ResolveCase
from models.database.store import connect, open_store
from models.ground.clock import SystemClock
from models.questions.entries import found_entries

STOCK, INSERTS = "stock FTS5, raw SQL", "four bare inserts"
"""Before a bar: whose figure it is, where it is not ours."""
HITS = 50
ROUNDS = 15
WORDS = {
    "one word": ("Rechnung", '"rechnung"'),
    "two words": ("Unterlagen Donnerstag", '"unterlagen" AND "donnerstag"'),
    "prefix": ("vers", '"vers" *'),
    "umlauts": ("für Rückmeldung", '"für" AND "rückmeldung"'),
}
"""What is searched for: as a member types it, and as the engine's own index is asked."""
RANKED = "SELECT rowid FROM stock WHERE stock MATCH ? ORDER BY rank LIMIT ?"
RESOLVED = 200
LOG = "Mit dem VPA besprochen: Der Einsatzplan stimmt wieder, im nächsten Monat noch einmal ansehen."
TABLES = ("work", "log", "trail", "words")

Times = dict[str, list[float]]


def search(session: Session, stock: str) -> Times:
    """The first 50 hits with their entries, best first: ours, and raw SQL of a stock FTS5 index of the same texts."""
    db = sqlite3.connect(session.store.url)
    db.execute("ATTACH ? AS beside", (stock,))
    work = session.work()
    times: Times = {}
    for name, (typed, expression) in WORDS.items():
        for _ in range(ROUNDS + 1):
            _take(times, name, partial(_our_hits, work, typed))
            _take(times, f"{STOCK}|{name}", partial(_raw_hits, db, expression))
    return {name: values[1:] for name, values in times.items()}


def _our_hits(work: Work, typed: str) -> list[Any]:
    return list(found_entries(work, typed, HITS))


def _raw_hits(db: Any, expression: str) -> list[Any]:
    found = [key for (key,) in db.execute(RANKED, (expression, HITS))]
    marks = ", ".join("?" * len(found))
    rows = {row[0]: row for row in db.execute(f"SELECT * FROM entry WHERE id IN ({marks})", found)}
    return [rows[key] for key in found]


def deeds(session: Session, bare: str) -> Times:
    """Cases resolved with their entries (so with history, undo and search index), and four bare inserts in one
    transaction as durable; the Cases are opened again afterwards.
    """
    db = _bare(bare)
    store = session.store
    query = "SELECT id FROM \"case\" WHERE state = 'open' AND findings = '[]' ORDER BY opened_at DESC, id LIMIT ?"
    ids = [str(key) for (key,) in store.db.execute_sql(query, (RESOLVED + 10,)).fetchall()]
    times: Times = {}
    for key in ids:
        action = ResolveCase(id=key, measure="checked", log=LOG)
        _take(times, "resolve", partial(run, session, action))
        _take(times, f"{INSERTS}|resolve", partial(_four_inserts, db, key))
    for _ in ids:
        _take(times, "undo", partial(undo, session))
    return {name: values[10:] for name, values in times.items()}


def _bare(path: str) -> Any:
    """Four tables with a key, in a file whose commits last as the product's do."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = wal")
    db.execute("PRAGMA synchronous = full")
    for table in TABLES:
        db.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, about TEXT, at TEXT, text TEXT)")
    return db


def _four_inserts(db: Any, key: str) -> None:
    db.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        values = (f"case:{key}", "2026-11-22 08:00:00.000000+00:00", LOG)
        db.execute(f"INSERT INTO {table} (about, at, text) VALUES (?, ?, ?)", values)
    db.execute("COMMIT")


def _take(times: Times, name: str, work: Callable[[], Any]) -> None:
    start = time.perf_counter()
    work()
    times.setdefault(name, []).append(time.perf_counter() - start)


def main(what: str, database: str, other: str) -> None:
    """Measure and print."""
    store = open_store(database)
    connect(store)
    session = Session(store, SystemClock(), MEMBER, "bench")
    asked: dict[str, Callable[[Session, str], Times]] = {"search": search, "deeds": deeds}
    sys.stdout.write(json.dumps(asked[what](session, other)))


if __name__ == "__main__":
    arguments: Sequence[str] = sys.argv[1:]
    main(*arguments)
