"""Tab 5: Aufgaben, on the screen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from models.playbook import use
from models.playbook.own import read_own
from models.tables.entry import Entry
from models.tables.reminder import Reminder
from models.tables.task import Message, Note, Task
from screens.form.form import FormScreen
from tests.screens.stage import Player, Stage
from tests.support import task as given


@pytest.fixture
def desk(stage: Stage) -> Stage:
    """The stage with a task in each situation."""
    with stage.store.connected(), stage.store.db.atomic():
        given.delegated("T1", title="Folien bauen")
        given.delegated("T2", title="Liste pflegen", checklist={}, tags_checked=False, delegation_comment=None)
        given.task("T3", title="Hotel buchen", delegated_by="V1", delegation_reason="zeit", delegation_comment="voll",
                   checklist={**given.COMPLETE, "lists": "missing"})  # fmt: skip
        given.task("T4", title="Umlauf planen", state="offen")
        given.message("2025-10-20T10:00", "at", "Welche Messen meinen Sie?", ["rueckfrage"], "T4")
        given.message("2025-10-22T10:00", "at", "Darf ich erinnern?", ["erinnerung"], "T4")
        given.task("T5", title="Podcast tippen", state="umfrage", vpa=None)
        given.task("T6", title="Alt und fertig", state="erledigt")
    return stage


def row(player: Player, title: str) -> str:
    """The line of the list that shows a task."""
    return next(line[:66] for line in player.lines if title in line[:66])


async def on(player: Player, title: str) -> None:
    """Put the cursor on a task."""
    await player.press("5", "home")
    for _ in range(8):
        if "▌" in row(player, title):
            return
        await player.press("down")
    raise AssertionError(f"{title} is not in the list")


async def test_forwarded_comes_first_and_each_row_says_what_is_open_f_05_f_10(desk: Stage) -> None:
    async with desk.screen(size=(120, 44)) as player:
        await player.press("5")
        places = [
            player.text.index(title) for title in ("Folien bauen", "Hotel buchen", "Podcast tippen", "Umlauf planen")
        ]
        assert places == sorted(places)
        assert "● bereit" in row(player, "Folien bauen")
        assert "Kommentar, Prüfung" in row(player, "Liste pflegen")
        assert "Kunde, Infos" in row(player, "Hotel buchen")
        assert "Erinnerung 2 fällig" in row(player, "Umlauf planen")
        assert "Alt und fertig" not in player.text


async def test_the_detail_says_at_once_who_was_told_and_why_it_came(desk: Stage) -> None:
    async with desk.screen(size=(120, 60)) as player:
        await on(player, "Folien bauen")
        assert "Delegiert von Keller, Mira · Kompetenz" in player.text
        assert "„Excel fehlt mir“" in player.text
        assert "● Kunde informiert" in player.text
        assert "● Infos vollständig" in player.text
        assert "(F-08)" in player.text
        await on(player, "Hotel buchen")
        assert "○ Kunde noch nicht informiert" in player.text
        assert "! keine neue Deadline angeboten" in player.text
        assert "fehlt noch: Listen" in player.text
        assert "○ Listen" in player.text


async def test_one_key_offers_what_is_ready_and_u_takes_it_back(desk: Stage) -> None:
    async with desk.screen() as player:
        await on(player, "Folien bauen")
        assert "e Ausschreiben" in player.lines[-1]
        await player.press("e")
        assert desk.one(Task, "T1").state == "umfrage"
        await player.press("u")
        assert desk.one(Task, "T1").state == "forwarded"


async def test_what_nobody_has_judged_is_checked_first_t_05_t_06(desk: Stage) -> None:
    async with desk.screen(size=(120, 50)) as player:
        await on(player, "Liste pflegen")
        assert "e Prüfen" in player.lines[-1]
        assert "○ Die fünf Punkte des" in player.text
        await player.press("e")
        assert isinstance(player.app.screen, FormScreen)
        for _ in range(5):
            await player.press("v", "tab")
        await player.press("space", "ctrl+s")
        task = desk.one(Task, "T2")
        assert set(task.judged.values()) == {"present"}
        assert task.tags_checked
        await on(player, "Liste pflegen")
        assert "e Zurück an VPA" in player.lines[-1]


async def test_one_key_returns_it_with_the_list_of_gaps_f_03_f_06(desk: Stage) -> None:
    async with desk.screen(size=(120, 50)) as player:
        await on(player, "Hotel buchen")
        assert "e Zurück an VPA" in player.lines[-1]
        await player.press("e", "ctrl+s")
        assert desk.one(Task, "T3").state == "offen"
        with desk.store.connected():
            note = Note.get(Note.task == "T3")
        assert "Der Kunde weiß noch nichts" in note.text
        assert "neue Deadline" in note.text
        assert "Es fehlt noch: Listen." in note.text


async def test_the_clock_of_a_decline_shows_its_days_and_e_reminds_t_14(desk: Stage) -> None:
    async with desk.screen(size=(120, 50)) as player:
        await on(player, "Umlauf planen")
        assert "● Rückfrage     Mo 20.10." in player.text
        assert "● Erinnerung 1  Mi 22.10., nach 2 Arbeitstagen" in player.text
        assert "○ Erinnerung 2  jetzt fällig" in player.text
        assert "○ Ablehnen      ab Fr 07.11., in 2 Arbeitstagen" in player.text
        await player.press("e", "ctrl+s")
        assert isinstance(player.app.screen, FormScreen)  # [frage] still stands in it (K-23)
        assert "K-23" in player.text
        assert desk.count(Message, Message.task == "T4") == 2


async def test_declining_too_early_says_what_is_missing_and_saves_nothing_t_14(desk: Stage) -> None:
    async with desk.screen(size=(120, 50)) as player:
        await on(player, "Umlauf planen")
        await player.press("x")
        await player.type("Ablehnen: ")
        await player.press("enter")
        assert "Erinnerung 1 und 2" in player.text
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        assert desk.one(Task, "T4").state == "offen"


async def test_n_writes_a_message_or_a_note_that_says_who_reads_it_t_20(desk: Stage) -> None:
    async with desk.screen(size=(120, 50)) as player:
        await on(player, "Folien bauen")
        await player.press("n", "down", "down", "enter")
        assert "liest: VPA + AT" in player.text
        await player.type("Kunde ist neu dabei")
        await player.press("ctrl+s")
        assert desk.count(Note, Note.text == "Kunde ist neu dabei") == 1
        await player.press("n", "down", "enter", "tab")
        assert "Nachricht im Aufgabenchat: Folien bauen" in player.text
        await player.type("Guten Tag")
        await player.press("ctrl+s")
        assert desk.count(Message, Message.text == "Guten Tag", Message.sender == "at") == 1


async def test_the_whole_chat_opens_with_l_and_is_filtered_by_tag_t_09(desk: Stage) -> None:
    async with desk.screen() as player:
        await on(player, "Umlauf planen")
        await player.press("l")
        assert "Aufgabenchat: Umlauf planen (T4)" in player.text
        assert "liest: Kunde + VPA" in player.text
        assert "Welche Messen" in player.text
        await player.press("f")
        await player.type("erinnerung")
        await player.press("enter")
        assert "Darf ich erinnern?" in player.text
        assert "Welche Messen" not in player.text


async def test_tags_are_corrected_in_the_chat_t_08(desk: Stage) -> None:
    async with desk.screen() as player:
        await on(player, "Folien bauen")
        await player.press("l", "e")
        assert "Aufgabentags berichtigen: „" in player.text  # which message, not only which task
        await player.press("d", "ctrl+s")
        with desk.store.connected():
            message = Message.get(Message.task == "T1")
        assert message.tags == ["weiterleitung", "deadline"]


async def test_a_complaint_reads_the_chat_as_it_stood_on_a_day_t_04(desk: Stage) -> None:
    async with desk.screen(size=(120, 40)) as player:
        await on(player, "Umlauf planen")
        await player.press("l", "f")
        await player.type("stand 21.10.")
        await player.press("enter")
        assert "Nicht dokumentiert am Di 21.10.2025" in " ".join(player.text.split())
        assert "kein Ergebnis" in player.text
        assert "Welche Messen" in player.text
        assert "Darf ich erinnern?" not in player.text
        assert "e Aufgabentags" not in player.lines[-1]  # the footer names no key that only says no
        await player.press("e")
        assert "nur zum Lesen" in player.told[-1]
        await player.press("escape")
        assert "e Aufgabentags" in player.lines[-1]


async def test_experten_is_a_view_of_its_own_by_name_and_class_f_14_d_02(desk: Stage) -> None:
    async with desk.screen() as player:
        await player.press("5", "f")
        await player.type("experten")
        await player.press("enter")
        assert "Assistenzbereiche" in player.text
        assert "Sommer, Ida" in player.text
        assert "Folien bauen" not in player.text
        await player.press("e")
        assert "VPA-Akte" in player.text
        await player.press("escape", "escape")
        assert "Folien bauen" in player.text


async def test_an_add_on_leaves_message_tag_and_entry_together_or_nothing_t_10_t_13(desk: Stage) -> None:
    async with desk.screen(size=(120, 50)) as player:
        await on(player, "Umlauf planen")
        entries = desk.count(Entry)
        await player.press("x")
        await player.type("Add-On")
        await player.press("enter", "f", "tab")
        await player.type("eine Stunde am Tag")
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        assert (desk.count(Entry), desk.count(Message, Message.task == "T4")) == (entries, 2)
        await player.press("tab")
        await player.type("Mo bis Fr 9 Uhr")
        await player.press("tab")
        await player.type("1 Stunde")
        await player.press("tab")
        await player.type("zwei Wochen")
        await player.press("ctrl+s")
        assert (desk.count(Entry), desk.count(Message, Message.task == "T4")) == (entries + 1, 3)
        with desk.store.connected():
            newest = Message.select().where(Message.task == "T4").order_by(Message.at.desc()).get()
        assert newest.tags == ["aufgabenbeschreibung"]


async def test_other_keys_of_a_task_do_their_work_or_say_why_not(desk: Stage) -> None:
    async with desk.screen() as player:
        await on(player, "Umlauf planen")
        for key, word in (("v", "Wiedervorlage"), ("z", "ganzen Team"), ("c", "Aufgabenchat schreibst du mit n")):
            await player.press(key)
            assert word in player.told[-1]
        await player.press("w", "ctrl+s")
        assert desk.count(Reminder, Reminder.about == "task:T4") == 1
        await player.press("o")
        assert "Kundenakte: Café Nordlicht (K1)" in player.text


async def test_a_hostile_title_stands_as_it_is_written(desk: Stage) -> None:
    with desk.store.connected():
        given.task("T0", title="Fall [dringend] [/] [@click=app.quit]x[/]")
    async with desk.screen(size=(160, 40)) as player:
        await player.press("5")
        assert "Fall [dringend] [/] [@click=app.quit]x[/]" in player.text


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_narrow_screens_keep_ten_characters_of_the_title(desk: Stage, size: tuple[int, int]) -> None:
    with desk.store.connected():
        given.task("T0", title="Ausgangsrechnungen nachfassen", deadline=dt.date(2025, 11, 3))
        given.message("2025-10-20T10:00", "kunde", "Bitte nachfassen", ["sonstiges"], "T0")
    async with desk.screen(size=size) as player:
        await player.press("5")
        assert "Ausgangsre" in player.text
        if size[0] >= 80:
            assert "! 03.11." in player.text  # overdue is more than a colour
        await player.press("enter")
        assert "Ausgangsrechnungen nachfassen" in player.text
        await player.press("escape", "home", "l")
        assert "Esc Zurück" in player.lines[-1]
        await player.press("enter")
        assert player.lines[-1].count("Esc") == 1  # first back to the list, as it says
        assert "Esc Liste" in player.lines[-1]


async def test_the_teams_own_names_stand_on_the_screen_a_21(desk: Stage, tmp_path: Path) -> None:
    (tmp_path / "labels.toml").write_text('forwarded = "Eingang"\ntl = "Leitung"\n', encoding="utf-8")
    use(read_own(tmp_path))
    try:
        async with desk.screen(size=(120, 44)) as player:
            await player.press("5")
            assert "3 Eingang" in player.lines[1]
            await player.press("f")
            await player.type("eingang")
            await player.press("enter")
            assert "Eingang · 3" in player.text
            assert "Umlauf planen" not in player.text
            assert "Forwarded" not in player.text
            await player.press("escape", "f")
            await player.type("experten")
            await player.press("enter")
            assert "an Leitung delegiert" in player.text
    finally:
        use(None)
