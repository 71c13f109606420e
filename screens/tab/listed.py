"""Rows that are all there already, as a source of the list widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from screens.widgets.window_source import Direction, Page, Row, RowId


class Listed:
    """A source over some rows in memory; a row's anchor is its place."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Rows bring their own ids; anchors are given here."""
        self.hold(rows)

    def hold(self, rows: Sequence[Row]) -> None:
        """Hold these rows from now on."""
        self._rows = [row._replace(anchor=place) for place, row in enumerate(rows)]

    def page(self, anchor: Any, direction: Direction, limit: int) -> Page:
        """A slice of what is there."""
        if direction == "before":
            end = len(self._rows) if anchor is None else int(anchor)
            return Page(self._rows[max(0, end - limit) : end], end > limit)
        start = 0 if anchor is None else int(anchor) + (direction == "after")
        return Page(self._rows[start : start + limit], start + limit < len(self._rows))

    @property
    def whole(self) -> Page:
        """All of them at once, for a list that need not wait for what is there already."""
        return Page(self._rows, False)

    def count(self) -> int:
        """All of them."""
        return len(self._rows)

    def locate(self, row_id: RowId) -> Any:
        """Its place, or None."""
        return next((row.anchor for row in self._rows if row.id == row_id), None)

    def every(self, most: int) -> list[Row]:
        """All of them, for a bulk; at most so many."""
        return self._rows[:most]
