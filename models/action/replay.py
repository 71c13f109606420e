"""Taking back what a row of the history did, and bringing it again: row by row, if nobody has touched them since."""

from __future__ import annotations

from typing import Any

from models.action.args import from_texts
from models.action.base import CATALOGUE
from models.action.restricted import obstacles_of
from models.action.telling import is_told, take_along
from models.action.work import Work, key_of, mark, stored
from models.database.fields import BaseModel
from models.ground.errors import ConflictError
from models.playbook.refusals import RefusedError
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.history import Change, History
from models.tables.people import Customer, Member, Platform, Vpa
from models.tables.reminder import Reminder

BUILT_ON = "Das geht nicht mehr: Inzwischen hat jemand darauf aufgebaut oder es geändert."


MEMORY = ("exported", "known")
"""Columns that an import keeps for itself: nobody has built on a row because they changed."""


def take_back(work: Work, row: History) -> None:
    """Put every row as it was before; `ConflictError` where one is no longer as the action left it."""
    for change in reversed(row.changed()):
        if is_told(change, row.action):
            take_along(work, change)
            continue
        if change.after is None:
            _insert(work, change, change.before)
            continue
        current = _current(work, change, change.after, change.now)
        if change.before is None:
            _require_ours(change, current)
            _remove(work, current)
        else:
            _restore(work, current, change.before, change.after)


def bring_back(work: Work, row: History) -> None:
    """Put every row as the action left it. A redo is a route like any other: what is forbidden now stays forbidden."""
    _ask_the_rules(work, row)
    for change in row.changed():
        if is_told(change, row.action):
            continue  # a redo is told anew
        if change.before is None:
            _insert(work, change, change.after)
            continue
        current = _current(work, change, change.before, change.was)
        if change.after is None:
            work.delete(current)
        else:
            _restore(work, current, change.after, change.before)
            _require_proof(current)


def _ask_the_rules(work: Work, row: History) -> None:
    kind = CATALOGUE[row.action]
    action = kind(**from_texts(kind, row.args or {}))
    target = action.load(work)
    found = [
        o for o in obstacles_of(work, action, target) if o.weight == "stop" or not (row.extra or {}).get("despite")
    ]
    if found:
        raise RefusedError(found, kind.label)


def _current(work: Work, change: Change, expected: dict[str, Any], fingerprint: str | None) -> BaseModel:
    """The row as it stands, if it still is what this change left behind."""
    row = work.find(_model(change.table), change.key)
    if row is None:
        raise ConflictError(BUILT_ON)
    values = stored(row)
    if isinstance(row, Entry | Platform):  # the platform's newer facts do not matter, what we changed does
        same = all(values[name] == value for name, value in expected.items() if name not in MEMORY)
    else:
        same = fingerprint in (mark(values, row.derived), mark(values))  # older rows of the history counted all
    if not same:
        raise ConflictError(BUILT_ON)
    return row


def _insert(work: Work, change: Change, values: dict[str, Any] | None) -> None:
    """Write a row again under its own id; an entry never went away, it was only withdrawn."""
    model = _model(change.table)
    if model is not Entry:
        work.insert(model, **_python_values(model, values or {}))
        return
    entry = work.get(Entry, change.key, "Den Eintrag")
    if entry.withdrawn_at is None:
        raise ConflictError(BUILT_ON)
    work.update(entry, withdrawn_at=None)


def _restore(work: Work, row: BaseModel, values: dict[str, Any], left: dict[str, Any]) -> None:
    wanted = _python_values(type(row), values)
    if isinstance(row, Vpa) and "known" in wanted:
        wanted["known"] = _known_again(row.known, wanted["known"], _python_values(Vpa, left)["known"])
    work.update(row, **wanted)
    if isinstance(row, Reminder) and row.state == "open" and "owner" in values:
        _require_owner(row)


def _known_again(now: dict[str, Any], wanted: dict[str, Any], left: dict[str, Any]) -> dict[str, Any]:
    """What is known of a VPA, with what the action changed of it as it was; an import may have learnt more since."""
    changed = {name for name in (*wanted, *left) if wanted.get(name) != left.get(name)}
    kept = {name: value for name, value in now.items() if name not in changed}
    return kept | {name: value for name, value in wanted.items() if name in changed}


def _require_owner(reminder: Reminder) -> None:
    """No work comes back to somebody who has left the team meanwhile."""
    owner = Member.find(reminder.owner)
    if owner is None or owner.left_on is not None:
        raise ConflictError(f"Das geht nicht mehr: {reminder.owner} ist nicht mehr im Team.")


def _python_values(model: type[BaseModel], values: dict[str, Any]) -> dict[str, Any]:
    fields = model._meta.fields
    return {name: fields[name].python_value(value) for name, value in values.items()}


def _require_ours(change: Change, row: BaseModel) -> None:
    """A VPA, customer, absence or task made here stays once the platform has named it: that is what built on it."""
    if isinstance(row, Platform) and "made_by" in (change.after or {}) and row.exported is not None:
        raise ConflictError(BUILT_ON)


def _remove(work: Work, row: BaseModel) -> None:
    """Take an inserted row away; an entry stays in the history as withdrawn (K-04)."""
    if isinstance(row, Vpa | Customer):
        _remove_person(work, row)
    if Reminder.select().where(Reminder.about == f"{row._meta.table_name}:{key_of(row)}").exists():
        raise ConflictError(BUILT_ON)
    if not isinstance(row, Entry):
        work.delete(row)
        return
    corrected = Entry.select().where(Entry.corrects == row.id, Entry.withdrawn_at.is_null()).exists()
    if corrected or Reminder.select().where(Reminder.entry == row.id).exists():
        raise ConflictError(BUILT_ON)
    work.update(row, withdrawn_at=work.now)


def _remove_person(work: Work, row: Vpa | Customer) -> None:
    """Somebody who has a Reminder or an entry stays; Neu-Flags that nobody has worked on go along."""
    subject = f"{row._meta.table_name}:{row.id}"
    filed = Entry.select().where(Entry.subject == subject, Entry.withdrawn_at.is_null()).exists()
    if filed or Reminder.select().where(Reminder.subject == subject).exists():
        raise ConflictError(BUILT_ON)
    if isinstance(row, Vpa):
        for flag in Flag.select().where(Flag.vpa == row.id, Flag.state == "open", Flag.informed_at.is_null()):
            work.delete(flag)


def _require_proof(row: BaseModel) -> None:
    """A Reminder does not come back as closed on an entry that was withdrawn since (R-04)."""
    if isinstance(row, Reminder) and row.entry is not None:
        entry = Entry.get_or_none(Entry.id == row.entry)
        if entry is None or entry.withdrawn_at is not None:
            raise ConflictError(BUILT_ON)


def _model(table: str) -> type[BaseModel]:
    from models.tables.registry import tables

    return next(model for model in tables() if model._meta.table_name == table)
