"""Keys that come quickly: Esc and a letter behind it stay two keys, whatever the terminal makes of them."""

from __future__ import annotations

import pytest
from textual import events

from screens.widgets.window_list import WindowList
from tests.screens.stage import Stage
from tui.shell.ordered import apart


@pytest.mark.parametrize(
    ("key", "letter", "keys"),
    [
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
