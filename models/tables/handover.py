"""Requests to change a customer's VPA."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.database.fields import DayField, IdField, JsonField, MomentField, Versioned
from models.tables.people import Customer, Vpa

CLOSED = ("sent_back", "rejected", "finished", "escalated")
"""States that take no further step."""

RELEASED = ("approved", "informed")
"""States in which VPA manager or customer manager has said yes (W-12) and the change goes on."""

DECIDED = (*RELEASED, "rejected", "finished")
"""States in which there was a decision."""

STATES = ("open", "proposed", *RELEASED, *CLOSED)


class Handover(Versioned):
    """A VPA-Wechsel on its path: reasons, talk, measures, proposal, release, information, Einarbeitung (1.5)."""

    id = IdField()
    customer = ForeignKeyField(Customer, column_name="customer", object_id_name="customer_id")
    customer_id: str
    vpa = ForeignKeyField(Vpa, column_name="vpa", object_id_name="vpa_id", null=True)
    """Who gives the customer away; none where a Sonderfall is reported of a customer without VPA."""
    vpa_id: str | None
    state = TextField(default="open")
    reason_kind = TextField(null=True)
    reason = TextField(null=True)
    opened_at = MomentField()
    opened_by = TextField()
    questions = JsonField(default=list)
    """Each with `question`, `answer`, `plausible`, `by`, `at`; the newest judgement counts (W-06)."""
    talks = JsonField(default=list)
    """The VPA's own talks with the customer: `on`, `result`, `by` (W-08)."""
    measures = JsonField(default=list)
    """What was tried: `on`, `text`, `by` (W-04)."""
    successor = TextField(null=True)
    """A VPA id (W-10)."""
    effort = TextField(null=True)
    """`high`, `medium` or `low`."""
    refund = BooleanField(null=True)
    exception_by = TextField(null=True)
    """The manager who lets another reason count (W-03)."""
    proposed_at = MomentField(null=True)
    proposed_by = TextField(null=True)
    facts = JsonField(default=dict)
    """Snapshot of the facts at the proposal (W-15)."""
    decided_at = MomentField(null=True)
    decided_by = TextField(null=True)
    remark = TextField(null=True)
    """What the decision, or sending it back, was accompanied with."""
    informed_on = DayField(null=True)
    training_wanted = BooleanField(null=True)
    training_done_on = DayField(null=True)
    closed_at = MomentField(null=True)
    closed_by = TextField(null=True)
    entry = IntegerField(null=True)
    """The file entry that keeps the reasons (K-08), or what happened (W-16)."""

    class Meta:
        table_name = "handover"
        indexes = ((("state", "opened_at", "id"), False),)
