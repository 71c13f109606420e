"""Setting a Reminder: alone, or as part of another action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from peewee import fn

from models.action.work import Work
from models.ground.errors import NotFoundError
from models.ground.text import words
from models.playbook.refusals import Obstacle
from models.tables.entry import Entry
from models.tables.people import Member
from models.tables.reminder import Reminder


def set_reminder(
    work: Work,
    *,
    subject: str,
    due: dt.datetime,
    reason: str,
    about: str | None = None,
    owner: str | None = None,
    kind: str = "general",
    every: str | None = None,
) -> Reminder:
    """A new Reminder, by default for the acting member."""
    owner = owner or work.me
    return work.insert(
        Reminder,
        subject=subject,
        about=about,
        kind=kind,
        every=every,
        due=due,
        reason=reason,
        folded=" ".join(words(reason)),
        owner=owner,
        original_owner=owner,
        created_by=work.me,
        created_at=work.now,
        after_entry=Entry.select(fn.MAX(Entry.id)).scalar() or 0,
    )


def due_obstacles(work: Work, due: dt.datetime | None) -> Iterator[Obstacle]:
    """A Reminder needs a date, today or later (R-01)."""
    if due is None:
        yield Obstacle("due_missing", "R-01")
    elif due.astimezone(work.now.tzinfo).date() < work.today:
        yield Obstacle("due_past", "R-01")


def receiver_obstacles(work: Work, receiver: Member) -> Iterator[Obstacle]:
    """Nothing is given to somebody who is away (R-05)."""
    if receiver.is_away(work.today):
        yield Obstacle("receiver_away", "R-05", detail=f"{receiver.kuerzel} ist nicht da")


def present_with_role(work: Work, *roles: str) -> list[Member]:
    """Members with one of these roles, those who are here today; all of them if everybody is away."""
    members = [m for m in Member.select().where(Member.left_on.is_null()).order_by(Member.key) if m.has(*roles)]
    here = [member for member in members if not member.is_away(work.today)]
    return here or members


def somebody_with_role(work: Work, role: str, what: str) -> Member:
    """The first of them; `NotFoundError` where the team has none."""
    members = present_with_role(work, role)
    if not members:
        raise NotFoundError(f"Im Team gibt es noch niemanden mit der Rolle {what}.")
    return members[0]
