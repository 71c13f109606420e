"""Questions about VPA-Wechsel."""

from __future__ import annotations

from typing import Any

from peewee import JOIN

from models.action.subjects import shows
from models.action.work import Work
from models.care.facts import facts_of
from models.tables.handover import CLOSED, Handover
from models.tables.people import Customer, Vpa
from models.tables.reminder import Reminder
from models.tables.task import OPEN_STATES, Task

COLUMNS = (
    "reason_kind", "reason", "opened_at", "opened_by", "questions", "talks", "measures", "successor", "effort",
    "refund", "exception_by", "proposed_at", "proposed_by", "decided_at", "decided_by", "remark", "informed_on",
    "training_wanted", "training_done_on", "closed_at", "closed_by", "entry",
)  # fmt: skip


@shows("handover")
def show_handover(work: Work, handover: Handover) -> dict[str, Any]:
    """The shape of CONTRACT §9: state, facts as of today, and everything that was recorded on the way."""
    about: Any = Reminder.select(Reminder.id).where(Reminder.about == f"handover:{handover.id}").order_by(Reminder.id)
    return {
        "id": handover.id,
        "customer": handover.customer_id,
        "customer_name": handover.customer.name,
        "vpa": handover.vpa_id,
        "vpa_name": handover.vpa.name if handover.vpa else None,
        "state": handover.state,
        "facts": facts_of(work, handover),
        **{name: getattr(handover, name) for name in COLUMNS},
        "facts_at_proposal": handover.facts or None,
        "open_tasks": [task.id for task in open_tasks(handover)],
        "reminders": [key for (key,) in about.tuples()],
    }


def open_tasks(handover: Handover) -> list[Task]:
    """The customer's tasks that still are the old VPA's, by id."""
    if not handover.vpa_id:
        return []
    mine = Task.select().where(Task.vpa == handover.vpa_id, Task.state.in_(OPEN_STATES))
    return list(mine.where(Task.customer == handover.customer_id).order_by(Task.id))


def list_handovers(state: str = "running") -> Any:
    """Requests, oldest first, with customer and VPA, as a query: `running`, `all`, or one state."""
    query = (
        Handover.select(Handover, Customer, Vpa)
        .join(Customer)
        .switch(Handover)
        .join(Vpa, JOIN.LEFT_OUTER)
        .order_by(Handover.opened_at, Handover.id)
    )
    if state == "running":
        return query.where(Handover.state.not_in(CLOSED))
    return query if state == "all" else query.where(Handover.state == state)
