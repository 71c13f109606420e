"""Comparing the staged export with the one before, inside the database; only what differs comes into Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from models.database.fields import MomentField
from models.ground.text import name_key
from models.importing.columns import ABSENT, SEPARATOR, Column, Table
from models.importing.context import Taking, dumped, loaded
from models.importing.sql import BATCH
from models.importing.staging import staging

_YESNO = {"ja": True, "nein": False, "": None, ABSENT: None}


@dataclass
class Difference:
    """A row of the export that is not as the last export had it."""

    source: int
    there: bool
    """Whether we have it."""
    old: dict[str, str] | None
    """Cells of the last export that held it; None if none did."""
    new: dict[str, str]
    """Cells now, with the old ones where this export lacks the column."""
    changed: tuple[str, ...]
    """Columns whose own value has changed; all that are there for a new row."""
    extra: tuple[Any, ...]
    """What was asked for of our own row."""

    @property
    def exported(self) -> str:
        """The cells as they are kept for the next export."""
        return SEPARATOR.join(self.new.values())

    @classmethod
    def between(cls, table: Table, source: int, before: str, now: str) -> Difference:
        """What an export says otherwise than the one before."""
        return _difference(table, (source, now, before, 1))


Enrich = Callable[[Difference], dict[str, Any]]
"""More of our columns to be written for a row, as stored."""


def differences(
    taking: Taking, table: Table, extra: tuple[str, ...] = (), also: str = "", unless: str = ""
) -> Iterator[list[Difference]]:
    """The rows that differ, batch by batch; each batch may be written before the next is asked for.

    `extra` are columns of our table to bring along, `also` is a condition under which an equal row differs too,
    `unless` one under which a row is passed over.
    """
    first = table.key_fields[0]
    shown = "".join(f', t."{name}"' for name in extra)
    same = " AND ".join(
        f't."{ours}" = {_cast(taking, table.by_name[key])}'
        for ours, key in zip(table.key_fields, table.key, strict=True)
    )
    query = (
        f'SELECT s.source, s.exported, t.exported, CASE WHEN t."{first}" IS NULL THEN 0 ELSE 1 END{shown} '
        f'FROM {staging(table)} s LEFT JOIN "{table.table}" t ON {same} WHERE s.pos > ? AND s.pos <= ? '
        f'AND (t."{first}" IS NULL OR t.exported IS NULL OR t.exported <> s.exported{also}){unless} ORDER BY s.pos'
    )
    last = taking.sql.value(f"SELECT COALESCE(MAX(pos), 0) FROM {staging(table)}")
    for at in range(0, last, BATCH):
        taking.progress(table.name, at, last)
        batch = [_difference(table, row) for row in taking.sql.rows(query, (at, at + BATCH))]
        if table.table in MADE_HERE:
            for difference in batch:
                if difference.there and difference.old is None:
                    difference.changed = _said_otherwise(taking, table, difference)
        yield batch


MADE_HERE = ("vpa", "customer", "absence", "task")
"""Tables whose rows a member may make, before an export names them (S-01 to S-03)."""


def _said_otherwise(taking: Taking, table: Table, difference: Difference) -> tuple[str, ...]:
    """What the first export of a row made here says otherwise than is known."""
    columns = [table.by_name[name] for name in difference.changed if table.by_name[name].field]
    names = ", ".join(f'"{column.field}"' for column in columns)
    query = f'SELECT {names} FROM "{table.table}" WHERE "{table.key_fields[0]}" = ?'
    (ours,) = taking.sql.rows(query, (difference.new[table.key[0]],))
    pairs = zip(columns, ours, strict=True)
    return tuple(c.name for c, own in pairs if differs(c, as_cell(c, own), difference.new[c.name]))


def _cast(taking: Taking, column: Column) -> str:
    dated = taking.sql.is_postgres and column.kind == "date"
    return f'CAST(s."{column.name}" AS DATE)' if dated else f's."{column.name}"'


def _difference(table: Table, row: tuple[Any, ...]) -> Difference:
    source, exported, before, there, *extra = row
    new = table.cells(exported)
    if before is None:
        changed = [
            name for name, cell in new.items() if cell != ABSENT and not (there and _keeps_ours(table, name, cell))
        ]
        return Difference(source, bool(there), None, new, tuple(changed), tuple(extra))
    old = table.cells(before)
    changed = []
    for name, cell in old.items():
        if new[name] == ABSENT:
            new[name] = cell
        elif new[name] != cell and (cell != ABSENT or new[name] != table.by_name[name].empty):
            changed.append(name)
    return Difference(source, bool(there), old, new, tuple(changed), tuple(extra))


def _keeps_ours(table: Table, name: str, cell: str) -> bool:
    """Whether the first export of a row made here leaves what is known (S-01): it says nothing. An open end is said."""
    return cell == "" and table.by_name[name].kind != "date"


def count(taking: Taking, difference: Difference, as_new: bool = False) -> None:
    """Count it for the answer; a row made here that is named for the first time is known again, not new."""
    joined = difference.there and difference.old is None
    if joined and not as_new:
        taking.recognised[difference.source] = taking.recognised.get(difference.source, 0) + 1
    if as_new or (difference.old is None and not joined):
        taking.new[difference.source] = taking.new.get(difference.source, 0) + 1
    elif difference.changed:
        taking.changed[difference.source] = taking.changed.get(difference.source, 0) + 1


def write(taking: Taking, table: Table, batch: list[Difference], enrich: Enrich) -> None:
    """Bring our table up to a batch: new rows whole, others in the columns whose own value has changed."""
    inserts: list[list[Any]] = []
    updates: dict[tuple[str, ...], list[list[Any]]] = {}
    names: list[str] = []
    for difference in batch:
        more = {**enrich(difference), **taking.memory(difference.new, difference.there)}
        if table.folded in difference.changed:
            more["folded"] = name_key(difference.new[table.folded])
        if not difference.there:
            values = {**table.defaults, **_own(table, difference.new, tuple(difference.new)), **more}
            names = names or list(values)
            inserts.append([values[name] for name in names])
        else:
            values = {**_own(table, difference.new, difference.changed), **more}
            key = [difference.new[name] for name in table.key]
            updates.setdefault(tuple(values), []).append([*values.values(), *key])
    if inserts:
        taking.sql.insert(table.table, names, inserts)
    where = " AND ".join(f'"{name}" = ?' for name in table.key_fields)
    for fields, rows in updates.items():
        sets = ", ".join(f'"{name}" = ?' for name in fields)
        taking.sql.many(f'UPDATE "{table.table}" SET {sets}, version = version + 1 WHERE {where}', rows)


def _own(table: Table, cells: dict[str, str], names: tuple[str, ...]) -> dict[str, Any]:
    """These cells as our columns store them. An absent column gives nothing, where the table has a default for it."""
    values: dict[str, Any] = {}
    for name in names:
        column = table.by_name[name]
        if column.field and (cells[name] != ABSENT or column.field not in table.defaults):
            values[column.field] = stored(column, cells[name])
    return values


def stored(column: Column, cell: str) -> Any:
    """A cell as our table stores it."""
    if column.kind == "yesno":
        return _YESNO[cell]
    if column.kind == "list":
        return listed(cell)
    if cell in ("", ABSENT):
        return None
    return float(cell) if column.kind == "number" else cell


def listed(cell: str) -> str:
    """`a|b` as stored."""
    return str(dumped([] if cell == ABSENT else [part for part in cell.split("|") if part]))


def plain(difference: Difference) -> dict[str, Any]:
    """Nothing more to write."""
    return {}


def differs(column: Column, one: str, other: str) -> bool:
    """Whether two cells are kept as different values."""
    return bool(stored(column, one) != stored(column, other))


def as_cell(column: Column, value: Any) -> str:
    """What our table holds, as an export says it."""
    if value is None:
        return ""
    if column.kind == "yesno":
        return "ja" if value else "nein"
    if column.kind == "list":
        return "|".join(list(loaded(value)))
    if column.kind == "moment":
        moment = MomentField()
        return str(moment.db_value(moment.python_value(value)))
    return repr(float(value)) if column.kind == "number" else str(value)
