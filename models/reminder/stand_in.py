"""Reminders going from hand to hand: taken over, given back, handed over (R-05, R-08)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Result
from models.action.work import Work
from models.ground.errors import AlreadyDoneError
from models.playbook.refusals import Obstacle
from models.reminder.base import OnReminder, owner_obstacles, reminder_result
from models.shared.follow_up import receiver_obstacles
from models.tables.people import Member
from models.tables.reminder import Reminder


@dataclass(frozen=True, kw_only=True)
class TakeReminder(OnReminder):
    """Take over from a member who is away (R-05)."""

    code: ClassVar[str] = "reminder.take"
    label: ClassVar[str] = "Reminder übernehmen"
    done: ClassVar[str] = "Reminder übernommen"
    help: ClassVar[str] = "Vertretung: übernimmt den Reminder eines abwesenden Mitglieds."
    bulk: ClassVar[bool] = True

    reason: str | None = arg(
        "Grund", "long", column="", help="Nötig, wenn ein VPA Manager von jemandem übernimmt, der da ist."
    )

    def load(self, work: Work) -> Reminder:
        """The open Reminder, not one's own."""
        reminder = super().load(work)
        if reminder.owner == work.me:
            raise AlreadyDoneError(f"Reminder {reminder.id} gehört dir schon.")
        return reminder

    def obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """The owner is away, or a VPA manager says why."""
        if work.require_member(target.owner).is_away(work.today):
            return
        if not work.has_role("vpa_manager"):
            yield Obstacle("owner_present", "R-05", detail=f"{target.owner} ist da")
        elif not self.reason:
            yield Obstacle("reason_missing", "R-05")

    def evidence(self) -> dict[str, Any]:
        """Why, for the history."""
        return {"reason": self.reason} if self.reason else {}

    def perform(self, work: Work, target: Reminder) -> Result:
        """Change the owner and remember the one before; who takes back what was theirs owes it to nobody after them."""
        chain = _before([*target.owners, target.owner], work.me)
        work.update(target, owners=chain, owner=work.me, accepted_at=work.now)
        return reminder_result(work, target)


@dataclass(frozen=True, kw_only=True)
class GiveBackReminder(OnReminder):
    """Return a taken Reminder to the owner before."""

    code: ClassVar[str] = "reminder.give-back"
    label: ClassVar[str] = "Reminder zurückgeben"
    done: ClassVar[str] = "Reminder zurückgegeben"
    help: ClassVar[str] = "Gibt einen übernommenen Reminder an den vorigen Besitzer zurück."
    bulk: ClassVar[bool] = True

    def load(self, work: Work) -> Reminder:
        """The open Reminder, once taken."""
        reminder = super().load(work)
        if not reminder.owners:
            raise AlreadyDoneError(f"Reminder {reminder.id} hat niemand übernommen, er gehört {reminder.owner}.")
        return reminder

    def obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """Only who has it gives it back, and not to somebody who has left."""
        yield from owner_obstacles(work, target)
        before = Member.find(target.owners[-1])
        if before is None or before.left_on is not None:
            yield Obstacle("receiver_away", "R-05", detail=f"{target.owners[-1]} ist nicht mehr im Team")

    def perform(self, work: Work, target: Reminder) -> Result:
        """One step back along the chain of stand-ins."""
        work.update(target, owner=target.owners[-1], owners=target.owners[:-1])
        return reminder_result(work, target)


@dataclass(frozen=True, kw_only=True)
class HandOverReminder(OnReminder):
    """Give a Reminder to a colleague."""

    code: ClassVar[str] = "reminder.hand-over"
    label: ClassVar[str] = "Reminder abgeben"
    done: ClassVar[str] = "Reminder abgegeben"
    help: ClassVar[str] = "Gibt den Reminder an ein anderes Mitglied, mit Grund."
    bulk: ClassVar[bool] = True

    to: str | None = arg("an wen", "member", column="owner")
    reason: str | None = arg("Grund", "long", column="")

    def obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """A receiver who is there, a reason, and only the owner."""
        if not self.to:
            yield Obstacle("kuerzel_missing", "R-02", detail="an wen")
        if not self.reason:
            yield Obstacle("reason_missing", "R-05")
        yield from owner_obstacles(work, target)
        if self.to:
            receiver = work.require_member(self.to)
            if receiver.kuerzel == work.me:
                yield Obstacle("receiver_away", "R-05", detail="das bist du selbst")
            else:
                yield from receiver_obstacles(work, receiver)

    def evidence(self) -> dict[str, Any]:
        """Why, for the history."""
        return {"reason": self.reason} if self.reason else {}

    def perform(self, work: Work, target: Reminder) -> Result:
        """Change the owner; accepted when the receiver first acts on it."""
        assert self.to is not None
        receiver = work.require_member(self.to).kuerzel
        work.update(target, owner=receiver, owners=_before(target.owners, receiver), accepted_at=None)
        return reminder_result(work, target)


def _before(owners: list[str], receiver: str) -> list[str]:
    """The chain of stand-ins behind a receiver: handed to one of them it is back there, nothing left to give back."""
    return owners[: owners.index(receiver)] if receiver in owners else owners
