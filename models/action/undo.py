"""Undo and redo: the acting member's last action as a whole, from the history, surviving a restart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from peewee import IntegrityError, fn

from models.action.base import CATALOGUE, Result
from models.action.certainty import certain
from models.action.command import Command
from models.action.replay import BUILT_ON, bring_back, take_back
from models.action.run import Outcome, find_repeated, repeat, require_actor
from models.action.telling import tell
from models.action.work import Session, Work
from models.ground import clock
from models.ground.errors import AlreadyDoneError, ConflictError
from models.tables.history import History, append

Route = Literal["undo", "redo"]

NOTHING = {"undo": "Es gibt nichts mehr, was sich rückgängig machen ließe.", "redo": "Es gibt nichts zu wiederholen."}


def undo(session: Session, *, dry_run: bool = False, command: Command | None = None) -> Outcome:
    """Take back the acting member's last undoable action, with all it wrote; a bulk as a whole.

    Raises `AlreadyDoneError` when nothing is left, `ConflictError` when somebody has built on it.
    """
    return _step(session, "undo", dry_run, command or Command())


def redo(session: Session, *, dry_run: bool = False, command: Command | None = None) -> Outcome:
    """Bring back what was undone last, if the rules still allow it. Raises as `undo`, and `RefusedError`."""
    return _step(session, "redo", dry_run, command or Command())


def last_action(session: Session, route: Route) -> str | None:
    """Code of the action that `undo` or `redo` would take next, for the screen; None if there is none."""
    work = session.work()
    rows = _next(route, work.me) if work.member is not None else ()
    return rows[0].action if rows else None


def _step(session: Session, route: Route, dry_run: bool, command: Command) -> Outcome:
    with certain(session, command, dry_run), session.writing() as transaction:
        work = session.work(locking=True)
        require_actor(work)
        if repeated := find_repeated(command, work, route, {}):
            outcome = repeat(work, repeated)
        else:
            rows = _next(route, work.me)
            if not rows:
                raise AlreadyDoneError(NOTHING[route])
            named = _name(work, rows)
            _walk(work, route, rows, command)
            outcome = Outcome(_result(work, rows, route, named), dry_run=dry_run)
            if dry_run:
                transaction.rollback()
    return outcome


def _walk(work: Work, route: Route, rows: Sequence[History], command: Command) -> None:
    """One row after the other, the newest first where they are taken back."""
    apply: Callable[[Work, History], None] = take_back if route == "undo" else bring_back
    for step, row in enumerate(reversed(rows) if route == "undo" else rows):
        work.changes.clear()
        try:
            apply(work, row)
            CATALOGUE[row.action].replayed(work, row)
        except IntegrityError as error:
            raise ConflictError(BUILT_ON) from error
        if route == "redo" and CATALOGUE[row.action].tells:
            tell(work)
        append(
            work.stamp, action=route, subject=row.subject, command=command.id, step=step, route=route,
            target=row.id, changes=[list(change) for change in work.changes], extra={"of": row.action},
        )  # fmt: skip


def _result(work: Work, rows: Sequence[History], route: Route, named: str) -> Result:
    """`named` is what it was about before: an undo may have taken that away, a redo has brought it."""
    from models.action.subjects import show_subject

    row = rows[0]
    action = CATALOGUE.get(row.action)
    subject = row.subject or ""
    shown = show_subject(work, subject) or {"subject": subject}
    parts = [action.label if action else row.action, named or _name(work, rows)]
    day = clock.day_of(row.at)
    return Result(
        subject,
        {**shown, route: row.action},
        ": ".join(filter(None, parts)) + (f" (vom {clock.german_date(day)})" if day != work.today else ""),
    )


def _name(work: Work, rows: Sequence[History]) -> str:
    """What was done to, as the toast called it: of a bulk the first one, and how many more."""
    from models.action.subjects import title_of

    first = title_of(work, rows[0].subject or "")
    return f"{first} und {len(rows) - 1} weitere" if first and len(rows) > 1 else first


# What comes next


def _next(route: Route, member: str) -> Sequence[History]:
    """All rows of the command that is next, in the order they were done: a bulk goes as a whole."""
    newest = _last_done(member) if route == "undo" else _last_undone(member)
    if newest is None:
        return ()
    rows = _done_by(member).where(History.command == newest.command, _is_undone(route == "redo"))
    return list(rows.order_by(History.step))


def _done_by(member: str) -> Any:
    return History.select().where(History.member == member, History.undoable, History.route == "do")


def _is_undone(undone: bool) -> Any:
    """Whether the newest undo or redo of a row is an undo; a row that was never taken back is not undone."""
    later = History.alias()
    newest = later.select(later.route).where(later.target == History.id).order_by(later.id.desc()).limit(1)
    return fn.COALESCE(newest, "redo") == ("undo" if undone else "redo")


def _last_done(member: str) -> History | None:
    found: History | None = _done_by(member).where(_is_undone(False)).order_by(History.id.desc()).first()
    return found


def _last_undone(member: str) -> History | None:
    """What was taken back last and not brought again; nothing once a new action was done."""
    newest = _done_by(member).select(fn.MAX(History.id)).scalar() or 0
    undoing = History.alias()
    since: Any = undoing.select(undoing.target).where(
        undoing.member == member, undoing.route == "undo", undoing.id > newest
    )
    when = fn.COALESCE(undoing.select(fn.MAX(undoing.id)).where(undoing.target == History.id), 0)
    rows = _done_by(member).where(History.id.in_(since), _is_undone(True))
    found: History | None = rows.order_by(when.desc()).first()
    return found
