"""What was done since an import with the rows that it brought or changed: read from the history (X-04)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from models.action.subjects import MODELS, title_of
from models.action.work import Work
from models.importing.journal import NAMED, NUMBERED, name_of
from models.importing.sql import Sql
from models.playbook import playbook
from models.tables.history import Change, History
from models.tables.people import Import

Key = tuple[str, str]
"""Table and id, as text."""

REFERENCES = {
    "vpa": "vpa", "customer": "customer", "task": "task", "absence": "absence", "delegated_by": "vpa",
    "successor": "vpa", "corrects": "entry", "entry": "entry",
}  # fmt: skip
"""By column: the table that it names."""

SUBJECTS = ("subject", "about")
"""Columns that name any thing, such as `vpa:V001`."""

SHOWN = 5
"""Things that a refusal names."""


@dataclass
class Worked:
    """What members did since."""

    touched: dict[Key, set[str]] = field(default_factory=dict)
    """Rows that stand as a member has left them, with the columns; new ones too."""
    spoken: set[Key] = field(default_factory=set)
    """Rows of which the history speaks at all: taking them away has to be told."""
    referred: set[Key] = field(default_factory=set)
    """Rows that new ones hang on, and what actions were about."""


def worked_since(row: Import) -> Worked:
    """What the history says behind the import's own row; what was undone since does not count."""
    found = Worked()
    rows = list(History.select().where(History.id > _marks(row)["history"]).order_by(History.id))
    undone = _undone(rows)
    for one in rows:
        changes = one.changed()
        found.spoken |= {(change.table, str(change.key)) for change in changes}
        before_it = one.target is not None and one.target < _marks(row)["history"]
        if (one.route == "do" and one.id not in undone) or (one.route in ("undo", "redo") and before_it):
            _note(found, one, changes)
    return found


def _marks(row: Import) -> dict[str, Any]:
    return dict(row.marks or {})


def _undone(rows: Iterable[History]) -> set[int]:
    undone: set[int] = set()
    for row in rows:
        if row.route == "undo" and row.target is not None:
            undone.add(row.target)
        elif row.route == "redo" and row.target is not None:
            undone.discard(row.target)
    return undone


def _note(found: Worked, row: History, changes: Iterable[Change]) -> None:
    if row.subject:
        found.referred |= set(_named(row.subject))
    for change in changes:
        key = (change.table, str(change.key))
        columns = set(change.after or ()) | set(change.before or ())
        found.touched[key] = found.touched.get(key, set()) | columns
        if change.before is None:
            found.referred |= set(references(change.after or {}))


def _named(subject: Any) -> Iterator[Key]:
    kind, _, key = str(subject).partition(":")
    if key:
        yield kind, key


def references(values: dict[str, Any]) -> Iterator[Key]:
    """The rows that a row hangs on."""
    for name, value in values.items():
        if value is None:
            continue
        if name in SUBJECTS:
            yield from _named(value)
        elif name in REFERENCES:
            yield REFERENCES[name], str(value)


class Brought:
    """What the import has brought and changed, by its journal."""

    def __init__(self, sql: Sql, row: Import) -> None:
        self._sql, self._marks = sql, _marks(row)
        self._numbered = {name_of(model) for model in NUMBERED}
        self._known = {name_of(model) for model in (*NAMED, *NUMBERED)}

    def span(self, table: str) -> tuple[int, int]:
        """The marks of a numbered table: behind the first, up to the second."""
        first, last = self._marks[table]
        return int(first), int(last)

    def has(self, key: Key) -> bool:
        """Whether it brought this row."""
        table, name = key
        if table in self._numbered:
            first, last = self.span(table)
            return name.isdecimal() and first < int(name) <= last
        return bool(self._sql.rows("SELECT 1 FROM earlier WHERE place = ? AND key = ? AND was IS NULL", key))

    def was(self, key: Key) -> dict[str, Any] | None:
        """A row that it changed, as it was before."""
        found = self._sql.rows("SELECT was FROM earlier WHERE place = ? AND key = ? AND was IS NOT NULL", key)
        return json.loads(found[0][0]) if found else None

    def knows(self, table: str) -> bool:
        """Whether an import writes this table."""
        return table in self._known


@dataclass
class Verdict:
    """What stays when the rest goes."""

    kept: set[Key] = field(default_factory=set)
    """Brought by it, and worked on, or hanging on such."""
    changed: set[Key] = field(default_factory=set)
    """Changed by it, and by hand since."""
    told: list[Key] = field(default_factory=list)
    """Those of both that members have worked on themselves, in the order of the history."""


def judge(sql: Sql, row: Import, worked: Worked) -> Verdict:
    """What stays, with everything that it hangs on."""
    brought, verdict = Brought(sql, row), Verdict()
    for key in dict.fromkeys((*worked.touched, *sorted(worked.referred))):
        if not brought.knows(key[0]):
            continue
        if brought.has(key):
            verdict.kept.add(key)
            verdict.told.append(key)
        elif key in worked.touched and brought.was(key) is not None:
            verdict.changed.add(key)
            verdict.told.append(key)
    waiting = list(verdict.kept)
    while waiting:
        for parent in _parents(sql, waiting.pop()):
            if parent not in verdict.kept and brought.knows(parent[0]) and brought.has(parent):
                verdict.kept.add(parent)
                waiting.append(parent)
    return verdict


def _parents(sql: Sql, key: Key) -> Iterator[Key]:
    """The rows that a row of ours hangs on."""
    table, name = key
    model = next(model for model in (*NAMED, *NUMBERED) if name_of(model) == table)
    columns = [c for f in model._meta.sorted_fields if (c := str(f.column_name)) in (*REFERENCES, *SUBJECTS)]
    if not columns:
        return
    shown = ", ".join(f'"{column}"' for column in columns)
    value = int(name) if model in NUMBERED else name
    for row in sql.rows(f'SELECT {shown} FROM "{table}" WHERE id = ?', (value,)):
        yield from references(dict(zip(columns, row, strict=True)))


def told_words(work: Work, keys: Iterable[Key]) -> str:
    """What was worked on, by name."""
    found: dict[str, None] = {}
    for table, key in keys:
        if table in MODELS:
            kind = playbook().label("subject", table)
            title = title_of(work, f"{table}:{key}")
            found[f"{kind} {title}".strip() if title else f"{kind} {key}"] = None
    names = list(found)
    more = f" und {len(names) - SHOWN} weitere" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
