"""The release and what follows it: decision, informing the customer, Einarbeitung (W-12 to W-14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from models.action.args import arg
from models.action.base import Result
from models.action.work import Work
from models.care.handover.base import OnHandover, result
from models.care.handover.rules import (
    closed_obstacles,
    day_obstacles,
    decision_obstacles,
    release_obstacles,
)
from models.ground import clock
from models.ground.errors import AlreadyDoneError
from models.playbook import playbook
from models.playbook.refusals import Hint, Obstacle
from models.tables.handover import DECIDED, Handover


@dataclass(frozen=True, kw_only=True)
class DecideHandover(OnHandover):
    """A decision of VPA manager or customer manager."""

    def load(self, work: Work) -> Handover:
        """A request on which nobody has decided."""
        handover = super().load(work)
        if handover.state in DECIDED:
            what = playbook().label("handover_state", handover.state)
            raise AlreadyDoneError(
                f"Über VPA-Wechsel {handover.id} hat {handover.decided_by} schon entschieden: {what}."
            )
        return handover


@dataclass(frozen=True, kw_only=True)
class ApproveHandover(DecideHandover):
    """Release the change (W-12)."""

    code: ClassVar[str] = "handover.approve"
    label: ClassVar[str] = "VPA-Wechsel freigeben"
    done: ClassVar[str] = "VPA-Wechsel freigegeben"
    help: ClassVar[str] = "Gibt den VPA-Wechsel frei: danach darf der VPA den Kunden informieren."

    remark: str | None = arg("Anmerkung", "long")

    def obstacles(self, work: Work, target: Handover) -> Iterator[Obstacle]:
        """A manager, not one's own request, and a proposal."""
        yield from closed_obstacles(target)
        yield from decision_obstacles(work, target)

    def perform(self, work: Work, target: Handover) -> Result:
        """Keep who, when, and the remark."""
        decided = {"decided_at": work.now, "decided_by": work.me, "remark": self.remark}
        return result(work, work.update(target, state="approved", **decided))


@dataclass(frozen=True, kw_only=True)
class RejectHandover(DecideHandover):
    """Refuse the change; the VPA stays in charge (W-12)."""

    code: ClassVar[str] = "handover.reject"
    label: ClassVar[str] = "VPA-Wechsel nicht freigeben"
    done: ClassVar[str] = "VPA-Wechsel nicht freigegeben"
    help: ClassVar[str] = "Lehnt den VPA-Wechsel mit Grund ab; der VPA betreut den Kunden weiter."

    reason: str | None = arg("Grund", "long", column="remark")

    def obstacles(self, work: Work, target: Handover) -> Iterator[Obstacle]:
        """A reason; a manager, not one's own request, and a proposal."""
        yield from closed_obstacles(target)
        if not self.reason:
            yield Obstacle("reason_missing", "W-12")
        yield from decision_obstacles(work, target)

    def perform(self, work: Work, target: Handover) -> Result:
        """End the request."""
        decided = {"decided_at": work.now, "decided_by": work.me, "remark": self.reason}
        closed = {"closed_at": work.now, "closed_by": work.me}
        return result(work, work.update(target, state="rejected", **decided, **closed))


@dataclass(frozen=True, kw_only=True)
class InformedHandover(OnHandover):
    """The VPA has informed the customer (W-13)."""

    code: ClassVar[str] = "handover.informed"
    label: ClassVar[str] = "Kunde informiert"
    done: ClassVar[str] = "Information des Kunden festgehalten"
    help: ClassVar[str] = "Hält fest, wann der VPA den Kunden über den VPA-Wechsel informiert hat."

    on: dt.date | None = arg("informiert am", "date", column="informed_on")

    def obstacles(self, work: Work, target: Handover) -> Iterator[Obstacle]:
        """Only after the release, and when it has happened."""
        yield from closed_obstacles(target)
        yield from release_obstacles(target, "W-13")
        yield from day_obstacles(work, self.on, "W-13")

    def hints(self, work: Work, target: Handover) -> Iterator[Hint]:
        """The customer should not have known before the release."""
        if self.on and target.decided_at and self.on < clock.day_of(target.decided_at):
            yield Hint("W-12", "Der Kunde wusste es vor der Freigabe: Sag dem VPA, dass er künftig auf sie wartet.")

    def perform(self, work: Work, target: Handover) -> Result:
        """Keep the day."""
        return result(work, work.update(target, state="informed", informed_on=self.on))


@dataclass(frozen=True, kw_only=True)
class TrainingHandover(OnHandover):
    """Whether the customer wants an Einarbeitung of the successor, and when it was done (W-14)."""

    code: ClassVar[str] = "handover.training"
    label: ClassVar[str] = "Einarbeitung festhalten"
    done: ClassVar[str] = "Einarbeitung festgehalten"
    help: ClassVar[str] = "Hält fest, ob der Kunde eine Einarbeitung wünscht und wann sie erledigt war."

    wanted: bool | None = arg("gewünscht", "yes_no", strict=True, required=True, column="training_wanted")
    done_on: dt.date | None = arg("erledigt am", "date", column="training_done_on")

    def obstacles(self, work: Work, target: Handover) -> Iterator[Obstacle]:
        """Only after the release; done is what has happened."""
        yield from closed_obstacles(target)
        yield from release_obstacles(target, "W-14")
        if self.done_on is not None and self.done_on > work.today:
            yield Obstacle("done_on_in_future", "W-14")

    def perform(self, work: Work, target: Handover) -> Result:
        """Keep the answer; a day once kept stays until another is given or nothing is wanted any more."""
        done_on = (self.done_on or target.training_done_on) if self.wanted else None
        return result(work, work.update(target, training_wanted=self.wanted, training_done_on=done_on))
