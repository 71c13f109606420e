"""Requests to change a customer's VPA."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, TextField

from models.base import DayField, IdField, JsonField, MomentField, Versioned
from models.people import Customer, Vpa


class Handover(Versioned):
    """A VPA-Wechsel on its path: reasons, talk, measures, proposal, release, information, Einarbeitung (1.5)."""

    id = IdField()
    customer = ForeignKeyField(Customer, column_name="customer", object_id_name="customer_id")
    vpa = ForeignKeyField(Vpa, column_name="vpa", object_id_name="vpa_id", null=True)
    state = TextField(default="open")
    reason_kind = TextField(null=True)
    reason = TextField(null=True)
    opened_at = MomentField()
    opened_by = TextField()
    questions = JsonField(default=list)
    talks = JsonField(default=list)
    measures = JsonField(default=list)
    successor = TextField(null=True)
    effort = TextField(null=True)
    refund = BooleanField(null=True)
    exception_by = TextField(null=True)
    proposed_at = MomentField(null=True)
    proposed_by = TextField(null=True)
    facts = JsonField(default=dict)
    """Snapshot of the facts at the proposal (W-15)."""
    decided_at = MomentField(null=True)
    decided_by = TextField(null=True)
    remark = TextField(null=True)
    informed_on = DayField(null=True)
    training_wanted = BooleanField(null=True)
    training_done_on = DayField(null=True)
    finished_at = MomentField(null=True)
    entry = TextField(null=True)

    class Meta:
        table_name = "handover"
        indexes = ((("state", "opened_at", "id"), False),)
