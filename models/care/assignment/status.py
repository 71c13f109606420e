"""A customer's status and why it changed (K-07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.care.assignment.assign import customer_with
from models.care.move import customer_of
from models.ground.errors import AlreadyDoneError
from models.playbook import playbook
from models.playbook.refusals import Obstacle
from models.shared.entry import write_entry
from models.tables.people import Customer

STATUSES = ("angebot", "bucher", "prio", "aktiv", "inaktiv")


@dataclass(frozen=True, kw_only=True)
class ChangeStatus(Action):
    """Change a customer's status; the reason stands in the O-Team Kundenakte."""

    code: ClassVar[str] = "customer.status"
    on_restricted: ClassVar[bool] = True
    label: ClassVar[str] = "Status des Kunden ändern"
    done: ClassVar[str] = "Status geändert"
    help: ClassVar[str] = "Ändert den Status eines Kunden; der Grund kommt in die O-Team Kundenakte."

    id: str = arg("Kunde", "customer", positional=True, required=True)
    to: str | None = arg(
        "neuer Status",
        "choice",
        choices="customer_status",
        values=STATUSES,
        strict=True,
        required=True,
        column="status",
    )
    reason: str | None = arg("Grund", "long")

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """All but the customer itself."""
        return ["to", "reason"]

    def load(self, work: Work) -> Customer:
        """The customer; `AlreadyDoneError` where it has this status."""
        customer = customer_of(work, self.id)
        if customer.status == self.to:
            raise AlreadyDoneError(f"{customer.name} hat diesen Status schon: {self._label(self.to)}.")
        work.check_seen(customer, f"customer:{customer.id}", self.seen)
        return customer

    def obstacles(self, work: Work, target: Customer) -> Iterator[Obstacle]:
        """A reason."""
        if not self.reason:
            yield Obstacle("reason_missing", "K-07")

    def perform(self, work: Work, target: Customer) -> Result:
        """Change it and keep old, new and why."""
        subject = f"customer:{target.id}"
        entry = write_entry(
            work,
            file="oteam",
            subject=subject,
            kind="status_change",
            situation=f"Status: {self._label(target.status)} → {self._label(self.to)}. Grund: {self.reason}",
            tags=[playbook().kind("entry_oteam", "status_change").tag],
        )
        work.update(target, status=self.to)
        return Result(subject, customer_with(work, target, entry=entry.id), target.name)

    @staticmethod
    def _label(status: str | None) -> str:
        return playbook().label("customer_status", status)
