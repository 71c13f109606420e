"""What an import writes over is kept until the next one, so that it can be taken back (X-04).

The database itself keeps it, row by row, as it is written: on SQLite by triggers that live as long as the import, on
PostgreSQL by those of migration 0007, which run only where an import says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from models.database.fields import BaseModel
from models.importing.columns import AKTEN, NACHRICHTEN
from models.importing.context import Taking
from models.importing.sql import Sql
from models.importing.staging import staging
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.history import HistoryHead
from models.tables.people import Absence, Assignment, Customer, Vpa
from models.tables.reminder import Reminder
from models.tables.task import Message, Task

NAMED: tuple[type[BaseModel], ...] = (Vpa, Customer, Absence, Task, Message)
"""Tables whose rows bear the platform's own ids: a new one is kept as one that was not there."""

NUMBERED: tuple[type[BaseModel], ...] = (Assignment, Entry, Case, Flag, Reminder)
"""Tables whose rows are numbered: new ones are those between two marks."""

TWIN = "twin"
"""Place of what was recognised: of it the export before is kept."""

Marks = dict[str, Any]
"""By numbered table the last id before and after; `history`: the row of the import itself."""


def name_of(model: type[BaseModel]) -> str:
    """Name of a table."""
    return str(model._meta.table_name)


@contextmanager
def journal(taking: Taking) -> Iterator[Marks]:
    """Keep what is written inside; the marks are complete at its end. Must run inside the import's transaction."""
    sql = taking.sql
    sql.run("DELETE FROM earlier")
    marks: Marks = {name_of(model): [_last(sql, model)] for model in NUMBERED}
    marks["history"] = int(HistoryHead.select(HistoryHead.last).scalar() or 0) + 1
    _keep_twins(taking)
    triggers = [] if sql.is_postgres else list(_triggers())
    if sql.is_postgres:
        sql.run("SELECT set_config('schicht.importing', 'on', true)")
    for name, body in triggers:
        sql.run(f"CREATE TEMPORARY TRIGGER {name} {body}")
    yield marks
    for name, _ in triggers:  # a transaction that fails takes them along
        sql.run(f"DROP TRIGGER {name}")
    if sql.is_postgres:
        sql.run("SELECT set_config('schicht.importing', 'off', true)")
    for model in NUMBERED:
        marks[name_of(model)].append(_last(sql, model))


def _last(sql: Sql, model: type[BaseModel]) -> int:
    return int(sql.value(f'SELECT COALESCE(MAX(id), 0) FROM "{name_of(model)}"'))


def _triggers() -> Iterator[tuple[str, str]]:
    for model in (*NAMED, *NUMBERED):
        table = name_of(model)
        columns = [str(field.column_name) for field in model._meta.sorted_fields]
        of, kept = "", columns
        if model is Entry:  # what an entry says is never changed (K-04)
            of, kept = " OF exported", ["id", "exported", "withdrawn_at"]
        was = ", ".join(f"'{name}', OLD.\"{name}\"" for name in kept)
        keep = f"INSERT OR IGNORE INTO earlier VALUES ('{table}', CAST(OLD.id AS TEXT), json_object({was}))"
        yield f"{table}_earlier", f'AFTER UPDATE{of} ON main."{table}" BEGIN {keep}; END'
        if model in NAMED:
            keep = f"INSERT OR IGNORE INTO earlier VALUES ('{table}', NEW.id, NULL)"
            yield f"{table}_brought", f'AFTER INSERT ON main."{table}" BEGIN {keep}; END'


def _keep_twins(taking: Taking) -> None:
    """What the platform said before of rows that were recognised and are about to change."""
    for table in (AKTEN, NACHRICHTEN):
        if taking.stage.has(table):
            taking.sql.run(
                f"INSERT INTO earlier SELECT '{TWIN}', w.file || ':' || w.own, w.exported FROM twin w "
                f"JOIN {staging(table)} s ON s.{table.key[0]} = w.platform_id "
                "WHERE w.file = ? AND w.exported <> s.exported",
                (table.name,),
            )
