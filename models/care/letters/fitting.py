"""Which Chatvorlage fits: offered first (K-22, K-29)."""

from __future__ import annotations

from typing import Any

from models.action.subjects import find_subject
from models.action.work import Work
from models.care.letters.templates import list_templates
from models.tables.people import Assignment, Customer

NEW = {"angebot": "new_offer", "prio": "new_prio"}
"""Kind of assignment of a new customer by status; any other is a regulärer Bucher (K-21)."""


def fitting_kind(work: Work, customer: Customer) -> str:
    """The kind of assignment that this customer most likely needs."""
    if customer.status == "inaktiv":
        return "inactive"
    query = Assignment.select().where(Assignment.customer == customer.id)
    newest = Assignment.current(customer.id, work.today) or query.order_by(Assignment.start.desc()).first()
    if newest is None:
        return NEW.get(customer.status, "new_regular")
    return "vpa_dropout" if newest.vpa.gone else "vpa_change"


def watch_template(customer: Customer) -> str:
    """The template with which the VPA of this customer is approached (K-29)."""
    return f"watch_{customer.status}"


def templates_for(work: Work, subject: str) -> list[dict[str, Any]]:
    """The templates made for such a subject, the fitting ones first; `NotFoundError` for an unknown one."""
    row = find_subject(work, subject)
    kind = subject.partition(":")[0]
    first = (fitting_kind(work, row), watch_template(row)) if isinstance(row, Customer) else ()
    possible = [template for template in list_templates() if kind in template["subjects"]]
    return sorted(possible, key=lambda template: (*(template["code"] != code for code in first),))
