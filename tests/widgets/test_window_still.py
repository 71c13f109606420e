"""A list never jumps under the cursor when others change rows (issue 5 §3)."""

from __future__ import annotations

from unittest import mock

import pytest

from screens.widgets.window_buffer import Buffer
from screens.widgets.window_source import Page, RowId
from tests.widgets.fakes import ListApp, Numbers, list_app, names, quiet, seen

CURSOR = 500
ABOVE, BELOW = set(range(480, 500)), set(range(501, 520))

CHANGES = {
    "rows appear above": (ABOVE, set(), CURSOR),
    "rows appear right above and below": ({499, 501}, set(), CURSOR),
    "rows vanish above": (set(), ABOVE, CURSOR),
    "all held above vanish": (set(), set(range(300, 500)), CURSOR),
    "rows vanish below": (set(), BELOW, CURSOR),
    "some come and some go on either side": ({490, 510}, {491, 492, 511}, CURSOR),
    "its own row vanishes": (set(), {CURSOR}, 501),
    "its own row and those around it vanish": (set(), {498, 499, CURSOR, 501}, 502),
    "its own row vanishes while others appear above": (ABOVE, {CURSOR}, 501),
}
"""Which rows are missing before, which after, and on which row the cursor then stands."""


def line_of_cursor(app: ListApp) -> int:
    """The line of the screen with the cursor."""
    return next(y for y, text in enumerate(seen(app)) if text.startswith("▌"))


@pytest.mark.parametrize(("before", "after", "stands"), CHANGES.values(), ids=list(CHANGES))
async def test_the_cursor_stays_on_its_row_and_its_line(before: set[int], after: set[int], stands: int) -> None:
    source = Numbers(1000)
    source.gone = before
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        app.window.go_to(CURSOR)
        await quiet(app, pilot)
        line = line_of_cursor(app)
        assert line > 3, "there are rows above it in sight"
        source.gone = after
        app.window.refresh_rows()
        await quiet(app, pilot)
        assert app.window.row is not None
        assert app.window.row.id == stands
        assert line_of_cursor(app) == line
        assert not set(names(seen(app))) & after


@pytest.mark.parametrize("start", [True, False], ids=["at the start", "at the end"])
async def test_at_the_ends_the_line_moves_only_as_far_as_it_must(start: bool) -> None:
    """At the start rows that vanish pull the cursor up; rows that appear above do not push it down."""
    row = 5 if start else 995
    source = Numbers(1000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(app, pilot)
        if not start:
            app.window.action_end()
            await quiet(app, pilot)
        app.window.move(row if start else row - 999)
        await quiet(app, pilot)
        line = line_of_cursor(app)
        source.gone = {1, 2} if start else {998, 999}
        app.window.refresh_rows()
        await quiet(app, pilot)
        assert app.window.row is not None
        assert app.window.row.id == row
        assert line_of_cursor(app) == line + (-2 if start else 2)
        source.gone = set()
        app.window.refresh_rows()
        await quiet(app, pilot)
        assert app.window.row.id == row
        assert line_of_cursor(app) == line + (-2 if start else 2)


async def test_a_list_that_keeps_the_number_of_its_line_would_jump() -> None:
    """The control: the same change under a list that only remembers how far down it was."""

    def by_number(buffer: Buffer, before: Page, after: Page, follow: bool = True, focus: RowId | None = None) -> None:
        buffer.rows = [*before.rows, *after.rows]
        buffer.settle()

    source = Numbers(1000)
    app = list_app(source)
    async with app.run_test(size=(80, 24)) as pilot:
        app.window.move(50)
        await quiet(app, pilot)
        source.gone = {10, 11, 12}
        with mock.patch.object(Buffer, "reload", by_number):
            app.window.refresh_rows()
            await quiet(app, pilot)
        assert app.window.row is not None
        assert app.window.row.id == 53
