"""Approaching the VPA of a customer on the Watchlist: text, Frist and Wiedervorlage in one (K-26, K-29, K-30)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.care.assignment.assign import customer_with
from models.care.letters.fitting import watch_template
from models.care.move import customer_of
from models.ground import clock
from models.playbook.refusals import Hint, Obstacle
from models.shared.entry import write_entry
from models.shared.entry_rules import vpa_text_obstacles
from models.shared.follow_up import set_reminder
from models.tables.people import Assignment, Customer

KIND = "agreement"
"""The text is an Absprache with a Frist: it stands in the VPA Kundenakte, where the VPA reads it."""


def green_points(work: Work) -> tuple[str, ...]:
    """What a VPA should keep about its customer; the team's own words (K-28)."""
    return tuple(work.settings.value("green_points"))


@dataclass(frozen=True, kw_only=True)
class ApproachVpa(Action):
    """Ask the VPA to bring the VPA Kundenakte up to date by a day."""

    code: ClassVar[str] = "watchlist.approach"
    label: ClassVar[str] = "Watchlist: VPA ansprechen"
    done: ClassVar[str] = "VPA angesprochen, Frist auf Wiedervorlage"
    help: ClassVar[str] = "Hält den Text an den VPA fest und legt den Kunden zur Frist auf Wiedervorlage."

    offers_letter: ClassVar[bool] = True

    customer: str | None = arg("Kunde", "customer", required=True)
    text: str | None = arg("Text an den VPA", "long", help="Die Chatvorlage zum Status des Kunden hilft.")
    deadline: dt.date | None = arg("Frist", "date")

    def reader(self, field: str) -> str:
        """The VPA reads the text."""
        return "vpa" if field == "text" else "intern"

    def letter(self, work: Work) -> tuple[str, str]:
        """The Chatvorlage that goes with the customer's status (K-29)."""
        customer = work.find(Customer, self.customer or "")
        return (watch_template(customer), f"customer:{customer.id}") if customer is not None else ("", "")

    def load(self, work: Work) -> Customer:
        """The customer."""
        return customer_of(work, self.customer or "")

    def obstacles(self, work: Work, target: Customer) -> Iterator[Obstacle]:
        """A Frist that lies ahead, and a text fit for a VPA."""
        if self.deadline is None:
            yield Obstacle("deadline_missing", "K-30")
        elif self.deadline < work.today:
            yield Obstacle("deadline_past", "K-30")
        if not self.text:
            yield Obstacle("text_missing", "K-29")
        yield from vpa_text_obstacles([self.text, *green_points(work)])

    def hints(self, work: Work, target: Customer) -> Iterator[Hint]:
        """Nobody to approach."""
        if Assignment.current(target.id, work.today) is None:
            yield Hint("K-29", f"{target.name} hat gerade keinen VPA: Weis zuerst einen zu.")

    def perform(self, work: Work, target: Customer) -> Result:
        """Record the text, set the Reminder for the Frist (R-09)."""
        assert self.deadline is not None
        subject, until = f"customer:{target.id}", clock.german_date(self.deadline)
        entry = write_entry(
            work,
            file="vpa_kunde",
            subject=subject,
            kind=KIND,
            situation=self.text or "",
            next_steps=f"Frist: {until}. In die Akte gehören: {', '.join(green_points(work))}.",
            tags=["Watchlist", "Frist"],
        )
        reminder = set_reminder(
            work,
            subject=subject,
            about=f"entry:{entry.id}",
            due=clock.start_of_day(self.deadline),
            reason=f"Frist {until}: Hat der VPA die VPA Kundenakte gepflegt?",
            kind="deadline",
        )
        shown = customer_with(work, target, entry=entry.id, reminder=reminder.id, deadline=self.deadline)
        return Result(subject, shown, target.name)
