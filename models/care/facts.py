"""What is always weighed before a customer changes hands (W-15), and the form for the channel (W-11)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.action.work import Work
from models.ground import clock
from models.playbook import playbook
from models.shared.changes import dropouts, recent_changes
from models.tables.handover import Handover
from models.tables.people import Assignment, Customer, Vpa
from models.tables.task import Message, Task

FORM = "handover_form"
"""Code of the template with the lines of W-11."""


def facts_of(work: Work, handover: Handover) -> dict[str, Any]:
    """The facts of W-15 as of today, in the shape of CONTRACT §9; what is not known is None."""
    customer = handover.customer
    changes = recent_changes(customer.id, work.today, work.settings.number("change_months"))
    return {
        "customer_class": customer.klasse,
        "pattern": customer.pattern,
        "last_activity": last_activity(customer),
        "months_in_charge": months_in_charge(customer.id, handover.vpa_id, work.today),
        "changes_12_months": len(changes),
        "dropouts_12_months": dropouts(changes),
        "effort": handover.effort,
        "refund": handover.refund,
    }


def last_activity(customer: Customer) -> dt.date | None:
    """The newer of the last booking and the Berlin day of the customer's newest message; None without both (A-16)."""
    query = Message.select(Message.at).join(Task).where(Task.customer == customer.id, Message.sender == "kunde")
    newest = query.order_by(Message.at.desc()).first()
    days = [day for day in (customer.last_booking, clock.day_of(newest.at) if newest else None) if day]
    return max(days, default=None)


def months_in_charge(customer: str, vpa: str | None, today: dt.date) -> int | None:
    """Whole calendar months since the `von` of the VPA's assignment, up to its end where it is over; None without."""
    current = Assignment.current(customer, today)
    if current is None or current.vpa_id != vpa:
        mine = Assignment.select().where(Assignment.customer == customer, Assignment.vpa == vpa)
        current = mine.order_by(Assignment.start.desc(), Assignment.id.desc()).first()
    if current is None:
        return None
    until = min(today, current.end) if current.end else today
    return max(0, clock.whole_months(current.start, until))


def is_active(work: Work, customer: Customer) -> bool:
    """Whether the customer was last active at most the set number of days ago (W-05)."""
    last = last_activity(customer)
    return last is not None and last >= work.today - dt.timedelta(days=work.settings.number("customer_inactive_days"))


def form_text(work: Work, handover: Handover) -> str:
    """The form of W-11 for the channel, one line each; what is not known stays as `[…]`. Internal: it names classes."""
    return playbook().fill(FORM, form_facts(work, handover))


def form_facts(work: Work, handover: Handover) -> dict[str, str | None]:
    """What the form's placeholders stand for, each on one line."""
    book = playbook()
    facts = facts_of(work, handover)
    reason = book.label("reason_kind", handover.reason_kind)
    if handover.reason:
        reason = f"{reason}: {handover.reason}" if reason else handover.reason
    known = {
        "vpa": named(handover.vpa_id) if handover.vpa_id else "keiner",
        "kunde": f"{handover.customer.name} ({handover.customer_id})",
        "kundenklasse": facts["customer_class"] or "keine",
        "wechsel": str(facts["changes_12_months"]),
        "aufwand": book.label("effort", handover.effort),
        "grund": reason,
        "nachfolger": named(handover.successor) if handover.successor else None,
    }
    return {name: " ".join(value.split()) if value else None for name, value in known.items()}


def named(vpa: str) -> str:
    """Name and id of a VPA."""
    row: Vpa | None = Vpa.get_or_none(Vpa.id == vpa)
    return f"{row.name} ({vpa})" if row else vpa
