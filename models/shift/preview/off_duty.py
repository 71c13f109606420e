"""Reminders that fall due on a day without work or while their owner is away: nobody is there for them (R-05, A-22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from peewee import fn

from models.action.work import Work
from models.ground import clock
from models.shift.preview.ahead import Week, free_spans, leaves_in, within
from models.shift.preview.coming import Coming, Group
from models.tables.people import Customer, Leave, Member, Vpa
from models.tables.reminder import Reminder


def untimely(work: Work, week: Week, most: int) -> Group:
    """Open Reminders that fall due on a day without work, or while their owner is away.

    The stretches do not overlap, and an index answers each: the first of them are read, the others only counted.
    """
    leaves = leaves_in(week.first, week.last)
    gone = {member.kuerzel for member in Member.select(Member.kuerzel).where(Member.left_on.is_null(False))}
    count = 0
    first: list[tuple[Any, Any]] = []
    for stretch in _stretches(work, week, leaves, gone):
        query: Any = Reminder.select(Reminder.due, Reminder.id).where(Reminder.state == "open", stretch)
        found = list(query.order_by(Reminder.due, Reminder.id).limit(most).tuples())
        count += len(found) if len(found) < most else int(query.count())  # most stretches need no second look
        first += found
    return Group(count, tuple(_rows(work, [key for _, key in sorted(first)[:most]], leaves, gone)))


def _stretches(work: Work, week: Week, leaves: Sequence[Leave], gone: set[str]) -> Iterator[Any]:
    """Days without work, whoever the owner is; then those on which an owner is away and others are not."""
    for first, last in free_spans(week.days(), work.workdays.is_workday):
        yield within(Reminder.due, first, last)
    for owner in sorted(gone | {leave.member_id for leave in leaves}):
        there = _there(work, owner, leaves, gone)
        for first, last in free_spans(week.days(), there):
            yield (Reminder.owner == owner) & within(Reminder.due, first, last)


def _there(work: Work, owner: str, leaves: Sequence[Leave], gone: set[str]) -> Any:
    """Whether a day is not one on which only this owner is away."""
    spans = [(leave.start, leave.end) for leave in leaves if leave.member_id == owner]

    def there(day: dt.date) -> bool:
        away = owner in gone or any(start <= day <= end for start, end in spans)
        return not away or not work.workdays.is_workday(day)

    return there


def _rows(work: Work, keys: Iterable[int], leaves: Sequence[Leave], gone: set[str]) -> Iterator[Coming]:
    query: Any = Reminder.select(
        Reminder.id, Reminder.due, Reminder.reason, Reminder.owner, Reminder.subject,
        fn.COALESCE(Vpa.name, Customer.name, Reminder.subject),
    )  # fmt: skip
    query = query.left_outer_join(Vpa, on=_is(Vpa, "vpa:")).switch(Reminder)
    query = query.left_outer_join(Customer, on=_is(Customer, "customer:")).where(Reminder.id.in_(list(keys)))
    for key, due, reason, owner, subject, name in query.order_by(Reminder.due, Reminder.id).tuples():
        day = clock.day_of(due)
        spans = [(one.reason, one.end) for one in leaves if one.member_id == owner and one.start <= day <= one.end]
        why, until = _why(day, spans, owner in gone)
        yield Coming(day, subject, name, f"reminder:{key}", reason, why=why, who=owner, until=until)


def _is(model: Any, prefix: str) -> Any:
    return (model.id == fn.SUBSTR(Reminder.subject, len(prefix) + 1)) & Reminder.subject.startswith(prefix)


def _why(day: dt.date, spans: Sequence[tuple[str, dt.date]], gone: bool) -> tuple[str, dt.date | None]:
    """What keeps the owner from it: their own absence first."""
    if spans:
        return max(spans, key=lambda span: span[1])
    if gone:
        return "left", None
    return ("weekend" if day.weekday() > 4 else "holiday"), None
