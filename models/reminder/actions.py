"""All actions on Reminders, so that the catalogue finds them in one place."""

from __future__ import annotations

from models.reminder.close import OUTCOMES, CloseReminder
from models.reminder.planning import PostponeReminder, SetReminder
from models.reminder.stand_in import GiveBackReminder, HandOverReminder, TakeReminder

__all__ = [
    "OUTCOMES", "CloseReminder", "GiveBackReminder", "HandOverReminder", "PostponeReminder", "SetReminder",
    "TakeReminder",
]  # fmt: skip
