"""Closing a Reminder, alone or together with what it is about (R-04)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from models.action.args import arg
from models.action.base import Action
from models.action.work import Work
from models.playbook.refusals import Obstacle
from models.shared.follow_up import set_reminder
from models.shared.recurring import set_next
from models.shared.upkeep import UPKEEP, next_check, upkeep_reason
from models.tables.entry import Entry
from models.tables.handover import Handover
from models.tables.people import Assignment
from models.tables.reminder import Reminder

OUTCOMES = ("solved", "active_again", "list_checked", "contacted")
"""What can have come of a Reminder; the last three for one about a VPA who was inactive."""

AHEAD = dt.timedelta(days=2)
"""An entry of the platform that lies further ahead than this proves nothing: it cannot have been written yet."""


def proving_entry(reminder: Reminder, now: dt.datetime) -> Entry | None:
    """The newest entry in the subject's file that was written after the Reminder was set (R-04).

    Ours count in the order of writing, the platform's by their own time.
    """
    ours = Entry.platform_id.is_null() & (Entry.id > reminder.after_entry)
    theirs = (
        Entry.platform_id.is_null(False) & (Entry.created_at > reminder.created_at) & (Entry.created_at <= now + AHEAD)
    )
    query = Entry.select().where(Entry.subject == reminder.subject, Entry.withdrawn_at.is_null(), ours | theirs)
    return cast("Entry | None", query.order_by(Entry.id.desc()).first())


def accepted(work: Work, reminder: Reminder) -> dt.datetime | None:
    """When who got it from somebody else accepted it: at the latest with their first act on it (R-08)."""
    if reminder.accepted_at is None and reminder.created_by != work.me:
        return work.now
    return cast("dt.datetime | None", reminder.accepted_at)


def close_reminder(work: Work, reminder: Reminder, entry: Entry, outcome: str, **more: Any) -> None:
    """Close it on the entry that proves the upkeep; what repeats is set anew, and what others have of it goes along."""
    work.update(
        reminder,
        state="done",
        outcome=outcome,
        entry=entry.id,
        accepted_at=accepted(work, reminder),
        done_at=work.now,
        done_by=work.me,
        **more,
    )
    if reminder.kind == UPKEEP:
        _repeat(work, reminder)
    set_next(work, reminder)
    for other in _of_the_same_escalation(reminder):
        proof = {"outcome": outcome, "entry": entry.id, "done_at": work.now, "done_by": work.me}
        work.update(other, state="done", **proof, **more)


def _of_the_same_escalation(reminder: Reminder) -> list[Reminder]:
    """W-16: the open Reminders that an escalation set for the other managers; one of them is enough."""
    about, _, key = (reminder.about or "").partition(":")
    handover = Handover.get_or_none(Handover.id == int(key)) if about == "handover" else None
    if handover is None or handover.state != "escalated" or reminder.created_at != handover.opened_at:
        return []
    same = (Reminder.about == reminder.about, Reminder.state == "open", Reminder.created_at == handover.opened_at)
    return list(Reminder.select().where(*same, Reminder.id != reminder.id).order_by(Reminder.id))


def _repeat(work: Work, done: Reminder) -> None:
    """K-25: the check comes again while the assignment lasts; each later one has brought a check of its own."""
    newer = Reminder.select().where(Reminder.subject == done.subject, Reminder.kind == UPKEEP, Reminder.id > done.id)
    current = Assignment.current(done.subject.partition(":")[2], work.today)
    if newer.exists() or current is None:
        return
    set_reminder(
        work,
        subject=done.subject,
        due=next_check(work),
        reason=upkeep_reason(current.vpa.name),
        about=done.about,
        kind=UPKEEP,
    )


@dataclass(frozen=True, kw_only=True)
class WithReminders(Action):
    """An action that can take the member's own open Reminders about its target along (`--close-reminders`)."""

    close_reminders: bool = arg("Eigene Reminder dazu entfernen", "flag", help="Schließt sie in derselben Aktion.")

    @staticmethod
    def own_about(work: Work, about: str) -> list[Reminder]:
        """The acting member's open Reminders about a thing, oldest first."""
        query = Reminder.select().where(Reminder.about == about, Reminder.state == "open", Reminder.owner == work.me)
        return list(query.order_by(Reminder.id))

    @staticmethod
    def asks_about(about: str) -> list[str]:
        """The field, where anybody has an open Reminder about the thing."""
        waiting = Reminder.select().where(Reminder.about == about, Reminder.state == "open")
        return ["close_reminders"] if waiting.exists() else []

    def closing_presets(self, work: Work, about: str) -> dict[str, Any]:
        """Ticked where the member has one."""
        return {"close_reminders": True} if work.member is not None and self.own_about(work, about) else {}

    def closing_obstacles(self, work: Work, about: str, log: str | None) -> Iterator[Obstacle]:
        """What closing them along still needs: an entry, written now or since they were set (R-04)."""
        wanted = self.own_about(work, about) if self.close_reminders and not log else []
        if any(proving_entry(reminder, work.now) is None for reminder in wanted):
            yield Obstacle("entry_missing", "R-04")

    def close_along(self, work: Work, reminders: list[Reminder], entry: Entry | None, outcome: str) -> None:
        """Close these, each on the entry just written or on the newest that proves it."""
        for reminder in reminders:
            proof = entry or proving_entry(reminder, work.now)
            assert proof is not None
            close_reminder(work, reminder, proof, outcome)
