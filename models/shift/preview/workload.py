"""Who has how much to do on which of the next working days: due Reminders, and days on which a member is away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from models.action.work import Work
from models.ground import clock
from models.shift.preview.ahead import DAY, leaves_in
from models.tables.people import Member
from models.tables.reminder import Reminder

DAYS = 10
"""Working days that are looked at."""


@dataclass(frozen=True)
class Load:
    """One member's next working days."""

    kuerzel: str
    overdue: int
    """Open Reminders of the days before today."""
    due: tuple[int, ...]
    """Open Reminders of each day; what falls on a weekend or holiday counts for the working day after it."""
    away: tuple[bool, ...]
    """Whether the member is away on each day."""

    def show(self, days: tuple[dt.date, ...]) -> dict[str, Any]:
        """One row of `shift preview`."""
        listed = zip(days, self.due, self.away, strict=True)
        return {
            "member": self.kuerzel,
            "overdue": self.overdue,
            "days": [{"day": day, "due": due, "away": away} for day, due, away in listed],
        }


@dataclass(frozen=True)
class Workload:
    """The team's next working days."""

    days: tuple[dt.date, ...]
    members: tuple[Load, ...]

    @property
    def most(self) -> int:
        """The fullest day of anybody: as long as a bar can be."""
        return max((number for load in self.members for number in load.due), default=0)

    def show(self) -> list[dict[str, Any]]:
        """The shape of `shift preview`."""
        return [load.show(self.days) for load in self.members]


def workload(work: Work, days: int = DAYS) -> Workload:
    """Everybody in the team, and those who have left Reminders behind, by Kürzel."""
    shown = _working_days(work, days)
    everybody = list(Member.select().order_by(Member.key))
    counts = _counts(work.today, shown)
    away: dict[str, list[tuple[dt.date, dt.date]]] = {}
    for leave in leaves_in(shown[0], shown[-1]):
        away.setdefault(leave.member_id, []).append((leave.start, leave.end))
    loads = []
    for member in everybody:
        numbers = counts.get(member.kuerzel) or [0] * (days + 1)  # who joined meanwhile
        if member.left_on is not None and not any(numbers):
            continue
        spans = away.get(member.kuerzel, [])
        absent = (member.left_on is not None or any(first <= day <= last for first, last in spans) for day in shown)
        loads.append(Load(member.kuerzel, numbers[0], tuple(numbers[1:]), tuple(absent)))
    return Workload(shown, tuple(loads))


def _working_days(work: Work, days: int) -> tuple[dt.date, ...]:
    """The next ones, today included where it is one."""
    found, day = [], work.today - DAY
    for _ in range(days):
        day = work.workdays.next_workday(day)
        found.append(day)
    return tuple(found)


def _counts(today: dt.date, days: tuple[dt.date, ...]) -> dict[str, list[int]]:
    """Open Reminders of each owner: what is overdue, then day by day. Each number is a stretch of one index."""
    ends = [clock.start_of_day(today), *(clock.start_of_day(day + DAY) for day in days)]
    numbers = []
    for place, end in enumerate(ends):
        due: Any = Reminder.select(fn.COUNT(SQL("*"))).where(
            Reminder.owner == Member.kuerzel, Reminder.state == "open", Reminder.due < end
        )
        numbers.append(due.where(Reminder.due >= ends[place - 1]) if place else due)
    query: Any = Member.select(Member.kuerzel, *numbers)
    return {kuerzel: [int(number) for number in found] for kuerzel, *found in query.tuples()}
