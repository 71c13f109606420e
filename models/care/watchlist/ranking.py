"""The Watchlist for a screen: ranked once for all, kept while nothing it rests on changes, asked for row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from threading import Lock
from typing import Any

from peewee import fn

from models.action.work import Work
from models.care.watchlist.risk import Watched, watchlist
from models.ground import clock
from models.ground.text import words
from models.tables.people import Assignment, Customer, Import, Vpa
from models.tables.reminder import Reminder

KEPT = 600
"""Seconds after which it is ranked anew in any case."""


@dataclass(frozen=True)
class Beside:
    """What a row of the Watchlist shows beside its rank."""

    vpa: str = ""
    """Name of the VPA in charge."""
    gone: bool = False
    """Whether that VPA has left the platform."""
    deadline: dt.date | None = None
    """Frist of an approach that still runs."""


class Ranking:
    """Ranking a hundred thousand customers takes about a second: done in whatever thread asks first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made_for: tuple[Any, ...] = ()
        self._rows: list[Watched] = []
        self._by_customer: dict[str, int] = {}
        self._folded: list[str] = []
        """What each row is found by; made when somebody filters for the first time."""

    def rows(self, work: Work, text: str = "") -> list[Watched]:
        """All of them, riskiest first; only those whose name has these beginnings of words."""
        state = _state(work)
        with self._lock:
            if state != self._made_for:
                self._rows = watchlist(work)
                self._by_customer = {row.customer: place for place, row in enumerate(self._rows)}
                self._made_for, self._folded = state, []
            wanted = [f" {word}" for word in words(text)]
            if wanted and not self._folded:
                self._folded = [f" {' '.join(words(f'{row.name} {row.customer}'))}" for row in self._rows]
            rows, folded = self._rows, self._folded
        if not wanted:
            return rows
        return [row for row, there in zip(rows, folded, strict=True) if all(word in there for word in wanted)]

    def find(self, customer: str) -> Watched | None:
        """A customer as last ranked; None where they are not on the Watchlist."""
        with self._lock:
            place = self._by_customer.get(customer)
            return None if place is None else self._rows[place]


def _state(work: Work) -> tuple[Any, ...]:
    """What it rests on: the day, what came from the platform, who serves whom, who is on it by hand, the settings."""
    newest: Any = [model.select(fn.MAX(model.id)).scalar() for model in (Import, Assignment)]
    by_hand: Any = Customer.select(Customer.id, Customer.watched_for).where(Customer.watched_for.is_null(False))
    reverted = Import.select().where(Import.reverted_at.is_null(False)).count()
    return (
        work.today,
        *newest,
        reverted,
        *sorted(by_hand.tuples()),
        *sorted(work.settings.stored.items()),
        int(work.now.timestamp()) // KEPT,
    )


def beside(rows: Sequence[Watched]) -> dict[str, Beside]:
    """What stands beside some rows, by customer: two queries, however many there are."""
    vpas: Any = Vpa.select(Vpa.id, Vpa.name, Vpa.gone).where(Vpa.id.in_([row.vpa for row in rows if row.vpa] or [""]))
    named = {key: (name, gone) for key, name, gone in vpas.tuples()}
    subjects = [f"customer:{row.customer}" for row in rows]
    open_: Any = Reminder.select(Reminder.subject, Reminder.due).where(
        Reminder.subject.in_(subjects or [""]), Reminder.state == "open", Reminder.kind == "deadline"
    )
    # Sorted here: asked for in this order, SQLite walks all open Reminders by due date instead of these few.
    deadlines = dict(sorted(open_.tuples(), key=itemgetter(1), reverse=True))  # the nearest one wins
    found = {}
    for row in rows:
        name, gone = named.get(row.vpa, ("", False))
        due = deadlines.get(f"customer:{row.customer}")
        found[row.customer] = Beside(name, gone, clock.day_of(due) if due else None)
    return found
