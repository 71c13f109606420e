"""The list as a member meets it: keys, marks, columns, hostile text."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown

from screens.widgets.window_list import Column, Marks, Row, WindowList
from tests.widgets.fakes import Numbers, drawn_regions, list_app, names, numbered, quiet, seen

HOSTILE = (
    "Fall [dringend]",
    "[/]",
    "[@click=app.quit]x[/]",
    "[bold red]laut[/bold red]",
    "\x1b]52;c;ZXZpbA==\x07Zwischenablage",
    "rechts\u202elinks",
    "漢字の名前がとても長い人",
    "👩‍👩‍👧 Familie Sommer",
    "zwei\nZeilen\tund ein Tab",
)


def hostile(number: int) -> Row:
    return Row(number, ("gestern", HOSTILE[number % len(HOSTILE)], "Klasse", "B → C", "TOM"))


async def test_the_first_frame_has_rows_when_a_page_is_at_hand() -> None:
    app = list_app(Numbers(1_000_000))
    async with app.run_test(size=(120, 40)):
        assert names(seen(app)) == list(range(38))


async def test_headings_and_rows_line_up_and_every_line_has_the_full_width() -> None:
    app = list_app(Numbers(100), sort=("since", True))
    async with app.run_test(size=(120, 40)) as pilot:
        await quiet(app, pilot)
        lines = seen(app)
        assert lines[0].index("VPA") == lines[2].index("Keller") == lines[3].index("Keller")
        assert "seit ↓" in lines[0]
        assert {len(line) for line in lines} == {120}


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (("down", "down", "j"), 3),
        (("down", "k", "up", "up"), 0),
        (("pagedown",), 21),
        (("pagedown", "pagedown", "pageup"), 21),
        (("end",), 9_999_999),
        (("end", "home"), 0),
        (("end", "up", "k"), 9_999_997),
        (("end", "pageup"), 9_999_999 - 21),
        (("end", "down", "home", "up", "down"), 1),
    ],
)
async def test_keys_walk_ten_million_rows(keys: tuple[str, ...], row: int) -> None:
    source = Numbers(10_000_000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await quiet(app, pilot)
        assert app.window.row == numbered(row)
        assert row in names(seen(app))
        assert source.fetched < 2000


async def test_home_and_end_never_go_sideways() -> None:
    app = list_app(Numbers(200))
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.press("end", "right", "home")
        await quiet(app, pilot)
        assert app.window.scroll_offset.x == 0
        assert names(seen(app))[0] == 0


async def test_five_hundred_keys_in_a_burst_lose_none() -> None:
    app = list_app(Numbers(1_000_000))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(500):
            app.window.action_down()
        await quiet(app, pilot)
        assert app.window.row == numbered(500)


async def test_walking_far_reads_and_holds_a_bounded_number_of_rows() -> None:
    source = Numbers(1_000_000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(40):
            app.window.move(300)
            await quiet(app, pilot)
        assert app.window.row == numbered(12_000)
        assert len(app.window._reader.buffer.rows) <= 1000
        assert len(app.window._painter._lines) <= 2000
        assert source.fetched <= 12_000 * 1.5 + 500
        assert max(limit for _, _, limit in source.calls) <= 1000


async def test_a_key_that_scrolls_builds_only_the_lines_that_are_new() -> None:
    """Keeps the Down key far below the bar: of 37 lines at most four look different after it."""
    app = list_app(Numbers(1_000_000))
    async with app.run_test(size=(120, 40)) as pilot:
        app.window.move(40)
        await quiet(app, pilot)
        before = set(app.window._painter._lines)
        await pilot.press("down")
        seen(app)
        assert 1 <= len(set(app.window._painter._lines) - before) <= 4


async def test_a_key_within_the_view_draws_two_lines_only() -> None:
    app = list_app(Numbers(1000))
    async with app.run_test(size=(120, 40)) as pilot:
        await quiet(app, pilot)
        regions = drawn_regions(app)
        app.window.action_down()
        assert [(region.y, region.height) for region in regions] == [(2, 1), (3, 1)]


async def test_resizing_keeps_the_row_in_sight_and_drops_columns() -> None:
    app = list_app(Numbers(1_000_000))
    async with app.run_test(size=(120, 40)) as pilot:
        app.window.move(30)
        assert "bei" in seen(app)[0]
        await pilot.resize_terminal(60, 18)
        await quiet(app, pilot)
        lines = seen(app)
        assert 30 in names(lines)
        assert "bei" not in lines[0]
        assert "VPA" in lines[0]
        assert app.window.row == numbered(30)
        await pilot.resize_terminal(120, 40)
        await quiet(app, pilot)
        assert "bei" in seen(app)[0]
        assert app.window.row == numbered(30)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 3), (20, 5)])
async def test_no_size_ends_it(size: tuple[int, int]) -> None:
    app = list_app(Numbers(1000))
    async with app.run_test(size=size) as pilot:
        await pilot.press("down", "pagedown", "end", "home")
        await quiet(app, pilot)
        assert app.window.row == numbered(0)


async def test_rows_are_never_read_as_markup_and_never_act_on_the_terminal() -> None:
    """Law 6: brackets stay as they are, control and bidi characters do not get through, columns stay in line."""
    app = list_app(Numbers(len(HOSTILE), hostile))
    async with app.run_test(size=(120, 40)) as pilot:
        await quiet(app, pilot)
        lines = seen(app)
        text = "\n".join(lines)
        for literal in HOSTILE[:4]:
            assert literal in text
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "\u202e" not in text
        assert "zwei Zeilen und ein Tab" in text
        assert {cell_len(line) for line in lines} == {120}
        columns = {cell_len(line[: line.index("Klasse")]) for line in lines if "Klasse" in line}
        assert len(columns) == 1
        await pilot.click(app.window, offset=(14, 4))
        await pilot.press("enter")
        await pilot.pause()
        assert app.is_running
        assert [message.row.id for message in app.of(WindowList.Opened)] == [2]


async def test_hostile_columns_titles_and_the_empty_message_are_plain_text_too() -> None:
    columns = (Column("a", "[/]Titel", 20),)
    app = list_app(Numbers(0), columns=columns, empty="Nichts zu „[/] [@click=app.quit]x[/]\x1b“ gefunden.")
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        text = "\n".join(seen(app))
        assert "[/]Titel" in text
        assert "Nichts zu „[/] [@click=app.quit]x[/]“ gefunden." in text
        assert app.window.row is None


async def test_an_empty_list_says_what_to_do() -> None:
    app = list_app(Numbers(0), at_once=0, empty="Keine offenen Cases. i importiert den nächsten Export.")
    async with app.run_test(size=(40, 12)) as pilot:
        await quiet(app, pilot)
        await pilot.press("down", "end", "home", "pagedown", "enter", "space")
        assert "Keine offenen Cases. i importiert" in "\n".join(seen(app))
        assert [message.row for message in app.of(WindowList.Highlighted)] == [None]
        assert not app.of(WindowList.Opened)
        assert not app.window.marks


async def test_marks_are_a_sign_beside_the_row_and_outlive_scrolling() -> None:
    app = list_app(Numbers(1_000_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "down", "space")
        assert app.window.marks == Marks(frozenset({0, 2}))
        lines = seen(app)
        assert lines[2].startswith(" ✓")
        assert lines[4].startswith(" ✓")
        assert lines[5].startswith("▌ ")
        await pilot.press("end")
        await quiet(app, pilot)
        await pilot.press("home")
        await quiet(app, pilot)
        assert seen(app)[4].startswith(" ✓")
        await pilot.press("space")
        assert app.of(WindowList.MarksChanged)[-1].marks == Marks(frozenset({2}))


async def test_all_rows_are_marked_without_reading_them() -> None:
    source = Numbers(10_000_000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        fetched = source.fetched
        await pilot.press("*", "down", "space")
        assert app.window.marks == Marks(frozenset({1}), everything=True)
        assert 5_000_000 in app.window.marks
        assert 1 not in app.window.marks
        assert source.fetched == fetched
        await pilot.press("*")
        assert not app.window.marks


async def test_the_cursor_shows_without_colour_and_less_without_focus() -> None:
    app = list_app(Numbers(10))
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        focused = list(app.window.render_line(2))[-2].style
        assert seen(app)[2].startswith("▌")
        app.window.blur()
        await pilot.pause()
        assert list(app.window.render_line(2))[-2].style != focused


async def test_with_no_color_the_cursor_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = list_app(Numbers(10))
    async with app.run_test(size=(80, 24)):
        style = list(app.window.render_lines(app.window.size.region)[2])[1].style
        assert style is not None
        assert style.reverse
        assert style.bold


async def test_another_theme_changes_every_line() -> None:
    app = list_app(Numbers(10))
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        dark = next(iter(app.window.render_line(4))).style
        app.theme = "textual-light"
        await pilot.pause()
        assert next(iter(app.window.render_line(4))).style != dark


async def test_due_and_overdue_cells_have_styles_of_their_own() -> None:
    row = Row(1, ("heute", ("Keller", "overdue"), "x", ("fällig", "due"), "TOM"), style="muted")
    app = list_app(Numbers(2, lambda number: row._replace(id=number)))
    async with app.run_test(size=(120, 24)):
        styles = {segment.text.strip(): segment.style for segment in app.window.render_line(3)}
        colours = {styles[text].color for text in ("heute", "Keller", "fällig") if styles[text]}  # type: ignore[union-attr]
        assert len(colours) == 3


async def test_headings_and_a_key_ask_for_another_order() -> None:
    app = list_app(Numbers(100), sort=("since", False))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("S")
        await pilot.click(app.window, offset=(3, 0))
        await pilot.click(app.window, offset=(15, 0))
        asked = [(message.column, message.descending) for message in app.of(WindowList.SortRequested)]
        assert asked == [("since", True), ("since", True), ("vpa", False)]


async def test_the_mouse_moves_opens_and_scrolls() -> None:
    app = list_app(Numbers(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(app.window, offset=(10, 7))
        assert app.window.row == numbered(5)
        assert not app.of(WindowList.Opened)
        await pilot.click(app.window, offset=(10, 7))
        assert [message.row.id for message in app.of(WindowList.Opened)] == [5]
        await pilot._post_mouse_events([MouseScrollDown], app.window, button=0)
        assert names(seen(app))[0] == 3
        assert app.window.row == numbered(5)


async def test_the_scrollbar_shows_where_in_the_whole_one_is() -> None:
    app = list_app(Numbers(1_000_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        assert [y for y, line in enumerate(seen(app)) if line.endswith("┃")] == [2]
        await pilot.press("end")
        await quiet(app, pilot)
        assert [y for y, line in enumerate(seen(app)) if line.endswith("┃")] == [23]


async def test_a_short_list_has_no_scrollbar_and_knows_its_number() -> None:
    source = Numbers(5)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        assert not any("┃" in line for line in seen(app))
        assert app.of(WindowList.Counted)[-1].total == app.window.total == 5
