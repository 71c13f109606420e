"""Moving a team from one database to another, on whichever engines: whole, or not at all."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.admin.backup import BATCH, Watcher, count_rows, replace_all, require_replaceable
from models.admin.schema import check_schema
from models.admin.tally import Tally
from models.database.store import Store, connect
from models.ground.errors import DatabaseUnusableError, UsageError
from models.tables.history import Stamp
from models.tables.registry import tables

SAME = "Quelle und Ziel sind dieselbe Datenbank."

Progress = Callable[[str, int, int], None]
"""Told what is done, how many steps are, and of how many."""


@dataclass(frozen=True)
class Moved:
    """What has arrived."""

    rows: int
    hash: str
    """Fingerprint of all rows of all tables, the same on both sides."""


def move(source: Store, target: Store, stamp: Stamp, progress: Progress, *, replace: bool = False) -> Moved:
    """Copy everything from `source` into `target`, to which all tables are bound, and read both sides to compare.

    Nobody writes to the source meanwhile, and it stays as it is. Raises what `require_replaceable` does, `UsageError`
    for one and the same database, `DatabaseUnusableError` for a source of another schema and for a copy that is not the
    source: then the target is as it was.
    """
    _require_two_files(source, target)
    with _opened(source):
        unknown_is_fine = require_replaceable(target, stamp, "Datenbank umziehen", replace=replace)
        with _still(source):
            _require_two_databases(source, target)
            mover = _Mover(target.db, _rows(source), progress)
            replace_all(target, source.db, stamp, unknown_is_fine, mover)
            return Moved(mover.seen.rows, mover.seen.hash)


def survey(source: Store, progress: Progress) -> Moved:
    """What would be moved; reads only."""
    with _opened(source), _still(source):
        whole, tally = _rows(source), Tally()
        read_all(source.db, tally, lambda done: progress("Lesen", done, whole))
        return Moved(tally.rows, tally.hash)


def read_all(db: Any, tally: Tally, told: Callable[[int], None] = lambda done: None) -> None:
    """Count and fingerprint every table as it is stored."""
    for model in tables():
        name = str(model._meta.table_name)
        columns = ", ".join(f'"{field.column_name}"' for field in model._meta.sorted_fields)
        cursor = db.execute_sql(f'SELECT {columns} FROM "{name}"')
        while rows := cursor.fetchmany(BATCH):
            tally.add(name, rows)
            told(tally.rows)


class _Mover(Watcher):
    """Counts what is read, then reads the target and compares."""

    action = "move"

    def __init__(self, target: Any, whole: int, progress: Progress) -> None:
        self.seen = Tally()
        """What the source has given."""
        self._target, self._whole, self._progress = target, whole, progress

    def copied(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """The first half of the way."""
        self.seen.add(table, rows)
        self._progress("Übertragen", self.seen.rows, 2 * self._whole)

    def done(self) -> None:
        """The second half: is it the same?"""
        arrived = Tally()
        read_all(self._target, arrived, lambda done: self._progress("Prüfen", self._whole + done, 2 * self._whole))
        wrong = self.seen.differing(arrived)
        if wrong or self.seen.rows != self._whole:
            raise DatabaseUnusableError(
                f"Die Kopie gleicht der Quelle nicht ({', '.join(wrong) or 'Zeilenzahl'}). Im Ziel ist alles wie zuvor."
            )


def _rows(store: Store) -> int:
    return sum(count_rows(store.db, model) for model in tables())


def _require_two_files(source: Store, target: Store) -> None:
    if source.engine == target.engine == "sqlite" and Path(source.db.database).samefile(target.db.database):
        raise UsageError(SAME)


def _require_two_databases(source: Store, target: Store) -> None:
    """By a lock that the source holds: locks are known per database, whatever the addresses look like."""
    if source.engine != "postgres" or target.engine != "postgres":
        return
    mark = secrets.randbelow(2**62)
    source.db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (mark,))
    if not target.db.execute_sql("SELECT pg_try_advisory_lock(%s)", (mark,)).fetchone()[0]:
        raise UsageError(SAME)
    target.db.execute_sql("SELECT pg_advisory_unlock(%s)", (mark,))


@contextlib.contextmanager
def _opened(source: Store) -> Iterator[None]:
    """The source's own connection; all tables stay bound to the target."""
    connect(source)
    try:
        check_schema(source)
        yield
    finally:
        source.db.close()


@contextlib.contextmanager
def _still(source: Store) -> Iterator[None]:
    """One moment of the source, in which nobody writes to it; ends without a change to it."""
    if source.engine == "sqlite":
        with source.transaction():
            yield
        return
    source.db.execute_sql("BEGIN ISOLATION LEVEL REPEATABLE READ")
    try:
        source.db.execute_sql("SET LOCAL lock_timeout = '10s'")
        # Every writer begins by locking the row in it; and what is read first fixes the moment, so this comes first.
        source.db.execute_sql("LOCK TABLE history_head IN EXCLUSIVE MODE")
        yield
    finally:
        source.db.execute_sql("ROLLBACK")
