"""Data by hand on the screen: n, x, and what a VPA who leaves has left behind (S-01 to S-04)."""

from __future__ import annotations

from models.tables.case import Case
from models.tables.people import Absence, Assignment, Customer, Vpa
from models.tables.task import Task
from screens.records.who import WhoScreen
from tests.screens.stage import Player, Stage

MOST_KEYS = 12
"""Of a phoned-in sick call, beside the name."""


def cases_in_tab(player: Player) -> int:
    """The number beside the tab."""
    return int(player.lines[1].split("Cases ")[1].split()[0])


async def choose(player: Player, text: str) -> None:
    """Take the one thing of a list that has this text."""
    await player.type(text)
    await player.press("enter")


async def test_a_sick_call_takes_at_most_twelve_keys_and_the_name_s03(stage: Stage) -> None:
    keys = ["n", "enter", "enter", "tab", "f", "r", "ctrl+s"]
    assert len(keys) <= MOST_KEYS
    async with stage.screen() as player:
        before = cases_in_tab(player)
        await player.press(keys[0])
        assert isinstance(player.app.screen, WhoScreen)
        await player.type("ida")
        await player.press(*keys[1:])
        assert any("Abwesenheit eingetragen: Sommer, Ida" in text for text in player.told)
        assert cases_in_tab(player) == before + 1
    absence = stage.one(Absence, "H1")
    assert (absence.vpa_id, str(absence.start), str(absence.end)) == ("V4", "2025-11-05", "2025-11-07")
    assert stage.count(Case, Case.absence == "H1", Case.state == "open") == 1


async def test_n_on_cases_offers_what_may_have_changed_s01(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("n")
        await player.type("keller")
        await player.press("enter")
        for words in ("Abwesenheit eintragen", "Zeitplanung", "Klasse", "Aktivität", "Austritt"):
            assert words in player.text
        await choose(player, "Zeitplanung")
        assert "Neukunden" in player.text
        await player.press("n", "ctrl+s")  # the answer to the first question, by its initial
    assert stage.one(Vpa, "V1").new_customers is False


async def test_somebody_unknown_is_made_from_there_s01(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("n")
        await player.type("neu, nora")
        assert "Neuen VPA anlegen: neu, nora" in player.text
        await player.press("enter")
        assert "Es fehlt noch" in player.text
        assert "neu, nora" in player.text


async def test_n_makes_what_the_tab_is_about_s02(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("4", "n")
        assert "Kunden anlegen" in player.text
        await player.type("Gärtnerei Lenz")
        await player.press("tab", "p", "ctrl+s")
        assert stage.one(Customer, "H1").status == "prio"
        await player.press("5", "n")
        assert "Aufgabe anlegen" in player.text
        await player.type("Lenz")
        await player.press("tab")
        await player.type("Messeliste")
        await player.press("ctrl+s")
    assert (stage.one(Task, "H1").title, stage.one(Task, "H1").customer_id) == ("Messeliste", "H1")


async def test_x_offers_changing_whom_a_row_names_s01(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("x")
        for words in ("Abwesenheit eintragen: Keller, Mira", "Stammdaten ändern: Keller, Mira"):
            assert words in player.text
        await choose(player, "austritt")
        await player.press("ctrl+s")
        assert any("Austritt eingetragen: Keller, Mira" in text for text in player.told)
        await player.press("4", "x")
        assert "Stammdaten ändern: Café Nordlicht" in player.text
    assert stage.one(Vpa, "V1").gone


async def test_what_a_leaver_leaves_is_handed_on_together_s04(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("x")
        await choose(player, "austritt")
        await player.press("ctrl+s", "end", "up")  # behind it waits what is not due yet
        assert "Kunden (2): l gibt weiter" in player.text
        assert "Für jeden Kunden ein anderer VPA (S-04)" in " ".join(player.text.split()) or "S-04" in player.text
        await player.press("l", "space", "space", "e")
        assert "Kunden weitergeben: 2 markierte" in player.text
        await player.type("ida")
        await player.press("tab", "tab")
        await player.type("Bitte übernimm ab heute; was vereinbart ist, steht in der Akte.")
        await player.press("ctrl+s")
        assert "Alles ist weitergegeben" in player.text
    assert stage.count(Assignment, Assignment.vpa == "V4", Assignment.end.is_null()) == 2
