"""A source made of numbers, a tiny app around a list, and the text a member would see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event
from typing import Any

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot

from screens.widgets.window_list import Column, Direction, Page, Row, RowId, WindowList

COLUMNS = (
    Column("since", "seit", 9),
    Column("vpa", "VPA", 12, flex=2),
    Column("kind", "Case", 13, priority=2),
    Column("finding", "Befund", 12, flex=1, priority=1),
    Column("with", "bei", 4, priority=3),
)


def numbered(number: int) -> Row:
    """A row named by its number."""
    return Row(number, ("gestern", f"Keller {number}", "Abwesenheit", ("lang", "due"), "TOM"))


class Numbers:
    """Rows 0, 1, 2 …: as many as wanted without holding one."""

    def __init__(self, size: int, make: Callable[[int], Row] = numbered) -> None:
        self.size = size
        self.make = make
        self.calls: list[tuple[Any, Direction, int]] = []
        self.gate: Event | None = None
        """While set and closed, pages do not come."""
        self.error: Exception | None = None
        self.gone: set[int] = set()

    @property
    def fetched(self) -> int:
        """Rows asked for so far, at most."""
        return sum(limit for _, _, limit in self.calls)

    def page(self, anchor: Any, direction: Direction, limit: int) -> Page:
        self.calls.append((anchor, direction, limit))
        gate = self.gate
        if gate is not None:
            assert gate.wait(20)
        if self.error is not None:
            raise self.error
        step = -1 if direction == "before" else 1
        number = (
            (self.size - 1 if step < 0 else 0) if anchor is None else anchor if direction == "from" else anchor + step
        )
        rows: list[Row] = []
        while 0 <= number < self.size and len(rows) < limit:
            if number not in self.gone:
                rows.append(self.make(number))
            number += step
        return Page(rows[::step], 0 <= number < self.size)

    def count(self) -> int | None:
        return self.size - len(self.gone)

    def locate(self, row_id: RowId) -> Any:
        return row_id if isinstance(row_id, int) and 0 <= row_id < self.size and row_id not in self.gone else None


class ListApp(App[None]):
    """A list and a record of what it told."""

    def __init__(self, window: WindowList) -> None:
        super().__init__()
        self.window = window
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.window

    def on_window_list_highlighted(self, message: WindowList.Highlighted) -> None:
        self.told.append(message)

    on_window_list_rested = on_window_list_highlighted
    on_window_list_opened = on_window_list_highlighted
    on_window_list_marks_changed = on_window_list_highlighted
    on_window_list_sort_requested = on_window_list_highlighted
    on_window_list_missing = on_window_list_highlighted
    on_window_list_failed = on_window_list_highlighted
    on_window_list_counted = on_window_list_highlighted

    def of(self, kind: type[Message]) -> list[Any]:
        """What was told of one kind."""
        return [message for message in self.told if isinstance(message, kind)]


def list_app(source: Numbers, *, at_once: int = 50, **options: Any) -> ListApp:
    """An app around a list of this source; its first page is there at once unless `at_once` is 0."""
    first = source.page(None, "from", at_once) if at_once else None
    return ListApp(WindowList(options.pop("columns", COLUMNS), source, first=first, **options))


async def quiet(app: App[None], pilot: Pilot[None]) -> None:
    """Wait until nothing is on its way any more."""
    await pilot.pause()
    while len(app.workers):
        await app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


def seen(app: App[None]) -> list[str]:
    """The lines on the screen as plain text."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def names(lines: Sequence[str]) -> list[int]:
    """The numbers of the rows in sight."""
    return [int(line.split("Keller ")[1].split()[0]) for line in lines if "Keller " in line]


def drawn_regions(app: ListApp) -> list[Region]:
    """A list that grows by every region of the list that is to be drawn again from now on."""
    drawn: list[Region] = []
    refresh = app.window.refresh

    def record(*regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> WindowList:
        drawn.extend(regions or (app.window.size.region,))
        return refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    app.window.refresh = record  # type: ignore[method-assign]
    return drawn
