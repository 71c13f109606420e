"""What a window list reads: rows, pages of rows, the source they come from, and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

RowId = int | str
"""What tells one row of a list from all others, for as long as the list lives."""

Cell = str | tuple[str, str]
"""Plain text, or plain text and the name of a style (`due`, `overdue`, `muted`, `strong`, `vpa`, `accent`)."""

Direction = Literal["from", "after", "before"]
"""`from` takes the row at the anchor too, `after` and `before` do not."""


class Row(NamedTuple):
    """One row as the list shows it."""

    id: RowId
    """Its identity: marks, the cursor and refreshes go by it."""
    cells: tuple[Cell, ...]
    """One a column, in the order of the columns. Never read as markup."""
    anchor: Any = None
    """Where it stands in the order of the source; only the source reads it. `None`: the id says it."""
    style: str = ""
    """Name of a style for the cells that bring none of their own."""
    data: Any = None
    """Whatever the screen wants back in the messages."""

    @property
    def place(self) -> Any:
        """The anchor to ask the source with."""
        return self.id if self.anchor is None else self.anchor


class Page(NamedTuple):
    """Some neighbouring rows, always in the order they are shown in."""

    rows: Sequence[Row]
    """The rows, first to last, whatever the direction they were asked in."""
    has_more: bool
    """Whether the source goes on in the direction that was asked for."""


class Source(Protocol):
    """Where a list gets its rows. Its methods are called in threads, never on the event loop, and may be slow.

    Each call opens and closes what it needs (law 2) and lets its errors out: the list reports them as `Failed`.
    """

    def page(self, anchor: Any, direction: Direction, limit: int) -> Page:
        """At most `limit` rows beside the anchor. Without an anchor: the first rows, or with `before` the last."""
        ...

    def count(self) -> int | None:
        """Number of all rows, or `None` where nobody knows it cheaply."""
        ...

    def locate(self, row_id: RowId) -> Any:
        """The anchor of a row, or `None` if it is not among the rows."""
        ...


@dataclass(frozen=True)
class Marks:
    """Which rows are marked: some ids, or every row of the source but some ids."""

    ids: frozenset[RowId] = frozenset()
    """The marked ones; with `everything` the ones left out."""
    everything: bool = False
    """Whether all rows are marked, the ones not yet read included."""

    def __contains__(self, row_id: RowId) -> bool:
        """Whether this row is marked."""
        return (row_id in self.ids) is not self.everything

    def __bool__(self) -> bool:
        """Whether anything can be marked at all."""
        return self.everything or bool(self.ids)

    def toggled(self, row_id: RowId) -> Marks:
        """The same marks with this row the other way round."""
        return Marks(self.ids ^ {row_id}, self.everything)
