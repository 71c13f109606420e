"""How long things took: medians of whole Berlin days, counted by pairs of hours (CONTRACT §20)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from models.database.fields import proxy
from models.questions.stats.counting import DAY, Span, day_of_hour, hour, rows, stored
from models.questions.stats.measures import SUBJECT, By


@dataclass
class Lengths:
    """Numbers of days and how often each occurs."""

    days: Counter[int] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many things there are."""
        return self.days.total()

    @property
    def median(self) -> float | None:
        """The middle one; between two their mean; None where there is none."""
        total = self.count
        if not total:
            return None
        lower, upper = self._at((total - 1) // 2), self._at(total // 2)
        return lower if lower == upper else (lower + upper) / 2

    def _at(self, place: int) -> int:
        """The length at this place when all stand in order."""
        for length in sorted(self.days):
            place -= self.days[length]
            if place < 0:
                return length
        raise IndexError(place)


Found = dict[tuple[str, dt.date], Lengths]
"""By key (empty where none is asked for) and by the day that decides to which time it belongs."""


def cases_took(span: Span, by: By | None) -> Found:
    """Days from opening to resolving, for each Case resolved in the span; by the day on which it was resolved."""
    key = {"member": "resolved_by", "vpa": "vpa"}.get(by or "", "''")
    opened, resolved = hour("opened_at"), hour("resolved_at")
    sql = (
        f'SELECT {key}, {opened}, {resolved}, COUNT(*) FROM "case" WHERE resolved_at >= ? AND resolved_at < ? '
        f"GROUP BY {key}, {opened}, {resolved}"
    )
    found: Found = defaultdict(Lengths)
    for owner, begin, end, count in rows(_ungrouped(sql, key), span.borders(False)):
        day = day_of_hour(end)
        found[str(owner), day].days[(day - day_of_hour(begin)).days] += count
    return found


def reminders_late(span: Span, by: By | None, today: dt.date) -> Found:
    """Days behind the due day, for each Reminder due in the span that was done later or still is open after it."""
    key = {"member": "owner", **{kind: text.format("") for kind, text in SUBJECT.items()}}.get(by or "", "''")
    due, done = hour("due"), hour("done_at")
    mark = "%%" if proxy.param == "%s" else "%"
    of = f" AND subject LIKE '{by}:{mark}'" if by in SUBJECT else ""
    sql = (
        f"SELECT {key}, {due}, {done}, COUNT(*) FROM reminder WHERE due >= ? AND due < ?{of} "
        "AND (done_at IS NULL OR done_at > due) "
        f"GROUP BY {key}, {due}, {done}"
    )
    last = min(span.last, today - DAY)
    found: Found = defaultdict(Lengths)
    for owner, begin, end, count in rows(_ungrouped(sql, key), (stored(span.first), stored(last + DAY))):
        day = day_of_hour(begin)
        late = ((day_of_hour(end) if end else today) - day).days
        if late > 0:
            found[str(owner), day].days[late] += count
    return found


def _ungrouped(sql: str, key: str) -> str:
    """Without the empty key among the groups, which PostgreSQL takes for a place in the list."""
    return sql.replace("GROUP BY '', ", "GROUP BY ") if key == "''" else sql
