"""What forms and lists say at the right moment: everything missing, hints before saving, and no old words."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from models.action.args import Arg, args_of, option_of
from models.action.base import CATALOGUE
from models.action.catalogue import load_all
from models.ground.clock import parse_moment
from models.playbook import playbook
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.reminder import Reminder
from screens.detail.vpa import entry_lines
from screens.form.form import FormScreen
from screens.form.members import Known, Team
from screens.main.bars import TabBar
from screens.main.overview import Overview
from screens.main.tabs import TITLES
from tests.screens.stage import NOW, Player, Stage
from tui.settings import UserSettings, prepare_environment

ONE_WORD = (
    "measure_missing", "decision_missing", "cause_missing", "activity_proof_missing", "outcome_missing", "due_missing",
    "reason_missing", "situation_missing", "onboarding_call_missing", "appointment_missing", "buddy_missing",
    "measures_missing", "agreement_missing", "discussion_missing", "gap_missing", "option_missing",
)  # fmt: skip


def footer(player: Player) -> str:
    """The keys offered now."""
    return player.lines[-1]


@pytest.mark.parametrize("code", ONE_WORD)
def test_what_is_missing_is_called_as_its_field_is(code: str) -> None:
    load_all()
    text = playbook().obstacle(code)
    option = text.option.removeprefix("--")
    fields = [(name, spec) for action in CATALOGUE.values() for name, spec in args_of(action).items()]
    assert text.missing in {spec.label for name, spec in fields if option_of(name, spec) == option}


def test_who_can_take_it_is_named_who_cannot_only_when_typed() -> None:
    load_all()
    team = Team([Known("ANN", "Anna", me=True), Known("BEN", "Ben"), Known("TOM", "Tom", away=True),
                 Known("VMA", "Vera", ("vpa_manager",))])  # fmt: skip
    assert team.hint(Arg("an wen", "member"), "") == "BEN Ben · VMA Vera"
    assert team.hint(Arg("an wen", "member"), "t") == "TOM Tom (nicht da)"
    assert team.hint(args_of(CATALOGUE["journey.remove"])["agreed_with"], "") == "VMA Vera"
    assert "kennt das Team nicht" in team.hint(Arg("an wen", "member"), "X")
    assert team.kuerzel == ["BEN", "VMA", "ANN", "TOM"]
    crowd = Team([Known(f"M{number}", "Mia") for number in range(8)])
    assert crowd.hint(Arg("für", "member"), "").endswith("M5 Mia · und 2 weitere")


async def test_a_reminder_handed_over_wants_its_receiver_r_05(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("2")
        assert "z Abgeben" in footer(player)
        await player.press("z")
        assert "○ an wen (R-02)" in player.text
        assert "BEN Ben Krull" in player.text
        assert "TOM Tom Ahrens" not in player.text
        assert "ANN Anna Vogt" not in player.text
        await player.type("ben")
        assert "● an wen (R-02)" in player.text
        await player.press("escape", "down")
        assert stage.one(Reminder, 1).owner == "ANN"
        assert "z Übernehmen" in footer(player)
        await player.press("z")
        assert "z Zurückgeben" in footer(player)


async def test_a_begun_kuerzel_that_only_one_has_is_taken_r_05(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("2", "z")
        await player.type("b")
        await player.press("tab")
        assert re.search(r"an wen +BEN ", player.text)
        await player.type("Urlaub")
        await player.press("ctrl+s")
    assert stage.one(Reminder, 1).owner == "BEN"


async def test_a_reminder_about_a_customer_offers_what_can_have_come_of_it_r_04(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("2", "down", "down", "e")
        assert "gelöst" in player.text
        assert "VPA kontaktiert" in player.text
        assert "wieder aktiv" not in player.text


async def test_a_refusal_goes_as_soon_as_the_form_changes_d_05(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("down", "e", "tab", "ctrl+s")
        assert "Gesperrt" in player.text
        await player.press("shift+tab", "g")
        assert "Es fehlt nichts mehr" in player.text
        assert "Gesperrt" not in player.text
        await player.press("ctrl+s")
        assert stage.one(Case, 3).state == "resolved"


async def test_an_entry_lists_all_it_wants_and_its_hints_before_it_is_saved_k_10(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("4", "a")
        for wanted in ("Akte", "Art (K-06)", "Situation (K-10)", "Tags (K-09)"):
            assert f"○ {wanted}" in player.text
        await player.press("escape")
        assert player.told == []  # nothing was typed, so nothing is said to be kept
        await player.press("a", "o", "tab", "s", "tab")
        assert "○ Akte" not in player.text
        assert "Hinweis" not in player.text
        await player.type("Neu")
        assert "Es fehlt nichts mehr" in player.text
        assert "Hinweis: Noch leer:" in player.text
        await player.press("escape")
        assert "Nicht gespeichert" in player.told[-1]


async def test_x_lists_all_that_can_be_done_with_a_case(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("x")
        for title in ("Case erledigen", "Akteneintrag in die VPA-Akte", "Reminder zum Case", "Kontakt festhalten"):
            assert f"{title}: Keller, Mira" in player.text
        assert "Akte öffnen" in player.text
        await player.press("enter")
        assert isinstance(player.app.screen, FormScreen)
        assert "Case erledigen: Keller, Mira" in player.text


async def test_esc_leaves_the_filter_where_one_was_and_nothing_jumps(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("down")
        heading = player.lines[4][:60]
        await player.press("f")
        await player.type("somm")
        assert player.lines[4][:60] == heading
        assert player.app.main.view.row is not None
        assert player.app.main.view.row.id == 4
        await player.press("escape")
        assert player.app.main.view.list.total == 4
        assert player.app.main.view.row is not None
        assert player.app.main.view.row.id == 3


async def test_without_colours_a_sign_says_where_one_is(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with stage.screen() as player:
        await player.press("down", "down", "e")
        assert "Ergebnis ›" in player.text
        await player.press("tab")
        assert "Ergebnis ›" not in player.text
        assert " ›" in player.text


@pytest.mark.parametrize(
    ("width", "tabs"),
    [
        (60, " 1 Cases 63 2 Rem. 5 3 Neu 20 4 Akte 5 Aufg. 28 6 Wech. 6"),
        (80, " 1 Cases 63 2 Rem. 5 eigene 3 Journey 20 4 Akte 5 Aufg. 28 Fwd. 6 Wechsel 6"),
        (140, "2 Reminder 5 eigene fällig   3 VPA-Journey 20   4 Kundenakte   5 Aufgaben 28 Forwarded"),
    ],
)
def test_tabs_say_what_they_count_and_keep_their_numbers(width: int, tabs: str) -> None:
    bar = TabBar(TITLES)
    bar._overview = Overview(member="ANN", own_due=5, all_due=12, open_cases=63, new_flags=20, tasks=28, handovers=6)
    line = bar.line(width)
    assert tabs in line.plain
    assert line.cell_length <= width


def test_esc_and_a_key_soon_after_it_are_two_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEXTUAL_ANIMATIONS", "TEXTUAL_THEME", "TEXTUAL_FPS"):
        monkeypatch.setenv(name, "")
    monkeypatch.delenv("ESCDELAY", raising=False)
    prepare_environment(UserSettings())
    assert int(os.environ["ESCDELAY"]) <= 50
    monkeypatch.setenv("ESCDELAY", "200")
    prepare_environment(UserSettings())
    assert os.environ["ESCDELAY"] == "200"


def test_what_was_read_does_not_wait_for_the_next_frame() -> None:
    script = (
        "from tui.settings import UserSettings, prepare_environment; prepare_environment(UserSettings());"
        "from textual.screen import UPDATE_PERIOD; print(UPDATE_PERIOD)"
    )
    surroundings = {name: value for name, value in os.environ.items() if name != "TEXTUAL_FPS"}
    done = subprocess.run([sys.executable, "-c", script], env=surroundings, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.005


async def test_what_stays_says_so_and_a_refusal_is_one_line_read_to_its_end_at_80x24_d_01(stage: Stage) -> None:
    async with stage.screen(size=(80, 24)) as player:
        await player.press("1", "space", "d")
        assert "Hinweis: Das lässt sich nicht zurücknehmen." in player.text
        await player.press("ctrl+s")
        said = " ".join(" ".join(player.lines).split())
        assert "weil noch Cases offen und nicht vertagt sind (D-01, 3); und aus 2 weiteren Gründen." in said  # one line
        assert "Strg+S Speichern" in footer(player)
        await player.type("Rest morgen")
        await player.press("ctrl+s")
        assert player.told[-1].startswith("Tag abgeschlossen: Mi 05.11.2025 · bleibt so: u nimmt die Aktion davor")


async def test_a_form_with_nothing_to_fill_in_says_what_happens_and_no_toast_lies_over_it(stage: Stage) -> None:
    async with stage.screen(size=(80, 24)) as player:
        player.app.tell("Etwas von vorhin")
        await player.rest()
        assert "Etwas von vorhin" in player.text
        await player.press("d")
        assert "Etwas von vorhin" not in player.text
        assert "Besiegelt den Tag" in player.text


async def test_the_decision_on_prio_names_what_it_still_lacks_d_12(stage: Stage) -> None:
    with stage.store.connected():
        more = {"before": {"auftraege": False}, "after": {"auftraege": True}}
        Case.update(findings=["priority_to_agree"], **more).where(Case.id == 3).execute()
    async with stage.screen(size=(80, 24)) as player:
        await player.press("1", "down", "e")
        form = player.app.screen
        assert isinstance(form, FormScreen)
        assert "○ Entscheidung zur Prio (D-12)" in player.text
        for decision, field in (("prio", "abgestimmt mit"), ("not_needed", "Notiz")):
            form._fields["decision"].fill(decision)
            await player.rest()
            assert f"○ {field} (D-12)" in player.text
            assert "○ Entscheidung" not in player.text
        form._fields["decision"].fill("prio")
        form._fields["agreed_with"].fill("VMA")
        await player.rest()
        assert "○ abgestimmt mit" not in player.text


async def test_a_kind_that_is_chosen_already_says_why_k_06(stage: Stage) -> None:
    async with stage.screen(size=(80, 24)) as player:
        await player.press("1", "a")
        assert "● Abwesenheit" in player.text
        assert "passt hierzu, darum schon gewählt" in player.text
        await player.press("right")
        assert "schon gewählt" not in player.text
        await player.press("escape", "2", "a")
        assert "schon gewählt" not in player.text  # nothing is: it is for the member to say


def test_an_entry_in_one_line_says_nothing_twice() -> None:
    def said(kind: str, situation: str) -> str:
        entry = Entry(file="oteam", kind=kind, situation=situation, author="ANN", created_at=parse_moment(NOW))
        return entry_lines([entry], parse_moment(NOW).date())[0].text

    assert said("vpa_change", "VPA-Wechsel von A zu B") == "VPA-Wechsel von A zu B"
    assert said("complaint", "Ton am Telefon") == "Beschwerde: Ton am Telefon"


async def test_a_field_for_a_member_says_what_leaving_it_empty_means(stage: Stage) -> None:
    async with stage.screen(size=(80, 24)) as player:
        await player.press("2", "w")
        assert "Ohne Angabe du selbst. BEN Ben Krull" in player.text
        form = player.app.screen
        assert isinstance(form, FormScreen)
        form._fields["receiver"].fill("vma")
        await player.rest()
        assert "Ohne Angabe" not in player.text
        assert "VMA Vera Manske" in player.text
