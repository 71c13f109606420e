"""Sealed days and looks."""

from __future__ import annotations

from typing import Any

from peewee import IntegerField, TextField

from models.database.fields import BaseModel, DayField, IdField, JsonField, MomentField, Versioned


class Day(Versioned):
    """The daily run of one date, once sealed (D-01)."""

    date = DayField(primary_key=True)
    sealed_by = TextField()
    sealed_at = MomentField()
    counts = JsonField(default=dict)
    leftovers = JsonField(default=list)

    def show(self) -> dict[str, Any]:
        """The shape of CONTRACT §2."""
        names = ("date", "sealed_by", "sealed_at", "counts", "leftovers")
        return {name: getattr(self, name) for name in names}


class Look(BaseModel):
    """A member looked whether an own Reminder was due (D-03)."""

    id = IdField()
    member = TextField()
    at = MomentField()
    own_due = IntegerField()
