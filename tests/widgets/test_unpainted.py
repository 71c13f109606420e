"""Containers that only arrange."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.widgets import Static

from screens.widgets.unpainted import Pane


class Hall(App[None]):
    """A pane with a short text, behind which the screen shows."""

    CSS = "Screen { background: #102030; } Static { width: 4; background: #405060; }"

    def compose(self) -> ComposeResult:
        with Pane():
            yield Static("Text")


async def test_a_pane_shows_its_widgets_and_around_them_the_screen() -> None:
    app = Hall()
    async with app.run_test(size=(10, 3)) as pilot:
        await pilot.pause()
        pane = app.query_one(Pane)
        assert pane.size == (10, 3)
        assert pane.render_lines(Region(0, 0, 10, 3)) == []
        lines = app.screen._compositor.render_strips()
        assert [line.text for line in lines] == ["Text      ", " " * 10, " " * 10]
        colours = [
            segment.style.bgcolor.name for line in lines for segment in line if segment.style and segment.style.bgcolor
        ]
        assert colours == ["#405060", "#102030", "#102030", "#102030"]
