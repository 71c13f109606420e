"""What all actions on an open Reminder share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.action.args import arg
from models.action.base import Action, Result
from models.action.subjects import name_of
from models.action.work import Work
from models.ground.errors import AlreadyDoneError
from models.playbook.refusals import Obstacle
from models.reminder.queries import show_reminder
from models.tables.reminder import Reminder


@dataclass(frozen=True, kw_only=True)
class OnReminder(Action):
    """An action on one open Reminder."""

    id: str = arg("Reminder", "id", positional=True, required=True)

    def load(self, work: Work) -> Reminder:
        """The open Reminder; `AlreadyDoneError` says who was first."""
        reminder = work.get(Reminder, self.id, "Den Reminder")
        if reminder.state != "open":
            raise AlreadyDoneError(f"Reminder {reminder.id} hat {reminder.done_by} schon entfernt.")
        work.check_seen(reminder, f"reminder:{reminder.id}", self.seen)
        return reminder


def owner_obstacles(work: Work, reminder: Reminder) -> Iterator[Obstacle]:
    """The same member keeps working it (R-03)."""
    if reminder.owner != work.me:
        yield Obstacle("not_owner", "R-03", detail=f"er gehört {reminder.owner}")


def reminder_result(work: Work, reminder: Reminder) -> Result:
    """The Reminder as it is now."""
    return Result(f"reminder:{reminder.id}", show_reminder(work, reminder), name_of(reminder.subject))
