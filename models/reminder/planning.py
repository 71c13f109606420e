"""Setting a Reminder, and moving it to a later date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.subjects import belongs_to, find_subject
from models.action.work import Work
from models.ground.errors import UsageError
from models.playbook.refusals import Hint, Obstacle
from models.reminder.base import OnReminder, owner_obstacles, reminder_result
from models.shared.closing import accepted
from models.shared.follow_up import due_obstacles, receiver_obstacles, set_reminder
from models.shared.recurring import EVERY
from models.tables.entry import Entry
from models.tables.reminder import Reminder


@dataclass(frozen=True)
class Occasion:
    """What a Reminder hangs on, and what caused it."""

    subject: str | None = None
    """The VPA or customer; None where nothing was named."""
    about: str | None = None
    entry: Entry | None = None
    """The file entry that caused it."""


@dataclass(frozen=True, kw_only=True)
class SetReminder(Action):
    """A new Reminder on a VPA or customer (R-02, R-06)."""

    code: ClassVar[str] = "reminder.set"
    label: ClassVar[str] = "Reminder setzen"
    done: ClassVar[str] = "Reminder gesetzt"
    help: ClassVar[str] = "Legt etwas auf Wiedervorlage."

    vpa: str | None = arg("VPA", "vpa")
    customer: str | None = arg("Kunde", "customer")
    about: str | None = arg("Anlass", help="Was ihn auslöst: case:12, flag:7, entry:9, task:T1, handover:2.")
    due: dt.datetime | None = arg("fällig am", "due")
    reason: str | None = arg("Grund", "long")
    every: str | None = arg(
        "kommt wieder", "choice", choices="every", values=EVERY, strict=True,
        help="Ist er erledigt, steht der nächste schon da; an freien Tagen rückt er weiter.",
    )  # fmt: skip
    receiver: str | None = arg("für", "member", option="for", help="Kürzel; ohne Angabe du selbst.")

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """Where the row says what it hangs on, only when, why and for whom is asked."""
        known = isinstance(target, Occasion) and target.subject is not None
        return ["due", "reason", "every", "receiver"] if known else super().relevant(target)

    def load(self, work: Work) -> Occasion:
        """What it hangs on. Raises `UsageError` for both a VPA and a customer."""
        if self.vpa and self.customer:
            raise UsageError("Ein Reminder hängt an einem VPA oder an einem Kunden, nicht an beiden.")
        about = self.about.strip() if self.about else None
        cause = find_subject(work, about) if about else None
        subject = None
        if self.vpa:
            subject = work.subject("vpa", self.vpa)
        elif self.customer:
            subject = work.subject("customer", self.customer)
        if cause is None:
            return Occasion(subject)
        subject = subject or belongs_to(cause)
        return Occasion(subject, None if about == subject else about, cause if isinstance(cause, Entry) else None)

    def obstacles(self, work: Work, target: Occasion) -> Iterator[Obstacle]:
        """Subject, date, reason, and an owner who is there."""
        if target.subject is None:
            yield Obstacle("subject_missing", "R-06")
        yield from due_obstacles(work, self.due)
        if not self.reason:
            yield Obstacle("reason_missing", "R-05")
        if self.receiver:
            yield from receiver_obstacles(work, work.require_member(self.receiver))

    def hints(self, work: Work, target: Occasion) -> Iterator[Hint]:
        """Something urgent is not parked (R-08)."""
        urgent = target.entry is not None and "dringend" in (tag.casefold() for tag in target.entry.tags)
        if urgent and self.due is not None and self.due > work.now:
            yield Hint("R-08", "Dringendes gibst du besser gleich weiter, als es auf Wiedervorlage zu legen.")

    def perform(self, work: Work, target: Occasion) -> Result:
        """Set the Reminder."""
        assert target.subject is not None
        assert self.due is not None
        assert self.reason is not None
        owner = work.require_member(self.receiver).kuerzel if self.receiver else work.me
        reminder = set_reminder(
            work,
            subject=target.subject,
            due=self.due,
            reason=self.reason,
            about=target.about,
            owner=owner,
            every=self.every,
        )
        return reminder_result(work, reminder)


@dataclass(frozen=True, kw_only=True)
class PostponeReminder(OnReminder):
    """Move a Reminder to a later date, with a reason."""

    code: ClassVar[str] = "reminder.postpone"
    label: ClassVar[str] = "Reminder verschieben"
    done: ClassVar[str] = "Reminder verschoben"
    help: ClassVar[str] = "Erinnert dich später, mit Grund."
    bulk: ClassVar[bool] = True
    several: ClassVar[bool] = True
    makes_room: ClassVar[bool] = True

    due: dt.datetime | None = arg("fällig am", "due")
    reason: str | None = arg("Grund", "long", column="")

    def obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """Date and reason; only the owner."""
        yield from due_obstacles(work, self.due)
        if not self.reason:
            yield Obstacle("reason_missing", "R-05")
        yield from owner_obstacles(work, target)

    def evidence(self) -> dict[str, Any]:
        """Why, for the history."""
        return {"reason": self.reason} if self.reason else {}

    def perform(self, work: Work, target: Reminder) -> Result:
        """Move it; why stands in the history."""
        work.update(target, due=self.due, accepted_at=accepted(work, target))
        return reminder_result(work, target)
