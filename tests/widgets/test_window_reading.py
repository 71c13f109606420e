"""Pages come in the background: late ones, missing ones, failing ones, and rows that others change."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from threading import Event
from time import monotonic
from typing import Any

import pytest

from screens.widgets.window_list import Page, Row, WindowList
from screens.widgets.window_reader import PAINTED
from tests.widgets.fakes import Numbers, drawn_regions, list_app, names, numbered, quiet, seen


def held_back(source: Numbers) -> Event:
    """Let no page come until the event is set."""
    source.gate = Event()
    return source.gate


async def test_rows_on_their_way_are_shown_as_such_and_then_come() -> None:
    source = Numbers(1_000_000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        gate = held_back(source)
        await pilot.press("end")
        assert names(seen(app)) == [], "the row under the cursor is not known"
        assert app.window.row is None
        assert seen(app)[23].startswith("▌ …")
        gate.set()
        await quiet(app, pilot)
        assert names(seen(app))[-1] == 999_999


async def test_the_old_picture_stays_for_a_moment_so_that_nothing_flickers() -> None:
    source = Numbers(1_000_000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        gate = held_back(source)
        drawn = drawn_regions(app)
        app.window.action_end()
        assert drawn == []
        await pilot.pause(WindowList.PATIENCE + 0.1)
        assert drawn == [app.window.size.region]
        gate.set()
        await quiet(app, pilot)


async def test_a_page_that_comes_late_is_dropped() -> None:
    """End, then Home before the end was read: the end's page must not show."""
    source = Numbers(1_000_000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        gate = held_back(source)
        await pilot.press("end")
        source.gate = None
        await pilot.press("home")
        await pilot.pause(0.1)
        assert app.window.row == numbered(0)
        gate.set()
        await quiet(app, pilot)
        assert app.window.row == numbered(0)
        assert names(seen(app)) == list(range(22))


async def test_rows_of_an_older_source_are_dropped() -> None:
    """Filter as you type: the answer to the first letter arrives after the answer to the second."""
    slow, fast = Numbers(1000), Numbers(1000, lambda number: numbered(number + 5000))
    app = list_app(Numbers(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        gate = held_back(slow)
        app.window.set_source(slow)
        assert app.window.row is None, "no key may act on a row of the old filter"
        app.window.set_source(fast)
        await pilot.pause(0.1)
        gate.set()
        await quiet(app, pilot)
        assert names(seen(app))[0] == 5000


async def test_keys_that_need_the_row_wait_for_it_in_their_order() -> None:
    source = Numbers(1_000_000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        gate = held_back(source)
        await pilot.press("end", "space", "up", "enter")
        assert not app.of(WindowList.Opened)
        assert not app.window.marks
        gate.set()
        await quiet(app, pilot)
        assert app.window.marks.ids == {999_999}
        assert [message.row.id for message in app.of(WindowList.Opened)] == [999_998]


async def test_a_new_source_forgets_what_waited_for_the_old_one_and_its_marks() -> None:
    source = Numbers(1_000_000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        await pilot.press("space")
        gate = held_back(source)
        await pilot.press("end", "enter")
        app.window.set_source(Numbers(3), sort=("vpa", True))
        gate.set()
        await quiet(app, pilot)
        assert not app.of(WindowList.Opened)
        assert not app.window.marks
        assert "VPA ↓" in seen(app)[0]
        assert app.window.total == 3


async def test_a_source_with_its_first_page_is_there_at_once() -> None:
    app = list_app(Numbers(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        other = Numbers(2, lambda number: numbered(number + 70))
        app.window.set_source(other, other.page(None, "from", 50))
        assert app.window.row == numbered(70)
        await pilot.pause()
        assert names(seen(app)) == [70, 71]


class TestRefresh:
    """Another member changed something: cursor and view do not jump."""

    async def test_the_cursor_stays_on_its_row_and_line(self) -> None:
        source = Numbers(100_000)
        app = list_app(source)
        async with app.run_test(size=(80, 24)) as pilot:
            app.window.move(105)
            app.window.move(-4)
            await quiet(app, pilot)
            row = app.window.row
            assert row is not None
            line = next(y for y, text in enumerate(seen(app)) if text.startswith("▌"))
            source.gone = {90, 91, 100}
            app.window.refresh_rows()
            await quiet(app, pilot)
            assert app.window.row == row
            lines = seen(app)
            assert lines[line].startswith("▌")
            assert 100 not in names(lines)
            assert app.window.total == 99_997

    async def test_a_row_that_vanished_leaves_the_cursor_to_its_neighbour(self) -> None:
        source = Numbers(1000)
        app = list_app(source)
        async with app.run_test(size=(80, 24)) as pilot:
            app.window.move(7)
            await quiet(app, pilot)
            source.gone = {7}
            app.window.refresh_rows()
            await quiet(app, pilot)
            assert app.window.row == numbered(8)
            assert app.of(WindowList.Highlighted)[-1].row == numbered(8)
            assert names(seen(app))[:9] == [0, 1, 2, 3, 4, 5, 6, 8, 9]

    async def test_a_changed_row_is_told_again_so_that_the_detail_follows(self) -> None:
        source = Numbers(10)
        app = list_app(source)
        async with app.run_test(size=(80, 24)) as pilot:
            await quiet(app, pilot)
            source.make = lambda number: Row(number, ("heute", f"Keller {number + 600}", "Klasse", "", ""))
            app.window.refresh_rows()
            await quiet(app, pilot)
            assert app.of(WindowList.Highlighted)[-1].row.cells[0] == "heute"
            assert names(seen(app))[0] == 600

    async def test_an_unchanged_row_is_not_told_again(self) -> None:
        app = list_app(Numbers(10))
        async with app.run_test(size=(80, 24)) as pilot:
            await quiet(app, pilot)
            told = len(app.of(WindowList.Highlighted))
            app.window.refresh_rows()
            await quiet(app, pilot)
            assert len(app.of(WindowList.Highlighted)) == told == 1

    async def test_rows_that_come_into_an_empty_list_show(self) -> None:
        source = Numbers(0)
        app = list_app(source, at_once=0, empty="Leer.")
        async with app.run_test(size=(80, 24)) as pilot:
            await quiet(app, pilot)
            source.size = 3
            app.window.refresh_rows()
            await quiet(app, pilot)
            assert names(seen(app)) == [0, 1, 2]
            assert app.window.row == numbered(0)

    async def test_keys_pressed_while_it_reads_are_kept(self) -> None:
        source = Numbers(1000)
        app = list_app(source)
        async with app.run_test(size=(80, 24)) as pilot:
            await quiet(app, pilot)
            gate = held_back(source)
            app.window.refresh_rows()
            await pilot.press("down", "down", "down")
            gate.set()
            await quiet(app, pilot)
            assert app.window.row == numbered(3)

    async def test_two_at_once_end_with_the_newest_rows(self) -> None:
        source = Numbers(100)
        app = list_app(source)
        async with app.run_test(size=(80, 24)) as pilot:
            await quiet(app, pilot)
            gate = held_back(source)
            app.window.refresh_rows()
            app.window.refresh_rows()
            await pilot.pause()
            source.gate = None
            gate.set()
            source.gone = {1}
            await quiet(app, pilot)
            assert names(seen(app))[:2] == [0, 2]

    async def test_without_keep_it_starts_again_at_the_first_row(self) -> None:
        app = list_app(Numbers(1000))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("end")
            await quiet(app, pilot)
            app.window.refresh_rows(keep=False)
            await quiet(app, pilot)
            assert app.window.row == numbered(0)


async def test_a_row_is_found_wherever_it_is() -> None:
    source = Numbers(1_000_000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        app.window.go_to(654_321)
        await quiet(app, pilot)
        assert app.window.row == numbered(654_321)
        assert 654_321 in names(seen(app))
        app.window.go_to(5_000_000)
        await quiet(app, pilot)
        assert [message.row_id for message in app.of(WindowList.Missing)] == [5_000_000]
        assert app.window.row == numbered(654_321)


async def test_a_source_that_fails_is_told_and_the_rows_stay() -> None:
    source = Numbers(1_000_000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        source.error = ConnectionError("weg")
        app.window.refresh_rows()
        await quiet(app, pilot)
        assert isinstance(app.of(WindowList.Failed)[-1].error, ConnectionError)
        assert names(seen(app))[0] == 0
        source.error = None
        await pilot.press("end")
        await quiet(app, pilot)
        assert app.window.row == numbered(999_999)


async def test_a_source_that_fails_at_the_start_says_so_with_a_way_out() -> None:
    source = Numbers(10)
    source.error = ConnectionError("weg")
    app = list_app(source, at_once=0)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        assert "r lädt sie neu" in "\n".join(seen(app))
        source.error = None
        app.window.refresh_rows()
        await quiet(app, pilot)
        assert names(seen(app)) == list(range(10))


async def test_a_burst_of_keys_tells_its_first_step_at_most_and_its_last() -> None:
    app = list_app(Numbers(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        assert [message.row.id for message in app.of(WindowList.Rested)] == [0]
        for _ in range(20):
            app.window.action_down()
        await pilot.pause(WindowList.REST * 3)
        told = [message.row.id for message in app.of(WindowList.Rested)]
        assert (told[0], told[-1]) == (0, 20)
        assert told[1:-1] in ([], [1])
        app.window.action_down()
        await pilot.pause()
        assert app.of(WindowList.Rested)[-1].row.id == 21, "a single step is told at once"


async def test_the_number_of_rows_may_come_much_later() -> None:
    slow = Event()

    class Slow(Numbers):
        def count(self) -> int | None:
            assert slow.wait(20)
            return super().count()

    app = list_app(Slow(100_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "end", "home")
        await pilot.pause(0.05)
        assert app.window.total is None
        slow.set()
        await quiet(app, pilot)
        assert app.window.total == 100_000


QUIT = """
import sys, time
from textual.app import App
from screens.widgets.window_list import Column, Page, Row, WindowList

class Stuck:
    def page(self, anchor, direction, limit):
        time.sleep(60)
    count = locate = page

class Quits(App):
    def compose(self):
        yield WindowList((Column("a", "A", 5),), Stuck())
    def on_mount(self):
        self.set_timer(0.3, self.exit)

Quits().run(headless=True)
"""


def test_quitting_does_not_wait_for_a_database_that_does_not_answer() -> None:
    began = monotonic()
    done = subprocess.run([sys.executable, "-c", QUIT], timeout=30, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert monotonic() - began < 10


IMPORTS = """
import sys
import textual.app, textual.scroll_view
before = set(sys.modules)
import screens.widgets.window_list
new = set(sys.modules) - before
print(*sorted(name for name in new if not name.startswith("screens")))
"""


def test_the_list_imports_next_to_nothing_beyond_an_empty_app() -> None:
    """The bar for the start counts every module."""
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("rows", [[], [numbered(1)]])
async def test_a_source_may_be_set_before_the_list_is_on_the_screen(rows: list[Row]) -> None:
    app = list_app(Numbers(500))
    other = Numbers(len(rows), lambda number: rows[number])
    app.window.set_source(other, Page(rows, False))
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        assert names(seen(app)) == [row.id for row in rows]


async def test_a_step_is_painted_before_anything_is_read_for_it() -> None:
    """Neither the next page nor what stands behind the row may hold up the picture."""
    source = Numbers(1000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        window, row = app.window, len(app.window._reader.buffer.rows) - 30
        done: list[str] = []
        for owner, name in ((window, "render_lines"), (source, "page")):
            record = partial(told_of, done, name, getattr(owner, name))
            setattr(owner, name, record)
        await pilot.pause(WindowList.REST * 3)
        window.move(row)
        assert not window._reader.buffer.has_gaps
        await pilot.pause(PAINTED * 2)
        await quiet(app, pilot)
        assert done.index("render_lines") < done.index("page")
        assert app.of(WindowList.Rested)[-1].row.id == row
        assert len(window._reader.buffer.rows) > row + 100


def told_of(done: list[str], name: str, call: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Call it and keep its name."""
    done.append(name)
    return call(*args, **named)
