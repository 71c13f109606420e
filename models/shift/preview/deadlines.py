"""Deadlines that meet an absence: found by way of the VPAs who are away, who are few, not of the deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, SQL, Value, fn

from models.action.work import Work
from models.ground import clock
from models.shift.preview.ahead import Span, Week, day_in, within
from models.shift.preview.coming import Coming, Group
from models.tables.people import Absence, Assignment, Customer, Vpa
from models.tables.reminder import Reminder
from models.tables.task import OPEN_STATES, Task

Away = dict[str, tuple[str, list[Span]]]
"""Name and absences of VPAs."""


@dataclass(frozen=True)
class _Deadline:
    """A row of any of the queries, and how many rows that query has."""

    kind: str
    key: Any
    due: Any
    customer: str
    vpa: str
    count: int

    @property
    def about(self) -> str:
        """`task:…` or `reminder:…`."""
        return f"{self.kind}:{self.key}"

    @property
    def day(self) -> dt.date:
        """On which it is due."""
        return clock.day_of(self.due) if isinstance(self.due, dt.datetime) else self.due

    def coming(self, away: Away, names: dict[str, str], texts: dict[str, str]) -> Coming:
        """With the absence that it meets."""
        vpa, spans = away[self.vpa]
        until = max(end for start, end in spans if start <= self.day <= end)
        return Coming(self.day, f"customer:{self.customer}", names[self.customer], self.about, texts[self.about],
                      why="absence", who=vpa, until=until)  # fmt: skip


def deadlines(work: Work, week: Week, most: int) -> Group:
    """Deadlines of tasks and Reminders of customers on a day on which their VPA is away."""
    found: list[_Deadline] = []
    count = 0
    for query in (_tasks(week), _tasks_without_vpa(work, week), _reminders(work, week)):
        rows = [_Deadline(*row) for row in query.limit(max(most, 1)).tuples()]
        count += rows[0].count if rows else 0
        found += rows
    found = sorted(found, key=lambda one: (one.day, one.about))[:most]
    if not found:
        return Group(count)
    away = _absences({one.vpa for one in found}, week)
    names = _column(Customer, Customer.name, {one.customer for one in found})
    texts = {f"task:{key}": text for key, text in _column(Task, Task.title, _keys(found, "task")).items()}
    reasons = _column(Reminder, Reminder.reason, _keys(found, "reminder"))
    texts |= {f"reminder:{key}": text for key, text in reasons.items()}
    return Group(count, tuple(one.coming(away, names, texts) for one in found))


def _keys(found: Iterable[_Deadline], kind: str) -> set[Any]:
    return {one.key for one in found if one.kind == kind}


def _column(model: Any, column: Any, keys: set[Any]) -> dict[Any, str]:
    """A text of each of these rows."""
    key = model._meta.primary_key
    return dict(model.select(key, column).where(key.in_(sorted(keys))).tuples()) if keys else {}


def _first(kind: str, hits: Any, due: Any) -> Any:
    """The first rows in the order of their day, each with the number of all."""
    day, count = hits.c.due.converter(due.python_value), fn.COUNT(SQL("*")).over()
    query: Any = due.model.select(SQL(f"'{kind}'"), hits.c.key, day, hits.c.customer, hits.c.vpa, count)
    return query.from_(hits).order_by(hits.c.due, hits.c.key)


def _touching(week: Week) -> Any:
    """Absences in this week; the end comes first, since it is what few absences still have before them."""
    return (Absence.end >= week.first) & (Absence.start <= week.last) & ~Absence.withdrawn


def _tasks(week: Week) -> Any:
    """Open tasks of VPAs who are away. A cross join is what keeps SQLite to this order of the tables."""
    hits: Any = (
        Absence.select(Task.id.alias("key"), Task.deadline.alias("due"), Task.customer, Task.vpa)
        .join(Task, JOIN.CROSS)
        .where(
            _touching(week),
            Task.vpa == Absence.vpa,
            Task.state.in_(OPEN_STATES),
            Task.deadline.between(week.first, week.last),
            Task.deadline.between(Absence.start, Absence.end),
        )
    )
    return _first("task", hits.distinct().alias("hits"), Task.deadline)


def _tasks_without_vpa(work: Work, week: Week) -> Any:
    """Open tasks that name no VPA, whose customer's VPA is away."""
    vpa = _in_charge(work, Task.customer)
    away = Absence.select(SQL("1")).where(
        Absence.vpa == vpa, _touching(week), Absence.start <= Task.deadline, Absence.end >= Task.deadline
    )
    hits: Any = Task.select(Task.id.alias("key"), Task.deadline.alias("due"), Task.customer, vpa.alias("vpa")).where(
        Task.vpa.is_null(),
        Task.state.in_(OPEN_STATES),
        Task.deadline.between(week.first, week.last),
        fn.EXISTS(away),
    )
    return _first("task", hits.alias("hits"), Task.deadline)


def _in_charge(work: Work, customer: Any) -> Any:
    """The VPA in charge of a customer today."""
    query = Assignment.select(Assignment.vpa).where(Assignment.customer == customer, _lasting(work))
    return query.order_by(Assignment.start.desc(), Assignment.id.desc()).limit(1)


def _lasting(work: Work) -> Any:
    return Assignment.end.is_null() | (Assignment.end >= work.today)


def _reminders(work: Work, week: Week) -> Any:
    """Reminders of customers whose VPA is away: who is in charge is asked last, of the few that meet an absence."""
    day = day_in(Reminder.due, week)
    hits: Any = (
        Absence.select(Reminder.id.alias("key"), Reminder.due, Assignment.customer, Assignment.vpa)
        .join(Assignment, JOIN.CROSS)
        .join(Reminder, JOIN.CROSS)
        .where(
            _touching(week),
            Assignment.vpa == Absence.vpa,
            _lasting(work),
            Reminder.subject == Value("customer:").concat(Assignment.customer),
            Reminder.state == "open",
            within(Reminder.due, week.first, week.last),
            day >= Absence.start,
            day <= Absence.end,
        )
    )
    found = hits.distinct().alias("hits")
    return _first("reminder", found, Reminder.due).where(found.c.vpa == _in_charge(work, found.c.customer))


def _absences(vpas: Iterable[str], week: Week) -> Away:
    """Name and absences in that week of each of these VPAs."""
    query: Any = Absence.select(Absence.vpa, Vpa.name, Absence.start, Absence.end).join(Vpa)
    found: Away = {}
    for vpa, name, start, end in query.where(Absence.vpa.in_(sorted(vpas)), _touching(week)).tuples():
        found.setdefault(vpa, (name, []))[1].append((start, end))
    return found
