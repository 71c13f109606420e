"""The runner: the only function that changes data for a member."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models.action.args import to_texts
from models.action.base import Action, Result
from models.action.work import Session, Work
from models.errors import Hint, NotFoundError, Obstacle, RefusedError
from models.history import History, append

BLOCKED_ATTEMPT = "class_named"
"""This refusal is evidence: it leaves an audit row, without the text (D-32)."""


@dataclass(frozen=True)
class Outcome:
    """A performed action."""

    result: Result
    hints: tuple[Hint, ...] = ()
    dry_run: bool = False
    history: int | None = None
    """Id of the audit row; None for a dry run."""

    def show(self) -> dict[str, Any]:
        """What a writing command prints."""
        shown = dict(self.result.shown)
        if self.hints:
            shown["hints"] = [hint.as_json() for hint in self.hints]
        if self.dry_run:
            shown["dry_run"] = True
        return shown


@dataclass(frozen=True)
class Verdict:
    """What an action would meet right now; nothing is changed by asking."""

    obstacles: tuple[Obstacle, ...] = ()
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True)
class Command:
    """Identity of a command: a retry with the same id does nothing twice (DESIGN law 8)."""

    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    step: int = 0


class _DryRunError(Exception):
    """Rolls the transaction back at the end of a dry run."""


def run(
    session: Session,
    action: Action,
    *,
    despite: str | None = None,
    dry_run: bool = False,
    command: Command | None = None,
) -> Outcome:
    """Do it, or raise what stands against it.

    Raises `RefusedError` (stops, or warnings without `despite`), `NotFoundError`, `AlreadyDoneError`, `ConflictError`.
    """
    command = command or Command()
    outcome: Outcome | None = None
    try:
        with session.store.db.atomic():
            work = session.work(locking=True, despite=despite)
            require_actor(work, action)
            if repeated := _already_done(command):
                return Outcome(Result(repeated.subject or "", repeated.show()), history=repeated.id)
            target = action.load(work)
            _refuse(action, action.obstacles(work, target), despite)
            hints = tuple(action.hints(work, target))
            result = action.perform(work, target)
            if dry_run:
                outcome = Outcome(result, hints, dry_run=True)
                raise _DryRunError
            row = record(work, action, result.subject, command, despite)
            outcome = Outcome(result, hints, history=row.id)
    except _DryRunError:
        pass
    except RefusedError as refusal:
        if not dry_run:
            _keep_blocked_attempt(session, action, refusal, command)
        raise
    assert outcome is not None
    return outcome


def check(session: Session, action: Action) -> Verdict:
    """The obstacles of an action as it stands, for „Es fehlt noch“; reads only, outside a transaction."""
    work = session.work()
    require_actor(work, action)
    target = action.load(work)
    return Verdict(tuple(action.obstacles(work, target)), tuple(action.hints(work, target)))


def require_actor(work: Work, action: Action | None = None) -> None:
    """Refuse without an acting member (R-02); it stands alone."""
    if work.session.kuerzel is not None and work.member is None:
        raise NotFoundError(f"Das Kürzel „{work.session.kuerzel}“ kennt das Team nicht.")
    if work.member is None and (action is None or action.needs_member):
        raise RefusedError([Obstacle("kuerzel_missing", "R-02")], action.label if action else "")


def _refuse(action: Action, obstacles: Iterable[Obstacle], despite: str | None) -> None:
    found = list(obstacles)
    if any(obstacle.weight == "stop" for obstacle in found) or (found and not (despite or "").strip()):
        raise RefusedError(found, action.label)


def _already_done(command: Command) -> History | None:
    row: History | None = History.get_or_none((History.command == command.id) & (History.step == command.step))
    return row


def record(work: Work, action: Action, subject: str, command: Command, despite: str | None) -> History:
    """Write the audit row of what `work` did."""
    return append(
        work.stamp,
        action=action.code,
        subject=subject,
        command=command.id,
        step=command.step,
        undoable=action.undoable,
        changes=[list(change) for change in work.changes],
        args=to_texts(action),
        extra={"despite": despite} if despite else None,
    )


def _keep_blocked_attempt(session: Session, action: Action, refusal: RefusedError, command: Command) -> None:
    if not any(obstacle.code == BLOCKED_ATTEMPT for obstacle in refusal.obstacles):
        return
    with session.store.db.atomic():
        work = session.work(locking=True)
        append(
            work.stamp,
            action=action.code,
            subject=None,
            command=str(uuid.uuid4()),
            route="refused",
            changes=[],
            extra={"refused": sorted({obstacle.code for obstacle in refusal.obstacles}), "attempt": command.id},
        )
