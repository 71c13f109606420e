"""Keys that come quickly: Esc and a letter behind it stay two keys, whatever the terminal makes of them."""

from __future__ import annotations

from unittest import mock

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from screens.form.form import FormScreen
from screens.main.ordered import apart
from screens.main.tidying import Tidying
from screens.widgets.window_list import WindowList
from tests.screens.stage import Stage


@pytest.mark.parametrize(
    ("key", "letter", "keys"),
    [
        ("alt+f", "f", ["escape", "f"]),
        ("alt+s", "s", ["escape", "s"]),
        ("alt+shift+s", "S", ["escape", "S"]),
        ("alt+ä", "ä", ["escape", "ä"]),
        ("alt+3", "3", ["escape", "3"]),
        ("alt+left", None, ["alt+left"]),
        ("s", "s", ["s"]),
        ("escape", "\x1b", ["escape"]),
    ],
)
def test_alt_is_esc_and_the_letter(key: str, letter: str | None, keys: list[str]) -> None:
    assert [one.key for one in apart(events.Key(key, letter))] == keys


async def test_a_letter_right_behind_esc_acts_on_the_list(stage: Stage) -> None:
    """The filter closes, then the search opens; nothing is lost."""
    async with stage.screen() as player:
        await player.press("f")
        assert not isinstance(player.app.focused, WindowList)
        player.app.post_message(events.Key("alt+s", "s"))
        await player.rest()
        assert "Suche" in player.text
        assert len(player.app.screen_stack) == 2


@pytest.mark.parametrize(("letter", "opens"), [("f", "Filter: "), ("b", "Schichtbericht")])
async def test_esc_and_b_or_f_in_one_read_are_no_word_to_go_to(stage: Stage, letter: str, opens: str) -> None:
    """On a list and in a filter both keys count; in a text of a form it is the word before or after."""
    assert list(XTermParser().feed(f"\x1b{letter}")) == []  # Textual waits for more, or for a pause
    async with stage.screen() as player:
        await player.press("f")
        player.app.post_message(events.Key(f"alt+{letter}", letter))
        await player.rest()
        assert opens in player.text
        await player.press("escape", "a", "tab", "tab")
        await player.type("Zwei Wörter")
        player.app.post_message(events.Key("alt+b", "b"))
        await player.rest()
        await player.type("kurze ")
        assert isinstance(player.app.screen, FormScreen)
        assert "Zwei kurze Wörter" in player.text


def test_garbage_is_collected_while_nobody_types() -> None:
    tidying = Tidying()
    with mock.patch("gc.collect") as collected:
        for keys, wanted in ((0, 1), (0, 1), (3, 1), (4, 1), (4, 2), (4, 2)):
            tidying.tick(keys)
            assert collected.call_count == wanted
