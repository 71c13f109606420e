"""Joined absences and the findings of an absence Case (CONTRACT §3; D-20 to D-24, A-03 to A-05): pure functions.

An absence is its first and last day, both counted. Withdrawn absences are none and must not be passed in.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from models.ground.workdays import Workdays

Span = tuple[datetime.date, datetime.date]
"""First and last day of an absence, both counted."""


@dataclass(frozen=True)
class AbsenceLimits:
    """The numbers that the findings are judged by: team settings of the same names."""

    long_days: int = 21
    """`long` above so many calendar days (A-03)."""
    frequent_count: int = 3
    """`frequent` from so many starts on (A-04)."""
    frequent_days: int = 90
    """Length in calendar days of the window in which starts are counted, its last day included (A-04)."""
    joined_days: int = 1
    """Absences with at most so many working days between are one in length (A-03)."""
    short_notice_days: int = 1
    """`short_notice` up to so many working days after the entry (A-05)."""


def join(spans: Iterable[Span], workdays: Workdays, gap: int) -> list[Span]:
    """Chains absences that overlap or have at most `gap` working days between; in order of time, first to last day."""
    chains: list[Span] = []
    for start, end in sorted(spans):
        if chains and workdays.gap_at_most(chains[-1][1], start, gap):
            first, last = chains[-1]
            chains[-1] = (first, max(last, end))
        else:
            chains.append((start, end))
    return chains


class JoinedAbsences:
    """All absences of one VPA, joined once for length and once for count; then any number of quick questions."""

    def __init__(self, spans: Iterable[Span], workdays: Workdays, limits: AbsenceLimits = AbsenceLimits()) -> None:
        """Takes every absence of the VPA that is not withdrawn, in any order."""
        spans = list(spans)
        self._workdays = workdays
        self._limits = limits
        self._lengths = join(spans, workdays, gap=limits.joined_days)
        self._starts = [start for start, _ in join(spans, workdays, gap=0)]

    def facts(self, absence: Span) -> tuple[int, int]:
        """`(days, starts_90_days)` of one of these absences: joined length in calendar days, and how many joined
        absences start in the window that ends with the start of the one it belongs to (D-20).
        """
        chain = bisect_right(self._lengths, absence[0], key=lambda span: span[0]) - 1
        first, last = self._lengths[chain]
        own = bisect_right(self._starts, absence[0])
        window = self._starts[own - 1] - datetime.timedelta(days=self._limits.frequent_days - 1)
        return (last - first).days + 1, own - bisect_left(self._starts, window)

    def findings(self, absence: Span, entered: datetime.date) -> list[str]:
        """The findings of one of these absences, sorted: `frequent` (D-23), `long` (D-21), `short_notice` (D-24).

        `entered` is the day that counts as the day of its entry.
        """
        days, starts = self.facts(absence)
        found = []
        if starts >= self._limits.frequent_count:
            found.append("frequent")
        if days > self._limits.long_days:
            found.append("long")
        if absence[0] <= self._workdays.add_workdays(entered, self._limits.short_notice_days):
            found.append("short_notice")
        return found


def absence_facts(
    absence: Span, others: Iterable[Span], workdays: Workdays, limits: AbsenceLimits = AbsenceLimits()
) -> tuple[int, int]:
    """`(days, starts_90_days)` of one absence among the VPA's others; whether `others` holds it too does not matter."""
    return JoinedAbsences([absence, *others], workdays, limits).facts(absence)


def absence_findings(
    absence: Span,
    entered: datetime.date,
    others: Iterable[Span],
    workdays: Workdays,
    limits: AbsenceLimits = AbsenceLimits(),
) -> list[str]:
    """The sorted findings of one absence among the VPA's others; for many of one VPA keep a `JoinedAbsences`."""
    return JoinedAbsences([absence, *others], workdays, limits).findings(absence, entered)
