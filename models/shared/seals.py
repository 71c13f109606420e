"""Working days that nobody has sealed (D-01)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.action.work import Work
from models.tables.day import Day


def missing_seals(work: Work, first: dt.date, last: dt.date) -> list[dt.date]:
    """Working days from `first` to `last`, both counted, without a seal; newest first. Today only once it is past."""
    end = min(last, work.today - dt.timedelta(days=1))
    query: Any = Day.select(Day.date).where(Day.date >= first, Day.date <= end)
    sealed = {day for (day,) in query.tuples()}
    days = (end - dt.timedelta(days=back) for back in range((end - first).days + 1))
    return [day for day in days if day not in sealed and work.workdays.is_workday(day)]
