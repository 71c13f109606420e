"""The frame: tabs, filter, search, palette, help, messages, sizes, hostile text, colleagues."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.action.run import run
from models.case.actions import ResolveCase
from models.tables.case import Case
from models.tables.people import Vpa
from screens.form.form import FormScreen
from screens.keys.keymap import KEYS, WIDGET_KEYS
from screens.main.overview import raise_flags, version
from screens.main.too_small import TooSmall
from tests.screens.stage import Stage
from tui.settings import UserSettings


async def test_digits_switch_tabs_and_each_has_a_footer(stage: Stage) -> None:
    async with stage.screen() as player:
        for number, word in enumerate(
            ("alle offenen", "Entfernen", "Flag entfernen", "alle Kunden", "Aufgaben", "laufende"), 1
        ):
            await player.press(str(number))
            assert word in player.text
            assert "? Hilfe" in player.lines[-1]


@pytest.mark.parametrize("typed", ["müller", "MUELLER", "muller", "Müll"])
async def test_filter_works_while_typing_in_any_spelling_and_esc_clears(stage: Stage, typed: str) -> None:
    async with stage.screen() as player:
        await player.press("f")
        await player.type(typed.lower())
        names = [name for name in ("Keller, Mira", "Demir, Can", "Sommer, Ida") if f"  {name}" in player.text]
        assert names == []
        assert "Müller, Ole" in player.text
        await player.press("escape")
        assert "alle offenen · 4" in player.text


async def test_letters_typed_into_the_filter_trigger_no_key(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("slash")
        await player.type("qe1")
        assert player.app.is_running
        assert not isinstance(player.app.screen, FormScreen)
        await player.press("enter")
        assert "„qe1“" in player.text
        await player.press("escape")
        assert "alle offenen · 4" in player.text


async def test_views_are_chosen_by_key_and_by_word(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("2", "m")
        assert "meine · 2" in player.text
        await player.press("escape")
        await player.press("f")
        await player.type("Vertretung".lower())
        await player.press("enter")
        assert "Vertretung · 1" in player.text


async def test_sorting_by_column(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("S", "S")
        assert "VPA ↑" in player.text
        names = ["Demir, Can", "Keller, Mira", "Müller, Ole", "Sommer, Ida"]
        rows = [line for line in player.lines if any(f" {name}" in line[:30] for name in names)]
        assert [next(name for name in names if name in row) for row in rows] == names


async def test_search_finds_a_vpa_and_opens_the_file(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("s")
        await player.type("keller")
        assert "Keller, Mira" in player.text
        await player.press("enter")
        assert "VPA-Akte: Keller, Mira (V1)" in player.text


async def test_the_palette_is_german_and_runs_what_it_finds(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("colon")
        await player.type("kundena")
        await player.press("enter")
        assert "alle Kunden · 2" in player.text


async def test_help_shows_the_keys_as_they_are_now(stage: Stage) -> None:
    async with stage.screen(settings=UserSettings(keys={"row.log": "h"})) as player:
        await player.press("question_mark")
        assert "row.main" in player.text
        line = next(line for line in player.lines if "Akteneintrag zum" in line)
        assert "│  h " in line
        await player.press("escape", "h")
        assert "Akteneintrag in die VPA-Akte" in player.text
        assert player.app._keymap == {"row.log": "h"}  # the rest would cost half of every key


def test_every_binding_has_the_keys_that_the_keymap_tells() -> None:
    """Textual is told of changed keys only."""
    keymap = {key.id: key.keys for key in (*KEYS, *WIDGET_KEYS)}
    sources = [
        path.read_text(encoding="utf-8") for package in ("screens", "tui") for path in Path(package).rglob("*.py")
    ]
    found = [pair for source in sources for pair in re.findall(r'Binding\("([^"]+)", .*id="([^"]+)"', source)]
    assert len(found) > 15
    strange = [(keys, name) for keys, name in found if keys != keymap.get(name, keys)]
    assert strange == []


async def test_clashes_and_unknown_ids_are_reported_at_start(stage: Stage) -> None:
    settings = UserSettings(keys={"row.log": "e", "gibt.es.nicht": "x", "row.copy": "alt+y"})
    async with stage.screen(settings=settings) as player:
        assert len(player.told) == 3
        assert any("row.main" in text for text in player.told)
        await player.press("e")
        assert isinstance(player.app.screen, FormScreen)


async def test_nothing_is_read_again_for_ones_own_look_at_the_start(stage: Stage) -> None:
    with stage.store.connected():
        raise_flags(stage.session())  # new flags would be read
        before = version(stage.session())
    async with stage.screen() as player:
        watching = player.app.main.watching
        assert watching._version == before + 1
        watching.looked(before + 1, before + 3)
        assert watching._version == before + 1, "somebody else has done something: that is read"


async def test_messages_are_kept(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("v", "ctrl+l")
        assert "Meldungen" in player.text
        assert "w auf Wiedervorlage" in player.text


async def test_another_members_change_appears_and_the_cursor_stays(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("down", "down")
        with stage.store.connected():
            run(stage.session("BEN"), ResolveCase(id="3", measure="checked"))
        for _ in range(20):
            await player.pilot.pause(0.1)
            await player.rest()
            if "alle offenen · 3" in player.text:
                break
        assert "alle offenen · 3" in player.text
        assert player.app.main.view.row is not None
        assert player.app.main.view.row.id == 4


async def test_typing_survives_a_colleague_who_was_first(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("down", "e", "g", "tab", "tab")
        with stage.store.connected():
            run(stage.session("BEN"), ResolveCase(id="3", measure="checked"))
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        assert "BEN" in player.text


async def test_a_resize_keeps_what_was_typed(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("e", "tab")
        await player.type("Nicht verlieren")
        for size in ((30, 8), (1, 1), (60, 18), (120, 40)):
            await player.pilot.resize_terminal(*size)
            await player.rest()
            assert isinstance(player.app.screen, TooSmall) == (size[0] < 60)
        assert "Nicht verlieren" in player.text


async def test_leaving_a_form_keeps_its_draft(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("e", "tab")
        await player.type("Entwurf")
        await player.press("escape")
        assert "Nicht gespeichert" in player.told[-1]
        await player.press("e")
        assert "Entwurf" in player.text


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (99, 30), (100, 30), (200, 60)])
async def test_every_size_shows_the_list_and_at_80_columns_at_most_seven_keys(
    stage: Stage, size: tuple[int, int]
) -> None:
    async with stage.screen(size=size) as player:
        assert "Keller, Mira" in player.text
        if size[0] <= 80:
            assert player.lines[-1].count("   ") <= 9
            assert len(player.lines[-1].split("   ")) <= 7 + 3
        await player.press("enter")
        assert "Vorgehen" in player.text or "seit 14 Mon." in player.text
        await player.press("escape")
        assert "alle offenen" in player.text
        await player.press("escape", "escape", "escape")
        assert player.app.is_running


HOSTILE = "[/] [bold]Fett[/bold] [@click=app.quit]x[/] \x1b]52;c;ZXZpbA==\x07 rechts\u202elinks"


async def test_hostile_names_are_shown_as_they_are_and_act_on_nothing(stage: Stage) -> None:
    with stage.store.connected():
        Case.update(vpa_name=HOSTILE, note=HOSTILE).execute()
        Vpa.update(name=HOSTILE, buddy=HOSTILE).execute()
    async with stage.screen() as player:
        assert "[/] [bold]" in player.text
        for keys in (("e",), ("escape",), ("a",), ("escape",), ("o",), ("escape",), ("y",), ("2",), ("3",), ("4",)):
            await player.press(*keys)
            assert "\x1b" not in player.text
            assert "\u202e" not in player.text
        assert player.app.is_running


async def test_without_kuerzel_everything_can_be_read_and_nothing_written(stage: Stage) -> None:
    async with stage.screen(me=None) as player:
        assert "alle offenen · 4" in player.text
        await player.press("e")
        assert not isinstance(player.app.screen, FormScreen)
        assert "Kürzel" in player.told[-1]


async def test_an_empty_database_says_what_to_do(bare_stage: Stage) -> None:
    async with bare_stage.screen(me=None) as player:
        assert "Keine offenen Cases" in player.text
        assert "i importiert" in player.text


async def test_light_and_dark(stage: Stage, own_home: object) -> None:
    async with stage.screen() as player:
        await player.press("ctrl+t")
        assert player.app.theme == "hell"
    from tui.settings import read_settings

    assert read_settings().theme == "hell"
