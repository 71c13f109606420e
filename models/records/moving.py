"""Moving what hangs on one record to another, row by row, so that it can be undone (S-06)."""

from __future__ import annotations

from typing import Any

from models.action.work import Work, table
from models.case.findings import class_findings, merged, schedule_findings
from models.importing.by_hand import ByHand, judge, recorded
from models.importing.merged import BY_TABLE, pointed
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.outbox import Outbox
from models.tables.people import Absence, Assignment, Customer, Vpa
from models.tables.reminder import Reminder
from models.tables.task import Note, Task

FILLED = {
    Vpa: ("rising_star", "onboarding_call", "mobile_app", "last_activity", "areas", "buddy"),
    Customer: ("klasse", "pattern", "last_booking", "wizard", "kept_on", "kept_by"),
}
"""Facts that the second takes over where it knows none."""


def fill_in(work: Work, source: Any, into: Any) -> None:
    """What only the first knows."""
    known = {name: getattr(source, name) for name in FILLED[type(source)]}
    work.update(into, **{name: value for name, value in known.items() if value and getattr(into, name) in (None, [])})


def move_vpa(work: Work, source: Vpa, into: Vpa) -> None:
    """Everything about a VPA."""
    name = {"vpa_name": into.name, "vpa_folded": into.folded}
    _move_assignments(work, "vpa", source, into)
    for absence in _rows(Absence, Absence.vpa == source.id):
        _point(work, absence, "vpa_id", vpa=into.id)
    for case in _rows(Case, Case.vpa == source.id):
        other = _open_twin(case, into)
        if other is not None:
            _join_cases(work, case, other, into)
        work.update(case, vpa=into.id, **name)
    _move_flags(work, source, into, name)
    for task in _rows(Task, Task.vpa == source.id):
        _point(work, task, "vpa_id", vpa=into.id)
    for task in _rows(Task, Task.delegated_by == source.id):
        _point(work, task, "delegiert_von", delegated_by=into.id)
    for note in _rows(Note, Note.vpa == source.id):
        work.update(note, vpa=into.id)
    for request in _rows(Handover, (Handover.vpa == source.id) | (Handover.successor == source.id)):
        moved = {column: into.id for column in ("vpa", "successor") if request.__data__[column] == source.id}
        work.update(request, **moved)
    _move_filed(work, f"vpa:{source.id}", f"vpa:{into.id}", "vpa_id")
    with recorded(work, into.id):
        judge(ByHand.by(work, into.id, into.gone))


def move_customer(work: Work, source: Customer, into: Customer) -> None:
    """Everything about a customer."""
    _move_assignments(work, "customer", source, into)
    for task in _rows(Task, Task.customer == source.id):
        _point(work, task, "kunden_id", customer=into.id)
    for request in _rows(Handover, Handover.customer == source.id):
        work.update(request, customer=into.id)
    _move_filed(work, f"customer:{source.id}", f"customer:{into.id}", "kunden_id")


def _rows(model: Any, condition: Any) -> list[Any]:
    return list(model.select().where(condition).order_by(model._meta.primary_key))


def _point(work: Work, row: Any, column: str, **moved: Any) -> None:
    """Move a row of the platform, and what the last export said of it: the next one finds nothing changed."""
    if row.exported is not None:
        into = next(iter(moved.values()))
        moved["exported"] = pointed(BY_TABLE[table(type(row))], column, row.exported, str(into).rpartition(":")[2])
    work.update(row, **moved)


def _move_assignments(work: Work, side: str, source: Any, into: Any) -> None:
    """Two that say the same are one: the earlier stays."""
    other = "vpa" if side == "customer" else "customer"
    column = {"vpa": "vpa_id", "customer": "kunden_id"}[side]
    for row in _rows(Assignment, getattr(Assignment, side) == source.id):
        same = Assignment.select().where(
            getattr(Assignment, side) == into.id, getattr(Assignment, other) == row.__data__[other]
        )
        lasting = Assignment.end.is_null() & (Assignment.start <= row.start)
        if same.where((Assignment.start == row.start) | lasting).exists():
            work.delete(row)
        else:
            _point(work, row, column, **{side: into.id})


def _open_twin(case: Case, into: Vpa) -> Case | None:
    """The open Case of the same kind; of absences each has its own."""
    if case.state != "open" or case.kind == "absence":
        return None
    found: Case | None = Case.get_or_none(Case.vpa == into.id, Case.kind == case.kind, Case.state == "open")
    return found


def _join_cases(work: Work, case: Case, other: Case, into: Vpa) -> None:
    """One open Case of a kind: the other takes over the change and the Reminders, this one is closed."""
    first, last = sorted((case, other), key=lambda one: one.opened_at)
    before, after = merged(first.before or {}, first.after or {}, last.before or {}, last.after or {})
    if other.kind in ("class", "schedule"):
        judged = (
            class_findings(before, after)
            if other.kind == "class"
            else schedule_findings(before, after, into.klasse, into.klasse)
        )
        work.update(other, before=before, after=after, findings=judged if after else ["reverted"])
    note = f"Derselbe VPA: weiter in Case {other.id}."
    work.update(case, state="resolved", note=note, resolved_at=work.now, resolved_by=work.me)
    for reminder in _rows(Reminder, Reminder.about == f"case:{case.id}"):
        work.update(reminder, about=f"case:{other.id}")


def _move_flags(work: Work, source: Vpa, into: Vpa, name: dict[str, str]) -> None:
    """Once per VPA and stage: what was worked through for one is for the other."""
    theirs = {flag.stage: flag for flag in _rows(Flag, Flag.vpa == into.id)}
    for flag in _rows(Flag, Flag.vpa == source.id):
        twin = theirs.get(flag.stage)
        if twin is None:
            work.update(flag, vpa=into.id, **name)
            continue
        if flag.state == "open":
            work.update(flag, state="baseline")
        elif twin.state == "open":
            work.update(twin, state="baseline")


def _move_filed(work: Work, source: str, into: str, column: str) -> None:
    for entry in _rows(Entry, Entry.subject == source):
        _point(work, entry, column, subject=into)
    for reminder in _rows(Reminder, (Reminder.subject == source) | (Reminder.about == source)):
        moved = {name: into for name in ("subject", "about") if getattr(reminder, name) == source}
        work.update(reminder, **moved)
    _move_outbox(work, source, into)


def _move_outbox(work: Work, source: str, into: str) -> None:
    """What the platform still has to be told, or was (X-01)."""
    names = ("subject", "about", "written")
    for item in _rows(Outbox, (Outbox.subject == source) | (Outbox.about == source) | (Outbox.written == source)):
        work.update(item, **{name: into for name in names if getattr(item, name) == source})
