"""Reminders that come again: when the next one is due (working days respected)."""

from __future__ import annotations

import datetime as dt

from models.action.work import Work
from models.ground import clock
from models.ground.workdays import Workdays
from models.shared.follow_up import set_reminder
from models.tables.reminder import Reminder

EVERY = ("1d", "1w", "2w", "1m", "3m")
"""How often one can come: the next working day, every week, second week, month, quarter."""


def next_day(every: str, due: dt.date, today: dt.date, workdays: Workdays) -> dt.date:
    """The next day of its rhythm that lies ahead of today; one that is no working day becomes the next that is."""
    if every == "1d":
        return workdays.next_workday(max(due, today))
    steps, unit = int(every[:-1]), every[-1]
    number = 1
    while True:
        day = due + dt.timedelta(weeks=steps * number) if unit == "w" else clock.add_months(due, steps * number)
        if day > today:
            return day if workdays.is_workday(day) else workdays.next_workday(day)
        number += 1


def set_next(work: Work, done: Reminder) -> Reminder | None:
    """One that comes again is set anew for its owner, at the same time of day; None for any other."""
    if not done.every:
        return None
    due = clock.in_berlin(done.due)
    day = next_day(done.every, due.date(), work.today, work.workdays)
    return set_reminder(
        work,
        subject=done.subject,
        due=clock.berlin_moment(day, due.time()),
        reason=done.reason,
        about=done.about,
        owner=done.owner,
        every=done.every,
    )
