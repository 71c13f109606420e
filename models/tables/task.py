"""Tasks, the messages of their chat, internal notes."""

from __future__ import annotations

from typing import Any

from peewee import BooleanField, DoubleField, ForeignKeyField, IntegerField, TextField

from models.database.fields import BaseModel, DayField, IdField, JsonField, MomentField, Versioned
from models.tables.people import Customer, Platform, Vpa

ITEMS = ("instruction", "examples", "lists", "access", "guides")
"""The Starterkit points (T-05)."""

JUDGEMENTS = ("present", "not_needed", "missing")
"""What each of them can be."""

STATES = ("offen", "forwarded", "umfrage", "vergeben", "abgelehnt", "erledigt")
OPEN_STATES = ("forwarded", "umfrage", "offen", "vergeben")
"""Those that are not over, the inbox first."""

DELEGATION_REASONS = {"kompetenz": "competence", "zeit": "time"}
"""Why a VPA delegates, in the platform's words and in the contract's."""

SENDERS = ("at", "vpa", "kunde")
TAGS = (
    "aufgabenbeschreibung", "rueckfrage", "erinnerung", "weiterleitung", "deadline", "buchung", "ergebnis",
    "beschwerde", "sonstiges",
)  # fmt: skip
"""The Aufgabentags."""


class Task(Platform):
    """An Aufgabe: a contract of its own between VPA and customer (T-01)."""

    customer_id: str
    vpa_id: str | None

    id = TextField(primary_key=True)
    customer = ForeignKeyField(Customer, column_name="customer", object_id_name="customer_id")
    vpa = ForeignKeyField(Vpa, column_name="vpa", object_id_name="vpa_id", null=True, index=False)
    title = TextField()
    folded = TextField()
    hours = DoubleField(null=True)
    deadline = DayField(null=True)
    state = TextField()
    link = TextField(null=True)
    new_customer = BooleanField(default=False)
    delegated_by = TextField(null=True, index=True)
    """A VPA id (F-01)."""
    delegation_reason = TextField(null=True)
    """`kompetenz` or `zeit`."""
    delegation_comment = TextField(null=True)
    checklist = JsonField(default=dict)
    """Starterkit item → present, not_needed or missing."""
    tags_checked = BooleanField(default=False)
    released_by = TextField(null=True)
    released_at = MomentField(null=True)
    offered_at = MomentField(null=True)
    offered_by = TextField(null=True)
    declined_at = MomentField(null=True)
    steps = IntegerField(null=True)
    """Counts the decisions taken here: an undo of one on which another was built finds it changed."""
    made_by = TextField(null=True)
    """Kürzel of the member who made it here (S-02); none where an export brought it."""
    forwarded_at = MomentField(null=True)
    """When it last arrived in Forwarded; None where that was before the first export."""

    class Meta:
        table_name = "task"
        indexes = (
            (("state", "id"), False),
            (("state", "deadline", "id"), False),
            (("deadline", "id"), False),
            (("folded", "id"), False),
            (("state", "folded", "id"), False),
            (("vpa", "state", "deadline"), False),
        )

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

    @property
    def delegation(self) -> dict[str, str | None] | None:
        """Which VPA gave it to the team, why, and in whose words (F-10); None for one that nobody delegated."""
        if not self.delegated_by:
            return None
        reason = DELEGATION_REASONS.get(self.delegation_reason or "")
        return {"by": self.delegated_by, "reason": reason, "comment": self.delegation_comment}

    @property
    def judged(self) -> dict[str, str | None]:
        """Every Starterkit item and what it was judged as; None while nobody has (T-05)."""
        return {item: self.checklist.get(item) for item in ITEMS}


Task.add_index(Task.index(Task.state, Task.id, where=(Task.new_customer,), name="task_new"))


class Message(Versioned):
    """A message of the Aufgabenchat, read by customer and VPA."""

    task_id: str

    id = TextField(primary_key=True)
    task = ForeignKeyField(Task, column_name="task", object_id_name="task_id", index=False)
    at = MomentField()
    sender = TextField()
    """`kunde`, `vpa` or `at`."""
    text = TextField()
    tags = JsonField(default=list)
    relied_on = TextField(null=True)
    """The newest action that was allowed because of this message: it can no longer be undone under it."""
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

    task_id: str
    id = IdField()
    task = ForeignKeyField(Task, column_name="task", object_id_name="task_id")
    at = MomentField()
    author = TextField()
    text = TextField()
    kind = TextField(default="note")
    """`note`, `return` (F-06) or `complaint` (T-25)."""
    vpa = TextField(null=True)
    """Whom it is meant for, where that counts."""
    watched = BooleanField(default=True)
    """Whether the task lay in Forwarded: only then does the Admin-Team look at answers (T-23)."""

    class Meta:
        table_name = "note"
        indexes = ((("vpa", "kind"), False),)

    def show(self) -> dict[str, Any]:
        """One line of `notes` in `task show`."""
        names = ("id", "at", "author", "text", "kind", "vpa", "watched")
        return {"task": self.task_id, **{name: getattr(self, name) for name in names}}
