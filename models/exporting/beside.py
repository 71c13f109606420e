"""What the platform's format has no place for, in the shape of its `list`: Cases, Reminder, Neu-Flags and so on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from models.action.subjects import show
from models.action.work import Work
from models.case.queries import show_cases
from models.ground import clock
from models.ground.text import json_line
from models.questions.history import show_row
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.history import History
from models.tables.outbox import Outbox
from models.tables.reminder import Reminder
from models.tables.task import Note

PAGE = 1_000
"""Rows read at a time."""

Shapes = Callable[[Work, Sequence[Any]], Iterator[dict[str, Any]]]


def _each(work: Work, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    return (show(work, row) for row in rows)


def _plain(work: Work, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    return (row.show() for row in rows)


@dataclass(frozen=True)
class Beside:
    """One further file."""

    model: Any
    since: str
    """Column by which `--since` chooses."""
    shapes: Shapes

    def query(self, since: dt.datetime | None) -> Any:
        """All rows, or those since then."""
        query = self.model.select()
        if since is None:
            return query
        day = self.model is Flag
        return query.where(getattr(self.model, self.since) >= (clock.day_of(since) if day else since))

    def pages(self, work: Work, since: dt.datetime | None) -> Iterator[list[dict[str, Any]]]:
        """In the shape of the list, some at a time, by id."""
        last = 0
        while rows := list(self.query(since).where(self.model.id > last).order_by(self.model.id).limit(PAGE)):
            last = rows[-1].id
            yield list(self.shapes(work, rows))


FILES: dict[str, Beside] = {
    "cases": Beside(Case, "opened_at", lambda work, rows: show_cases(work.today, rows)),
    "reminder": Beside(Reminder, "created_at", _each),
    "flags": Beside(Flag, "raised_on", _each),
    "wechsel": Beside(Handover, "opened_at", _each),
    "interne_notizen": Beside(Note, "at", _plain),
    "ausgang": Beside(Outbox, "made_at", _each),
    "verlauf": Beside(History, "at", lambda work, rows: (show_row(row, lambda change: True) for row in rows)),
}
"""By the file's name."""


def as_table(pages: Iterator[list[dict[str, Any]]]) -> tuple[list[str], Iterator[list[list[str]]]]:
    """Header and rows of things in their `list` shape."""
    first = next(pages, [])
    header = list(first[0]) if first else ["id"]
    return header, ([[cell(thing.get(name)) for name in header] for thing in page] for page in chain([first], pages))


def cell(value: Any) -> str:
    """A value of a shape as text: dates and moments ISO, lists and objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime):
        return str(clock.iso(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    return json_line(value) if isinstance(value, dict | list | tuple) else str(value)
