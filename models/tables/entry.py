"""Entries of the files. They are never changed and never deleted (K-04)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import SQL, IntegerField, TextField

from models.database.fields import BaseModel, IdField, JsonField, MomentField
from models.ground.text import words

OF_VPA = SQL("file = 'vpa_kunde' AND origin = 'vpa' AND withdrawn_at IS NULL")
"""What a VPA wrote into a VPA Kundenakte, with an index of its own; SQLite uses it only for these very words."""


class Entry(BaseModel):
    """One Akteneintrag: Situation, Reaktion/Lösung, Nächste Schritte (K-10)."""

    id = IdField()
    file = TextField()
    """`oteam`, `vpa_kunde` or `vpa_akte`."""
    subject = TextField()
    """`vpa:…` or `customer:…`."""
    kind = TextField()
    situation = TextField()
    link = TextField(null=True)
    response = TextField(null=True)
    next_steps = TextField(null=True)
    tags = JsonField(default=list)
    author = TextField()
    """Kürzel, or what the platform calls its author."""
    account = TextField()
    """Account of the operating system (K-11); empty for the platform's entries."""
    created_at = MomentField()
    corrects = IntegerField(null=True, index=True)
    """The entry this one replaces."""
    withdrawn_at = MomentField(null=True)
    """Set by undo: the entry stays in the history only."""
    origin = TextField(default="at")
    """`at`, `vpa` or `sales`."""
    folded = TextField(default="")
    """Its words as search sees them."""
    platform_id = TextField(null=True, unique=True)
    """The platform's `eintrag_id`."""
    exported = TextField(null=True)
    """As in `models.tables.people.Platform`."""

    class Meta:
        table_name = "entry"
        indexes = ((("subject", "created_at", "id"), False),)

    @staticmethod
    def searchable(*texts: str | None, tags: Sequence[str] = ()) -> str:
        """The value of `folded` for these texts."""
        return " ".join(words("\n".join(text for text in (*texts, *tags) if text)))

    def show(self) -> dict[str, Any]:
        """The shape of CONTRACT §7."""
        names = (
            "id", "file", "subject", "kind", "situation", "link", "response", "next_steps", "tags", "author",
            "account", "created_at", "corrects", "withdrawn_at", "origin",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}


Entry.add_index(Entry.index(Entry.subject, Entry.created_at, where=(OF_VPA,), name="entry_of_vpa"))
