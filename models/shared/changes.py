"""How often a customer has changed hands (W-15)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.ground import clock
from models.tables.people import Assignment


def changes_within(customer: str, today: dt.date, months: int = 12) -> int:
    """Assignments begun after the day so many calendar months ago, up to today; never the very first (W-15)."""
    starts: Any = Assignment.select(Assignment.start).where(Assignment.customer == customer)
    ordered = [start for (start,) in starts.order_by(Assignment.start, Assignment.id).tuples()]
    since = clock.add_months(today, -months)
    return sum(since < start <= today for start in ordered[1:])
