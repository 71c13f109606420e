"""The one list of the program: a window on as many rows as there are, of which it holds a few hundred."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import ClassVar, TypeAlias

from textual import events

from screens.widgets import window_messages as messages
from screens.widgets.attentive import Attentive
from screens.widgets.window_columns import Column
from screens.widgets.window_painter import Claimed
from screens.widgets.window_reader import Reader
from screens.widgets.window_source import Cell, Direction, Marks, Page, Row, RowId, Source
from screens.widgets.window_view import WindowView

__all__ = ["Cell", "Column", "Direction", "Marks", "Page", "Row", "RowId", "Source", "WindowList"]

UNTOLD = Row("", ())
"""Stands for no row at all, not even for the emptiness of a list."""


class WindowList(WindowView, Attentive):
    """Rows of a `Source` under column headings, with a cursor and marks.

    It holds the rows around the cursor only, whatever the length of the list (law 10), and reads them in threads.
    """

    Highlighted: TypeAlias = messages.Highlighted
    Rested: TypeAlias = messages.Rested
    Opened: TypeAlias = messages.Opened
    MarksChanged: TypeAlias = messages.MarksChanged
    SortRequested: TypeAlias = messages.SortRequested
    Counted: TypeAlias = messages.Counted
    Missing: TypeAlias = messages.Missing
    Failed: TypeAlias = messages.Failed

    REST: ClassVar[float] = 0.08
    """Seconds the cursor stands still before `Rested`; a single step is told at once, a run of steps at its end."""

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source | None = None,
        *,
        first: Page | None = None,
        empty: str = "",
        sort: tuple[str, bool] | None = None,
        claimed: Claimed | None = None,
        id: str | None = None,  # noqa: A002  Textual's own name for it
        classes: str | None = None,
    ) -> None:
        """A list of these columns; with `first`, the first page of `source`, the first frame has rows already.

        `claimed` says who works on a row.
        """
        super().__init__(columns, Reader(self, self), id, classes)
        self.empty, self.sort = empty, sort
        self._painter.claimed = claimed
        self._reader.source = source
        if source is not None:
            self._reader.buffer.start(first)
        self._announced: Row | None = UNTOLD
        self._moved_at = 0.0
        self._rest_awaited = False

    @property
    def row(self) -> Row | None:
        """The row under the cursor; `None` in an empty list, and while it is on its way (see `when_settled`)."""
        return self._reader.buffer.row

    @property
    def total(self) -> int | None:
        """Number of all rows, once known."""
        return self._reader.total

    def when_settled(self, step: Callable[[], None]) -> None:
        """Do it when it is certain which row is under the cursor: at once, unless that row is still on its way."""
        self._reader.do(step, needs_row=True)

    def set_source(self, source: Source, first: Page | None = None, *, sort: tuple[str, bool] | None = None) -> None:
        """Show the rows of another source from its first on, marks cleared; `sort` is how it is sorted.

        The old picture stays until the new rows are there, so that filtering while typing does not flicker.
        """
        self.sort = sort
        self.set_marks(Marks())
        if self.is_mounted:
            self._reader.use(source, first)
            self._show_anew()
        else:
            self._reader.source = source
            self._reader.buffer.start(first)

    def refresh_rows(self, *, keep: bool = True, follow: bool = True) -> None:
        """Read the rows again, since something changed.

        With `keep` cursor and view stay where they are; the cursor stays on its row or, where that is gone, goes to
        its neighbour. Without `follow` it also goes to the neighbour if its row has moved: for a member who has just
        put a row off and wants the next one. Without `keep` the list starts again at its first row.
        """
        if keep:
            self._reader.refresh(follow)
        elif self._reader.source is not None:
            self._reader.restart()
            self._show_anew()

    def go_to(self, row_id: RowId) -> None:
        """Put the cursor on this row, wherever in the list it is; `Missing` tells if it is not there."""
        self._reader.go_to(row_id)

    def show_claims(self) -> None:
        """Show anew who works on which rows."""
        self._painter.forget_rows()
        self.refresh()

    def set_marks(self, marks: Marks) -> None:
        """Mark these rows and no others; `Marks()` clears all."""
        if marks != self.marks:
            self.marks = marks
            self.refresh()
            self.post_message(self.MarksChanged(self, marks))

    def action_open(self) -> None:
        """Open the row under the cursor, as soon as it is there."""

        def open_row() -> None:
            if self.row is not None:
                self.post_message(self.Opened(self, self.row))

        self.when_settled(open_row)

    def action_mark(self) -> None:
        """Mark the row under the cursor, or unmark it, and go on to the next: several in a row take as many keys."""

        def mark_row() -> None:
            if self.row is not None:
                self.set_marks(self.marks.toggled(self.row.id))
                self.move(1)

        self.when_settled(mark_row)

    def action_mark_all(self) -> None:
        """Mark every row of the source, or none."""
        self.set_marks(Marks() if self.marks else Marks(everything=True))

    def action_sort(self) -> None:
        """Ask for the next order: each column upwards, then downwards."""
        orders = [(column.key, down) for column in self._painter.columns if column.sortable for down in (False, True)]
        if orders:
            place = orders.index(self.sort) + 1 if self.sort in orders else 0
            self.post_message(self.SortRequested(self, *orders[place % len(orders)]))

    def on_click(self, event: events.Click) -> None:
        """A heading sorts, a row takes the cursor, the row under the cursor opens."""
        buffer = self._reader.buffer
        index = buffer.top + event.y - self._head
        if event.y == 0:
            column = self._painter.column_at(event.x)
            if column is not None and column.sortable:
                self.post_message(self.SortRequested(self, column.key, self.sort == (column.key, False)))
        elif event.y >= self._head and buffer.at(index) is not None:
            if index == buffer.cursor:
                self.action_open()
            else:
                self.move(index - buffer.cursor)

    def on_mount(self) -> None:
        """Read on: after the first frame if it has rows, at once if it has none."""
        if self._reader.source is not None:
            if self.row is not None:
                self.call_after_refresh(self._begin)
            else:
                self._reader.begin()

    def _begin(self) -> None:
        """The first rows are painted; what is read from now on would have held them up."""
        self.announce()
        self._reader.begin()

    def rows_changed(self, anew: bool) -> None:
        """Rows in view came in."""
        if anew:
            self._painter.forget_rows()
        self.refresh()
        self.announce()

    def total_changed(self) -> None:
        """The number of rows became known: the scrollbar shows it."""
        self.refresh()
        self.post_message(self.Counted(self, self.total))

    def read_failed(self, error: Exception) -> None:
        """The screen says what went wrong; the list keeps what it has."""
        self.refresh()
        self.post_message(self.Failed(self, error))

    def row_missing(self, row_id: RowId) -> None:
        """The row looked for is not in this list."""
        self.post_message(self.Missing(self, row_id))

    def announce(self) -> None:
        """Tell the screen which row is under the cursor, if that has changed and is certain."""
        row = self.row
        if row == self._announced or (row is None and not self._reader.buffer.known_empty):
            return
        moment = monotonic()
        at_once = self._announced is UNTOLD or (not self._rest_awaited and moment - self._moved_at > 2 * self.REST)
        self._announced = row
        self.post_message(self.Highlighted(self, row))
        self._moved_at = moment
        if at_once:
            self.call_after_refresh(self.post_message, self.Rested(self, row))  # what it starts holds up no picture
        elif not self._rest_awaited:
            self._rest_awaited = True
            self.set_timer(self.REST, self._check_rest)

    def _check_rest(self) -> None:
        """The cursor may have stood still long enough."""
        left = self._moved_at + self.REST - monotonic()
        if left > 0:
            self.set_timer(left, self._check_rest)
        else:
            self._rest_awaited = False
            self.post_message(self.Rested(self, self._announced))

    def _show_anew(self) -> None:
        """Another source, or the same from its start: show it as soon as its rows are there."""
        if self.row is None:
            self.redraw_soon()
        else:
            self.rows_changed(anew=True)
