"""Questions about Cases."""

from __future__ import annotations

from typing import Any

from models.case.table import Case
from models.errors import NotFoundError
from models.people import Vpa
from models.reminder.table import Reminder


def show_case(case: Case) -> dict[str, Any]:
    """The shape of CONTRACT §4."""
    about = Reminder.select(Reminder.id).where(Reminder.about == f"case:{case.id}").order_by(Reminder.id)
    return case.show([reminder.id for reminder in about])


def list_cases(state: str = "open", kind: str | None = None, vpa: str | None = None) -> Any:
    """Cases, oldest first, as a query. Raises `NotFoundError` for an unknown VPA."""
    if vpa is not None and not Vpa.select().where(Vpa.id == vpa).exists():
        raise NotFoundError(f"Den VPA „{vpa}“ gibt es nicht.")
    query = Case.select().order_by(Case.opened_at, Case.id)
    if state != "all":
        query = query.where(Case.state == state)
    if kind is not None:
        query = query.where(Case.kind == kind)
    return query.where(Case.vpa == vpa) if vpa is not None else query
