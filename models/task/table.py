"""Tasks, the messages of their chat, internal notes."""

from __future__ import annotations

from typing import Any

from peewee import BooleanField, DoubleField, ForeignKeyField, TextField

from models.base import BaseModel, DayField, IdField, JsonField, MomentField, Versioned
from models.people import Customer, Platform, Vpa

ITEMS = ("instruction", "examples", "lists", "access", "guides")
"""The Starterkit points (T-05)."""


class Task(Platform):
    """An Aufgabe: a contract of its own between VPA and customer (T-01)."""

    id = TextField(primary_key=True)
    customer = ForeignKeyField(Customer, column_name="customer", object_id_name="customer_id")
    vpa = ForeignKeyField(Vpa, column_name="vpa", object_id_name="vpa_id", null=True)
    title = TextField()
    folded = TextField()
    hours = DoubleField(null=True)
    deadline = DayField(null=True)
    state = TextField()
    link = TextField(null=True)
    new_customer = BooleanField(default=False)
    delegated_by = TextField(null=True)
    """A VPA id (F-01)."""
    delegation_reason = TextField(null=True)
    """`kompetenz` or `zeit`."""
    delegation_comment = TextField(null=True)
    checklist = JsonField(default=dict)
    """Starterkit item → present, not_needed or missing."""
    tags_checked = BooleanField(default=False)
    released_by = TextField(null=True)
    released_at = MomentField(null=True)
    declined_at = MomentField(null=True)

    class Meta:
        table_name = "task"
        indexes = ((("state", "id"), False),)

    def show(self) -> dict[str, Any]:
        """The short shape of CONTRACT §8."""
        return {
            "id": self.id,
            "title": self.title,
            "customer": self.customer_id,
            "vpa": self.vpa_id,
            "state": self.state,
            "hours": self.hours,
            "deadline": self.deadline,
            "link": self.link,
        }


class Message(Versioned):
    """A message of the Aufgabenchat, read by customer and VPA."""

    id = TextField(primary_key=True)
    task = ForeignKeyField(Task, column_name="task", object_id_name="task_id", index=False)
    at = MomentField()
    sender = TextField()
    """`kunde`, `vpa` or `at`."""
    text = TextField()
    tags = JsonField(default=list)
    exported = TextField(null=True)

    class Meta:
        table_name = "message"
        indexes = ((("task", "at", "id"), False),)

    def show(self) -> dict[str, Any]:
        """The shape of CONTRACT §8."""
        return {
            "id": self.id,
            "task": self.task_id,
            "at": self.at,
            "from": self.sender,
            "text": self.text,
            "tags": self.tags,
        }


class Note(BaseModel):
    """An internal note of a task: read by VPA and AT, not by the customer (T-20)."""

    id = IdField()
    task = ForeignKeyField(Task, column_name="task", object_id_name="task_id")
    at = MomentField()
    author = TextField()
    text = TextField()

    class Meta:
        table_name = "note"

    def show(self) -> dict[str, Any]:
        """One line of `notes` in `task show`."""
        return {"id": self.id, "task": self.task_id, "at": self.at, "author": self.author, "text": self.text}
