"""What is kept about a person's rights (P-01 to P-06): restriction, hold, requests for erasure, who has opened what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import BooleanField, TextField

from models.database.fields import BaseModel, DayField, IdField, JsonField, MomentField, Versioned

SUBJECTS = ("vpa", "customer", "member")
"""Kinds of persons."""


class Restriction(BaseModel):
    """A person who is kept, but not worked on (P-03)."""

    subject = TextField(primary_key=True)
    """`vpa:…` or `customer:…`."""
    at = MomentField()
    made_by = TextField()
    reason = TextField()

    @classmethod
    def among(cls, subjects: set[str]) -> set[str]:
        """Which of these are restricted."""
        found: Any = cls.select(cls.subject).where(cls.subject.in_(sorted(subjects))).tuples()
        return {subject for (subject,) in found} if subjects else set()

    @classmethod
    def keys(cls, kind: str) -> set[str]:
        """Ids of all restricted persons of a kind; few."""
        found: Any = cls.select(cls.subject).tuples()
        return {subject.partition(":")[2] for (subject,) in found if subject.startswith(f"{kind}:")}


class Hold(BaseModel):
    """A legal hold: until its day nobody erases this person (P-05)."""

    subject = TextField(primary_key=True)
    until = DayField()
    reason = TextField()
    at = MomentField()
    made_by = TextField()

    @classmethod
    def on(cls, subject: str, today: dt.date) -> Hold | None:
        """The one that stands today; its last day counts."""
        found: Hold | None = cls.get_or_none(cls.subject == subject, cls.until >= today)
        return found


class Erasure(Versioned):
    """A request to erase a person, and what became of it (P-04)."""

    id = IdField()
    subject = TextField(index=True)
    requested_at = MomentField()
    requested_by = TextField()
    reason = TextField()
    """Emptied with the person."""
    state = TextField(default="requested")
    """`requested`, `done` or `cancelled`."""
    done_at = MomentField(null=True)
    done_by = TextField(null=True)
    also = JsonField(default=list)
    """The mentions that were emptied too, such as `entry:9`."""
    cleaned = BooleanField(default=False)
    """Whether nothing is left of it on the disk."""

    def show(self) -> dict[str, Any]:
        """The shape of CONTRACT §21."""
        names = ("id", "subject", "requested_at", "requested_by", "reason", "state", "done_at", "done_by")
        return {name: getattr(self, name) for name in names}


class Access(BaseModel):
    """Somebody has opened a VPA-Akte, or taken data along (P-06)."""

    id = IdField()
    at = MomentField()
    member = TextField(null=True, index=True)
    account = TextField()
    what = TextField()
    """`file`, `report`, `export` or `backup`."""
    subject = TextField(null=True, index=True)
    once = TextField(null=True, unique=True)
    """Of an opened Akte: member, VPA and day, for it is kept once."""

    def show(self) -> dict[str, Any]:
        """The shape of CONTRACT §21."""
        return {name: getattr(self, name) for name in ("at", "member", "account", "what", "subject")}
