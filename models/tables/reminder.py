"""Reminders. Closed is not deleted; missed ones stay visible (R-10)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import SQL, IntegerField, TextField

from models.database.fields import IdField, JsonField, MomentField, Versioned
from models.ground import clock

MOVED = SQL("owner <> original_owner OR owners <> '[]'")
"""Those that somebody else has or had: few, with an index of their own; SQLite uses it only for these very words."""

OPEN = SQL("coalesce(state, '') = 'open'")
"""The open ones, said so that SQLite reads them in the index of their owners; only these very words lead there, so that
no other question is drawn to it.
"""


class Reminder(Versioned):
    """A follow-up on a VPA or customer (R-06), owned by a member (R-02)."""

    id = IdField()
    subject = TextField()
    """`vpa:…` or `customer:…`."""
    about = TextField(null=True)
    """What caused it: `case:…`, `flag:…`, `entry:…`, `task:…`, `handover:…`."""
    kind = TextField(default="general")
    """`general`, `upkeep` (K-25, which repeats), `deadline` (K-26)."""
    due = MomentField()
    reason = TextField()
    folded = TextField(null=True)
    """The reason's words as the filter of the list sees them."""
    owner = TextField()
    original_owner = TextField()
    owners = JsonField(default=list)
    """Owners before each take, newest last: give-back goes back along them (R-05)."""
    created_by = TextField()
    created_at = MomentField()
    after_entry = IntegerField(default=0)
    """Newest entry id when it was set: only later entries count for R-04."""
    state = TextField(default="open")
    outcome = TextField(null=True)
    note = TextField(null=True)
    entry = IntegerField(null=True)
    """The file entry that proves the upkeep (R-04)."""
    accepted_at = MomentField(null=True)
    done_at = MomentField(null=True)
    done_by = TextField(null=True)
    every = TextField(null=True)
    """`1d`, `1w`, `2w`, `1m` or `3m`: how long after it the next one is due; none where it does not come again."""
    answer = TextField(null=True)
    """What an inactive VPA answered (R-04)."""

    class Meta:
        indexes = (
            (("state", "due", "id"), False),
            (("owner", "state", "due"), False),
            (("subject", "state", "due"), False),
            (("about", "state", "due"), False),
            (("state", "about", "due"), False),
            (("entry",), False),
        )

    def days_overdue(self, today: dt.date) -> int:
        """Days since the due date; 0 on the day itself and before, and once it is done."""
        return max(0, (today - clock.in_berlin(self.due).date()).days) if self.state == "open" else 0

    def show(self, today: dt.date) -> dict[str, Any]:
        """The shape of CONTRACT §5."""
        overdue = self.days_overdue(today)
        return {
            "id": self.id,
            "subject": self.subject,
            "about": self.about,
            "due": self.due,
            "reason": self.reason,
            "owner": self.owner,
            "original_owner": self.original_owner,
            "created_by": self.created_by,
            "created_at": self.created_at,
            "state": self.state,
            "overdue": overdue > 0,
            "days_overdue": overdue,
            "outcome": self.outcome,
            "note": self.note,
            "entry": self.entry,
            "accepted_at": self.accepted_at,
            "done_at": self.done_at,
            "done_by": self.done_by,
            **({"every": self.every} if self.every else {}),
            "answer": self.answer,
        }


Reminder.add_index(
    Reminder.index(Reminder.owner, Reminder.done_at, where=(Reminder.done_at.is_null(False),), name="reminder_closed")
)
Reminder.add_index(Reminder.index(Reminder.state, Reminder.done_at, where=(MOVED,), name="reminder_moved"))
Reminder.add_index(Reminder.index(Reminder.owner, Reminder.id, where=(OPEN,), name="reminder_by_owner"))
