"""The history as a witness: what it says of a row last must be how the row is (part of `history verify`).

Whoever can write a file can change its tables and leave the history alone. Looked at are the columns that members alone
change, through actions: what the platform's export brings may change with every import.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from typing import Any

from models.database.fields import proxy
from models.ground.errors import HistoryBrokenError

BATCH = 300
"""Rows of the history looked at together."""

ALL = frozenset({"*"})
WITNESSED: dict[str, frozenset[str]] = {
    "entry": frozenset({
        "file", "subject", "kind", "situation", "link", "response", "next_steps", "tags", "author", "account",
        "created_at", "corrects", "withdrawn_at", "origin",
    }),
    "case": frozenset({
        "state", "measure", "note", "details", "contacted_at", "contacted_by", "resolved_at", "resolved_by",
    }),
    "flag": frozenset({
        "stage", "raised_on", "state", "details", "informed_at", "informed_by", "removed_at", "removed_by",
    }),
    "task": frozenset({
        "checklist", "tags_checked", "released_at", "released_by", "offered_at", "offered_by", "declined_at", "steps",
    }),
    "outbox": frozenset({"kind", "subject", "about", "text", "written", "value", "file", "made_at", "made_by"}),
    **dict.fromkeys(("reminder", "handover", "note", "day", "look", "member", "leave", "setting"), ALL),
}  # fmt: skip
"""By table: the columns that nothing but an action changes."""

SEARCH = frozenset({"folded"})
"""Columns that only serve the program, and may be filled anew."""

Convert = Callable[[Iterable[Any]], list[Any]]


def check_rows(last: int, erased: Container[int], stored: Convert) -> None:
    """Go back from the newest row of the history; `HistoryBrokenError` names the first that a table contradicts.

    What stands in the rows `erased` was emptied by the program itself (A-28), and is passed over. Rows of which the
    history knows nothing are not looked at: an import brings many. `stored` makes values of both drivers comparable.
    """
    db: Any = proxy.obj
    seen: dict[tuple[str, Any], set[str]] = {}
    for end in range(last, 0, -BATCH):
        said: dict[str, dict[Any, list[_Saying]]] = defaultdict(lambda: defaultdict(list))
        sql = f"SELECT id, changes FROM history WHERE id <= {end} AND id > {end - BATCH} ORDER BY id DESC"
        for number, text in db.execute_sql(sql).fetchall():
            for table, key, _, after, *_ in reversed(json.loads(text)):
                if table in WITNESSED and (new := _unseen(seen, table, key, after)) and number not in erased:
                    said[table][key].append((number, after and {name: after[name] for name in new if name != "*"}))
        for table, sayings in said.items():
            _compare(db, table, sayings, stored)


_Saying = tuple[int, dict[str, Any] | None]
"""A row of the history, and what it says last of some columns; None: that the row went."""


def _unseen(seen: dict[tuple[str, Any], set[str]], table: str, key: Any, after: dict[str, Any] | None) -> set[str]:
    """The witnessed columns of which nothing newer has been said; `*` stands for whether the row is there."""
    known = seen.setdefault((table, key), set())
    if "gone" in known:
        return set()
    wanted = WITNESSED[table]
    names = {name for name in after or () if (wanted is ALL or name in wanted) and name not in SEARCH}
    new = (names | {"*"}) - known
    known.update(new)
    if after is None:
        known.add("gone")
    return new


def _compare(db: Any, table: str, sayings: dict[Any, list[_Saying]], stored: Convert) -> None:
    from models.tables.registry import tables

    model = next(model for model in tables() if model._meta.table_name == table)
    fields, keys = model._meta.sorted_fields, list(sayings)
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    marks = ", ".join([db.param] * len(keys))
    primary: Any = model._meta.primary_key
    rows = db.execute_sql(f'SELECT {columns} FROM "{table}" WHERE "{primary.column_name}" IN ({marks})', keys)
    there = {}
    for row in rows.fetchall():
        plain = [value.isoformat() if type(value) is dt.date else value for value in stored(row)]
        values = dict(zip((field.name for field in fields), plain, strict=True))
        there[values[primary.name]] = values
    for key, said in sayings.items():
        for number, wanted in said:
            if _contradicts(there.get(key), wanted):
                raise HistoryBrokenError(
                    f"Der Verlauf ist beschädigt: In „{table}“ steht etwas anderes, als Zeile {number} sagt."
                )


def _contradicts(row: dict[str, Any] | None, wanted: dict[str, Any] | None) -> bool:
    if row is None or wanted is None:
        return (row is None) != (wanted is None)
    return any(row[name] != value for name, value in wanted.items() if name in row)  # a column may have gone since
