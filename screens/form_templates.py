"""The Chatvorlage that fits what a form is about, ready to be adapted (K-22, K-23, K-29)."""

from __future__ import annotations

from typing import Any

from models.action.work import Session
from models.assignment.fitting import watch_template
from models.assignment.templates import fill_for
from models.errors import SchichtError
from models.people import Customer, Vpa
from models.playbook import first_name
from screens.form_names import Called
from screens.form_spec import Values
from screens.tab import Deed

FIELD = "text"
"""The field that a template fills."""


def wants_template(deed: Deed) -> bool:
    """Whether there is a template for this action."""
    return deed.code in ("assign", "watchlist.approach")


def template_key(deed: Deed, values: Values) -> tuple[Any, ...]:
    """What the template depends on: another key means another text."""
    customer = deed.values.get("customer") or values.get("customer")
    return (deed.code, customer, values.get("kind"), values.get("vpa"))


def template_text(session: Session, deed: Deed, values: Values, called: Called) -> str:
    """The filled text; empty where the customer or the kind is not known yet. In a thread."""
    with session.store.connected():
        work = session.work()
        typed = str(deed.values.get("customer") or values.get("customer") or "").strip()
        customer = work.find(Customer, called.key("customer", typed))
        if customer is None:
            return ""
        code = str(values.get("kind") or "") if deed.code == "assign" else watch_template(customer)
        if not code:
            return ""
        try:
            text = str(fill_for(work, code, f"customer:{customer.id}")["text"])
        except SchichtError:
            return ""
        vpa = work.find(Vpa, called.key("vpa", str(values.get("vpa") or "").strip()))
        return text.replace("[vorname]", first_name(vpa.name)) if vpa is not None else text
