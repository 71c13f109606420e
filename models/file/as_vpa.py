"""„Ansicht als VPA“: what a VPA may see of a customer, and nothing else (K-02, K-03).

Entries come out of one query over named columns with `file = 'vpa_kunde'` in its condition; of the customer only the
name, the VPA in charge and the day of the VPA's last upkeep are read. Class, status, Wizard, O-Team entries, Reminders
and accounts are never selected, so that no later change of the output can let them through; on a server a role reads
that could not select them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peewee import IntegerField, TextField

from models.action.work import Work
from models.admin.sight import as_vpa
from models.database.fields import BaseModel, JsonField, MomentField
from models.ground.errors import NotFoundError
from models.ground.vpa_text import Place, class_places
from models.playbook.refusals import Obstacle, RefusedError, Weight
from models.shared.entry_rules import require_reader
from models.tables.people import Assignment, Customer, Vpa

GREEN = "vpa_kunde"
"""The one file that VPAs read."""


class Green(BaseModel):
    """The view in which the database shows no other file: all that a VPA's role can read of entries."""

    id = IntegerField(primary_key=True)
    file = TextField()
    subject = TextField()
    kind = TextField()
    situation = TextField()
    link = TextField(null=True)
    response = TextField(null=True)
    next_steps = TextField(null=True)
    tags = JsonField()
    author = TextField()
    created_at = MomentField()
    corrects = IntegerField(null=True)
    withdrawn_at = MomentField(null=True)

    class Meta:
        table_name = "green_entry"


COLUMNS = (
    Green.id, Green.kind, Green.situation, Green.link, Green.response, Green.next_steps, Green.tags, Green.author,
    Green.created_at,
)  # fmt: skip
"""All that is read of an entry."""

PARTS = (
    ("situation", "Situation"),
    ("response", "Reaktion/Lösung"),
    ("next_steps", "Nächste Schritte"),
    ("link", "Link"),
    ("tags", "Tags"),
)
"""The texts of an entry in their order, with their titles."""


@dataclass(frozen=True)
class GreenEntry:
    """One entry of the VPA Kundenakte as a VPA reads it."""

    id: int
    kind: str
    situation: str
    link: str | None
    response: str | None
    next_steps: str | None
    tags: list[str]
    author: str
    created_at: dt.datetime

    def texts(self) -> Iterator[tuple[str, str]]:
        """Title and text of every part that says something."""
        for name, title in PARTS:
            value = getattr(self, name)
            text = ", ".join(value) if isinstance(value, list) else value
            if text:
                yield title, text

    def named(self) -> Iterator[tuple[str, str, Place]]:
        """Title, text and place of every class that is or may be named (D-32); an author is a Kürzel or a name."""
        for title, text in self.texts():
            for place in class_places(text):
                yield title, text, place

    def show(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class VpaView:
    """A customer as their VPA may see them."""

    customer: str
    name: str
    vpa: str | None
    """Name of the VPA in charge."""
    since: dt.date | None
    kept_on: dt.date | None
    """When a VPA last kept the file, as the platform says."""
    entries: tuple[GreenEntry, ...]
    """Newest first, each in its current version, none that was taken back."""

    def places(self, weight: Weight = "stop") -> list[str]:
        """Where a class is named, or may be: entry, part and words (D-32)."""
        return [
            f"Eintrag {entry.id}, {title}: „{place.of(text)}“"
            for entry in self.entries
            for title, text, place in entry.named()
            if place.weight == weight
        ]

    def require_clean(self, despite: str | None = None) -> None:
        """Refuse to hand it out while an entry names a class (`class_named`, D-32); the refusal says where.

        Where it only sounds like one (`class_hinted`), a reason is enough.
        """
        if places := self.places():
            raise RefusedError([Obstacle("class_named", "D-32", detail="; ".join(places))], "VPA-Ansicht")
        if not (despite or "").strip() and (places := self.places("warn")):
            raise RefusedError([Obstacle("class_hinted", "D-32", "warn", detail="; ".join(places))], "VPA-Ansicht")

    def show(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "customer": self.customer,
            "name": self.name,
            "vpa": self.vpa,
            "since": self.since,
            "last_kept": self.kept_on,
            "entries": [entry.show() for entry in self.entries],
        }


def vpa_view(work: Work, customer: str) -> VpaView:
    """What the VPA of this customer may see, for a member who reads the VPA Kundenakte.

    Raises `NotFoundError` for an unknown customer, `RefusedError` (`role_reader`, A-28) for other members.
    """
    require_reader(work, GREEN)
    with as_vpa():
        return _read(work, customer)


def _read(work: Work, customer: str) -> VpaView:
    facts: Any = Customer.select(Customer.id, Customer.name, Customer.kept_on, Customer.kept_by)
    found = facts.where(Customer.id == customer).tuples().first()
    if found is None:
        raise NotFoundError(f"Den Kunden „{customer}“ gibt es nicht.")
    key, name, kept_on, kept_by = found
    vpa, since = _in_charge(key, work.today)
    entries = tuple(GreenEntry(*row) for row in green_entries(f"customer:{key}"))
    return VpaView(key, name, vpa, since, kept_on if kept_by == "vpa" else None, entries)


def green_entries(subject: str) -> Any:
    """The rows of `COLUMNS` in the VPA Kundenakte of a subject, newest first: the only way entries get in here."""
    newer = Green.alias()
    replaced = newer.select(newer.corrects).where(
        newer.subject == subject, newer.corrects.is_null(False), newer.withdrawn_at.is_null()
    )
    return (
        Green.select(*COLUMNS)
        .where(Green.subject == subject, Green.file == GREEN, Green.withdrawn_at.is_null(), Green.id.not_in(replaced))
        .order_by(Green.created_at.desc(), Green.id.desc())
        .tuples()
    )


def _in_charge(customer: str, today: dt.date) -> tuple[str | None, dt.date | None]:
    """Name of the VPA in charge and since when; of the VPA nothing else is read."""
    query: Any = Assignment.select(Vpa.name, Assignment.start).join(Vpa)
    running = query.where(Assignment.customer == customer, Assignment.end.is_null() | (Assignment.end >= today))
    return running.order_by(Assignment.start.desc(), Assignment.id.desc()).tuples().first() or (None, None)
