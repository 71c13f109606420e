"""Four weeks ahead: new stages of the VPA-Journey, deadlines whose VPA is away, Reminders on days without their owner.

Each group of each week holds at most some rows, and the number of all: nothing here reads a whole table into Python.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from models import clock
from models.action.work import Work
from models.journey.stages import latest_start
from models.journey.table import BORDERS, STAGES, Flag
from models.people import Absence, Assignment, Customer, Member, Vpa
from models.reminder.table import Reminder
from models.shift.ahead import DAY, Week, day_in, free_spans, leaves_in, weeks_from, within
from models.task.table import OPEN_STATES, Task

DAYS = 28
"""How far one looks, today included."""

MOST = 100
"""Rows of a group and week."""


@dataclass(frozen=True)
class Coming:
    """One thing that is coming."""

    day: dt.date
    subject: str
    """`vpa:…` or `customer:…` whose file tells more."""
    name: str
    about: str | None = None
    """`task:…` or `reminder:…` that is due then."""
    text: str = ""
    """Title of the task, reason of the Reminder."""
    stage: str | None = None
    """Stage of the VPA-Journey that begins."""
    why: str | None = None
    """`weekend`, `holiday`, `vacation`, `sick`, `left`, or `absence` of the VPA."""
    who: str | None = None
    """Kürzel of the owner, or name of the VPA who is away."""
    until: dt.date | None = None
    """Last day of that absence."""

    def show(self) -> dict[str, Any]:
        """One row of `shift preview`."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Group:
    """The first rows of something, and how many there are."""

    count: int = 0
    rows: tuple[Coming, ...] = ()

    def show(self) -> dict[str, Any]:
        """The shape of `shift preview`."""
        return {"count": self.count, "rows": [row.show() for row in self.rows]}


@dataclass(frozen=True)
class WeekAhead:
    """What one week brings."""

    week: Week
    stages: Group
    absences: Group
    reminders: Group

    def show(self) -> dict[str, Any]:
        """The shape of `shift preview`."""
        return {
            "week": self.week.number,
            "from": self.week.first,
            "until": self.week.last,
            "stages": self.stages.show(),
            "absences": self.absences.show(),
            "reminders": self.reminders.show(),
        }


def preview(work: Work, most: int = MOST) -> list[WeekAhead]:
    """The weeks ahead, today first; at most `most` rows in each group of each week."""
    weeks = weeks_from(work.today, DAYS)
    stages = _stages(weeks, most)
    return [
        WeekAhead(week, stages[place], _deadlines(work, week, most), _unattended(work, week, most))
        for place, week in enumerate(weeks)
    ]


# Who enters which stage

Entry = tuple[dt.date, str, dt.date]
"""Day on which a stage begins, the stage, and the start of those who enter it."""


def _stages(weeks: Sequence[Week], most: int) -> list[Group]:
    """Those who enter a stage, week by week: counted by their start, then named as far as they are shown."""
    first, last = weeks[0].first, weeks[-1].last
    ranges = []
    for stage, months in zip(STAGES, BORDERS, strict=True):
        after, upto = latest_start(months, first - DAY), latest_start(months, last)
        ranges.append(((Vpa.start > after) & (Vpa.start <= upto), stage, months))
    entering = functools.reduce(operator.or_, (inside & ~_flagged(stage) for inside, stage, _ in ranges))
    query: Any = Vpa.select(Vpa.start, fn.COUNT(Vpa.id)).where(~Vpa.gone, entering).group_by(Vpa.start)
    counts: dict[Entry, int] = {}
    for start, number in query.tuples():
        stage, months = _reached(start, first, last)
        counts[clock.add_months(start, months), stage, start] = int(number)
    return [_group_of({e: n for e, n in counts.items() if w.first <= e[0] <= w.last}, most) for w in weeks]


def _flagged(stage: str) -> Any:
    """Whether the VPA has had the flag of this stage already."""
    return fn.EXISTS(Flag.select(SQL("1")).where(Flag.vpa == Vpa.id, Flag.stage == stage))


