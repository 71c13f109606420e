"""Reads for a window list: which page is fetched when, and what waits until it is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from textual.dom import DOMNode

from screens.widgets.background import Latest
from screens.widgets.window_buffer import AHEAD, LIMIT, Buffer, Need
from screens.widgets.window_source import Page, RowId, Source

PAINTED = 0.02
"""Seconds after which a step is on the terminal: only then the next page may take the processor."""

NOTHING = Page((), False)
"""A page at the edge of a list."""

Around = tuple[Page, Page]
"""The rows before a place, and those from it on."""


class Owner(Protocol):
    """Who is told what was read."""

    def rows_changed(self, anew: bool) -> None:
        """Rows in view came in; with `anew` rows of the same id may look different now."""

    def total_changed(self) -> None:
        """The number of all rows is another one now."""

    def read_failed(self, error: Exception) -> None:
        """The source raised this."""

    def row_missing(self, row_id: RowId) -> None:
        """The source does not hold this row."""


def read_around(source: Source, anchor: object, limit: int) -> Around:
    """The rows around a place; without a place the first ones."""
    if anchor is None:
        return NOTHING, source.page(None, "from", limit)
    return source.page(anchor, "before", limit), source.page(anchor, "from", limit)


class Reader:
    """Keeps a buffer filled from a source, one page at a time, in the background."""

    def __init__(self, owner: Owner, node: DOMNode) -> None:
        self.buffer = Buffer()
        self.source: Source | None = None
        self.total: int | None = None
        """Number of all rows, once known."""
        self.failure: Exception | None = None
        """Why the last page did not come."""
        self._owner, self._node = owner, node
        self._rows: Latest[Page | Around | None] = Latest(node, "window-rows")
        self._count: Latest[int | None] = Latest(node, "window-count")
        self._again: Callable[[], None] | None = None
        self._steps: list[Callable[[], None]] = []

    @property
    def busy(self) -> bool:
        """Whether rows are on their way."""
        return self._rows.busy

    @property
    def settled(self) -> bool:
        """Whether it is certain what stands under the cursor (or that nothing will come)."""
        return self.buffer.row is not None or self.buffer.known_empty or self.failure is not None

    def do(self, step: Callable[[], None], *, needs_row: bool) -> None:
        """Do it at once; but if it needs the row under the cursor, or a step before it does, when that is there."""
        if not self._steps and (self.settled or not needs_row):
            step()
        else:
            self._steps.append(step)

    def use(self, source: Source, first: Page | None = None) -> None:
        """Read from another source; with its first page at hand it is there at once."""
        self.source = source
        self._count.drop()
        self._set_total(None)
        self.restart(first)

    def restart(self, first: Page | None = None) -> None:
        """Go to the first row and read everything anew."""
        self._forget()
        self.buffer.start(first)
        self.begin()

    def begin(self) -> None:
        """Read what the view lacks, and the number of rows."""
        self.top_up()
        self._ask_count()

    def home(self) -> None:
        """Go to the first row."""
        self._jump(self.buffer.home)

    def end(self) -> None:
        """Go to the last row."""
        self._jump(lambda: self.buffer.end(self.total))

    def refresh(self, follow: bool = True) -> None:
        """Read the rows around the cursor again."""
        if self.source is None:
            return
        if self.busy or not self.settled:
            self._again = partial(self.refresh, follow)
            return
        row = self.buffer.row
        work = partial(read_around, self.source, row.place if row else None, self._limit)
        self._rows.start(work, partial(self._reloaded, follow, None), self._failed)
        self._ask_count()

    def go_to(self, row_id: RowId) -> None:
        """Put the cursor on a row, wherever it is."""
        source, limit = self.source, self._limit
        if source is None:
            return
        self._forget()

        def work() -> Around | None:
            anchor = source.locate(row_id)
            return None if anchor is None else read_around(source, anchor, limit)

        self._rows.start(work, partial(self._reloaded, True, row_id), self._failed)

    def top_up(self, *, painted: bool = True) -> None:
        """Ask for the next page, if cursor or view come near the edge of what is held.

        What is there and not painted yet comes first: reading would hold it up.
        """
        need = None if self.busy or self.source is None else self.buffer.need()
        if need is None or self.source is None:
            return
        if painted or self.buffer.has_gaps:
            work = partial(self.source.page, need.anchor, need.direction, need.limit)
            self._rows.start(work, partial(self._extended, need), self._failed)
        else:
            self._node.set_timer(PAINTED, self.top_up)

    @property
    def _limit(self) -> int:
        """Rows to read on either side of the cursor."""
        return max(LIMIT, self.buffer.height + AHEAD)

    def _forget(self) -> None:
        """Drop what is on its way and what waits for it."""
        self._rows.drop()
        self._steps.clear()
        self._again = None
        self.failure = None

    def move(self, delta: int) -> None:
        """Move the cursor by some rows."""
        self.buffer.place(self.buffer.cursor + delta)
        self.top_up(painted=False)

    def scroll(self, delta: int) -> None:
        """Scroll the view by some rows, taking the cursor along where it must."""
        self.buffer.scroll(delta)
        self.top_up(painted=False)

    def resize(self, height: int) -> None:
        """So many rows are in view now."""
        self.buffer.height = max(1, height)
        self.buffer.settle()
        self.top_up()

    def _jump(self, leap: Callable[[], None]) -> None:
        """Leap to an end of the list; a page on its way for another place is dropped."""
        rows = self.buffer.rows
        leap()
        if self.buffer.rows is not rows:
            self._rows.drop()
        self.top_up()

    def _extended(self, need: Need, page: Page | Around | None) -> None:
        """The next page is there."""
        if isinstance(page, Page):
            gaps = self.buffer.has_gaps
            self.buffer.extend(need, page)
            self._taken(seen=gaps, anew=False)

    def _reloaded(self, follow: bool, focus: RowId | None, around: Page | Around | None) -> None:
        """The rows around the cursor, or around the row looked for, are there."""
        if around is None and focus is not None:
            self._taken(seen=False, anew=False)
            self._owner.row_missing(focus)
        elif around is not None and not isinstance(around, Page):
            self.buffer.reload(*around, follow=follow, focus=focus)
            self._taken(seen=True, anew=True)

    def _taken(self, *, seen: bool, anew: bool) -> None:
        """Rows were taken in: go on with what waited for them."""
        self.failure = None
        if self.buffer.at_start and self.buffer.at_end:
            self._set_total(len(self.buffer.rows))
        if seen:
            self._owner.rows_changed(anew)
        self._run_steps()
        again, self._again = self._again, None
        if again is not None:
            again()
        self.top_up()

    def _failed(self, error: Exception) -> None:
        """The source raised; what waited for its rows is not done, since nobody knows on which row it would be."""
        self.failure = error
        self._steps.clear()
        self._again = None
        self._owner.read_failed(error)

    def _run_steps(self) -> None:
        """Do what waited, as far as the rows are there."""
        while self._steps and self.settled:
            self._steps.pop(0)()

    def _ask_count(self) -> None:
        """Ask for the number of all rows, unless it is known or already asked for."""
        if self.buffer.at_start and self.buffer.at_end:
            self._set_total(len(self.buffer.rows))
        elif self.source is not None and not self._count.busy:
            self._count.start(self.source.count, self._set_total, self._owner.read_failed)

    def _set_total(self, total: int | None) -> None:
        """The number of all rows."""
        if total != self.total:
            self.total = total
            self._owner.total_changed()
