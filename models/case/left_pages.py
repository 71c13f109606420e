"""What a VPA who left has left behind, by name: for the detail of his Case, and to hand it on (S-04)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from models.case.leaving import left_behind
from models.tables.people import Customer
from models.tables.task import Task


@dataclass(frozen=True)
class Left:
    """One customer or task that is still his."""

    kind: str
    """`customer` or `task`."""
    key: str
    name: str
    customer: str
    """The customer it is about."""
    customer_name: str
    state: str
    """Status of the customer, state of the task."""
    deadline: dt.date | None = None


def left_by(vpa: str, today: dt.date) -> list[Left]:
    """Customers first, then open tasks, each by its id."""
    facts = left_behind([vpa], today)[vpa]
    customers: Any = Customer.select().where(Customer.id.in_(facts["customers"] or [""])).order_by(Customer.id)
    found = [Left("customer", c.id, c.name, c.id, c.name, c.status) for c in customers]
    tasks: Any = Task.select(Task, Customer).join(Customer).where(Task.id.in_(facts["tasks"] or [""])).order_by(Task.id)
    return [*found, *(Left("task", t.id, t.title, t.customer_id, t.customer.name, t.state, t.deadline) for t in tasks)]
