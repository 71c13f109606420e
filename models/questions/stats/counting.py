"""Counting inside the database, in statements that both engines understand (CONTRACT §20).

Moments are grouped by their hour of UTC, which lies in one Berlin day: the database counts, Python knows the day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from peewee import SqliteDatabase

from models.database.fields import MomentField, proxy
from models.ground import clock
from models.questions.stats.measures import SUBJECT, By, Measure, Stock

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both counted."""

    first: dt.date
    last: dt.date

    def holds(self, day: dt.date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last

    def borders(self, is_day: bool) -> tuple[str, str]:
        """The beginning, and the first moment or day behind the end, as they are stored."""
        if is_day:
            return self.first.isoformat(), (self.last + DAY).isoformat()
        return stored(self.first), stored(self.last + DAY)


def stored(day: dt.date) -> str:
    """The beginning of a Berlin day as a moment is stored."""
    return str(MomentField().db_value(clock.start_of_day(day)))


def rows(sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The answer to a statement with `?` for its values."""
    return iter(proxy.execute_sql(sql.replace("?", proxy.param), tuple(values)).fetchall())


def hour(column: str) -> str:
    """SQL for the hour of UTC of a moment, `2025-11-05 13`."""
    if isinstance(proxy.obj, SqliteDatabase):
        return f"SUBSTR({column}, 1, 13)"
    return f"TO_CHAR({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24')"


@lru_cache(maxsize=100_000)
def day_of_hour(text: str) -> dt.date:
    """The Berlin day in which an hour of UTC lies."""
    return clock.day_of(dt.datetime.fromisoformat(f"{text}:00:00+00:00"))


def day_of_value(value: Any) -> dt.date:
    """The Berlin day of a stored day or moment."""
    if isinstance(value, dt.datetime):
        return clock.day_of(value)
    if isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(value) if len(value) == 10 else clock.day_of(dt.datetime.fromisoformat(value))


def per_day(measure: Measure, span: Span) -> Counter[dt.date]:
    """How many on each day of the span."""
    group = measure.when if measure.is_day else hour(measure.when)
    found: Counter[dt.date] = Counter()
    for value, count in rows(*_counted(measure, group, span)):
        found[day_of_value(value) if measure.is_day else day_of_hour(value)] += count
    return found


def in_all(measure: Measure, span: Span) -> int:
    """How many in the whole span."""
    return sum(count for _, count in rows(*_counted(measure, "1", span)))


def per_key(measure: Measure, by: By, span: Span) -> dict[str, int]:
    """How many for each member, VPA or customer."""
    key = measure.key(by)
    return {str(value): count for value, count in rows(*_counted(measure, key, span, by))} if key else {}


def _counted(measure: Measure, group: str, span: Span, by: By | None = None) -> tuple[str, tuple[str, str]]:
    conditions = [f"{measure.when} >= ?", f"{measure.when} < ?", *([measure.where] if measure.where else [])]
    if by is not None and group == SUBJECT.get(by, "").format(""):
        conditions.append(f"subject LIKE '{by}:%%'" if proxy.param == "%s" else f"subject LIKE '{by}:%'")
    sql = f"SELECT {group}, COUNT(*) FROM {measure.source} WHERE {' AND '.join(conditions)}"
    return f"{sql} GROUP BY {group}" if group != "1" else sql, span.borders(measure.is_day)


def still_open(stock: Stock, last: dt.date, key: str = "") -> dict[str, tuple[int, Any]]:
    """How many are open at the end of a day and since when the oldest is, by `key`; without one under an empty text."""
    begin = (last + DAY).isoformat() if stock.is_day else stored(last + DAY)
    group = f" GROUP BY {key}" if key else ""
    sql = (
        f"SELECT {key or chr(39) * 2}, COUNT(*), MIN({stock.begin}) FROM {stock.source} WHERE {stock.begin} < ? "
        f"AND ({stock.end} IS NULL OR {stock.end} >= ?){f' AND {stock.where}' if stock.where else ''}{group}"
    )
    return {str(value): (count, oldest) for value, count, oldest in rows(sql, (begin, stored(last + DAY)))}
