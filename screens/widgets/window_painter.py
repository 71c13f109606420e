"""Turns rows into lines: every line is built once and kept, so that a scrolling key costs next to nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from screens.widgets.window_columns import GAP, Column, Slot, cut, fit
from screens.widgets.window_source import Row, RowId

CURSOR, FOCUS, MARKED, THUMB, CLAIMED = 1, 2, 4, 8, 16
"""What a line shows besides its row: cursor, focus of the list, mark, thumb of the scrollbar, somebody at work."""

GUTTER = 2
"""Cells left of the columns, for the signs of cursor and mark."""
EDGE = 2
"""Cells right of them: air and the scrollbar."""
CURSOR_SIGN, MARK_SIGN, CLAIM_SIGN, THUMB_SIGN, ON_ITS_WAY = "▌", "✓", "✎", "┃", "…"
KEPT_LINES = 2000
"""Lines kept at most."""

Resolve = Callable[[tuple[str, ...]], Style]
"""From names of styles, laid over each other, to the style they make."""

Claimed = tuple[Callable[[Row], str], str]
"""Who works on a row, empty for nobody; and the column that names them, empty where none does."""


class Painter:
    """Lines of a window list for one width, one set of styles and one set of line filters."""

    def __init__(self, columns: Sequence[Column], resolve: Resolve) -> None:
        self.columns = tuple(columns)
        self._resolve = resolve
        self.width = 0
        self.slots: list[Slot] = []
        self._filters: tuple[LineFilter, ...] = ()
        self._background = Color(0, 0, 0)
        self._styles: dict[tuple[str, ...], Style] = {}
        self._lines: dict[tuple[RowId, int] | tuple[str, str, int], Strip] = {}
        self.claimed: Claimed | None = None

    def show(self, columns: Sequence[Column]) -> None:
        """Show other columns; they are fitted when the next line is drawn."""
        if tuple(columns) != self.columns:
            self.columns, self.width = tuple(columns), 0

    def lay_out(self, width: int) -> None:
        """Fit the columns into a list of `width` cells."""
        if width != self.width:
            self.width = width
            self.slots = fit(self.columns, max(1, width - GUTTER - EDGE))
            self.forget_rows()

    def filter_with(self, filters: Sequence[LineFilter], background: Color) -> None:
        """Pass every line through these filters on its way out."""
        if tuple(filters) != self._filters or background != self._background:
            self._filters, self._background = tuple(filters), background
            self.forget_rows()

    def forget_rows(self) -> None:
        """Build lines anew, since rows or marks of the same id may look different now."""
        self._lines.clear()

    def forget_styles(self) -> None:
        """Ask for styles anew, since theme or focus changed."""
        self._styles.clear()
        self._lines.clear()

    def row(self, row: Row, state: int) -> Strip:
        """The line of a row."""
        key = (row.id, state)
        strip = self._lines.get(key)
        if strip is None:
            if len(self._lines) >= KEPT_LINES:
                self._lines.clear()
            strip = self._lines[key] = self._strip(self._row_parts(row, state), state)
        return strip

    def on_its_way(self, state: int) -> Strip:
        """The line of a row that was not read yet."""
        key = ("way", "", state)
        if key not in self._lines:
            self._lines[key] = self._strip([(self._signs(state), "sign"), (ON_ITS_WAY, "muted")], state)
        return self._lines[key]

    def text(self, text: str, name: str, state: int = 0) -> Strip:
        """A line of the list's own words; without words a blank one."""
        key = (text, name, state)
        if key not in self._lines:
            self._lines[key] = self._strip([(" " * GUTTER + text, name)], state)
        return self._lines[key]

    def rule(self) -> Strip:
        """The line under the headings."""
        return self._strip([("─" * (self.width - 1), "rule")], 0)

    def header(self, sort: tuple[str, bool] | None) -> Strip:
        """The headings; `sort` is the column sorted by and whether downwards."""
        key = ("header", *(sort or ("", False)))
        if key not in self._lines:
            self._lines[key] = self._strip(self._header_parts(sort), 0)
        return self._lines[key]

    def _header_parts(self, sort: tuple[str, bool] | None) -> list[tuple[str, str]]:
        """Text and style name of each piece of the headings."""
        parts = [(" " * GUTTER, "header")]
        for slot in self.slots:
            column = self.columns[slot.cell]
            sorted_by = sort is not None and sort[0] == column.key
            title = f"{column.title} {'↓' if sort and sort[1] else '↑'}" if sorted_by else column.title
            parts.append((cut(title, slot.width, slot.right), "sorted" if sorted_by else "header"))
            parts.append((" " * GAP, "header"))
        return parts

    def column_at(self, x: int) -> Column | None:
        """The column under a cell of the line, the gap right of it included."""
        for slot in self.slots:
            if slot.x <= x - GUTTER < slot.x + slot.width + GAP:
                return self.columns[slot.cell]
        return None

    def _signs(self, state: int) -> str:
        """The signs left of a row."""
        sign = MARK_SIGN if state & MARKED else CLAIM_SIGN if state & CLAIMED else " "
        return (CURSOR_SIGN if state & CURSOR else " ") + sign

    def _row_parts(self, row: Row, state: int) -> list[tuple[str, str]]:
        """Text and style name of each piece of a row's line."""
        worker, place = (self.claimed[0](row), self.claimed[1]) if self.claimed is not None else ("", "")
        state |= CLAIMED if worker else 0
        parts = [(self._signs(state), "sign" if state & (CURSOR | MARKED | CLAIMED) else row.style)]
        gap = ""
        for slot in self.slots:
            cell = row.cells[slot.cell] if slot.cell < len(row.cells) else ""
            if worker and self.columns[slot.cell].key == place:
                cell = (worker, "accent")
            text, name = (cell, row.style) if isinstance(cell, str) else cell
            parts.append((gap + cut(text, slot.width, slot.right), name))
            gap = " " * GAP
        return parts

    def _strip(self, parts: list[tuple[str, str]], state: int) -> Strip:
        """One line of exactly the list's width: neighbouring pieces of one style joined, scrollbar at its end."""
        line = Strip(self._joined(parts, state)).adjust_cell_length(max(0, self.width - 1), self._style("", state))
        bar = Segment(THUMB_SIGN if state & THUMB else " ", self._style("bar" if state & THUMB else "", 0))
        strip = Strip([*line, bar][-max(1, self.width) :], self.width)
        for line_filter in self._filters:
            strip = strip.apply_filter(line_filter, self._background)
        return strip

    def _joined(self, parts: list[tuple[str, str]], state: int) -> list[Segment]:
        """The pieces as segments, as few as their styles allow."""
        segments: list[Segment] = []
        for text, name in parts:
            style = self._style(name, state)
            if segments and segments[-1].style is style:
                segments[-1] = Segment(segments[-1].text + text, style)
            else:
                segments.append(Segment(text, style))
        return segments

    def _style(self, name: str, state: int) -> Style:
        """The style of a piece of a line in this state."""
        names: tuple[str, ...] = (name,) if name else ()
        if state & MARKED:
            names = ("marked", *names)
        if state & CURSOR:
            names = ("cursor" if state & FOCUS else "cursor-blurred", *names)
        style = self._styles.get(names)
        if style is None:
            style = self._styles[names] = self._resolve(names)
        return style
