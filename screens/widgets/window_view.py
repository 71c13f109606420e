"""Draws a window list: which line shows which row, and which lines have to be drawn again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style as VisualStyle

from screens.widgets.window_columns import Column, wrapped
from screens.widgets.window_keys import WindowKeys
from screens.widgets.window_painter import CURSOR, EDGE, FOCUS, GUTTER, MARKED, THUMB, Painter
from screens.widgets.window_reader import Reader
from screens.widgets.window_source import Marks


class WindowView(WindowKeys):
    """The picture of a list. It draws every line itself: no border, no padding; a container can have them."""

    DEFAULT_CSS = "WindowView { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    STYLES: ClassVar[Mapping[str, str]] = {
        "header": "$text-muted",
        "message": "$text-muted",
        "muted": "$text-muted",
        "sorted": "bold $foreground",
        "rule": "$foreground 30%",
        "bar": "$foreground 30%",
        "sign": "bold $text-primary",
        "accent": "bold $text-primary",
        "cursor": "bold on $primary 20%",
        "cursor-blurred": "on $foreground 8%",
        "marked": "bold",
        "strong": "bold",
        "due": "$text-warning",
        "overdue": "bold $text-error",
        "vpa": "$text-success",
    }
    """What rows may call a style. No component classes: Textual works all of them out anew, for every list, whenever
    the focus moves or a class of anything around it changes, which was half of showing another tab."""

    TALL: ClassVar[int] = 20
    """Lines from which on there is a rule under the headings."""
    PATIENCE: ClassVar[float] = 0.1
    """Seconds the old picture stays before rows on their way are shown as such."""
    LOADING: ClassVar[str] = "Einen Moment, die Zeilen kommen."
    BROKEN: ClassVar[str] = "Die Liste ließ sich nicht lesen. r lädt sie neu."

    def __init__(self, columns: Sequence[Column], reader: Reader, name: str | None, classes: str | None) -> None:
        super().__init__(id=name, classes=classes)
        self.empty = ""
        """What an empty list means and what to do next."""
        self.sort: tuple[str, bool] | None = None
        """Key of the column the source is sorted by, and whether downwards."""
        self.marks = Marks()
        """The marked rows; change them by `set_marks`."""
        self._reader = reader
        self._painter = Painter(columns, self._resolve)
        self._head = 1
        self._patient = False

    @abstractmethod
    def announce(self) -> None:
        """Tell the screen which row is under the cursor, if that has changed."""

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns, just before a source whose rows have them."""
        self._painter.show(columns)

    @property
    def page_length(self) -> int:
        """Rows in view."""
        return self._reader.buffer.height

    def show_step(self, step: Callable[[], None]) -> None:
        """Take a step through the list and draw the lines that look different after it."""
        buffer = self._reader.buffer
        rows, top, cursor = buffer.rows, buffer.top, buffer.cursor
        step()
        if buffer.has_gaps:
            self.redraw_soon()
        elif buffer.top != top or buffer.rows is not rows:
            self.refresh(Region(0, self._head, self.size.width, buffer.height))
        elif buffer.cursor != cursor:
            self._refresh_row(cursor)
            self._refresh_row(buffer.cursor)
        self.announce()

    def move(self, delta: int) -> None:
        """Move the cursor by some rows."""
        self._walk(lambda: self._reader.move(delta))

    def wheel(self, delta: int) -> None:
        """Scroll the view by some rows, taking the cursor along where it must."""
        self._walk(lambda: self._reader.scroll(delta))

    def action_home(self) -> None:
        """The first row of all."""
        self._walk(self._reader.home)

    def action_end(self) -> None:
        """The last row of all."""
        self._walk(self._reader.end)

    def _walk(self, step: Callable[[], None]) -> None:
        """Take a step at once, or after what was asked for before it and still waits for its row."""
        self._reader.do(lambda: self.show_step(step), needs_row=False)

    def redraw_soon(self) -> None:
        """Draw the list with rows on their way, unless they come within a moment: most do, and nothing flickers."""
        if not self._patient:
            self._patient = True
            self.set_timer(self.PATIENCE, self._redraw)

    def _redraw(self) -> None:
        """The moment is over."""
        self._patient = False
        if self._reader.buffer.has_gaps:
            self.refresh()

    def _refresh_row(self, index: int) -> None:
        """Draw the line of one row again."""
        self.refresh(Region(0, self._head + index - self._reader.buffer.top, self.size.width, 1))

    def on_resize(self, event: events.Resize) -> None:
        """Fit columns and rows into the new size."""
        self._head = 2 if event.size.height >= self.TALL else 1
        self._painter.lay_out(event.size.width)
        self._reader.resize(event.size.height - self._head)
        self.refresh()

    def on_focus(self) -> None:
        """The cursor looks different with the focus."""
        self._refresh_row(self._reader.buffer.cursor)

    def on_blur(self) -> None:
        """The cursor looks different without the focus."""
        self._refresh_row(self._reader.buffer.cursor)

    def notify_style_update(self) -> None:
        """Another theme: ask for all styles anew."""
        self._painter.forget_styles()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region, straight from the painter.

        Textual's own way builds every line of a scrolled list anew and filters it again; ours keeps them finished.
        """
        self._painter.filter_with(self.get_line_filters(), self.background_colors[1])
        self._painter.lay_out(self.size.width)
        thumb = self._thumb()
        strips = [self._line(y, thumb) for y in crop.line_range]
        x1, x2 = crop.column_span
        return strips if (x1, x2) == (0, self.size.width) else [strip.crop(x1, x2) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One line of the list, counted from its top."""
        return self._line(y, self._thumb())

    def _line(self, y: int, thumb: range) -> Strip:
        """One line: heading, rule, row, a row on its way, a line of the list's own words, or nothing."""
        if y < self._head:
            return self._painter.rule() if y else self._painter.header(self.sort)
        buffer = self._reader.buffer
        index = buffer.top + y - self._head
        row = buffer.at(index)
        state = THUMB if y - self._head in thumb else 0
        if index == buffer.cursor:
            state |= CURSOR | FOCUS if self.has_focus else CURSOR
        if row is not None:
            return self._painter.row(row, state | MARKED if row.id in self.marks else state)
        if not buffer.rows and (lines := self._words()):
            words = lines[y - self._head - 1] if 0 < y - self._head <= len(lines) else ""
            return self._painter.text(words, "message")
        if buffer.on_its_way(index):
            return self._painter.on_its_way(state)
        return self._painter.text("", "", state & THUMB)

    def _words(self) -> list[str]:
        """What the list says in place of rows."""
        text = ""
        if self._reader.failure is not None:
            text = self.BROKEN
        elif self._reader.buffer.known_empty:
            text = self.empty
        elif self._reader.total is None:
            text = self.LOADING
        return wrapped(text, self.size.width - GUTTER - EDGE)

    def _thumb(self) -> range:
        """The lines of the rows that show the scrollbar's thumb: where and how much of the whole is in view."""
        buffer, total = self._reader.buffer, self._reader.total
        if total is None or buffer.rank is None or total <= buffer.height:
            return range(0)
        size = max(1, buffer.height * buffer.height // total)
        start = min(buffer.height - size, buffer.rank * buffer.height // total)
        if buffer.rank + buffer.height >= total:
            start = buffer.height - size
        return range(start, start + size)

    def _resolve(self, names: tuple[str, ...]) -> Style:
        """The style that these names make, laid over each other."""
        parts = (VisualStyle.parse(self.STYLES[name]) for name in names)
        style = sum(parts, start=self.visual_style).rich_style
        return style + Style(reverse=True) if self.app.no_color and "cursor" in names else style
