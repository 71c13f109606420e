"""The light says in words what its colour says (law 9; D-40…D-45)."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from screens.widgets.light import Light, LightState
from tests.widgets.fakes import seen

MONDAY_MORNING = LightState("no", "nach dem Wochenende erst nachmittags", "D-44", "Mo 23.11. 12:00")
PART_TIME = LightState("maybe", "Teilzeit, nur wenn sich ein Kunde gemeldet hat", "D-45")


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (MONDAY_MORNING, "NEIN, erst Mo 23.11. 12:00 (D-44: nach dem Wochenende erst nachmittags)"),
        (LightState("no", "die VPA ist weg"), "NEIN (die VPA ist weg)"),
        (LightState("no"), "NEIN"),
        (PART_TIME, "VIELLEICHT: Teilzeit, nur wenn sich ein Kunde gemeldet hat (D-45)"),
        (LightState("yes"), "JA"),
    ],
)
def test_the_answer_is_a_sentence(state: LightState, answer: str) -> None:
    assert state.answer == answer


class LightApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Light()


async def test_it_stands_on_one_line_where_there_is_room_and_wraps_where_there_is_none() -> None:
    app = LightApp()
    async with app.run_test(size=(110, 6)) as pilot:
        app.query_one(Light).show(MONDAY_MORNING)
        await pilot.pause()
        assert seen(app)[0].rstrip() == f"Darf ich anschreiben?  {MONDAY_MORNING.answer}"
        await pilot.resize_terminal(40, 8)
        await pilot.pause()
        lines = [line.rstrip() for line in seen(app)]
        assert lines[:2] == ["Darf ich anschreiben?", "NEIN, erst Mo 23.11. 12:00 (D-44: nach"]
        assert app.query_one(Light).size.height == 3


async def test_red_amber_and_green_differ_and_data_is_not_markup() -> None:
    app = LightApp()
    colours = set()
    async with app.run_test(size=(110, 6)) as pilot:
        light = app.query_one(Light)
        for verdict in ("no", "maybe", "yes"):
            light.show(LightState(verdict, "[/] [@click=app.quit]x[/]"))
            await pilot.pause()
            assert "[/] [@click=app.quit]x[/]" in seen(app)[0]
            style = next(s.style for s in light.render_line(0) if s.text.startswith(("NEIN", "VIELL", "JA")))
            assert style is not None
            colours.add(style.color)
        assert len(colours) == 3
        light.show(None)
        await pilot.pause()
        assert light.size.height == 0
