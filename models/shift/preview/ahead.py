"""The days ahead: calendar weeks of a stretch, and days as the moments between which they lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import Case as SqlCase
from peewee import Value

from models.database.fields import DayField
from models.ground import clock
from models.tables.people import Leave

DAY = dt.timedelta(days=1)

Span = tuple[dt.date, dt.date]
"""First and last day, both counted."""


@dataclass(frozen=True)
class Week:
    """The part of a calendar week that is looked at."""

    number: int
    """As calendars count them (ISO 8601)."""
    first: dt.date
    last: dt.date

    def days(self) -> Iterator[dt.date]:
        """Its days."""
        return (self.first + place * DAY for place in range((self.last - self.first).days + 1))


def weeks_from(first: dt.date, days: int) -> list[Week]:
    """The calendar weeks of so many days; the first and the last may be only part of one."""
    weeks, last = [], first + (days - 1) * DAY
    while first <= last:
        sunday = min(first + (6 - first.weekday()) * DAY, last)
        weeks.append(Week(first.isocalendar().week, first, sunday))
        first = sunday + DAY
    return weeks


def within(moment: Any, first: dt.date, last: dt.date) -> Any:
    """Whether a moment lies on one of these days, so that an index on it answers."""
    return (moment >= clock.start_of_day(first)) & (moment < clock.start_of_day(last + DAY))


def day_in(moment: Any, week: Week) -> Any:
    """The Berlin day of a moment in this week, as the engine stores days."""
    later = [(moment < clock.start_of_day(day + DAY), _day(day)) for day in week.days()]
    return SqlCase(None, tuple(later), _day(week.last))


def _day(day: dt.date) -> Any:
    """A day as a constant of the column's own type; SQLite keeps days as text, which a cast would turn to a number."""
    from peewee import SqliteDatabase

    from models.database.fields import proxy

    text = Value(DayField().db_value(day), converter=False)
    return text if isinstance(proxy.obj, SqliteDatabase) else text.cast("DATE")


def free_spans(days: Iterable[dt.date], is_workday: Any) -> list[Span]:
    """Neighbouring days without work, as first and last."""
    spans: list[Span] = []
    for day in days:
        if is_workday(day):
            continue
        if spans and spans[-1][1] == day - DAY:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def leaves_in(first: dt.date, last: dt.date) -> list[Leave]:
    """Urlaub and illness of the team that touch these days."""
    return list(Leave.select().where(Leave.start <= last, Leave.end >= first).order_by(Leave.start, Leave.id))
