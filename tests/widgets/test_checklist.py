"""„Es fehlt noch“ lists what is missing first, with its key, and ticks what is there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from screens.widgets.checklist import Checklist, Point, point_lines
from tests.widgets.fakes import seen

POINTS = (
    Point("Länge und Häufigkeit angesehen", done=True, key="e", hint="Erledigen"),
    Point("Kontakt mit Mira", key="c", hint="Kontakt"),
    Point("ihre Antwort", key="e", hint="Erledigen"),
    Point("2 offene Cases", warn=True),
)


class ListApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Checklist()


async def test_missing_points_come_first_with_the_key_at_the_right_edge() -> None:
    app = ListApp()
    async with app.run_test(size=(50, 10)) as pilot:
        app.query_one(Checklist).show(POINTS)
        await pilot.pause()
        assert seen(app)[:5] == [
            "Es fehlt noch".ljust(50),
            "  ○ Kontakt mit Mira                     c Kontakt",
            "  ○ ihre Antwort                       e Erledigen",
            "  ! 2 offene Cases".ljust(50),
            "  ● Länge und Häufigkeit angesehen".ljust(50),
        ]
        assert app.query_one(Checklist).size.height == 5


async def test_when_nothing_is_missing_it_says_so() -> None:
    app = ListApp()
    async with app.run_test(size=(50, 10)) as pilot:
        app.query_one(Checklist).show(POINTS)
        app.query_one(Checklist).show([Point("alles", done=True)])
        await pilot.pause()
        assert seen(app)[0].strip() == "Es fehlt nichts mehr."
        app.query_one(Checklist).show([])
        await pilot.pause()
        assert not "".join(seen(app)).strip()


async def test_points_are_plain_text() -> None:
    app = ListApp()
    async with app.run_test(size=(50, 10)) as pilot:
        app.query_one(Checklist).show([Point("[/] [dringend]\x1b[31m", key="[", hint="[/]")])
        await pilot.pause()
        assert "[/] [dringend][31m" in seen(app)[1]
        assert seen(app)[1].endswith("[ [/]")


def test_a_long_point_wraps_and_a_narrow_one_moves_its_key_below() -> None:
    point = Point("wer ihre sechs Kunden in der Zeit betreut", key="e", hint="Erledigen")
    assert [left.rstrip() for left, _ in point_lines(point, 40)] == [
        "  ○ wer ihre sechs Kunden",
        "    in der Zeit betreut",
    ]
    assert point_lines(point, 24)[-1] == (" " * 13, "e Erledigen")


@given(st.text(st.characters(codec="ascii", categories=("L", "Zs")), max_size=80), st.integers(24, 90))
def test_no_line_is_wider_than_the_widget(text: str, width: int) -> None:
    for left, right in point_lines(Point(text, key="c", hint="Kontakt"), width):
        assert cell_len(left + right) <= width
