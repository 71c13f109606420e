"""All actions on Reminders, so that the catalogue finds them in one place."""

from __future__ import annotations

from models.reminder.close import CloseReminder
from models.reminder.planning import PostponeReminder, SetReminder
from models.reminder.stand_in import GiveBackReminder, HandOverReminder, TakeReminder
from models.shared.closing import OUTCOMES

__all__ = [
    "OUTCOMES", "CloseReminder", "GiveBackReminder", "HandOverReminder", "PostponeReminder", "SetReminder",
    "TakeReminder",
]  # fmt: skip
