"""Invented people, one task and its chat: what a test about Aufgaben starts from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from models.ground import clock

if TYPE_CHECKING:
    from models.tables.task import Message, Task

LINK = "https://plattform.example/aufgaben/T1"
COMPLETE = dict.fromkeys(("instruction", "examples", "lists", "access", "guides"), "present")


def team() -> None:
    """ANN of the Admin-Team, TOM too, VIO as VPA manager, FRE as approver."""
    from models.tables.people import Member

    for kuerzel, name, role in (
        ("ANN", "Anna Arndt", "at"),
        ("TOM", "Tom Tries", "at"),
        ("VIO", "Viola Vogt", "vpa_manager"),
        ("FRE", "Frederik Frey", "approver"),
    ):
        Member.create(kuerzel=kuerzel, key=kuerzel.casefold(), name=name, roles=[role])


def vpa(key: str = "V1", name: str = "Mira Keller", **more: Any) -> None:
    """A VPA."""
    from models.ground.text import fold
    from models.tables.people import Vpa

    facts = {"klasse": "B", "start": date(2024, 1, 8), "active": True, **more}
    Vpa.create(id=key, name=name, folded=fold(name), **facts)


def customer(key: str = "K1", name: str = "Bäckerei Sommer", in_charge: str | None = "V1") -> None:
    """A customer, and the VPA in charge."""
    from models.ground.text import fold
    from models.tables.people import Assignment, Customer

    Customer.create(id=key, name=name, folded=fold(name), status="aktiv", klasse="A")
    if in_charge:
        Assignment.create(customer=key, vpa=in_charge, start=date(2025, 1, 2))


def task(key: str = "T1", **more: Any) -> Task:
    """A task of K1 with V1; by default one that is ready to leave Forwarded."""
    from models.ground.text import fold
    from models.tables.task import Task

    facts = {
        "customer": "K1", "vpa": "V1", "title": "Messeliste pflegen", "hours": 6.0, "state": "forwarded",
        "link": LINK, "checklist": dict(COMPLETE), "tags_checked": True, **more,
    }  # fmt: skip
    return Task.create(id=key, folded=fold(facts["title"]), **facts)


def delegated(key: str = "T1", **more: Any) -> Task:
    """One that V1 delegated, with comment and a word to the customer."""
    facts = {"delegated_by": "V1", "delegation_reason": "kompetenz", "delegation_comment": "Excel fehlt mir", **more}
    made = task(key, **facts)
    message("2025-11-03T09:00", "vpa", "Unser Team sucht jemanden für Sie.", ["weiterleitung"], key)
    return made


def message(at: str, sender: str, text: str, tags: list[str] | None = None, key: str = "T1") -> Message:
    """A message of the platform's chat."""
    from models.tables.task import Message

    number = Message.select().count() + 1
    return Message.create(
        id=f"N{number}", task=key, at=clock.parse_moment(at), sender=sender, text=text, tags=tags or []
    )


def reminded_twice(key: str = "T1") -> None:
    """Question Monday 20 October, reminders on Wednesday and Friday: a decline is open from Tuesday 28 October."""
    message("2025-10-20T10:00", "at", "Welche Messen meinen Sie?", ["rueckfrage"], key)
    message("2025-10-22T10:00", "at", "Darf ich erinnern?", ["erinnerung"], key)
    message("2025-10-24T10:00", "at", "Noch einmal: welche Messen?", ["erinnerung"], key)


def people() -> None:
    """The team, two VPAs and a customer of the first."""
    team()
    vpa()
    vpa("V2", "Can Demir")
    customer()
