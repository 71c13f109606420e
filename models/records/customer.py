"""Customers by hand (S-02)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.subjects import show
from models.action.work import Work
from models.ground import clock
from models.importing.by_hand import read_cells, say
from models.importing.columns import KUNDEN
from models.playbook.refusals import Obstacle
from models.records.ids import new_id, standing
from models.shared.follow_up import set_reminder
from models.shared.upkeep import UPKEEP, first_check, upkeep_reason
from models.tables.people import Assignment, Customer, Vpa

STATUSES = ("angebot", "bucher", "prio", "aktiv", "inaktiv")
CLASSES = ("A", "B", "C", "D")
PATTERNS = ("laufend", "einzeln")

COLUMNS = {
    "name": "name", "status": "status", "klasse": "klasse", "pattern": "muster", "last_booking": "letzte_buchung",
    "wizard": "wizard",
}  # fmt: skip
"""Fields of the action and the columns of the export that say the same."""


@dataclass(frozen=True, kw_only=True)
class WithFacts(Action):
    """What is known of a customer."""

    name: str | None = arg("Name")
    klasse: str | None = arg(
        "Klasse", "choice", choices="class", values=CLASSES, strict=True, option="class",
        help="A, B, C oder D; auch keine.",
    )  # fmt: skip
    pattern: str | None = arg("Muster", "choice", choices="pattern", values=PATTERNS, strict=True)
    last_booking: dt.date | None = arg("letzte Buchung", "date")
    wizard: str | None = arg("Wizard/KA-Infos", "long")

    @property
    def given(self) -> dict[str, Any]:
        """What was said, by column."""
        said = {column: getattr(self, field, None) for field, column in COLUMNS.items()}
        return {column: value for column, value in said.items() if value is not None}

    def result(self, work: Work, key: str, **written: Any) -> Result:
        """The customer as he is now."""
        customer = work.get(Customer, key, "Den Kunden")
        return Result(f"customer:{key}", {**show(work, customer), **written}, customer.name)


@dataclass(frozen=True, kw_only=True)
class AddCustomer(WithFacts):
    """A customer whom no export has named yet."""

    code: ClassVar[str] = "customer.add"
    label: ClassVar[str] = "Kunden anlegen"
    done: ClassVar[str] = "Kunde angelegt"
    help: ClassVar[str] = "Legt einen Kunden an; nennt ihn später ein Export mit dieser Id, ist es derselbe."

    id: str | None = arg("Id", positional=True, asked=True, help="Ohne Angabe die nächste freie: H1, H2, …")
    status: str | None = arg("Status", "choice", choices="customer_status")
    vpa: str | None = arg("VPA", "vpa", help="Betreut den Kunden ab heute.")

    @classmethod
    def relevant(cls, target: Any) -> list[str]:
        """In the order of thinking."""
        return ["name", "status", "vpa", "klasse", "pattern", "last_booking", "wizard", "id"]

    def load(self, work: Work) -> tuple[str, Vpa | None]:
        """His id, and who shall be in charge; `AlreadyDoneError` for an id that exists."""
        read_cells(KUNDEN, {name: value for name, value in self.given.items() if name != "status"})
        vpa = standing(work, Vpa, self.vpa, "Den VPA") if self.vpa else None
        return new_id(work, Customer, KUNDEN, self.id, "Den Kunden"), vpa

    def obstacles(self, work: Work, target: tuple[str, Vpa | None]) -> Iterator[Obstacle]:
        """Name and status (S-02)."""
        if not self.name:
            yield Obstacle("name_missing", "S-02")
        if (self.status or "").lower() not in STATUSES:
            yield Obstacle("status_missing", "S-02")

    def perform(self, work: Work, target: tuple[str, Vpa | None]) -> Result:
        """Write him, and his first assignment with the look at its file some weeks later (K-25)."""
        key, vpa = target
        say(work, KUNDEN, key, read_cells(KUNDEN, {"kunden_id": key, **self.given}))
        if vpa is None:
            return self.result(work, key)
        work.insert(Assignment, customer=key, vpa=vpa.id, start=work.today, end=None)
        reminder = set_reminder(
            work, subject=f"customer:{key}", due=first_check(work), reason=upkeep_reason(vpa.name), kind=UPKEEP
        )
        return self.result(work, key, reminder=reminder.id)


@dataclass(frozen=True, kw_only=True)
class SetCustomer(WithFacts):
    """Change what is known of a customer; status and VPA have deeds of their own."""

    code: ClassVar[str] = "customer.set"
    on_restricted: ClassVar[bool] = True
    label: ClassVar[str] = "Kunden ändern"
    done: ClassVar[str] = "Kunde geändert"
    help: ClassVar[str] = "Ändert, was du angibst."

    id: str = arg("Kunde", "customer", positional=True, required=True)

    def load(self, work: Work) -> Customer:
        """The customer."""
        read_cells(KUNDEN, self.given)
        customer = standing(work, Customer, self.id, "Den Kunden")
        work.check_seen(customer, f"customer:{customer.id}", self.seen)
        return customer

    def obstacles(self, work: Work, target: Customer) -> Iterator[Obstacle]:
        """Something to change."""
        if not self.given:
            yield Obstacle("nothing_given", "S-02")

    def perform(self, work: Work, target: Customer) -> Result:
        """Write what differs."""
        say(work, KUNDEN, target.id, read_cells(KUNDEN, self.given))
        return self.result(work, target.id)

    def presets(self, work: Work, target: Any) -> dict[str, Any]:
        """What is known now."""
        if not isinstance(target, Customer):
            return {}
        return {
            "name": target.name,
            "klasse": target.klasse or "",
            "pattern": target.pattern or "",
            "last_booking": clock.german_date(target.last_booking) if target.last_booking else "",
            "wizard": target.wizard or "",
        }
