"""What others do meanwhile: rows come and go, nothing typed is lost, the first one wins (issue 2 §2, law 7)."""

from __future__ import annotations

import time
from pathlib import Path

from models.action.claims import keep, others
from models.action.work import Session
from models.database.store import open_store
from models.ground.clock import FixedClock, parse_moment
from tests.stories.desk import FORM_KEYS, NOW, Desk, eventually
from tests.support.program import in_new_process


def tom(url: str, *args: str) -> None:
    """Another member in another process."""
    in_new_process(["--db", url, "--as", "TOM", "--now", NOW, "--json", *args]).ok()


def test_a_case_resolved_elsewhere_vanishes_within_two_seconds(stage: Path) -> None:
    """Without a key; cursor and typed text untouched."""
    with Desk(stage) as desk:
        desk.press("down")
        desk.t.wait_for(lambda text: "Täuber" in desk.cursor_row and "Täuber" in desk.beside)
        tom(desk.url, "case", "resolve", "2", "--measure", "checked")
        done = time.monotonic()
        desk.t.wait_for(lambda text: "Rahimi" not in text, 4)
        assert time.monotonic() - done < 2.5
        desk.t.wait_for("Cases 52")
        assert "Täuber" in desk.cursor_row
        desk.open_form("e", "Case erledigen: Täuber")
        desk.fill(Notiz="mitten im Wort")
        tom(desk.url, "case", "resolve", "4", "--measure", "praised")
        desk.t.settle(0.2)
        desk.t.send("schatz")
        desk.t.wait_for("mitten im Wortschatz")
        desk.t.wait_for(lambda text: "Cases 51" in text or text.splitlines()[1].startswith(" 1 Cases 5"))
        desk.press("esc")
        desk.t.wait_for(lambda text: "Thomsen" not in text and "Täuber" in desk.cursor_row)


def test_who_was_first_wins_and_nothing_typed_is_lost(stage: Path) -> None:
    """The Case in the form is resolved by somebody else: the refusal names whom, the form stays as it was."""
    with Desk(stage) as desk:
        desk.find("Thomsen")
        desk.open_form("e", "Case erledigen: Thomsen")
        desk.fill(Ergebnis="gel", Notiz="gerade angerufen")
        tom(desk.url, "case", "resolve", "4", "--measure", "checked")
        desk.t.press("ctrl+s")
        desk.t.wait_for(lambda text: "TOM" in " ".join(desk.form_lines))
        assert FORM_KEYS in desk.t.text
        assert "gerade angerufen" in desk.t.text
        assert desk.ask("case", "show", "4")["resolved_by"] == "TOM"


def test_a_program_beside_it_sees_the_open_form_and_shows_its_own(stage: Path) -> None:
    """Two processes on one file: each sees by itself who works on what in the other (issue 5 §3)."""
    store = open_store(str(stage))
    tom = Session(store, FixedClock(parse_moment(NOW)), "TOM")
    with Desk(stage) as desk:
        desk.find("Thomsen")
        desk.open_form("e", "Case erledigen: Thomsen")
        eventually(lambda: [one.member for one in others(tom).get("case:4", ())] == ["ANN"])
        tom.presence.wanted = ("case:4",)
        keep(tom)
        desk.told("✎ TOM arbeitet gerade daran")
        desk.press("esc")
        eventually(lambda: others(tom) == {})
        assert "✎" in desk.cursor_row
        tom.presence.wanted = ()
        keep(tom)
        desk.t.wait_for(lambda text: "✎" not in text)


def test_a_reminder_set_elsewhere_appears(stage: Path) -> None:
    """In the list of another tab and in the counts."""
    with Desk(stage) as desk:
        desk.tab(2)
        desk.t.wait_for("Grund")
        tom(desk.url, "reminder", "set", "--vpa", "V0001", "--due", "2025-11-05", "--reason", "Rückruf", "--for", "ANN")
        desk.t.wait_for(lambda text: "6 eigene" in text and "Rückruf" in text.replace("Rückruf wegen", ""), 3)
