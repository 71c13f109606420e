"""The absence strip: dates to blocks, today in its place, any width."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from screens.widgets.strip import COMING, FREE, PAST, TODAY, AbsenceStrip, absence_strip
from tests.widgets.fakes import seen

MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def test_26_weeks_at_two_cells_a_week_with_today_in_between() -> None:
    strip = absence_strip([(date(2026, 12, 7), date(2027, 1, 3))], MONDAY, 60)
    assert strip.blocks == "·" * 36 + "│" + "····▓▓▓▓▓▓▓▓····"
    assert strip.months == "   Aug      Sep     Okt      Nov    │  Dez      Jan  "


def test_one_day_is_one_block_on_its_side_of_today() -> None:
    yesterday, tomorrow = MONDAY - timedelta(days=7), MONDAY + timedelta(days=7)
    blocks = absence_strip([(yesterday, yesterday), (tomorrow, tomorrow)], MONDAY, 60).blocks
    assert blocks.count(PAST) == blocks.count(COMING) == 1
    assert blocks.index(PAST) < blocks.index(TODAY) < blocks.index(COMING)


def test_an_absence_that_lasts_is_past_and_coming_at_once() -> None:
    blocks = absence_strip([(MONDAY - timedelta(days=14), MONDAY + timedelta(days=13))], MONDAY, 60).blocks
    assert f"{PAST * 4}{TODAY}{COMING * 4}" in blocks


def test_what_lies_outside_does_not_show() -> None:
    far = [(date(2020, 1, 1), date(2020, 2, 1)), (date(2030, 1, 1), date(2030, 2, 1))]
    assert set(absence_strip(far, MONDAY, 60).blocks) == {FREE, TODAY}


@given(DAYS, st.lists(st.tuples(DAYS, st.integers(0, 200)), max_size=5), st.integers(1, 120))
def test_both_lines_fit_and_agree_on_today(today: date, absences: list[tuple[date, int]], width: int) -> None:
    spans = [(first, first + timedelta(days=days)) for first, days in absences]
    strip = absence_strip(spans, today, width)
    assert len(strip.months) == len(strip.blocks) <= max(2, width)
    assert strip.months[strip.today] == strip.blocks[strip.today] == TODAY
    assert set(strip.blocks[: strip.today]) <= {FREE, PAST}
    assert set(strip.blocks[strip.today + 1 :]) <= {FREE, COMING}
    showing = any(first <= today <= last for first, last in spans)
    assert not showing or strip.blocks[strip.today + 1] == COMING


@pytest.mark.parametrize(("width", "lines"), [(80, 3), (30, 4)])
async def test_the_widget_has_label_strip_and_caption(width: int, lines: int) -> None:
    class StripApp(App[None]):
        def compose(self) -> ComposeResult:
            yield AbsenceStrip()

    app = StripApp()
    async with app.run_test(size=(width, 10)) as pilot:
        strip = app.query_one(AbsenceStrip)
        assert strip.size.height == 0
        strip.show([(MONDAY, MONDAY)], MONDAY, "1 Tag ab 23.11. [/]")
        await pilot.pause()
        assert strip.size.height == lines
        text = seen(app)
        assert text[0].startswith("Abwesend")
        assert COMING in text[lines - 2]
        assert "1 Tag ab 23.11. [/]" in text[lines - 1]
