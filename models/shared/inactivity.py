"""The five rules before an inactive VPA is judged or written to (D-40, D-42 to D-45); also for its Reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from models.action.args import arg
from models.action.base import Action
from models.action.work import Work
from models.ground import clock
from models.playbook.refusals import Obstacle, Weight
from models.tables.case import Case

Step = Literal["list_checked", "contacted", "active_again"]


@dataclass(frozen=True)
class Proofs:
    """What the member has looked at."""

    list_checked: bool = False
    activity_proof: str | None = None
    customer_report: str | None = None


def inactivity_obstacles(
    work: Work, case: Case, step: str | None, proofs: Proofs, *, anew: bool = False
) -> Iterator[Obstacle]:
    """What stands against judging (`list_checked`) or writing to (`contacted`) the VPA, or calling it active again.

    A contact on record brings its own list check and proofs; with `anew` somebody is about to write once more.
    """
    if step == "active_again":
        yield from _still_inactive(case, proofs)
    if step in ("list_checked", "contacted"):
        yield from _too_soon(work, case, proofs)
    if step == "contacted" and (anew or not contact_on_record(case)):
        yield from _unproven(case, proofs)


def contact_on_record(case: Case) -> bool:
    """Whether `case contact` has recorded a contact about what the Case says now: `contacted` is taken as given.

    One from before the VPA went inactive again says nothing: nobody has looked since.
    """
    since: dt.datetime = case.workable_from or clock.start_of_day(case.changed_on)
    return case.contacted_at is not None and case.contacted_at >= since


def _still_inactive(case: Case, proofs: Proofs) -> Iterator[Obstacle]:
    proven = "mobile_app" in case.findings and proofs.activity_proof
    if case.vpa.active is False and not proven:
        yield Obstacle("still_inactive", "D-41")


def _too_soon(work: Work, case: Case, proofs: Proofs) -> Iterator[Obstacle]:
    """Before its time; a customer who has come forward waits, so then it only warns (D-45)."""
    weight: Weight = "warn" if proofs.customer_report else "stop"
    if case.workable_from is not None and work.now < case.workable_from:
        yield Obstacle("too_early", "D-40", weight, detail=f"ab {clock.german_start(case.workable_from)}")
    if is_monday_morning(work, work.now):
        yield Obstacle("monday_morning", "D-44", weight, detail=f"ab {work.settings.afternoon:%H:%M}")


def is_monday_morning(work: Work, moment: dt.datetime) -> bool:
    """Whether it is the morning of the first working day after a weekend or holiday."""
    local = clock.in_berlin(moment)
    return work.workdays.is_monday(local.date()) and local.time() < work.settings.afternoon


def _unproven(case: Case, proofs: Proofs) -> Iterator[Obstacle]:
    if not proofs.list_checked:
        yield Obstacle("list_unchecked", "D-42")
    if "mobile_app" in case.findings and not proofs.activity_proof:
        yield Obstacle("activity_proof_missing", "D-43")
    if "part_time" in case.findings and not proofs.customer_report:
        yield Obstacle("customer_report_missing", "D-45")


@dataclass(frozen=True)
class Light:
    """„Darf ich anschreiben?“ in one word, with the rules behind it."""

    answer: Literal["nein", "vielleicht", "ja"]
    obstacles: tuple[Obstacle, ...]
    green_from: dt.datetime | None
    """When time alone turns it green (or amber); None where it does not."""


def contact_light(work: Work, case: Case) -> Light:
    """The light for an inactive VPA: no while it is too soon, maybe while something has to be looked at first."""
    found = tuple(inactivity_obstacles(work, case, "contacted", Proofs()))
    soon = [o for o in found if o.code in ("too_early", "monday_morning")]
    if soon:
        return Light("nein", found, _turns(work, case))
    return Light("vielleicht" if found else "ja", found, None)


def _turns(work: Work, case: Case) -> dt.datetime:
    moment = max(work.now, case.workable_from or work.now)
    if is_monday_morning(work, moment):
        return clock.berlin_moment(clock.in_berlin(moment).date(), work.settings.afternoon)
    return moment


@dataclass(frozen=True, kw_only=True)
class WithProofs(Action):
    """The looks that an inactive VPA asks for (D-42, D-43, D-45)."""

    list_checked: bool = arg("Aufgabenliste geprüft", "flag")
    activity_proof: str | None = arg("Beleg der Aktivität", help="Letzter Chat, Aufgabe oder Login.")
    customer_report: str | None = arg("Meldung des Kunden", help="Wann und wie sich welcher Kunde gemeldet hat.")

    @property
    def proofs(self) -> Proofs:
        """As the rules want them."""
        return Proofs(self.list_checked, self.activity_proof, self.customer_report)

    def proof_details(self, case: Case) -> dict[str, Any]:
        """What was given of them, to be kept; nothing for another kind of Case."""
        if case.kind != "inactive":
            return {}
        given = {
            "list_checked": self.list_checked,
            "activity_proof": self.activity_proof,
            "customer_report": self.customer_report,
        }
        return {name: value for name, value in given.items() if value}
