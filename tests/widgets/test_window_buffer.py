"""The arithmetic of the window, without a screen: by the thousand against the plainest list there is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from screens.widgets.window_buffer import FULL, KEPT, MOST, Buffer
from screens.widgets.window_source import Page, Row
from tests.widgets.fakes import Numbers, numbered

MOVES = st.lists(
    st.one_of(st.integers(-400, 400), st.sampled_from(["home", "end", "refresh"])),
    max_size=25,
)


def fill(buffer: Buffer, source: Numbers) -> None:
    """Read until nothing is needed."""
    for _ in range(50):
        need = buffer.need()
        if need is None:
            return
        buffer.extend(need, source.page(need.anchor, need.direction, need.limit))
    raise AssertionError("it never has enough")


def started(source: Numbers, height: int) -> Buffer:
    buffer = Buffer()
    buffer.height = height
    buffer.start()
    fill(buffer, source)
    return buffer


def around(buffer: Buffer, source: Numbers, limit: int = 100) -> tuple[Page, Page]:
    row = buffer.row
    if row is None:
        return Page((), False), source.page(None, "from", limit)
    return source.page(row.place, "before", limit), source.page(row.place, "from", limit)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 3000), st.integers(1, 60), MOVES)
def test_it_walks_like_a_plain_list(size: int, height: int, moves: list[int | str]) -> None:
    source = Numbers(size)
    buffer = started(source, height)
    cursor = 0
    for move in moves:
        if move == "home":
            buffer.home()
            cursor = 0
        elif move == "end":
            buffer.end(size)
            cursor = max(0, size - 1)
        elif move == "refresh":
            buffer.reload(*around(buffer, source))
        elif isinstance(move, int):
            buffer.place(buffer.cursor + move)
            fill(buffer, source)
            cursor = max(0, min(size - 1, cursor + move))
        fill(buffer, source)
        assert (buffer.row.id if buffer.row else None) == (cursor if size else None)
        assert not buffer.has_gaps
        assert len(buffer.rows) <= FULL + MOST
        assert buffer.top <= buffer.cursor < buffer.top + height
        assert [row.id for row in buffer.rows] == list(range(buffer.rows[0].id, buffer.rows[-1].id + 1) if size else [])  # type: ignore[arg-type, operator]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5000), st.lists(st.integers(1, 300), max_size=30))
def test_steps_taken_while_pages_are_on_their_way_are_not_lost(size: int, steps: list[int]) -> None:
    source = Numbers(size)
    buffer = started(source, 20)
    for step in steps:
        buffer.place(buffer.cursor + step)
    fill(buffer, source)
    assert buffer.row is not None
    assert buffer.row.id == min(size - 1, sum(steps))


def test_what_is_held_does_not_grow_with_the_list() -> None:
    source = Numbers(1_000_000)
    buffer = started(source, 30)
    most = 0
    for _ in range(3000):
        buffer.place(buffer.cursor + 29)
        fill(buffer, source)
        most = max(most, len(buffer.rows))
    assert buffer.row is not None
    assert buffer.row.id == 87_000
    assert most <= FULL + 100
    assert buffer.rank == buffer.row.id - (buffer.cursor - buffer.top), "the scrollbar still knows where it is"


def test_rows_far_behind_are_let_go_but_not_the_ones_near() -> None:
    buffer = started(Numbers(5000), 30)
    source = Numbers(5000)
    buffer.place(900)
    fill(buffer, source)
    assert buffer.top >= KEPT > 0
    assert not buffer.at_start


def test_the_end_of_a_counted_list_knows_its_rank() -> None:
    source = Numbers(10_000_000)
    buffer = started(source, 30)
    buffer.end(source.count())
    fill(buffer, source)
    assert buffer.row is not None
    assert buffer.row.id == 9_999_999
    assert buffer.rank == 10_000_000 - 30
    assert source.fetched < 600


def test_scrolling_takes_the_cursor_along_only_at_the_edge_of_the_view() -> None:
    buffer = started(Numbers(500), 10)
    buffer.place(5)
    buffer.scroll(3)
    assert (buffer.top, buffer.cursor) == (3, 5)
    buffer.scroll(6)
    assert (buffer.top, buffer.cursor) == (9, 9)
    buffer.scroll(-9)
    assert (buffer.top, buffer.cursor) == (0, 9)


def test_an_empty_list_is_known_to_be_empty_only_after_reading() -> None:
    buffer = Buffer()
    buffer.start()
    assert not buffer.known_empty
    fill(buffer, Numbers(0))
    assert buffer.known_empty
    assert buffer.row is None


class TestReload:
    """Other members change rows while the cursor stands among them."""

    def test_the_row_stays_on_its_line_when_rows_above_go(self) -> None:
        source = Numbers(1000)
        buffer = started(source, 20)
        buffer.place(500)
        fill(buffer, source)
        buffer.scroll(5)
        line = buffer.cursor - buffer.top
        source.gone = {490, 491, 495}
        buffer.reload(*around(buffer, source))
        assert buffer.row is not None
        assert buffer.row.id == 500
        assert buffer.cursor - buffer.top == line

    def test_a_row_that_is_gone_leaves_the_cursor_to_the_next(self) -> None:
        source = Numbers(100)
        buffer = started(source, 20)
        buffer.place(30)
        source.gone = {30, 31}
        buffer.reload(*around(buffer, source))
        assert buffer.row is not None
        assert buffer.row.id == 32

    def test_the_last_row_leaves_it_to_the_one_before(self) -> None:
        source = Numbers(50)
        buffer = started(source, 20)
        buffer.place(49)
        source.gone = {49}
        buffer.reload(*around(buffer, source))
        assert buffer.row is not None
        assert buffer.row.id == 48
        assert buffer.top == 49 - 20, "no empty line at the end"

    def test_everything_gone_is_an_empty_list(self) -> None:
        source = Numbers(10)
        buffer = started(source, 20)
        source.gone = set(range(10))
        buffer.reload(*around(buffer, source))
        assert buffer.known_empty

    def test_a_moved_row_is_followed_or_left_as_asked(self) -> None:
        moved = Page([numbered(1), numbered(2), numbered(4), numbered(5), numbered(3)], False)
        for follow, expected in ((True, 3), (False, 4)):
            buffer = Buffer()
            buffer.height = 10
            buffer.start(Page([numbered(n) for n in (1, 2, 3, 4, 5)], False))
            buffer.place(2)
            buffer.reload(Page((), False), moved, follow=follow)
            assert buffer.row is not None
            assert buffer.row.id == expected

    def test_a_row_that_has_not_moved_keeps_the_cursor_either_way(self) -> None:
        buffer = Buffer()
        buffer.height = 10
        buffer.start(Page([numbered(n) for n in (1, 2, 3)], False))
        buffer.place(1)
        buffer.reload(Page((), False), Page([numbered(n) for n in (2, 3)], False), follow=False)
        assert buffer.row is not None
        assert buffer.row.id == 2

    def test_a_row_in_both_halves_stands_once(self) -> None:
        buffer = Buffer()
        buffer.height = 10
        buffer.start(Page([Row("a", ()), Row("b", ())], False))
        buffer.reload(Page([Row("a", ()), Row("b", ())], False), Page([Row("b", ()), Row("c", ())], False))
        assert [row.id for row in buffer.rows] == ["a", "b", "c"]
