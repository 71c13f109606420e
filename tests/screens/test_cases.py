"""Working Cases on the screen, by keys alone."""

from __future__ import annotations

from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.people import Vpa
from models.tables.reminder import Reminder
from screens.form.form import FormScreen
from tests.screens.stage import Stage


async def test_the_screen_opens_on_cases_with_rows_and_detail(stage: Stage) -> None:
    async with stage.screen() as player:
        assert "1 Cases 3" in player.text  # one is not workable before tomorrow (D-44)
        assert "alle offenen · 4" in player.text
        assert "V1 · seit 14 Mon." in player.text
        for name in ("Keller, Mira", "Demir, Can", "Müller, Ole", "Sommer, Ida"):
            assert name in player.text


async def test_the_header_says_who_where_when_and_shouts_sandbox(stage: Stage) -> None:
    async with stage.screen() as player:
        header = player.lines[0]
        for part in ("ANN · Admin-Team", "SANDKASTEN", "schicht.db", "Mi 05.11. 14:00", "noch kein Import"):
            assert part in header


async def test_a_case_is_resolved_with_contact_and_answer_d_21(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("e")
        assert "Case erledigen: Keller, Mira" in player.text
        assert "Es fehlt noch" in player.text
        assert "Ergebnis (D-05)" in player.text
        await player.press("v")
        await player.press("tab")
        await player.type("Alles vorbereitet")
        assert "Es fehlt nichts mehr" in player.text
        await player.press("ctrl+s")
        assert stage.one(Case, 1).state == "resolved"
        assert stage.one(Case, 1).measure == "contacted"
        assert any("Case erledigt: Keller, Mira" in text and "rückgängig" in text for text in player.told)
        assert player.app.main.view.row is not None
        assert player.app.main.view.row.id == 3


async def test_ctrl_s_with_something_missing_saves_nothing_and_stays_open_d_05(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("e", "tab")
        await player.type("Sie war nicht da")
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        assert "Gesperrt" in player.text
        assert "Sie war nicht da" in player.text
        assert stage.one(Case, 1).state == "open"


async def test_undo_and_redo_act_without_asking(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("down", "e", "g", "ctrl+s")
        assert stage.one(Case, 3).state == "resolved"
        await player.press("u")
        assert stage.one(Case, 3).state == "open"
        await player.press("ctrl+y")
        assert stage.one(Case, 3).state == "resolved"
        await player.press("ctrl+z")
        assert stage.one(Case, 3).state == "open"
        await player.press("u")
        assert "nichts mehr" in player.told[-1]


async def test_closing_and_the_file_entry_are_one_form(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("down", "e", "g", "tab", "tab", "tab", "tab")
        await player.type("Zeitplan besprochen")
        before = stage.count(Entry)
        if "Zeitplan besprochen" in player.text:
            await player.press("ctrl+s")
        assert stage.count(Case, Case.state == "resolved") == 1
        assert stage.count(Entry) >= before


async def test_an_inactive_vpa_shows_a_red_light_in_words_d_40(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("end")
        assert "Darf ich anschreiben?" in player.text
        assert "NEIN, erst morgen" in player.text
        assert "D-40" in player.text


async def test_contact_before_the_following_day_is_refused_d_40_d_42_d_43(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("end", "c", "ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        for rule in ("D-40", "D-42", "D-43"):
            assert rule in player.text
        assert stage.one(Case, 2).contacted_at is None


async def test_w_sets_a_reminder_about_the_case(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("w", "ctrl+s")
        assert stage.count(Reminder, Reminder.about == "case:1") == 1
        assert any("Reminder gesetzt" in text for text in player.told)


async def test_marked_rows_get_each_its_own_verdict(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("space", "space")
        assert "2 markiert" in player.text
        await player.press("e", "g", "ctrl+s")
        assert "✓ Müller, Ole" in player.text
        assert "✗ Keller, Mira" in player.text
        assert stage.one(Case, 3).state == "resolved"
        assert stage.one(Case, 1).state == "open"


async def test_keys_that_do_nothing_here_say_why(stage: Stage) -> None:
    async with stage.screen() as player:
        for key in ("v", "z", "l"):
            await player.press(key)
        assert len(player.told) == 3
        assert "w" in player.told[0]
        assert "Enter" in player.told[2]


async def test_y_copies_the_fitting_message(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("y")
        assert player.app.clipboard.startswith("Hallo Mira,")
        assert "an das Terminal gesendet" in player.told[-1]


async def test_a_message_that_names_a_class_is_not_copied_d_32(stage: Stage) -> None:
    with stage.store.connected():
        Vpa.update(name="Keller, A-Kundin").where(Vpa.id == "V1").execute()
    async with stage.screen() as player:
        await player.press("y")
        assert "D-32" in player.told[-1]
        assert player.app.clipboard == ""
