"""Undo and redo: the acting member's last action as a whole, from the history, surviving a restart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from peewee import IntegrityError, fn

from models.action.args import from_texts
from models.action.base import CATALOGUE, Result
from models.action.run import Command, Outcome, require_actor
from models.action.work import Session, Work, mark, stored
from models.base import BaseModel
from models.errors import AlreadyDoneError, ConflictError, RefusedError
from models.file.table import Entry
from models.history import Change, History, append
from models.people import Platform
from models.reminder.table import Reminder

NOTHING = "Es gibt nichts mehr, was sich {} ließe."
BUILT_ON = "Das geht nicht mehr: Inzwischen hat jemand darauf aufgebaut oder es geändert."


def undo(session: Session, *, dry_run: bool = False) -> Outcome:
    """Take back the acting member's last undoable action, with all it wrote.

    Raises `AlreadyDoneError` when nothing is left, `ConflictError` when somebody has built on it.
    """
    return _step(session, "undo", _last_done, _take_back, dry_run)


def redo(session: Session, *, dry_run: bool = False) -> Outcome:
    """Bring back what was undone last, if the rules still allow it. Raises as `undo`, and `RefusedError`."""
    return _step(session, "redo", _last_undone, _bring_back, dry_run)


def last_action(session: Session, route: str) -> str | None:
    """Code of the action that `undo` or `redo` would take next, for the screen; None if there is none."""
    work = session.work()
    if work.member is None:
        return None
    rows = (_last_done if route == "undo" else _last_undone)(work.me)
    return rows[0].action if rows else None


def _step(
    session: Session,
    route: str,
    find: Callable[[str], Sequence[History]],
    apply: Callable[[Work, History], None],
    dry_run: bool,
) -> Outcome:
    command = Command()
    with session.store.db.atomic() as transaction:
        work = session.work(locking=True)
        require_actor(work)
        rows = find(work.me)
        if not rows:
            raise AlreadyDoneError(NOTHING.format("rückgängig machen" if route == "undo" else "wiederholen"))
        for step, row in enumerate(reversed(rows) if route == "undo" else rows):
            work.changes.clear()
            try:
                apply(work, row)
            except IntegrityError as error:
                raise ConflictError(BUILT_ON) from error
            append(
                work.stamp, action=route, subject=row.subject, command=command.id, step=step, route=route,
                target=row.id, changes=[list(change) for change in work.changes], extra={"of": row.action},
            )  # fmt: skip
        outcome = Outcome(_result(work, rows[0], route), dry_run=dry_run)
        if dry_run:
            transaction.rollback()
    return outcome


def _result(work: Work, row: History, route: str) -> Result:
    from models.subjects import show_subject

    action = CATALOGUE.get(row.action)
    shown = show_subject(work, row.subject or "") or {"subject": row.subject}
    return Result(row.subject or "", {**shown, route: row.action}, action.label if action else row.action)


# What comes next


def _state() -> Any:
    """Route of the newest undo or redo of a row; null if it was never taken back."""
    later = History.alias()
    return (
        later.select(later.route).where(later.target == History.id).order_by(later.id.desc()).limit(1)
    )


def _done_by(member: str) -> Any:
    return History.select().where(History.member == member, History.undoable, History.route == "do")


def _whole(member: str, newest: History | None) -> Sequence[History]:
    """All rows of the command, in order: a bulk is taken back as a whole."""
    if newest is None:
        return ()
    rows = _done_by(member).where(History.command == newest.command).order_by(History.step)
    return list(rows)


def _last_done(member: str) -> Sequence[History]:
    query = _done_by(member).where(fn.COALESCE(_state(), "redo") == "redo").order_by(History.id.desc())
    return _whole(member, query.first())


def _last_undone(member: str) -> Sequence[History]:
    newest = _done_by(member).select(fn.MAX(History.id)).scalar() or 0
    undone_at = History.alias()
    when = undone_at.select(fn.MAX(undone_at.id)).where(undone_at.target == History.id)
    query = _done_by(member).where(_state() == "undo", when > newest).order_by(when.desc())
    return _whole(member, query.first())


# Doing it


def _take_back(work: Work, row: History) -> None:
    for change in reversed(row.changed()):
        current = _current(work, change, change.after, change.now)
        if change.before is None:
            _remove(work, current)
        else:
            _restore(work, current, change.before)


def _bring_back(work: Work, row: History) -> None:
    _ask_the_rules(work, row)
    for change in row.changed():
        model = _model(change.table)
        if change.before is not None:
            _restore(work, _current(work, change, change.before, change.was), change.after or {})
        elif model is Entry:
            _restore(work, work.get(Entry, change.key, "Den Eintrag"), {"withdrawn_at": None})
        else:
            work.insert(model, **_python_values(model, change.after or {}))


def _ask_the_rules(work: Work, row: History) -> None:
    """A redo is a route like any other: what is forbidden now stays forbidden."""
    kind = CATALOGUE[row.action]
    action = kind(**from_texts(kind, row.args or {}))
    target = action.load(work)
    found = [o for o in action.obstacles(work, target) if o.weight == "stop" or not (row.extra or {}).get("despite")]
    if found:
        raise RefusedError(found, kind.label)


def _current(work: Work, change: Change, expected: dict[str, Any] | None, fingerprint: str | None) -> BaseModel:
    """The row as it stands, if it still is what this change left behind."""
    row = work.find(_model(change.table), change.key)
    if row is None:
        raise ConflictError(BUILT_ON)
    values = stored(row)
    if isinstance(row, Entry):
        same = all(values[name] == value for name, value in (expected or {}).items() if name != "exported")
    elif isinstance(row, Platform):  # the platform's newer facts do not matter, what we changed does
        same = all(values[name] == value for name, value in (expected or {}).items())
    else:
        same = mark(values) == fingerprint
    if not same:
        raise ConflictError(BUILT_ON)
    return row


def _restore(work: Work, row: BaseModel, values: dict[str, Any]) -> None:
    work.update(row, **_python_values(type(row), values))


def _python_values(model: type[BaseModel], values: dict[str, Any]) -> dict[str, Any]:
    fields = model._meta.fields
    return {name: fields[name].python_value(value) for name, value in values.items()}


def _remove(work: Work, row: BaseModel) -> None:
    """Take an inserted row away; an entry stays in the history as withdrawn."""
    if isinstance(row, Entry):
        corrected = Entry.select().where(Entry.corrects == row.id, Entry.withdrawn_at.is_null()).exists()
        closed_on = Reminder.select().where(Reminder.entry == row.id).exists()
        if corrected or closed_on or _talked_about(f"entry:{row.id}"):
            raise ConflictError(BUILT_ON)
        work.update(row, withdrawn_at=work.now)
        return
    if _talked_about(f"{row._meta.table_name}:{row._pk}"):
        raise ConflictError(BUILT_ON)
    work.delete(row)


def _talked_about(subject: str) -> bool:
    return bool(Reminder.select().where(Reminder.about == subject).exists())


def _model(table: str) -> type[BaseModel]:
    from models.schema import tables

    return next(model for model in tables() if model._meta.table_name == table)


