"""Putting a VPA in charge of a customer, and the check that follows some weeks later (K-25)."""

from __future__ import annotations

import datetime as dt

from models.action.work import Work
from models.ground.errors import NotFoundError
from models.shared.follow_up import set_reminder
from models.shared.upkeep import UPKEEP, first_check, upkeep_reason
from models.tables.people import Assignment, Customer, Vpa
from models.tables.reminder import Reminder


def customer_of(work: Work, key: str) -> Customer:
    """The customer, locked while acting: two changes of its VPA queue up here."""
    customer = work.get(Customer, key, "Den Kunden")
    if customer.merged_into is not None:
        raise NotFoundError(f"{customer.id} ist derselbe wie {customer.merged_into}: Nimm diese Id.")
    return customer


def put_in_charge(work: Work, customer: Customer, vpa: Vpa, reason: str) -> Assignment:
    """Make this VPA the customer's from today; every other assignment that still ran ended yesterday.

    One that began today, or was to begin later, thereby ends before it began: it never took effect.
    """
    yesterday = work.today - dt.timedelta(days=1)
    still = Assignment.select().where(
        Assignment.customer == customer.id, Assignment.end.is_null() | (Assignment.end >= work.today)
    )
    for row in still.order_by(Assignment.id):
        if (row.vpa_id, row.start) != (vpa.id, work.today):
            work.update(row, end=yesterday)
    key = (Assignment.customer == customer.id, Assignment.vpa == vpa.id, Assignment.start == work.today)
    begun: Assignment | None = Assignment.get_or_none(*key)
    if begun is not None:  # given away and back on the same day
        return work.update(begun, end=None, reason=reason)
    return work.insert(Assignment, customer=customer.id, vpa=vpa.id, start=work.today, end=None, reason=reason)


def set_upkeep_check(work: Work, customer: Customer, vpa: Vpa, about: str) -> Reminder:
    """K-25: some weeks on, the acting member looks whether the VPA keeps the VPA Kundenakte."""
    return set_reminder(
        work,
        subject=f"customer:{customer.id}",
        about=about,
        due=first_check(work),
        reason=upkeep_reason(vpa.name),
        kind=UPKEEP,
    )
