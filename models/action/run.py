"""The runner: the only function that changes data for a member."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from models.action.args import to_texts
from models.action.base import Action, Result
from models.action.certainty import certain
from models.action.command import Command
from models.action.restricted import obstacles_of
from models.action.telling import tell
from models.action.work import Session, Work
from models.database import rows
from models.ground.errors import AlreadyDoneError, NotFoundError
from models.ground.text import readable_text
from models.playbook.refusals import Hint, Obstacle, RefusedError
from models.tables.history import History, append

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
    told: tuple[int, ...] = ()
    """Ids of what it has put on the Ausgang (X-01)."""

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


def run(
    session: Session,
    action: Action,
    *,
    despite: str | None = None,
    dry_run: bool = False,
    command: Command | None = None,
) -> Outcome:
    """Do it, or raise what stands against it.

    Raises `RefusedError` (stops, or warnings without `despite`), `NotFoundError`, `AlreadyDoneError`, `ConflictError`,
    and `OutcomeUnknownError` where a lost server left no way to find out whether it is saved.
    """
    command, despite = command or Command(), readable_text(despite or "") or None
    try:
        with certain(session, command, dry_run), session.writing() as transaction:
            work = session.work(locking=True, despite=despite, trial=dry_run)
            require_actor(work, action)
            if repeated := find_repeated(command, work, action.code, to_texts(action)):
                outcome = repeat(work, repeated)
            else:
                outcome = _perform(work, action, dry_run)
                if dry_run:
                    transaction.rollback()
                else:
                    told = tell(work) if action.tells else ()
                    row = record(work, action, outcome.result.subject, command, despite)
                    outcome = replace(outcome, history=row.id, told=told)
        if not (repeated or dry_run):
            action.afterwards(session)
        return outcome
    except RefusedError as refusal:
        if not dry_run:
            _keep_blocked_attempt(session, action, refusal, command)
        raise


def _perform(work: Work, action: Action, dry_run: bool) -> Outcome:
    target = action.load(work)
    _refuse(action, obstacles_of(work, action, target), work.despite)
    hints = tuple(action.hints(work, target))
    return Outcome(action.perform(work, target), hints, dry_run)


def check(session: Session, action: Action) -> Verdict:
    """The obstacles of an action as it stands, for „Es fehlt noch“; reads only, outside a transaction."""
    work = session.work()
    require_actor(work, action)
    target = action.load(work)
    return Verdict(tuple(obstacles_of(work, action, target)), tuple(action.hints(work, target)))


def require_actor(work: Work, action: Action | None = None) -> None:
    """Refuse without an acting member (R-02); it stands alone. Who has left the team does not act any more."""
    if work.session.kuerzel is not None and (work.member is None or work.member.left_on is not None):
        raise NotFoundError(f"Das Kürzel „{work.session.kuerzel}“ gehört niemandem im Team.")
    if work.member is None and (action is None or action.needs_member):
        raise RefusedError([Obstacle("kuerzel_missing", "R-02")], action.label if action else "")


def _refuse(action: Action, obstacles: Iterable[Obstacle], despite: str | None) -> None:
    found = list(obstacles)
    if any(obstacle.weight == "stop" for obstacle in found) or (found and not despite):
        raise RefusedError(found, action.label)


def find_repeated(command: Command, work: Work, action: str, args: dict[str, Any]) -> History | None:
    """The row this command has already left. Raises `AlreadyDoneError` where that was something else."""
    row = rows.first(History, "command = ? AND step = ?", command.id, command.step)
    if row is not None and (row.action, row.args or {}, row.member) != (action, args, work.stamp.member):
        raise AlreadyDoneError("Dieser Befehl ist schon ausgeführt, mit anderen Angaben. Lade neu und sieh es dir an.")
    return row


def repeat(work: Work, row: History) -> Outcome:
    """The answer to a command that was done before: its object as it is now."""
    from models.action.subjects import show_subject

    subject = row.subject or ""
    return Outcome(Result(subject, show_subject(work, subject) or {"subject": subject}), history=row.id)


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
        extra={**action.evidence(), **({"despite": despite} if despite else {})} or None,
    )


def _keep_blocked_attempt(session: Session, action: Action, refusal: RefusedError, command: Command) -> None:
    if not any(obstacle.code == BLOCKED_ATTEMPT for obstacle in refusal.obstacles):
        return
    with session.writing():
        append(
            session.work().stamp,
            action=action.code,
            subject=None,
            command=str(uuid.uuid4()),
            route="refused",
            changes=[],
            extra={"refused": sorted({obstacle.code for obstacle in refusal.obstacles}), "attempt": command.id},
        )
