"""Customers that a member puts on the Watchlist, whatever their file says (K-29)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.care.assignment.assign import customer_with
from models.care.move import customer_of
from models.ground.errors import AlreadyDoneError
from models.playbook.refusals import Obstacle
from models.tables.people import Customer


@dataclass(frozen=True, kw_only=True)
class WatchCustomer(Action):
    """Keep an eye on a customer until somebody takes it off again."""

    code: ClassVar[str] = "watchlist.add"
    label: ClassVar[str] = "Auf die Watchlist setzen"
    done: ClassVar[str] = "Auf der Watchlist"
    help: ClassVar[str] = "Setzt einen Kunden von Hand auf die Watchlist, bis ihn jemand wieder herunternimmt."

    customer: str | None = arg("Kunde", "customer", required=True)
    reason: str | None = arg("Grund", "long", column="watched_for")

    def load(self, work: Work) -> Customer:
        """The customer; `AlreadyDoneError` where somebody has put it there."""
        customer = customer_of(work, self.customer or "")
        if customer.watched_for is not None:
            who, why = customer.watched_by, customer.watched_for
            raise AlreadyDoneError(f"{customer.name} hat {who} schon auf die Watchlist gesetzt: {why}")
        return customer

    def obstacles(self, work: Work, target: Customer) -> Iterator[Obstacle]:
        """Why."""
        if not self.reason:
            yield Obstacle("reason_missing", "K-29")

    def perform(self, work: Work, target: Customer) -> Result:
        """Keep why, and who says so."""
        row = work.update(target, watched_for=self.reason, watched_by=work.me)
        return Result(f"customer:{row.id}", customer_with(work, row, reason=self.reason), row.name)


@dataclass(frozen=True, kw_only=True)
class UnwatchCustomer(Action):
    """Take a customer off again that was put on by hand; its file may still keep it there."""

    code: ClassVar[str] = "watchlist.remove"
    label: ClassVar[str] = "Von der Watchlist nehmen"
    done: ClassVar[str] = "Nicht mehr von Hand auf der Watchlist"
    help: ClassVar[str] = "Nimmt einen von Hand gesetzten Kunden herunter; eine ungepflegte Akte hält ihn dort."

    customer: str | None = arg("Kunde", "customer", required=True)

    def load(self, work: Work) -> Customer:
        """The customer; `AlreadyDoneError` where nobody has put it there."""
        customer = customer_of(work, self.customer or "")
        if customer.watched_for is None:
            raise AlreadyDoneError(f"{customer.name} steht nicht von Hand auf der Watchlist.")
        return customer

    def perform(self, work: Work, target: Customer) -> Result:
        """Forget it; the history keeps why it was there."""
        row = work.update(target, watched_for=None, watched_by=None)
        return Result(f"customer:{row.id}", customer_with(work, row), row.name)
