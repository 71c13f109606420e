"""Tables of the Ausgang: its items, and what an export has brought back of what was written here."""

from __future__ import annotations

from typing import Any

from peewee import CompositeKey, IntegerField, TextField

from models.database.fields import BaseModel, IdField, JsonField, MomentField, Versioned

KINDS = ("entry", "message", "note", "status", "assignment", "task", "tags")
"""What an item tells."""

STATES = ("open", "carried", "not_needed")
"""The states of an item: still to be carried, carried, not needed."""

WAYS = ("hand", "file", "import")
"""How it got there."""


class Outbox(Versioned):
    """One thing that the platform has to be told (X-01)."""

    id = IdField()
    kind = TextField()
    subject = TextField()
    """`vpa:…` or `customer:…`."""
    about = TextField()
    """The entry, the task, or the VPA or customer itself."""
    text = TextField()
    """Literally what to paste."""
    written = TextField(index=True)
    """The row that was written, as `table:key`."""
    value = JsonField(null=True)
    """What an export has to name for it to be there: by column of the export; None where a text is recognised."""
    file = TextField(null=True)
    """For an entry: its file, for who reads it (A-28)."""
    made_at = MomentField()
    made_by = TextField()
    state = TextField(default="open")
    done_at = MomentField(null=True)
    done_by = TextField(null=True)
    how = TextField(null=True)
    """One of `WAYS`; null while it is open, and where it was not needed."""
    takes_back = IntegerField(null=True)
    """The carried item whose deed was undone: there it has to be taken back."""

    class Meta:
        table_name = "outbox"
        indexes = (
            (("state", "id"), False),
            (("made_by", "state", "id"), False),
            (("subject", "state", "id"), False),
        )

    def show(self) -> dict[str, Any]:
        """The shape of CONTRACT §16."""
        names = (
            "id", "kind", "subject", "about", "text", "made_at", "made_by", "state", "done_at", "done_by", "how",
            "takes_back",
        )  # fmt: skip
        shown = {name: getattr(self, name) for name in names}
        if self.state == "open":  # one that was reopened keeps who had carried it over, for nobody to sign over
            shown.update(done_at=None, done_by=None, how=None)
        return shown


class Twin(BaseModel):
    """A row of an export that says what was written here: both ids (X-02)."""

    file = TextField()
    """`akten` or `nachrichten`."""
    platform_id = TextField()
    own = TextField()
    """Our id."""
    exported = TextField()
    """The cells as the last export gave them (`models.importing.columns`)."""
    at = MomentField()
    """When the import was that recognised it."""

    class Meta:
        table_name = "twin"
        primary_key = CompositeKey("file", "platform_id")
        indexes = ((("file", "own"), True),)