def _reached(start: dt.date, first: dt.date, last: dt.date) -> tuple[str, int]:
    """The stage, and its months, that somebody with this start reaches in these days."""
    pairs = zip(STAGES, BORDERS, strict=True)
    return next((s, months) for s, months in pairs if first <= clock.add_months(start, months) <= last)


def _group_of(counts: dict[Entry, int], most: int) -> Group:
    wanted: dict[dt.date, Entry] = {}
    room = most
    for entry in sorted(counts):
        if room <= 0:
            break
        wanted[entry[2]] = entry
        room -= counts[entry]
    if not wanted:
        return Group(sum(counts.values()))
    stages = {entry[1] for entry in wanted.values()}
    chosen = (
        Vpa.start.in_([start for start, entry in wanted.items() if entry[1] == stage]) & ~_flagged(stage)
        for stage in sorted(stages)
    )
    query: Any = Vpa.select(Vpa.id, Vpa.name, Vpa.start).where(~Vpa.gone, functools.reduce(operator.or_, chosen))
    rows = [
        Coming(wanted[start][0], f"vpa:{key}", name, stage=wanted[start][1])
        for key, name, start in query.order_by(Vpa.start, Vpa.id).limit(most + max(counts.values())).tuples()
    ]
    rows.sort(key=lambda row: (row.day, STAGES.index(row.stage or STAGES[0]), row.subject))
    return Group(sum(counts.values()), tuple(rows[:most]))


# Whose deadline meets an absence


def _deadlines(work: Work, week: Week, most: int) -> Group:
    """Deadlines of tasks and Reminders of customers on a day on which their VPA is away."""
    counted = 0
    rows: list[Any] = []
    for query, order in (_tasks(work, week), _customer_reminders(work, week)):
        found = list(query.order_by(*order).limit(most).tuples())
        counted += len(found) if len(found) < most else int(query.count())  # most weeks need no second look
        rows += found
    meeting = [_Deadline(*row) for row in rows]
    away = _absences([one.vpa for one in meeting], week)
    shown = sorted((one.coming(away) for one in meeting), key=lambda row: (row.day, row.about or ""))
    return Group(counted, tuple(shown[:most]))


@dataclass(frozen=True)
class _Deadline:
    """A row of either query."""

    kind: str
    key: Any
    due: Any
    text: str
    customer: str
    name: str
    vpa: str

    def coming(self, away: dict[str, tuple[str, list[tuple[dt.date, dt.date]]]]) -> Coming:
        """With the absence that it meets."""
        day = clock.day_of(self.due) if isinstance(self.due, dt.datetime) else self.due
        vpa, spans = away[self.vpa]
        until = max(end for start, end in spans if start <= day <= end)
        return Coming(day, f"customer:{self.customer}", self.name, f"{self.kind}:{self.key}", self.text,
                      why="absence", who=vpa, until=until)  # fmt: skip


def _in_charge(work: Work, customer: Any) -> Any:
    """The VPA in charge of a customer today."""
    query = Assignment.select(Assignment.vpa).where(
        Assignment.customer == customer, Assignment.end.is_null() | (Assignment.end >= work.today)
    )
    return query.order_by(Assignment.start.desc(), Assignment.id.desc()).limit(1)


def _away(vpa: Any, day: Any) -> Any:
    """Whether this VPA is away on this day."""
    return fn.EXISTS(
        Absence.select(SQL("1")).where(Absence.vpa == vpa, ~Absence.withdrawn, Absence.start <= day, Absence.end >= day)
    )


def _tasks(work: Work, week: Week) -> tuple[Any, tuple[Any, ...]]:
    vpa = fn.COALESCE(Task.vpa, _in_charge(work, Task.customer))
    query = (
        Task.select(SQL("'task'"), Task.id, Task.deadline, Task.title, Customer.id, Customer.name, vpa)
        .join(Customer)
        .where(
            Task.state.in_(OPEN_STATES),
            Task.deadline.between(week.first, week.last),
            _away(vpa, Task.deadline),
        )
    )
    return query, (Task.deadline, Task.id)


