"""What all actions on one task have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.action.args import arg
from models.action.base import Action
from models.action.work import Work
from models.ground import clock
from models.ground.errors import AlreadyDoneError
from models.playbook.refusals import Obstacle
from models.tables.history import History
from models.tables.task import Task


@dataclass(frozen=True, kw_only=True)
class OnTask(Action):
    """An action on one task."""

    id: str = arg("Aufgabe", "id", positional=True, required=True)

    def load(self, work: Work) -> Any:
        """The task; `AlreadyDoneError` where `settled` says so, before any obstacle."""
        task = work.get(Task, self.id, "Die Aufgabe")
        if done := self.settled(task):
            raise AlreadyDoneError(done)
        work.check_seen(task, f"task:{task.id}", self.seen)
        return task

    def known_target(self, work: Work) -> Any:
        """The task."""
        return work.get(Task, self.id, "Die Aufgabe")

    def settled(self, task: Task) -> str:
        """The sentence that says that it is already done; empty while it is not."""
        return ""

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """In the order of CONTRACT §8."""
        yield from ()


def already(task: Task, code: str, what: str) -> str:
    """The sentence that something is done already, with who was first where that was here and not on the platform."""
    done = History.select().where(History.subject == f"task:{task.id}", History.action == code)
    first: History | None = done.order_by(History.id.desc()).first()
    return f"{what} ({first.member}, {clock.german_moment(first.at)})." if first and first.member else f"{what}."


def decide(work: Work, task: Task, **values: Any) -> None:
    """Change a task by a decision, so that no earlier one can be undone under it."""
    work.update(task, steps=(task.steps or 0) + 1, **values)


GATED: list[type[OnTask]] = []
"""The main actions on a task, in the order of the contract's table; `models.task.actions` fills it."""


def gated_actions() -> tuple[type[OnTask], ...]:
    """The main actions on a task. Needs `models.task.actions` to have been imported: none would look like all open."""
    assert GATED, "models.task.actions has not been imported"
    return tuple(GATED)
