"""Facts about VPAs and customers, in the shape of `vpa show` and `customer show` (CONTRACT §2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from peewee import SQL, NodeList, Value, fn

from models.action.subjects import shows
from models.action.work import Work
from models.file.queries import newest_entries
from models.ground import clock
from models.journey.stages import stage_of
from models.shared.changes import changes_within
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.people import Absence, Assignment, Customer, Vpa
from models.tables.person import Restriction
from models.tables.reminder import Reminder
from models.tables.task import Note, Task
from models.task.queries import returns_of

NEWEST = 5
"""How many of the newest entries a `show` holds."""


@shows("vpa")
def show_vpa(work: Work, vpa: Vpa) -> dict[str, Any]:
    """A VPA: facts, open things, newest entries of the VPA-Akte."""
    coming = Absence.select().where(Absence.vpa == vpa.id, Absence.end >= work.today, ~Absence.withdrawn)
    return {
        **vpa_line(work, vpa, returns_of(vpa.id)),
        **restriction_of(f"vpa:{vpa.id}"),
        "onboarding_call": vpa.onboarding_call,
        "mobile_app": vpa.mobile_app,
        "areas": vpa.areas,
        "buddy": vpa.buddy,
        "last_activity": vpa.last_activity,
        "gone": vpa.gone,
        "merged_into": vpa.merged_into,
        "priority": priority_of(vpa.id),
        "customers": customers_of(vpa.id, work.today),
        "absences": [
            {"id": a.id, "von": a.start, "bis": a.end, "eingetragen_am": a.entered_on}
            for a in coming.order_by(Absence.start, Absence.id)
        ],
        "cases": _ids(Case.select(Case.id).where(Case.vpa == vpa.id, Case.state == "open").order_by(Case.id)),
        "flags": _ids(Flag.select(Flag.id).where(Flag.vpa == vpa.id, Flag.state == "open").order_by(Flag.id)),
        "reminders": open_reminders(f"vpa:{vpa.id}"),
        "tasks": _ids(Task.select(Task.id).where(Task.vpa == vpa.id, Task.state.not_in(CLOSED)).order_by(Task.id)),
        "entries": [entry.show() for entry in newest_entries(work, f"vpa:{vpa.id}", NEWEST)],
    }


def restriction_of(subject: str) -> dict[str, Any]:
    """Since when and why a person is not worked on (P-03); empty for one who is."""
    row: Restriction | None = Restriction.get_or_none(Restriction.subject == subject)
    if row is None:
        return {}
    return {"restricted": True, "restricted_at": row.at, "restricted_by": row.made_by, "restricted_why": row.reason}


def priority_of(vpa: str) -> dict[str, Any] | None:
    """What was decided last about priority in assignments (A-02), by whom; None while nobody has."""
    decided = NodeList((SQL("("), Case.details, SQL("LIKE"), Value('%"decision":"%prio"%', converter=False), SQL(")")))
    query = Case.select().where(Case.vpa == vpa, Case.state == "resolved", Case.kind == "schedule", decided)
    case: Case | None = query.order_by(Case.resolved_at.desc(), Case.id.desc()).first()
    if case is None:
        return None
    day = clock.day_of(case.resolved_at) if case.resolved_at else None
    agreed = case.details.get("agreed_with")
    return {"value": case.details["decision"], "on": day, "by": case.resolved_by, "agreed_with": agreed}


CLOSED = ("abgelehnt", "erledigt")
"""Task states in which nothing is open any more."""


def list_vpas(work: Work, classes: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """All VPAs that are not gone, or those of some classes, by id."""
    query = Vpa.select().where(~Vpa.gone).order_by(Vpa.id)
    if classes:
        query = query.where(Vpa.klasse.in_(classes))
    came_back: Any = Note.select(Note.vpa, fn.COUNT(Note.id)).where(Note.kind == "return").group_by(Note.vpa)
    returns = dict(came_back.tuples())
    restricted = Restriction.keys("vpa")
    for vpa in query.iterator():
        yield {**vpa_line(work, vpa, returns.get(vpa.id, 0)), **_marked(vpa.id in restricted)}


def _marked(restricted: bool) -> dict[str, Any]:
    """What a line says of one who is not worked on (P-03)."""
    return {"restricted": True} if restricted else {}


def vpa_line(work: Work, vpa: Vpa, returns: int) -> dict[str, Any]:
    """One line of `vpa list`; `returns` is the count of F-06."""
    return {
        "id": vpa.id,
        "name": vpa.name,
        "class": vpa.klasse,
        "rising_star": vpa.rising_star,
        "start": vpa.start,
        "months": max(0, clock.whole_months(vpa.start, work.today)),
        "stage": stage_of(vpa.start, work.today),
        "part_time": vpa.part_time,
        "active": vpa.active,
        "neukunden": vpa.new_customers,
        "auftraege": vpa.orders,
        "returns": returns,
    }


@shows("customer")
def show_customer(work: Work, customer: Customer) -> dict[str, Any]:
    """A customer: facts, VPA in charge, open things, newest entries of both files."""
    current = Assignment.current(customer.id, work.today)
    tasks: Any = Task.select(Task.id).where(Task.customer == customer.id, Task.state.not_in(CLOSED)).order_by(Task.id)
    return {
        **customer_line(customer, current.vpa_id if current else None),
        **restriction_of(f"customer:{customer.id}"),
        "wizard": customer.wizard,
        "merged_into": customer.merged_into,
        "vpa_since": current.start if current else None,
        "changes_12_months": changes_within(customer.id, work.today),
        "reminders": open_reminders(f"customer:{customer.id}"),
        "tasks": _ids(tasks),
        "entries": [entry.show() for entry in newest_entries(work, f"customer:{customer.id}", NEWEST)],
    }


def customer_line(customer: Customer, vpa: str | None) -> dict[str, Any]:
    """One line of `customer list`; `vpa` is in charge."""
    return {
        "id": customer.id,
        "name": customer.name,
        "class": customer.klasse,
        "status": customer.status,
        "pattern": customer.pattern,
        "last_booking": customer.last_booking,
        "vpa": vpa,
    }


def list_customers(today: dt.date) -> Iterator[dict[str, Any]]:
    """All customers by id, each with the VPA in charge."""
    current = (
        Assignment.select(Assignment.vpa)
        .where(Assignment.customer == Customer.id, Assignment.end.is_null() | (Assignment.end >= today))
        .order_by(Assignment.start.desc(), Assignment.id.desc())
        .limit(1)
    )
    query: Any = Customer.select(Customer, current.alias("in_charge")).order_by(Customer.id)
    query = query.where(Customer.merged_into.is_null())
    restricted = Restriction.keys("customer")
    for customer in query.objects().iterator():
        yield {**customer_line(customer, customer.in_charge), **_marked(customer.id in restricted)}


def customers_of(vpa: str, today: dt.date) -> list[str]:
    """Ids of the customers this VPA is in charge of."""
    lasting = Assignment.end.is_null() | (Assignment.end >= today)
    mine = Assignment.select(Assignment.customer).where(Assignment.vpa == vpa, lasting)
    other = Assignment.alias()
    theirs: Any = (
        other.select(other.customer, other.vpa)
        .where(other.customer.in_(mine), other.end.is_null() | (other.end >= today))
        .order_by(other.start, other.id)
    )
    return sorted(key for key, in_charge in dict(theirs.tuples()).items() if in_charge == vpa)


def open_reminders(subject: str) -> list[int]:
    """Ids of the open Reminders on a VPA or customer."""
    query = Reminder.select(Reminder.id).where(Reminder.subject == subject, Reminder.state == "open")
    return _ids(query.order_by(Reminder.due, Reminder.id))


def _ids(query: Any) -> list[Any]:
    return [key for (key,) in query.tuples()]
