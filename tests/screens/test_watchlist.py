"""The Watchlist as a view of tab 4: reasons in words, approach in one form (K-26, K-29, K-30)."""

from __future__ import annotations

import datetime as dt

from models.tables.entry import Entry
from models.tables.people import Absence, Assignment, Customer
from models.tables.reminder import Reminder
from screens.form.form import FormScreen
from screens.widgets.picker import Picker
from tests.screens.stage import Player, Stage


def _neglected(stage: Stage) -> None:
    with stage.store.connected():
        Customer.update(kept_on=dt.date(2025, 7, 1), kept_by="vpa").where(Customer.id == "K2").execute()
        Absence.create(id="A1", vpa="V1", start=dt.date(2025, 11, 10), end=dt.date(2025, 11, 21),
                       entered_on=dt.date(2025, 11, 1))  # fmt: skip


async def _open(player: Player) -> None:
    await player.press("4", "ctrl+p")
    assert isinstance(player.app.screen, Picker)
    await player.type("watchlist")
    await player.press("enter")


async def test_it_is_opened_from_the_palette_and_says_why_k27_k29(stage: Stage) -> None:
    _neglected(stage)
    async with stage.screen() as player:
        await _open(player)
        rows = [line for line in player.lines if "Wochen" in line or "noch nie" in line]
        assert "Praxis Sonnen" in rows[0]
        assert "18 Wochen · Klasse B · keine Buch" in rows[0]
        assert "Café Nordlicht" in rows[1]
        assert "Watchlist · 2" in player.text
        assert "Warum auf der Watchlist (Risiko 221)" in player.text
        assert "vom VPA zuletzt am 01.07.25 gepflegt (127)" in player.text
        assert "Keller, Mira: 12 der nächsten 56 Tage weg (24)" in player.text
        assert "Kundenklasse B (40)" in player.text
        assert "lange keine Buchung (30)" in player.text
        assert "e Ansprechen" in player.text
        await player.press("f")
        await player.type("cafe")
        assert "18 Wochen" not in player.text
        assert "noch nie" in player.text


async def test_a_customer_is_put_on_it_by_hand_and_taken_off_k29(stage: Stage) -> None:
    with stage.store.connected():
        Customer.update(kept_on=dt.date(2025, 11, 1), kept_by="vpa", last_booking=dt.date(2025, 11, 1)).execute()
    async with stage.screen() as player:
        await player.press("4", "ctrl+p")
        await player.type("auf die watchlist")
        await player.press("enter")
        assert isinstance(player.app.screen, FormScreen)
        player.app.screen._fields["reason"].fill("Klingt unzufrieden")
        await player.press("ctrl+s")
        await _open(player)
        assert "Watchlist · 1" in player.text
        assert any(line.startswith("▌ ") and "von Hand · " in line for line in player.lines)
        assert "von Hand, ANN: Klingt unzufrieden" in player.text
        await player.press("ctrl+p")
        await player.type("von der watchlist")
        await player.press("enter", "ctrl+s")
        assert stage.count(Customer, Customer.watched_for.is_null(False)) == 0


async def test_e_approaches_with_deadline_and_reminder_in_one_step_k26_k30(stage: Stage) -> None:
    _neglected(stage)
    async with stage.screen(size=(80, 24)) as player:
        await _open(player)
        await player.press("e")
        form = player.app.screen
        assert isinstance(form, FormScreen)
        assert "VPA ansprechen: Praxis Sonnenhof" in player.text
        form._fields["text"].fill("Hallo Mira, bring die Akte bitte auf den neuesten Stand.")
        await player.press("ctrl+s")
        assert stage.count(Reminder, Reminder.subject == "customer:K2", Reminder.kind == "deadline") == 1
        assert stage.count(Entry, Entry.subject == "customer:K2", Entry.file == "vpa_kunde") == 1
        assert stage.one(Customer, "K2").name in player.told[-1]
        row = next(line for line in player.lines if "Praxis" in line)
        assert "Mi 12.11." in row  # the Frist shows at once, so that nobody approaches twice


async def test_without_a_vpa_e_assigns_one_first_k29(stage: Stage) -> None:
    _neglected(stage)
    with stage.store.connected():
        Assignment.delete().where(Assignment.customer == "K2").execute()
    async with stage.screen(size=(80, 24)) as player:
        await _open(player)
        await player.press("f")
        await player.type("sonnenhof")
        await player.press("enter")
        assert "e VPA zuweisen" in player.lines[-1]
        await player.press("e")
        assert "VPA zuweisen: Praxis Sonnenhof" in player.text


async def test_a_customer_that_is_kept_is_not_on_it(stage: Stage) -> None:
    with stage.store.connected():
        Customer.update(kept_on=dt.date(2025, 11, 1), kept_by="vpa").execute()
    async with stage.screen() as player:
        await player.press("4", "m", "m", "m", "m", "m")
        assert "Niemand auf der Watchlist" in player.text
        await player.press("m")
        assert "Café Nordlicht" in player.text
