"""Keys that come quickly: Esc and a letter behind it stay two keys, whatever the terminal makes of them."""

from __future__ import annotations

import asyncio
from unittest import mock

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.widgets import Input

from screens.form.form import FormScreen
from screens.main.ordered import OrderedApp, apart
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


async def test_letters_behind_tab_go_where_tab_has_led_however_slow_the_machine(stage: Stage) -> None:
    """A form opened by `a`: its first letters landed on „Art“ where Tab took longer than 0.15 s to be carried out."""
    with mock.patch.object(OrderedApp, "PATIENCE", 0.0):
        async with stage.screen() as player:
            for key in ("a", "tab", *"Hallo"):
                player.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await player.rest()
            assert isinstance(player.app.screen, FormScreen)
            values = player.app.screen.values
            assert (values["situation"], values["kind"]) == ("Hallo", "absence")


async def test_a_key_that_is_kept_on_its_way_holds_up_no_other(stage: Stage) -> None:
    """A widget between may stop it; what comes behind is not waited for in vain."""
    async with stage.screen() as player:
        await player.press("a")
        field = player.app.screen.query_one("#field-kind")
        with mock.patch.object(type(field), "on_key", lambda self, event: event.stop(), create=True):
            player.app.post_message(events.Key("f5", None))
            player.app.post_message(events.Key("tab", None))
            await player.rest()
            await asyncio.sleep(0.4)
            await player.rest()
        assert player.app._ticket == 0


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("\nKeller", "Keller"),
        ("Keller\nMira\n", "Keller Mira"),
        ("\r\n  Keller,\r\n\r\n  Mira  \r\n", "Keller, Mira"),
        (" ein Rest ", " ein Rest "),
        ("a\u2028b\x1bc", "a bc"),
        ("\n\n", ""),
    ],
)
async def test_pasted_lines_are_joined_in_a_line(stage: Stage, pasted: str, kept: str) -> None:
    """Filter and field: Textual keeps the first line only, which may be empty."""
    async with stage.screen() as player:
        await player.press("f")
        player.app.post_message(events.Paste(pasted))
        await player.rest()
        assert isinstance(player.app.focused, Input)
        assert player.app.focused.value == kept
        await player.press("escape", "a", "tab", "tab")
        player.app.post_message(events.Paste(pasted))
        await player.rest()
        assert isinstance(player.app.screen, FormScreen)
        assert player.app.screen.values["link"] == kept


async def test_pasted_lines_stay_lines_in_a_text_and_wait_for_the_keys_before_them(stage: Stage) -> None:
    async with stage.screen() as player:
        for event in (events.Key("a", "a"), events.Key("tab", None), events.Paste("Erst\ndann"), events.Key("!", "!")):
            player.app.post_message(event)
        await player.rest()
        assert isinstance(player.app.screen, FormScreen)
        assert player.app.screen.values["situation"] == "Erst\ndann!"


async def test_ctrl_q_asks_before_it_throws_something_typed_away(stage: Stage) -> None:
    """Once more in a row means it; a key between asks anew. What nobody has typed into is left at once."""
    async with stage.screen() as player:
        await player.press("a", "tab")
        await player.type("Langer Text")
        await player.press("ctrl+q")
        assert player.app.is_running
        assert "noch nicht gespeichert" in player.told[-1]
        await player.type("!")
        await player.press("ctrl+q")
        assert player.app.is_running
        assert isinstance(player.app.screen, FormScreen)
        assert player.app.screen.values["situation"] == "Langer Text!"
        await player.press("ctrl+q")
        assert not player.app.is_running
        assert player.app.return_value == 0
    async with stage.screen() as player:
        await player.press("a", "ctrl+q")
        assert not player.app.is_running


def test_garbage_is_collected_while_nobody_types() -> None:
    tidying = Tidying()
    with mock.patch("gc.collect") as collected:
        for keys, wanted in ((0, 1), (0, 1), (3, 1), (4, 1), (4, 2), (4, 2)):
            tidying.tick(keys)
            assert collected.call_count == wanted
