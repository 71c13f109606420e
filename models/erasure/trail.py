"""Taking a person out of the history without breaking its chain (A-28)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from peewee import SqliteDatabase

from models.database.fields import proxy
from models.erasure.rows import BLANK, EMPTIED, emptied
from models.tables.history import Change, History, as_stored, seal_of_redacted

APPEND_ONLY = ("history", "entry")
"""Tables whose triggers stand against every change."""


@contextlib.contextmanager
def triggers_off() -> Iterator[None]:
    """Append-only tables can be changed inside, by the schema's owner alone; a rollback brings the triggers back."""
    db: Any = proxy.obj
    on_sqlite = isinstance(db, SqliteDatabase)
    if not on_sqlite:
        for table in APPEND_ONLY:
            db.execute_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in APPEND_ONLY:
            db.execute_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    names = "name = 'history_no_update' OR name = 'entry_no_update'"
    found = db.execute_sql(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND ({names})").fetchall()
    for name, _ in found:
        db.execute_sql(f"DROP TRIGGER {name}")
    yield
    for _, statement in found:
        db.execute_sql(statement)


def redact(keys: Mapping[str, set[Any]], name: str = "") -> dict[str, str]:
    """Empty every row of the history that knows one of these rows (keys by table), and every cell of others that is
    this name; the seals of what is left, by id.

    Reads the whole history once: who a person was stands in rows about others too.
    """
    seals: dict[str, str] = {}
    for row, about in list(_rows_about(keys, name)):
        changes = [_redacted(_unnamed(Change(*change), name), keys) for change in row.changes]
        row.changes, row.args = [list(change) for change in changes], None
        row.extra = emptied(row.extra) if about else row.extra
        History.update(changes=row.changes, args=row.args, extra=row.extra).where(History.id == row.id).execute()
        seals[str(row.id)] = seal_of_redacted(row.hash, as_stored(row.sealed_values()))
    return seals


def _rows_about(keys: Mapping[str, set[Any]], name: str) -> Iterator[tuple[History, bool]]:
    """Each with whether it is about the person, or only names them in a cell."""
    subjects = {f"{table}:{key}" for table, found in keys.items() for key in found}
    for row in History.select().order_by(History.id).iterator():
        about = row.subject in subjects or any(change[1] in keys.get(change[0], ()) for change in row.changes)
        if about or (name and _is_named(row, name)):
            yield row, about


def _is_named(row: History, name: str) -> bool:
    cells = [values for change in row.changes for values in change[2:4] if values]
    return any(name in values.values() for values in (*cells, row.args or {}))


def _unnamed(change: Change, name: str) -> Change:
    """A change without the cells that are this name."""

    def without(values: dict[str, Any] | None) -> dict[str, Any] | None:
        return values and {column: None if name and value == name else value for column, value in values.items()}

    return change._replace(before=without(change.before), after=without(change.after))


def _redacted(change: Change, keys: Mapping[str, set[Any]]) -> Change:
    if change.key not in keys.get(change.table, ()):
        return change
    return change._replace(before=_emptied(change.table, change.before), after=_emptied(change.table, change.after))


def _emptied(table: str, values: dict[str, Any] | None) -> dict[str, Any] | None:
    """Stored values without the personal ones; the columns stay, so that it can be told what was changed."""
    gone = {*BLANK[table], *EMPTIED.get(table, ())}
    return values and {name: None if name in gone else value for name, value in values.items()}
