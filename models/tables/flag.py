"""Neu-Flags, once per VPA and stage."""

from __future__ import annotations

from typing import Any

from peewee import ForeignKeyField, TextField

from models.database.fields import DayField, IdField, JsonField, MomentField, Versioned
from models.tables.people import Vpa

STAGES = ("0-3", "3-6", "6-9", "9-12", ">12")
BORDERS = (0, 3, 6, 9, 12)
"""Whole calendar months since the start at which a stage begins (A-09)."""


class Flag(Versioned):
    """“NEU in …”: a phase that somebody has to work through (J-00)."""

    derived = frozenset({"vpa_name", "vpa_folded"})

    id = IdField()
    vpa_id: str
    vpa = ForeignKeyField(Vpa, column_name="vpa", object_id_name="vpa_id", index=False)
    vpa_name = TextField()
    vpa_folded = TextField()
    stage = TextField()
    raised_on = DayField()
    state = TextField(default="open")
    """`open`, `removed`, or `baseline` (counts as removed, never listed)."""
    informed_at = MomentField(null=True)
    informed_by = TextField(null=True)
    details = JsonField(default=dict)
    removed_at = MomentField(null=True)
    removed_by = TextField(null=True)

    class Meta:
        table_name = "flag"
        indexes = (
            (("vpa", "stage"), True),
            (("state", "raised_on", "id"), False),
            (("state", "vpa_folded", "id"), False),
            (("state", "stage", "raised_on", "id"), False),
        )

    def show(self, overdue: bool) -> dict[str, Any]:
        """The shape of CONTRACT §6; `overdue`: the VPA has left the stage."""
        return {
            "id": self.id,
            "vpa": self.vpa_id,
            "vpa_name": self.vpa_name,
            "stage": self.stage,
            "raised_on": self.raised_on,
            "state": self.state,
            "overdue": overdue,
            "informed_at": self.informed_at,
            "informed_by": self.informed_by,
            "details": self.details,
            "removed_at": self.removed_at,
            "removed_by": self.removed_by,
        }
