"""What about inactivity is not to be worked on yet (D-40, D-44): it stands apart, and nobody is reproached with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import SQL, fn
from peewee import Case as When

from models.action.work import Work
from models.ground import clock
from models.shared.inactivity import is_monday_morning
from models.tables.case import Case
from models.tables.reminder import Reminder


def workable_at(work: Work, kind: str, workable_from: dt.datetime | None) -> dt.datetime | None:
    """The moment a Case waits for: its own, or the afternoon of a *Monday*; None where it can be worked on now."""
    if kind != "inactive":
        return None
    moment = max(work.now, workable_from or work.now)
    if is_monday_morning(work, moment):
        moment = clock.berlin_moment(clock.in_berlin(moment).date(), work.settings.afternoon)
    return moment if moment > work.now else None


def waiting_case(work: Work) -> Any:
    """The same as a condition on Cases."""
    if is_monday_morning(work, work.now):
        return Case.kind == "inactive"
    return (Case.kind == "inactive") & fn.COALESCE(Case.workable_from > work.now, False)


def waiting_reminder(work: Work) -> Any:
    """Whether a Reminder is about such a Case, as a condition on Reminders."""
    # CASE, because a server may cast the end of `flag:7` before it has looked whether it is a Case.
    key = When(None, ((Reminder.about.startswith("case:"), fn.SUBSTR(Reminder.about, 6).cast("integer")),), None)
    return fn.EXISTS(Case.select(SQL("1")).where(Case.id == key, waiting_case(work)))


def waiting_count(work: Work) -> int:
    """Open Cases that are not workable yet."""
    return int(Case.select().where(Case.state == "open", waiting_case(work)).count())
