"""A day of the past, as people type it (T-04)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.task.complaint import past_day

TODAY = dt.date(2025, 11, 5)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("heute", TODAY), ("gestern", dt.date(2025, 11, 4)), ("-3", dt.date(2025, 11, 2)),
        ("mo", dt.date(2025, 11, 3)), ("mi", TODAY), ("do", dt.date(2025, 10, 30)), ("5.11.", TODAY),
        ("6.11.", dt.date(2024, 11, 6)), ("31.10.", dt.date(2025, 10, 31)), ("01.02.2020", dt.date(2020, 2, 1)),
    ],
)  # fmt: skip
def test_a_day_is_understood_backwards_t_04(text: str, day: dt.date) -> None:
    assert past_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("morgen", "erst noch"),
        ("+2", "erst noch"),
        ("06.11.2025", "erst noch"),
        ("31.2.", "kein Tag"),
        ("", "kein Tag"),
    ],
)
def test_what_is_no_day_or_has_not_come_is_told_t_04(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        past_day(text, TODAY)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 364))
def test_every_day_of_the_last_year_is_found_by_day_and_month_t_04(today: dt.date, back: int) -> None:
    day = today - dt.timedelta(days=back)
    assert past_day(f"{day.day}.{day.month}.", today) == day
