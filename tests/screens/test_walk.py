"""The Schichtlauf on the screen: stop by stop by keys, left, resumed, sealed."""

from __future__ import annotations

from models.action.run import run
from models.case.actions import ResolveCase
from models.tables.case import Case
from models.tables.day import Day, Look
from models.tables.reminder import Reminder
from screens.form.form import FormScreen
from screens.main.screen import MainScreen
from screens.report.screen import ReportScreen
from screens.walk.screen import WalkScreen
from tests.screens.stage import Player, Stage
from tui.settings import UserSettings


def place(player: Player) -> str:
    """The first line: where one stands."""
    return " ".join(player.lines[0].split())


def said(player: Player) -> str:
    """The screen in single blanks."""
    return " ".join(player.text.split())


async def test_a_walk_by_keys_left_and_resumed_ends_in_the_seal(stage: Stage) -> None:
    """R-01, R-10, D-01, D-03, D-04: done ones vanish, a colleague does one, what is put aside is left; the seal."""
    async with stage.screen() as player:
        looks = stage.count(Look)
        await player.press("3", "g")
        assert stage.count(Look) == looks + 1
        assert place(player) == "Schichtlauf · 1 von 8 · Reminder · eigene erledigt 0"
        assert "R-10 Dein Reminder, seit 1 Tag überfällig." in said(player)
        assert "Keller, Mira" in player.text
        assert "Es fehlt noch" in player.text
        assert "e Entfernen n Weiter" in " ".join(player.lines[-1].split())
        await player.press("n")
        assert place(player) == "Schichtlauf · 2 von 8 · Case erledigt 0 · liegen geblieben 1"
        assert "D-21 Abwesenheit" in said(player)
        await player.press("left")
        assert "1 von 8 · Reminder" in place(player)
        await player.press("p")
        assert player.told[-1] == "Davor ist nichts mehr offen."
        await player.press("right", "w", "ctrl+s")
        assert stage.one(Reminder, 4).about == "case:1"
        assert place(player) == "Schichtlauf · 3 von 8 · Case erledigt 1 · liegen geblieben 1"
        assert "Müller, Ole" in player.text  # Can Demir's inactivity is no stop before tomorrow (D-44)
        await player.press("enter")
        assert isinstance(player.app.screen, FormScreen)
        await player.type("gep")
        await player.press("ctrl+s")
        assert stage.count(Case, Case.resolved_by == "ANN") == 1
        assert place(player) == "Schichtlauf · 4 von 8 · Case erledigt 2 · liegen geblieben 1"
        await player.press("v")
        assert "Einen Case legst du mit w" in player.told[-1]
        with stage.store.connected():
            run(stage.session("BEN"), ResolveCase(id="4", measure="checked", cause="Zwei späte Abgaben"))
        await player.press("r")
        assert player.told[-1] == "BEN hat das gerade erledigt: Sommer, Ida"
        assert "5 von 8 · VPA-Journey" in place(player)
        await player.press("n", "escape")
        assert isinstance(player.app.screen, MainScreen)
        await player.press("g")
        assert "6 von 8 · VPA-Journey" in place(player)
        await player.press("n", "n", "n")
        await the_end(stage, player)


async def the_end(stage: Stage, player: Player) -> None:
    """Counts, leftovers, the seal."""
    text = said(player)
    assert place(player) == "Schichtlauf · Abschluss"
    assert "In diesem Lauf erledigt vertagt abgegeben liegen geblieben" in text
    assert "Reminder · eigene – – – 1" in text
    assert "Case 2 1 – –" in text
    assert "VPA-Journey – – – 4" in text
    assert "Cases ANN 1 · BEN 1" in text
    assert "Liegen geblieben Reminder · eigene Keller, Mira VPA-Journey" in text
    assert "Bei anderen noch fällig: 1 Reminder, 1 davon von Abwesenden" in text
    assert "Noch nicht dran: 1 Case, ab morgen" in text
    assert "d schließt den Tag mit einer Begründung ab." in text
    await player.press("e")
    assert "Der Lauf ist am Ende" in player.told[-1]
    await player.press("p")
    assert "8 von 8" in place(player)
    await player.press("n", "d")
    assert isinstance(player.app.screen, FormScreen)
    await player.type("rest morgen")
    await player.press("ctrl+s")
    assert stage.count(Day, Day.sealed_by == "ANN") == 1
    assert "✓ Tag abgeschlossen: ANN 14:00" in player.text
    assert "Tag abschließen" not in player.lines[-1]


async def test_undo_leads_back_to_the_stop_also_from_the_end(stage: Stage) -> None:
    async with stage.screen(size=(80, 24)) as player:
        await player.press("g", *["n"] * 2)
        assert "3 von 8 · Case" in place(player)
        assert "Abwesend " not in player.text
        await player.press("e")
        await player.type("gep")
        await player.press("ctrl+s")
        assert "4 von 8 · Case" in place(player)
        await player.press("u")
        assert "3 von 8 · Case" in place(player)
        await player.press("ctrl+y")
        assert "4 von 8 · Case" in place(player)
        await player.press(*["n"] * 5)
        assert "Schichtlauf · Abschluss" in place(player)
        await player.press("u")
        assert "3 von 8 · Case" in place(player)
        assert "Müller, Ole" in player.text


async def test_an_empty_walk_says_so_and_offers_the_seal(bare_stage: Stage) -> None:
    with bare_stage.store.connected():
        from models.tables.people import Member

        Member.create(kuerzel="ANN", key="ann", name="Anna Vogt", roles=["at"])
    async with bare_stage.screen() as player:
        await player.press("colon")
        await player.type("schichtl")
        await player.press("enter")
        assert isinstance(player.app.screen, WalkScreen)
        assert "Nichts ist fällig" in player.text
        assert "d schließt den Tag ab." in player.text
        await player.press("d", "ctrl+s")
        assert bare_stage.count(Day) == 1


async def test_the_report_is_shown_and_copied(stage: Stage) -> None:
    """A-28: it is internal, and says so."""
    async with stage.screen(settings=UserSettings(keys={"row.copy": "h"})) as player:
        await player.press("b")
        assert isinstance(player.app.screen, ReportScreen)
        assert "Schichtbericht Mi 05.11.2025" in player.text
        assert "Intern. Nur für Admin-Team und VPA Manager." in said(player)
        assert "Fällige Reminder: 2" in player.text
        assert "h Kopieren · Esc Zurück" in player.text
        await player.press("h")
        assert player.app.clipboard.startswith("# Schichtbericht Mi 05.11.2025\n\n> **Intern.**")
        assert "- **Keller, Mira** · überfällig seit 1 Tag · bei ANN" in player.app.clipboard
        await player.press("escape", "g", "b")
        assert isinstance(player.app.screen, ReportScreen)


async def test_without_a_kuerzel_it_only_reads(stage: Stage) -> None:
    """R-02: no look is stamped, nothing can be done."""
    async with stage.screen(me=None) as player:
        await player.press("g")
        assert "1 von 7 · Case" in place(player)
        assert stage.count(Look) == 0
        await player.press("e")
        assert "Ohne Kürzel" in player.told[-1]


async def test_help_names_the_keys_of_the_walk_and_no_others(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("g", "question_mark")
        assert "Hilfe: Schichtlauf" in player.text
        assert "Lässt den Halt liegen und geht weiter." in said(player)
        assert "row.new" not in player.text
        assert "preview." not in player.text
