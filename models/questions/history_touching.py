"""Which rows of the history touched a thing: as their subject, in what they wrote beside it, in what belongs to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from models.action.subjects import MODELS
from models.action.work import Work
from models.database.fields import proxy
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.history import History
from models.tables.reminder import Reminder
from models.tables.task import Task

BATCH = 2_000
"""Rows looked at together: the memory does not grow with the history."""

PERSONS = ("vpa", "customer")
"""Kinds of subjects whose Cases, Reminders, flags, entries, tasks and VPA-Wechsel are theirs too."""

NAMING = {"vpa": ("vpa", "delegated_by", "successor"), "customer": ("customer",)}
"""Columns that hold the id of a VPA or of a customer."""

_WRITTEN = re.compile(r'\["([a-z_]+)",("(?:[^"\\]|\\.)*"|\d+),')
"""Table and key at the head of each change; inside a text every quote has a backslash before it."""


def rows_touching(subject: str) -> Iterator[History]:
    """The rows that touched it, oldest first; what an undo took away since counts as well."""
    kind, _, key = subject.partition(":")
    seen = _Seen(subject, kind, key)
    last = 0
    while ids := _batch(last):
        last = ids[-1][0]
        found = [number for number, about, changes in ids if seen.is_touched(about, changes)]
        yield from History.select().where(History.id.in_(found)).order_by(History.id)


def is_touched(subject: str) -> bool:
    """Whether any row wrote it; also one that is no longer there."""
    kind, _, key = subject.partition(":")
    heads = [json.dumps(found, ensure_ascii=False) for found in ([key, int(key)] if key.isdigit() else [key])]
    where = "strpos(changes, {0}) > 0" if proxy.param == "%s" else "instr(changes, {0}) > 0"
    query = " OR ".join([where.format(proxy.param)] * len(heads))
    params = [f'["{kind}",{head},' for head in heads]
    return proxy.execute_sql(f"SELECT 1 FROM history WHERE {query} LIMIT 1", params).fetchone() is not None


def is_known(work: Work, subject: str) -> bool:
    """Whether it exists, or the history has seen it."""
    kind, _, key = subject.partition(":")
    if kind in MODELS and key and work.find(MODELS[kind], key) is not None:
        return True
    return bool(History.select().where(History.subject == subject).exists()) or is_touched(subject)


def _batch(last: int) -> list[tuple[int, str | None, str]]:
    """Id, subject and changes of the next rows, the latter as they are stored: reading each would take ten times as
    long.
    """
    query = f"SELECT id, subject, changes FROM history WHERE id > {proxy.param} ORDER BY id LIMIT {BATCH}"
    rows: list[tuple[int, str | None, str]] = proxy.execute_sql(query, (last,)).fetchall()
    return rows


@dataclass
class _Seen:
    """What is known to belong to a subject; grows as the history tells of more."""

    subject: str
    kind: str
    key: str
    own: set[str] = field(default_factory=set)
    """It, and what belongs to it."""
    marks: tuple[str, ...] = ()
    """How the stored text of a change names a person."""

    def __post_init__(self) -> None:
        """Begin with what is there today."""
        self.own.add(self.subject)
        if self.kind in PERSONS:
            self.own.update(_belonging(self.kind, self.key))
            self.marks = (json.dumps(self.key, ensure_ascii=False), json.dumps(self.subject, ensure_ascii=False))

    def is_touched(self, about: str | None, changes: str) -> bool:
        """Whether a row touched it; what the row itself made for it belongs to it from then on."""
        if any(mark in changes for mark in self.marks):
            self.own.update(self._made(json.loads(changes)))
        return about in self.own or not self.own.isdisjoint(_written(changes))

    def _made(self, changes: Iterable[list[Any]]) -> Iterator[str]:
        for table, key, before, after, *_ in changes:
            for side in (before, after):
                named = side and any(side.get(name) == self.key for name in NAMING.get(self.kind, ()))
                if side and (named or side.get("subject") == self.subject):
                    yield f"{table}:{key}"


def _written(changes: str) -> Iterator[str]:
    """The things that a row wrote, by the text of its changes."""
    for table, key in _WRITTEN.findall(changes):
        yield f"{table}:{json.loads(key)}"


def _belonging(kind: str, key: str) -> Iterator[str]:
    """What is there of a VPA or customer; an import may have brought it, of which the history has no rows."""
    subject = f"{kind}:{key}"
    found: list[tuple[Any, Any]] = [(Reminder, Reminder.subject == subject), (Entry, Entry.subject == subject)]
    if kind == "vpa":
        found += [(Case, Case.vpa == key), (Flag, Flag.vpa == key), (Handover, Handover.vpa == key)]
        found.append((Task, (Task.vpa == key) | (Task.delegated_by == key)))
    else:
        found += [(Handover, Handover.customer == key), (Task, Task.customer == key)]
    for model, where in found:
        for (row,) in model.select(model.id).where(where).tuples():
            yield f"{model._meta.table_name}:{row}"
