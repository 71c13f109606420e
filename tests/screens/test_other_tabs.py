"""Reminder, VPA-Journey, Kundenakte, Aufgaben, VPA-Wechsel."""

from __future__ import annotations

import pytest

from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.reminder import Reminder
from screens.form.form import FormScreen
from tests.screens.stage import Stage


async def test_own_due_reminders_come_first_and_overdue_has_a_word_r_01_r_10(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("2")
        rows = [line for line in player.lines if "Nachsehen" in line]
        assert "überfällig" in rows[0]
        assert "Keller, Mira" in rows[0]
        assert "TOM weg" in rows[1]
        assert "Café Nordlicht" in rows[2]


async def test_a_reminder_is_closed_with_its_entry_r_04(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("2", "e", "ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        assert "Akteneintrag (R-04)" in player.text
        await player.press("right", "tab", "tab")
        await player.type("Alles in Ordnung")
        await player.press("ctrl+s")
        assert stage.one(Reminder, 1).state == "done"
        assert stage.one(Reminder, 1).entry is not None


async def test_an_absent_members_reminder_is_taken_and_given_back_r_05(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("2", "down", "z")
        assert stage.one(Reminder, 2).owner == "ANN"
        await player.press("home", "down", "z")
        assert stage.one(Reminder, 2).owner == "TOM"


async def test_ones_own_reminder_is_handed_over_by_form_r_05(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("2", "z")
        assert "Reminder abgeben" in player.text
        await player.type("BEN")
        await player.press("tab")
        await player.type("Urlaub")
        await player.press("ctrl+s")
        assert stage.one(Reminder, 1).owner == "BEN"


async def test_dates_are_typed_in_words(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("2", "v")
        await player.type("mo")
        assert "Mo 10.11.2025" in player.text
        await player.press("tab")
        await player.type("Erst dann da")
        await player.press("ctrl+s")
        due = stage.one(Reminder, 1).due
        assert due.in_timezone("Europe/Berlin").date().isoformat() == "2025-11-10"


async def test_n_sets_a_reminder_on_somebody_found_by_name(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("2", "n")
        await player.type("muell")
        assert "→ Müller, Ole (V3)" in player.text
        await player.press("tab", "tab", "tab", "tab")
        await player.type("Anrufen")
        await player.press("ctrl+s")
        assert stage.count(Reminder, Reminder.subject == "vpa:V3") == 1


async def test_a_flag_is_removed_after_the_onboarding_call_j_01(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("3", "e")
        assert "Onboarding-Call am (J-01)" in player.text
        await player.type("gestern")
        await player.press("ctrl+s")
        assert stage.one(Flag, 1).state == "removed"


async def test_only_a_vpa_manager_removes_the_last_flag_j_08(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("3", "down", "e")
        await player.type("gestern")
        await player.press("ctrl+s")
        assert stage.one(Flag, 2).state == "open"
        assert "J-08" in player.text
    async with stage.screen(me="VMA") as player:
        await player.press("3", "down", "e")
        await player.type("gestern")
        await player.press("ctrl+s")
        assert stage.one(Flag, 2).state == "removed"


async def test_kundenakte_has_a_row_a_customer_last_entry_first(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("4")
        rows = [line[:66] for line in player.lines if "Café" in line[:40] or "Praxis" in line[:40]]
        assert "▲" in rows[0]
        assert "Café Nordlicht" in rows[0]
        assert any("noch kein Eintrag" in line for line in rows)


async def test_a_class_named_in_a_green_text_is_refused_and_marked_d_32(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("4", "a")
        assert "Akte" in player.text
        await player.press("v", "tab", "s", "tab")
        await player.type("Er ist jetzt Klasse B")
        assert "▲ liest: VPA" in player.text
        assert "Klasse genannt" in player.text
        before = stage.count(Entry)
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        assert "D-32" in player.text
        assert "Er ist jetzt Klasse B" in player.text
        assert stage.count(Entry) == before


async def test_what_sounds_like_a_class_is_passed_by_one_key_d_32(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("4", "a", "v", "tab", "s", "tab")
        await player.type("Braucht Führerschein Klasse B")
        said = " ".join(player.text.split())
        assert "klingt nach einer Klasse" in said
        assert "F4" in said
        before = stage.count(Entry)
        await player.press("ctrl+s")
        assert stage.count(Entry) == before
        await player.press("f4")
        assert stage.count(Entry) == before + 1


async def test_f4_says_so_where_nothing_warns(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("4", "a", "v", "tab", "s", "tab")
        await player.type("Er ist jetzt Klasse B")
        before = stage.count(Entry)
        await player.press("f4")
        assert "Hier warnt nichts" in player.text
        assert stage.count(Entry) == before


async def test_an_internal_entry_is_written_k_09(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("4", "a", "right", "tab", "b", "tab")
        await player.type("Rechnung war falsch")
        await player.press("ctrl+s")
        with stage.store.connected():
            newest = Entry.select().order_by(Entry.id.desc()).get()
        assert (newest.file, newest.kind, newest.tags) == ("oteam", "complaint", ["Beschwerde"])


async def test_the_file_opens_with_o_and_esc_comes_back(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("o")
        assert "VPA-Akte: Keller, Mira (V1)" in player.text
        assert "War im Urlaub" in player.text
        await player.press("escape")
        assert "alle offenen" in player.text


async def test_an_entry_is_corrected_as_a_new_version_k_04(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("o", "e", "tab")
        await player.type("Genauer: ")
        await player.press("ctrl+s")
        with stage.store.connected():
            newest = Entry.select().order_by(Entry.id.desc()).get()
        assert newest.corrects == 1
        assert "Genauer" in newest.situation


async def test_sales_may_not_read_the_vpa_akte_a_28(stage: Stage) -> None:
    async with stage.screen(me="SAL") as player:
        assert "War im Urlaub" not in player.text
        await player.press("o")
        assert "War im Urlaub" not in player.text


async def test_a_vpa_wechsel_is_opened_and_questioned_w_06(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("6")
        assert "Kein VPA-Wechsel läuft" in player.text
        await player.press("n")
        await player.type("K1")
        await player.press("tab")
        await player.type("keller")
        await player.press("tab", "right", "tab")
        await player.type("Zu viel")
        await player.press("ctrl+s")
        assert stage.count(Handover) == 1
        await player.press("e")
        assert "Rückfrage festhalten" in player.text


async def test_without_tasks_the_list_says_so(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("5")
        assert "Keine offenen Aufgaben" in player.text


async def test_assigning_offers_the_fitting_template_and_wants_it_adapted_k_22_k_23(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("4", "x", "down", "enter")
        assert "VPA zuweisen: Café Nordlicht" in player.text
        await player.type("muell")
        await player.press("tab", "right")
        assert "Hallo Ole," in player.text
        assert "K-23" in player.text
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        assert "Hallo Ole," in player.text


@pytest.mark.parametrize("keys", [("p",), ("b",), ("g",), ("4", "o"), ("4", "t"), ("1", "question_mark")])
async def test_a_sonderfall_is_reported_from_anywhere_w_16(stage: Stage, keys: tuple[str, ...]) -> None:
    async with stage.screen(size=(80, 24)) as player:
        await player.press(*keys, "exclamation_mark")
        assert isinstance(player.app.screen, FormScreen)
        assert "Sonderfall sofort an die Manager melden" in player.text
        await player.press("escape")
        assert not isinstance(player.app.screen, FormScreen)


@pytest.mark.parametrize(("keys", "nothing"), [(("p",), "d"), (("g",), "1"), (("4", "o"), "p"), (("4", "o"), "i")])
async def test_a_key_of_elsewhere_says_why_it_does_nothing_here(
    stage: Stage, keys: tuple[str, ...], nothing: str
) -> None:
    async with stage.screen(size=(80, 24)) as player:
        await player.press(*keys)
        there = player.app.screen
        await player.press(nothing)
        assert "gibt es hier nicht: Esc führt" in player.told[-1]
        assert player.app.screen is there
