"""The few rows around the cursor that a window list holds, and where cursor and view stand among them."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from screens.widgets.window_source import Page, Row, RowId

LIMIT = 100
"""Rows asked for at a time."""
MOST = 1000
"""Rows asked for at most, when somebody is far ahead of what was read."""
KEPT = 200
"""Rows kept on either side of the view when older ones are let go."""
FULL = 600
"""Rows from which on older ones are let go."""
AHEAD = 40
"""Distance from the edge, in rows, at which the next page is asked for (at least a view)."""


class Need(NamedTuple):
    """The page that is wanted next."""

    direction: Literal["from", "after", "before"]
    anchor: Any
    limit: int


class Buffer:
    """A contiguous part of an ordered list, with a cursor and a view that may run ahead of it.

    Indices count from the first row held. While the list goes on, cursor and view may lie outside the rows held:
    such a place is *on its way*, and the page that brings it moves the indices along.
    """

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.at_start = True
        """Whether nothing lies before the first row held."""
        self.at_end = True
        """Whether nothing lies after the last row held."""
        self.base: int | None = 0
        """Rank of the first row held in the whole list, where it is known."""
        self.cursor = 0
        self.top = 0
        """The first row in view."""
        self.height = 1
        """Rows in view."""

    @property
    def row(self) -> Row | None:
        """The row under the cursor, or `None` while it is on its way or there is none."""
        return self.at(self.cursor)

    @property
    def known_empty(self) -> bool:
        """Whether the list has no rows at all."""
        return not self.rows and self.at_start and self.at_end

    @property
    def has_gaps(self) -> bool:
        """Whether a row in view is on its way."""
        return (not self.at_start and self.top < 0) or (not self.at_end and self.top + self.height > len(self.rows))

    def on_its_way(self, index: int) -> bool:
        """Whether there may be a row at an index that was not read yet."""
        return (index < 0 and not self.at_start) or (index >= len(self.rows) and not self.at_end)

    @property
    def rank(self) -> int | None:
        """How many rows lie before the view, where that is known."""
        return None if self.base is None else max(0, self.base + self.top)

    def at(self, index: int) -> Row | None:
        """The row at an index, or `None` outside of what is held."""
        return self.rows[index] if 0 <= index < len(self.rows) else None

    def start(self, page: Page | None = None) -> None:
        """Stand on the first row of the list; without its first page everything is on its way."""
        self.rows = list(page.rows) if page else []
        self.at_start, self.at_end = True, page is not None and not page.has_more
        self.cursor = self.top = self.base = 0

    def finish(self, total: int | None) -> None:
        """Stand on the last row of the list, which is on its way."""
        self.rows = []
        self.at_start, self.at_end = False, True
        self.base = total
        self.cursor, self.top = -1, -self.height

    def home(self) -> None:
        """Go to the first row."""
        if self.at_start:
            self.place(0)
        else:
            self.start()

    def end(self, total: int | None) -> None:
        """Go to the last row, of `total` ones where that is known."""
        if self.at_end:
            self.place(len(self.rows) - 1)
        else:
            self.finish(total)

    def place(self, cursor: int) -> None:
        """Put the cursor there, or as near as the list allows, and bring it into view."""
        self.cursor = cursor
        self.settle()

    def scroll(self, delta: int) -> None:
        """Move the view, and the cursor only as far as it must go to stay in view."""
        self.top += delta
        self._clamp_top()
        self.cursor = min(max(self.cursor, self.top), self.top + self.height - 1)
        self._clamp_cursor()

    def settle(self) -> None:
        """Bring cursor and view back inside the list and the cursor into view."""
        self._clamp_cursor()
        self.top = min(max(self.top, self.cursor - self.height + 1), self.cursor)
        self._clamp_top()

    def need(self) -> Need | None:
        """The page to ask for now, or `None` if enough is held on both sides."""
        margin = max(self.height, AHEAD)
        low, high = min(self.cursor, self.top), max(self.cursor + 1, self.top + self.height)
        below = 0 if self.at_end else high + margin - len(self.rows)
        above = 0 if self.at_start else margin - low
        if below <= 0 and above <= 0:
            return None
        limit = min(MOST, max(LIMIT, below, above))
        if below >= above:
            return Need("after", self.rows[-1].place, limit) if self.rows else Need("from", None, limit)
        return Need("before", self.rows[0].place if self.rows else None, limit)

    def extend(self, need: Need, page: Page) -> None:
        """Take in the page that was needed, and let go of rows far from the view."""
        held = {row.id for row in self.rows}
        rows = [row for row in page.rows if row.id not in held]
        if need.direction == "before":
            self.rows = rows + self.rows
            self._shift(len(rows))
            self.at_start = not page.has_more
            self.base = 0 if self.at_start else self.base
        else:
            self.rows += rows
            self.at_end = not page.has_more
        self.settle()
        self._let_go()

    def reload(self, before: Page, after: Page, follow: bool = True, focus: RowId | None = None) -> None:
        """Take these rows instead of the ones held, without a jump of cursor or view.

        The cursor stays on its row. If that is gone (or, without `follow`, has moved among the others) it goes to the
        next one that is still there, else to the one before. With `focus` it goes to that row.
        """
        seen: dict[RowId, Row] = {row.id: row for row in (*before.rows, *after.rows)}
        index = {row_id: place for place, row_id in enumerate(seen)}
        rank, screen_y = None if self.base is None else self.base + self.cursor, self.cursor - self.top
        if focus is not None and focus in index:
            cursor, screen_y, rank = index[focus], self.height // 3, None
        else:
            cursor = self._survivor(index, follow, len(before.rows))
        self.rows = list(seen.values())
        self.at_start, self.at_end = not before.has_more, not after.has_more
        self.base = 0 if self.at_start else None if rank is None else max(1, rank - cursor)
        self.cursor, self.top = cursor, cursor - screen_y
        self.settle()

    def _survivor(self, index: dict[RowId, int], follow: bool, otherwise: int) -> int:
        """The new index of the row under the cursor, or of its nearest neighbour."""
        later = next((index[row.id] for row in self.rows[max(0, self.cursor + 1) :] if row.id in index), None)
        earlier = next((index[row.id] for row in reversed(self.rows[: max(0, self.cursor)]) if row.id in index), None)
        row = self.row
        own = index.get(row.id) if row else None
        if own is not None:
            stayed = (earlier is None or earlier < own) and (later is None or own < later)
            if follow or stayed:
                return own
        if later is not None:
            return later
        return otherwise if earlier is None else earlier

    def _shift(self, count: int) -> None:
        """Move the indices along with rows put in (or, negative, taken away) at the front."""
        self.cursor += count
        self.top += count
        if self.base is not None:
            self.base = max(0, self.base - count)

    def _let_go(self) -> None:
        """Drop rows far from the view, so that what is held does not grow with the list."""
        if len(self.rows) <= FULL:
            return
        front = min(max(0, self.top - KEPT), len(self.rows) - LIMIT)
        back = max(self.top + self.height + KEPT, front + LIMIT)
        if back < len(self.rows):
            del self.rows[back:]
            self.at_end = False
        if front > 0:
            del self.rows[:front]
            self._shift(-front)
            self.at_start = False

    def _clamp_cursor(self) -> None:
        """Keep the cursor inside what the list is known to hold."""
        if self.at_end:
            self.cursor = min(self.cursor, len(self.rows) - 1)
        if self.at_start:
            self.cursor = max(self.cursor, 0)

    def _clamp_top(self) -> None:
        """Leave no empty lines in view where there are rows to fill them."""
        if self.at_end:
            self.top = min(self.top, len(self.rows) - self.height)
        if self.at_start:
            self.top = max(self.top, 0)
