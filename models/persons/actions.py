"""Restricting the processing of a person, and holding them against erasure (P-03, P-05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Result
from models.action.subjects import show
from models.action.work import Work
from models.ground import clock
from models.ground.errors import AlreadyDoneError, UsageError
from models.persons.whom import OnPerson, Person, find_person
from models.playbook.refusals import Obstacle
from models.tables.person import Hold, Restriction


def manager_obstacles(work: Work, rule: str) -> Iterator[Obstacle]:
    """VPA Manager or Kundenmanager alone."""
    if not (work.member is not None and work.member.is_manager):
        yield Obstacle("role_manager", rule)


@dataclass(frozen=True, kw_only=True)
class Restrict(OnPerson):
    """A person is kept, but no longer worked on (P-03)."""

    code: ClassVar[str] = "person.restrict"
    label: ClassVar[str] = "Verarbeitung einschränken"
    done: ClassVar[str] = "Verarbeitung eingeschränkt"
    help: ClassVar[str] = "Schränkt die Verarbeitung einer Person ein: Sie bleibt stehen, niemand arbeitet an ihr."

    reason: str | None = arg("Grund", "long")

    def load(self, work: Work) -> Person:
        """The person; `AlreadyDoneError` for one who is restricted."""
        person = super().load(work)
        if Restriction.among({person.subject}):
            raise AlreadyDoneError(f"Die Verarbeitung von {person.name} ist schon eingeschränkt.")
        return person

    def obstacles(self, work: Work, target: Person) -> Iterator[Obstacle]:
        """A reason, and a manager."""
        if not self.reason:
            yield Obstacle("reason_missing", "P-03")
        yield from manager_obstacles(work, "P-03")

    def perform(self, work: Work, target: Person) -> Result:
        """Write from when and why."""
        work.insert(Restriction, subject=target.subject, at=work.now, made_by=work.me, reason=self.reason or "")
        return Result(target.subject, show(work, target.row), target.name)


@dataclass(frozen=True, kw_only=True)
class Unrestrict(OnPerson):
    """A person may be worked on again (P-03)."""

    code: ClassVar[str] = "person.unrestrict"
    label: ClassVar[str] = "Einschränkung aufheben"
    done: ClassVar[str] = "Einschränkung aufgehoben"
    help: ClassVar[str] = "Hebt die Einschränkung einer Person auf."

    reason: str | None = arg("Grund", "long")

    def load(self, work: Work) -> Person:
        """The person; `AlreadyDoneError` for one who is not restricted."""
        person = super().load(work)
        if not Restriction.among({person.subject}):
            raise AlreadyDoneError(f"Die Verarbeitung von {person.name} ist nicht eingeschränkt.")
        return person

    def obstacles(self, work: Work, target: Person) -> Iterator[Obstacle]:
        """A manager."""
        yield from manager_obstacles(work, "P-03")

    def perform(self, work: Work, target: Person) -> Result:
        """Take the restriction away."""
        work.delete(Restriction.get_by_id(target.subject))
        return Result(target.subject, show(work, target.row), target.name)


@dataclass(frozen=True, kw_only=True)
class OnAnybody(OnPerson):
    """An action about a person of any kind, members too."""

    of_member: str | None = arg("Mitglied", "member", option="member", oneself=True)

    def load(self, work: Work) -> Person:
        """The person."""
        return find_person(work, self.vpa, self.customer, self.of_member)


@dataclass(frozen=True, kw_only=True)
class HoldPerson(OnAnybody):
    """Nobody erases this person until a day; a new one takes the place of the old (P-05)."""

    code: ClassVar[str] = "person.hold"
    label: ClassVar[str] = "Aufbewahren"
    done: ClassVar[str] = "Aufbewahrung eingetragen"
    help: ClassVar[str] = "Bewahrt eine Person bis zu einem Tag auf: Bis dahin löscht sie niemand."

    until: dt.date = arg("bis", "date", required=True)
    reason: str | None = arg("Grund", "long")

    def obstacles(self, work: Work, target: Person) -> Iterator[Obstacle]:
        """A reason, and a manager."""
        if not self.reason:
            yield Obstacle("reason_missing", "P-05")
        yield from manager_obstacles(work, "P-05")

    def perform(self, work: Work, target: Person) -> Result:
        """Write the day and the reason. Raises `UsageError` for a day that has passed."""
        if self.until < work.today:
            raise UsageError("--until liegt in der Vergangenheit. Nenn den letzten Tag der Aufbewahrung.")
        values = {"until": self.until, "reason": self.reason or "", "at": work.now, "made_by": work.me}
        known = work.find(Hold, target.subject)
        hold = work.update(known, **values) if known else work.insert(Hold, subject=target.subject, **values)
        return Result(target.subject, shown(hold), f"{target.name}, bis {clock.german_date(self.until)}")


@dataclass(frozen=True, kw_only=True)
class Unhold(OnAnybody):
    """The hold on a person ends (P-05)."""

    code: ClassVar[str] = "person.unhold"
    label: ClassVar[str] = "Aufbewahrung beenden"
    done: ClassVar[str] = "Aufbewahrung beendet"
    help: ClassVar[str] = "Beendet die Aufbewahrung einer Person: Sie kann wieder gelöscht werden."

    reason: str | None = arg("Grund", "long")

    def load(self, work: Work) -> Person:
        """The person; `AlreadyDoneError` where nothing stands against erasing them."""
        person = super().load(work)
        if work.find(Hold, person.subject) is None:
            raise AlreadyDoneError(f"Für {person.name} ist keine Aufbewahrung eingetragen.")
        return person

    def obstacles(self, work: Work, target: Person) -> Iterator[Obstacle]:
        """A manager."""
        yield from manager_obstacles(work, "P-05")

    def perform(self, work: Work, target: Person) -> Result:
        """Take the hold away."""
        work.delete(Hold.get_by_id(target.subject))
        return Result(target.subject, {"subject": target.subject, "until": None}, target.name)


def shown(hold: Hold) -> dict[str, Any]:
    """A hold as the command prints it."""
    return {name: getattr(hold, name) for name in ("subject", "until", "reason", "at", "made_by")}
