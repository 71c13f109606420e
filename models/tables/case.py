"""Cases, one open per VPA and kind (`absence`: per absence)."""

from __future__ import annotations

from typing import Any

from peewee import SQL, ForeignKeyField, TextField

from models.database.fields import DayField, IdField, JsonField, MomentField, Versioned
from models.tables.people import Absence, Vpa

KINDS = ("schedule", "absence", "class", "inactive", "gone")


DETAILS = (
    "answer", "care", "cause", "decision", "agreed_with", "odd", "list_checked", "activity_proof", "customer_report",
    "contact",
)  # fmt: skip
"""What was given when it was worked on and closed, in the order of CONTRACT §19."""


class Case(Versioned):
    """A change of a VPA that a member judges (D-05)."""

    derived = frozenset({"vpa_name", "vpa_folded", "findings", "facts"})

    id = IdField()
    vpa_id: str
    absence_id: str | None
    kind = TextField()
    vpa = ForeignKeyField(Vpa, column_name="vpa", object_id_name="vpa_id", index=False)
    vpa_name = TextField()
    vpa_folded = TextField()
    """Name as search and sort see it, kept here so that a list page reads one index."""
    absence = ForeignKeyField(Absence, column_name="absence", object_id_name="absence_id", null=True)
    opened_at = MomentField()
    findings = JsonField(default=list)
    facts = JsonField(null=True)
    state = TextField(default="open")
    before = JsonField(null=True)
    after = JsonField(null=True)
    changed_on = DayField()
    """Day of the newest change that went into it; for `inactive` the day it last went inactive."""
    workable_from = MomentField(null=True)
    """For `inactive`: from when it may be judged (D-40, D-44)."""
    contacted_at = MomentField(null=True)
    contacted_by = TextField(null=True)
    measure = TextField(null=True)
    note = TextField(null=True)
    details = JsonField(default=dict)
    """What was given with the measure or the contact: answer, care, cause, decision, proofs."""
    resolved_at = MomentField(null=True)
    resolved_by = TextField(null=True)
    made_by = TextField(null=True)
    """Kürzel of the member whose change by hand raised it; none where an export did."""

    class Meta:
        table_name = "case"
        indexes = (
            (("state", "opened_at", "id"), False),
            (("vpa", "state"), False),
            (("state", "vpa_folded", "id"), False),
            (("state", "kind", "opened_at", "id"), False),
        )

    def show(self, reminders: list[int]) -> dict[str, Any]:
        """The shape of CONTRACT §4; `reminders` are the ids of those about it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "vpa": self.vpa_id,
            "vpa_name": self.vpa_name,
            "absence": self.absence_id,
            "opened_at": self.opened_at,
            "findings": self.findings,
            "facts": self.facts,
            "state": self.state,
            "before": self.before,
            "after": self.after,
            "workable_from": self.workable_from,
            "contacted_at": self.contacted_at,
            "contacted_by": self.contacted_by,
            "reminders": reminders,
            "measure": self.measure,
            "note": self.note,
            "resolved_at": self.resolved_at,
            "resolved_by": self.resolved_by,
            "details": {name: self.details[name] for name in DETAILS if name in self.details},
        }


Case.add_index(
    Case.index(
        Case.vpa,
        Case.kind,
        SQL("coalesce(absence, '')"),
        unique=True,
        where=(SQL("state = 'open'")),
        name="case_one_open",
    )
)
