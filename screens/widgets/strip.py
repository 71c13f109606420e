"""The absences of a VPA over 26 weeks, past and coming, as two lines of characters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from textual.content import Content

from screens.widgets.drawn import Drawn

WEEKS = 26
"""Weeks shown, where there is room for them."""
PAST_WEEKS = 18
"""Of these, the weeks before the present one."""
MONTHS = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
FREE, PAST, COMING, TODAY = "·", "█", "▓", "│"
LABEL = "Abwesend"
LABEL_WIDTH = 11
"""Cells for the label left of the strip, where there is room beside it."""

Span = tuple[date, date]
"""First and last day of an absence, both counted."""


class StripLines(NamedTuple):
    """The strip: both lines have the same length, and today's mark in the same place."""

    months: str
    blocks: str
    today: int
    """Index of today's mark in both lines."""


def absence_strip(absences: Sequence[Span], today: date, width: int) -> StripLines:
    """Months and absences around today, in at most `width` cells (two a week, or one, or fewer weeks)."""
    weeks = max(1, min(WEEKS, width - 1))
    a_week = 2 if width > 2 * weeks else 1
    past = weeks * PAST_WEEKS // WEEKS
    start = today - timedelta(days=today.weekday() + 7 * past)
    cells = weeks * a_week

    def cell(day: date) -> int:
        """The cell that a day lies in."""
        return (day - start).days * a_week // 7

    mark = cell(today)
    blocks = [FREE] * cells
    for first, last in absences:
        for place in range(max(0, cell(first)), min(cells - 1, cell(last)) + 1):
            blocks[place] = PAST if place < mark else COMING
    blocks.insert(mark, TODAY)
    firsts = [_month(start, months) for months in range(1, WEEKS // 4 + 2)]
    labels = [(0, start), *((cell(first), first) for first in firsts if cell(first) < cells)]
    return StripLines(_month_line(labels, cells, mark), "".join(blocks), mark)


def _month(day: date, later: int) -> date:
    """The first day of the month so many months later."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def _month_line(labels: Sequence[tuple[int, date]], cells: int, mark: int) -> str:
    """Names of the months over their first days, as far as there is room, around today's mark."""
    line = [" "] * (cells + 1)
    line[mark] = TODAY
    starts = [place for place, _ in labels]
    if len(starts) > 1 and starts[1] < 4:
        labels = labels[1:]  # the month that is nearly over leaves its room to the next one
    free = 0
    for place, first in labels:
        x = place + (place >= mark)
        if x <= mark < x + 3:
            x = mark - 3 if mark - 3 >= free else mark + 1
        if x >= free and x + 3 <= cells + 1:
            line[x : x + 3] = MONTHS[first.month - 1]
            free = x + 4
    return "".join(line)


class AbsenceStrip(Drawn):
    """The strip with its label and a line of facts below it."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  Textual's name
        super().__init__(id=id, classes=classes)
        self._absences: tuple[Span, ...] = ()
        self._today: date | None = None
        self._caption = ""

    def show(self, absences: Sequence[Span], today: date, caption: str = "") -> None:
        """Show these absences; `caption` says in words what matters about them."""
        self._absences, self._today, self._caption = tuple(absences), today, caption
        self.redraw()

    def draw(self, width: int) -> list[Content]:
        """Label, months, blocks, caption; the label above the strip where the screen is narrow."""
        if self._today is None:
            return []
        beside = width >= LABEL_WIDTH + WEEKS + 1
        strip = absence_strip(self._absences, self._today, width - LABEL_WIDTH if beside else width)
        indent = " " * LABEL_WIDTH if beside else ""
        label = Content.styled(LABEL.ljust(len(indent)), "bold")
        months = Content.styled(strip.months, "$text-muted")
        lines = [label + months] if beside else [label, months]
        blocks = Content.assemble(
            indent,
            strip.blocks[: strip.today],
            (TODAY, "$text-muted"),
            (strip.blocks[strip.today + 1 :], "$text-warning"),
        )
        lines.append(blocks)
        if self._caption:
            caption = Content(indent + self._caption)
            lines.append(caption.truncate(width, ellipsis=True))
        return lines
