"""Questions about Reminders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import Case as SqlCase

from models.action.subjects import name_of, shows
from models.action.work import Work
from models.ground import clock
from models.tables.reminder import Reminder


@shows("reminder")
def show_reminder(work: Work, reminder: Reminder) -> dict[str, Any]:
    """The shape of CONTRACT §5, as of today."""
    return reminder.show(work.today)


def list_reminders(work: Work, state: str = "open", due: bool = False, mine: bool = False) -> Any:
    """Own due first, then others' due, then by date (R-01, R-10), as a query."""
    me = work.member.kuerzel if work.member else ""
    reached = Reminder.due <= work.now
    is_due = reached & (Reminder.state == "open")
    rank = SqlCase(None, ((is_due & (Reminder.owner == me), 0), (is_due, 1)), 2)
    query = Reminder.select().order_by(rank, Reminder.due, Reminder.id)
    if state != "all":
        query = query.where(Reminder.state == state)
    if due:
        query = query.where(reached)
    return query.where(Reminder.owner == me) if mine else query


def came_due(work: Work, since: dt.datetime) -> list[str]:
    """Names behind own open Reminders that came due at a time of day after `since`; all-day ones are no moment."""
    mine = (Reminder.state == "open", Reminder.owner == work.stamp.member)
    rows = Reminder.select().where(*mine, Reminder.due > since, Reminder.due <= work.now).order_by(Reminder.due)
    return [name_of(row.subject) for row in rows if clock.in_berlin(row.due).time() != clock.MIDNIGHT]


def due_count(now: dt.datetime, owner: str | None = None) -> int:
    """Open Reminders due by now, of one owner or of all."""
    query = Reminder.select().where(Reminder.state == "open", Reminder.due <= now)
    return int((query.where(Reminder.owner == owner) if owner is not None else query).count())


def deferred_subjects(now: dt.datetime) -> Any:
    """`about` of open Reminders that are due later: those things count as deferred (D-01)."""
    # Not “is not null”: as a range of the index of state and about it spares walking all open Reminders.
    return Reminder.select(Reminder.about).where(Reminder.state == "open", Reminder.about > "", Reminder.due > now)
