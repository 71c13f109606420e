"""How often a customer has changed hands (W-15)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.ground import clock
from models.tables.people import Assignment


def changes_within(customer: str, today: dt.date, months: int = 12) -> int:
    """Assignments begun after the day so many calendar months ago, up to today; never the very first (W-15)."""
    return len(recent_changes(customer, today, months))


def dropouts(reasons: list[str | None]) -> int:
    """Those of `recent_changes` that came of an Ausfall: `grund`, or the kind of the assignment, says so (W-15)."""
    return sum("ausfall" in (reason or "").casefold() for reason in reasons)


def recent_changes(customer: str, today: dt.date, months: int = 12) -> list[str | None]:
    """The `grund` of each assignment that counts for `changes_within`, oldest first."""
    query: Any = Assignment.select(Assignment.start, Assignment.reason).where(Assignment.customer == customer)
    ordered = list(query.order_by(Assignment.start, Assignment.id).tuples())
    since = clock.add_months(today, -months)
    return [reason for start, reason in ordered[1:] if since < start <= today]
