"""Putting a VPA in charge of a customer (K-20 to K-25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.subjects import show
from models.action.work import Work
from models.care.assignment.sources import SOURCES
from models.care.assignment.wording import wording_obstacles, write_assignment
from models.care.letters.fitting import fitting_kind
from models.care.letters.templates import KINDS
from models.care.move import customer_of, put_in_charge, set_upkeep_check
from models.ground.errors import AlreadyDoneError
from models.playbook import playbook
from models.playbook.refusals import Obstacle
from models.shared.fitness import Job, fitness_obstacles
from models.tables.people import Assignment, Customer, Vpa


@dataclass(frozen=True)
class Pair:
    """Who gets which customer."""

    customer: Customer
    vpa: Vpa


@dataclass(frozen=True, kw_only=True)
class AssignVpa(Action):
    """A customer gets a VPA, with everything that VPA needs in the VPA Kundenakte."""

    code: ClassVar[str] = "assign"
    label: ClassVar[str] = "VPA zuweisen"
    done: ClassVar[str] = "VPA zugewiesen"
    help: ClassVar[str] = "Weist einem Kunden ab heute einen VPA zu, mit Eintrag in der VPA Kundenakte."

    offers_letter: ClassVar[bool] = True

    customer: str | None = arg("Kunde", "customer", required=True)
    vpa: str | None = arg("VPA", "vpa", required=True)
    kind: str | None = arg("Art der Zuweisung", "choice", choices="assignment_kind", values=KINDS)
    text: str | None = arg("Text", "long", help="Alles, was der VPA braucht; die Chatvorlage der Art hilft.")
    read: tuple[str, ...] = arg("gelesen", "choice", choices="source", values=SOURCES, many=True)

    def reader(self, field: str) -> str:
        """The text goes into the VPA Kundenakte."""
        return "vpa" if field == "text" else "intern"

    def presets(self, work: Work, target: Pair | None) -> dict[str, Any]:
        """The kind that fits the customer, so that its Chatvorlage is offered first (K-22)."""
        customer = work.find(Customer, self.customer or "")
        return {"kind": fitting_kind(work, customer)} if customer is not None else {}

    def letter(self, work: Work) -> tuple[str, str]:
        """The Chatvorlage of the kind chosen (K-22)."""
        customer = work.find(Customer, self.customer or "")
        return (self.kind, f"customer:{customer.id}") if self.kind and customer is not None else ("", "")

    def served(self, work: Work) -> str:
        """The customer, as far as it is named."""
        return self.customer or ""

    def load(self, work: Work) -> Pair:
        """Both; `AlreadyDoneError` where this VPA has the customer."""
        customer, vpa = customer_of(work, self.customer or ""), work.get(Vpa, self.vpa, "Den VPA")
        current = Assignment.current(customer.id, work.today)
        if current is not None and current.vpa_id == vpa.id:
            raise AlreadyDoneError(f"{vpa.name} betreut {customer.name} schon.")
        return Pair(customer, vpa)

    def obstacles(self, work: Work, target: Pair) -> Iterator[Obstacle]:
        """In the order of CONTRACT §10."""
        if self.kind not in KINDS:
            yield Obstacle("kind_missing", "K-21")
        yield from wording_obstacles(work, self.kind, target.customer, target.vpa, self.text, self.read)
        yield from fitness_obstacles(work, target.vpa, Job(target.customer.id, "new_customers"), "K-21")

    def perform(self, work: Work, target: Pair) -> Result:
        """Assignment, entry, and the Reminder to look after it."""
        kind, subject = self.kind or "", f"customer:{target.customer.id}"
        put_in_charge(work, target.customer, target.vpa, playbook().kind("assignment_kind", kind).label)
        entry = write_assignment(work, kind, target.customer, self.text or "")
        reminder = set_upkeep_check(work, target.customer, target.vpa, f"entry:{entry.id}")
        shown = customer_with(work, target.customer, entry=entry.id, reminder=reminder.id)
        return Result(subject, shown, target.customer.name)


def customer_with(work: Work, customer: Customer, **written: Any) -> dict[str, Any]:
    """The customer as `customer show` prints it, with the ids of what the action wrote."""
    return {**show(work, customer), **written}
