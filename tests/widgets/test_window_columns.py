"""Columns and cutting: whatever is in a cell, the line keeps its width."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.widgets.window_columns import GAP, Column, cut, fit, one_line, wrapped
from tests.widgets.fakes import COLUMNS


@settings(max_examples=400)
@given(
    st.text(max_size=30) | st.text("a \u200d\u0301\ufe0f👩👧漢🇩🇪❤✓\u1100\u1161", max_size=12),
    st.integers(1, 20),
    st.booleans(),
)
@example("漢字漢字漢字", 5, False)
@example("👩‍👩‍👧 Familie", 4, True)
@example("e\u0301" * 10, 6, False)
@example("\x1b[31mrot\x1b[0m", 8, False)
@example("a\u200d", 4, False)
@example("\u0301\u0301", 4, True)
def test_a_cut_text_has_exactly_its_width(text: str, width: int, right: bool) -> None:
    shown = cut(text, width, right)
    assert cell_len(shown) == width
    assert "\n" not in shown
    assert "\x1b" not in shown


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert cut("Abwesenheit", 6) == "Abwes…"
    assert cut("Ida", 6) == "Ida   "
    assert cut("12", 6, right=True) == "    12"
    assert cut("漢字漢", 4) == "漢 …"


def test_line_ends_and_tabs_are_blanks_and_control_characters_nothing() -> None:
    assert one_line("a\nb\tc\r\nd") == "a b c  d"
    assert one_line("a\x1b]0;x\x07b\u202ec\u200bd\ud800e") == "a]0;xbcde"
    assert one_line("👩‍👧") == "👩‍👧"


def test_the_least_important_column_gives_way_first() -> None:
    def shown(width: int) -> list[str]:
        return [COLUMNS[slot.cell].key for slot in fit(COLUMNS, width)]

    assert shown(116) == ["since", "vpa", "kind", "finding", "with"]
    assert shown(56) == ["since", "vpa", "kind", "finding"]
    assert shown(45) == ["since", "vpa", "finding"]
    assert shown(30) == ["since", "vpa"]


def test_at_60_columns_ten_characters_of_the_name_are_left() -> None:
    slot = next(slot for slot in fit(COLUMNS, 60 - 4) if COLUMNS[slot.cell].key == "vpa")
    assert slot.width >= 10


@given(st.integers(1, 300))
def test_slots_neither_overlap_nor_leave_the_line(width: int) -> None:
    slots = fit(COLUMNS, width)
    assert all(left.x + left.width + GAP == right.x for left, right in pairwise(slots))
    assert slots[-1].x + slots[-1].width <= max(width, 2 * len(slots) + GAP * (len(slots) - 1) + 12)
    assert all(slot.width >= 1 for slot in slots)


def test_room_left_over_goes_to_the_flexible_columns_up_to_their_fill() -> None:
    columns = (Column("a", "A", 5, flex=1, most=10), Column("b", "B", 5, flex=1), Column("c", "C", 5))
    assert [slot.width for slot in fit(columns, 54)] == [10, 35, 5]


def test_own_texts_are_wrapped_and_keep_their_line_ends() -> None:
    assert wrapped("Keine offenen Cases.\ni importiert den nächsten Export.", 20) == [
        "Keine offenen Cases.",
        "i importiert den",
        "nächsten Export.",
    ]