def _customer_reminders(work: Work, week: Week) -> tuple[Any, tuple[Any, ...]]:
    customer = fn.SUBSTR(Reminder.subject, len("customer:") + 1)
    vpa = _in_charge(work, customer)
    query = (
        Reminder.select(
            SQL("'reminder'"), Reminder.id, Reminder.due, Reminder.reason, Customer.id, Customer.name, vpa
        )
        .join(Customer, on=(Customer.id == customer) & Reminder.subject.startswith("customer:"))
        .where(
            Reminder.state == "open",
            within(Reminder.due, week.first, week.last),
            _away(vpa, day_in(Reminder.due, week)),
        )
    )  # fmt: skip
    return query, (Reminder.due, Reminder.id)


def _absences(vpas: Iterable[str], week: Week) -> dict[str, tuple[str, list[tuple[dt.date, dt.date]]]]:
    """Name and absences in that week of each of these VPAs."""
    query: Any = Absence.select(Absence.vpa, Vpa.name, Absence.start, Absence.end).join(Vpa)
    query = query.where(
        Absence.vpa.in_(sorted(set(vpas))), ~Absence.withdrawn, Absence.start <= week.last, Absence.end >= week.first
    )
    found: dict[str, tuple[str, list[tuple[dt.date, dt.date]]]] = {}
    for vpa, name, start, end in query.tuples():
        found.setdefault(vpa, (name, []))[1].append((start, end))
    return found


# Which Reminders nobody is there for


def _unattended(work: Work, week: Week, most: int) -> Group:
    """Open Reminders that fall due on a day without work, or while their owner is away."""
    leaves = leaves_in(week.first, week.last)
    gone = [one.kuerzel for one in Member.select(Member.kuerzel).where(Member.left_on.is_null(False))]
    free = free_spans(week.days(), work.workdays.is_workday)
    missed = [within(Reminder.due, first, last) for first, last in free]
    missed += [(Reminder.owner == one.member_id) & within(Reminder.due, one.start, one.end) for one in leaves]
    missed += [Reminder.owner.in_(gone)] if gone else []
    if not missed:
        return Group()
    query: Any = Reminder.select(
        Reminder.id, Reminder.due, Reminder.reason, Reminder.owner, Reminder.subject,
        fn.COALESCE(Vpa.name, Customer.name, Reminder.subject),
    )  # fmt: skip
    query = query.left_outer_join(Vpa, on=_is(Vpa, "vpa:")).switch(Reminder)
    query = query.left_outer_join(Customer, on=_is(Customer, "customer:")).where(
        Reminder.state == "open", within(Reminder.due, week.first, week.last), functools.reduce(operator.or_, missed)
    )
    rows = []
    for key, due, reason, owner, subject, name in query.order_by(Reminder.due, Reminder.id).limit(most).tuples():
        day = clock.day_of(due)
        spans = [(one.reason, one.end) for one in leaves if one.member_id == owner and one.start <= day <= one.end]
        why, until = _why(work, day, spans, owner in gone)
        rows.append(Coming(day, subject, name, f"reminder:{key}", reason, why=why, who=owner, until=until))
    return Group(int(query.count()) if len(rows) == most else len(rows), tuple(rows))


def _is(model: Any, prefix: str) -> Any:
    return (model.id == fn.SUBSTR(Reminder.subject, len(prefix) + 1)) & Reminder.subject.startswith(prefix)


def _why(work: Work, day: dt.date, spans: Sequence[tuple[str, dt.date]], gone: bool) -> tuple[str, dt.date | None]:
    """What keeps the owner from it: their own absence first."""
    if spans:
        return max(spans, key=lambda span: span[1])
    if gone:
        return "left", None
    return ("weekend" if day.weekday() > 4 else "holiday"), None
