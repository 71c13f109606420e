"""CONTRACT §12, sentence by sentence."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.stories.desk import FORM_KEYS, NOW, Desk
from tests.support.program import in_process
from tests.support.terminal import Terminal

HOSTILE = (
    "\x1b]52;c;QUJD\x07 Böse\x1b[2J, [@click=app.quit]Klick[/]",
    "[bold]Fett[/bold] [/] $x, \u202eUmgekehrt\u2066",
    "Null\u200bbreite\u2060, [dringend]",
)
"""Names that act on a terminal, turn the text round, or are markup."""


def test_it_opens_on_cases_without_a_dialog_and_names_the_vpa_in_full(stage: Path) -> None:
    with Desk(stage) as desk:
        assert "Befund" in desk.t.text
        assert "╭" not in desk.t.text
        assert desk.cursor_row.split()[2:4] == ["Rahimi,", "Thi-Mai"]
        desk.t.wait_for(lambda text: "Rahimi, Thi-Mai" in desk.beside)
        assert "Mi 05.11. 14:00" in desk.t.text  # --now: the clock stands still
        desk.find("Steinbrecher, Jonas")
        desk.open_form("e", "Case erledigen: Steinbrecher, Jonas")


def test_at_60_columns_a_row_shows_ten_characters_of_its_name(stage: Path) -> None:
    """Every tab; the names are asked from the command line."""
    with Desk(stage, columns=60, rows=24) as desk:
        names = {case["vpa_name"][:10] for case in desk.cli("case", "list").lines}
        assert sum(any(name in line for name in names) for line in desk.t.screen()) >= 12
        desk.t.press("3")
        flags = {flag["vpa_name"][:10] for flag in desk.cli("journey", "list").lines}
        desk.t.wait_for(lambda text: sum(any(name in line for name in flags) for line in text.splitlines()) >= 12)
        desk.t.press("2")
        reasons = {row["reason"][:10] for row in desk.cli("reminder", "list").lines}
        desk.t.wait_for(lambda text: sum(any(why in line for why in reasons) for line in text.splitlines()) >= 5)
        desk.t.press("4")
        customers = {row["name"][:10] for row in desk.cli("customer", "list").lines}
        desk.t.wait_for(lambda text: sum(any(name in line for name in customers) for line in text.splitlines()) >= 12)
        desk.t.press("5")
        titles = {row["title"][:10] for row in desk.cli("task", "list").lines}
        desk.t.wait_for(lambda text: sum(any(name in line for name in titles) for line in text.splitlines()) >= 10)


def test_at_80x24_the_footer_holds_at_most_seven_keys(stage: Path) -> None:
    """Issue 2 §2."""
    with Desk(stage, columns=80, rows=24) as desk:
        for number in "123456":
            desk.press(number)
            foot = desk.t.screen()[-1]
            assert 1 < len([part for part in re.split(" {2,}", foot) if part.strip()]) <= 7, foot


def test_a_form_lists_what_is_missing_by_the_labels_and_keeps_open(stage: Path) -> None:
    """“Es fehlt noch”, Tab from field to field, ctrl+s saves nothing while something is missing."""
    with Desk(stage) as desk:
        desk.find("Nießen")
        desk.open_form("e", "Case erledigen: Nießen, Sören")
        desk.t.wait_for(lambda text: "Ergebnis" in desk.missing and "Antwort des VPA" in desk.missing)
        order = []
        for _ in range(4):
            order.append(desk.focus)
            desk.t.press("tab")
            desk.t.wait_for(lambda text, before=order[-1]: desk.focus not in ("", before))  # type: ignore[misc]  # a default binds the loop's value
        assert order == ["Ergebnis", "auffällig", "Antwort des VPA", "Entscheidung zur Prio"]
        desk.t.press("shift+tab")
        desk.t.wait_for(lambda text: desk.focus == "Entscheidung zur Prio")
        desk.fill(Notiz="das bleibt stehen")
        desk.t.press("ctrl+s")
        desk.t.wait_for(lambda text: "Gesperrt" in text and "das bleibt stehen" in text)
        assert desk.ask("case", "show", "37")["state"] == "open"
        desk.press("esc")
        desk.told("Nicht gespeichert")
        desk.open_form("e", "Case erledigen: Nießen, Sören")
        desk.told("das bleibt stehen")


def test_the_checklist_ticks_itself_while_typing(stage: Path) -> None:
    with Desk(stage) as desk:
        desk.find("Übelhör")
        desk.open_form("e", "Case erledigen")
        desk.t.wait_for(lambda text: "○ Ursache" in desk.missing)
        desk.fill(Ursache="Wenig Zeit.")
        desk.t.wait_for(lambda text: "● Ursache" in desk.missing and "○ Ergebnis" in desk.missing)
        desk.fill(Akteneintrag="Er ist jetzt Klasse B.")
        desk.press("esc")


@pytest.mark.parametrize(
    "size",
    [
        pytest.param((120, 40)),
        pytest.param((60, 18)),
    ],
    ids=["120x40", "60x18"],
)
def test_the_keys_of_a_form_stay_in_sight_after_a_refusal(stage: Path, size: tuple[int, int]) -> None:
    """A refusal takes room, not the way out."""
    with Desk(stage, columns=size[0], rows=size[1]) as desk:
        desk.t.press("e")
        desk.t.wait_for("Ergebnis")
        desk.t.settle(0.2)
        desk.t.press("ctrl+s")
        text = desk.t.wait_for("Gesperrt")
        desk.t.settle(0.1)
        assert FORM_KEYS in desk.t.text, text


def test_names_that_act_on_a_terminal_do_nothing(stage: Path, tmp_path: Path) -> None:
    """ESC, bidi and markup in names, on list, detail, form title, toast, palette, search and file."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    for active in ("ja", "nein"):
        with (folder / "vpas.csv").open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(
                ["vpa_id", "name", "klasse", "start", "aktiv", "neukunden", "auftraege", "mobile_app", "teilzeit"]
            )
            for number, name in enumerate(HOSTILE):
                rows.writerow([f"H{number}", name, "B", "2020-01-01", active, "ja", "ja", "nein", "nein"])
        given = ["--db", str(stage), "--as", "ANN", "--now", NOW, "--json", "import", str(folder), "--partial"]
        assert in_process(given).ok().json["cases"] == (3 if active == "nein" else 0)
    with Desk(stage) as desk:
        for number, words in enumerate(("Böse", "Umgekehrt", "Nullbreite")):
            desk.t.pump(0.3)
            desk.t.press("f")
            desk.t.wait_for("Filter: Name")
            desk.t.send(f"{words}\r")
            desk.t.wait_for(lambda text, words=words: bool(desk.cursor_row) and words in desk.beside)  # type: ignore[misc]  # a default binds the loop's value
            plain = ("[@click=app.quit]Klick[/]", "[bold]Fett[/bold] [/] $x", "[dringend]")[number]
            assert plain in desk.beside
            desk.open_form("e", words)
            assert plain in desk.form_lines[0]
            desk.fill(Ergebnis="rem")
            assert plain in desk.save("Case erledigt")
            desk.t.press("u")
            desk.t.wait_for("Rückgängig")
            desk.t.press("o")
            desk.t.settle(0.3)
            assert plain in desk.t.text
            desk.clear()
            desk.t.press("s")
            desk.t.settle(0.2)
            desk.t.send(words)
            desk.t.wait_for(lambda text, plain=plain: plain in text and "Suche" in text)  # type: ignore[misc]  # a default binds the loop's value
            desk.press("esc")
            desk.clear()
        assert desk.t.clipboard is None
        written = desk.t.raw.decode(errors="replace")
        assert not set(written) & set("\u202e\u2066\u200b\u2060\u009b")
        desk.quit()


def test_no_color(stage: Path) -> None:
    """NO_COLOR: nothing is coloured, everything is there."""
    with Desk(stage, env={"NO_COLOR": "1"}) as desk:
        colours = {
            shade for line in desk.t.picture.buffer.values() for cell in line.values() for shade in (cell.fg, cell.bg)
        }
        shades = {
            shade for shade in colours if shade not in ("default", "black", "white", "brightblack", "brightwhite")
        }
        desk.t.wait_for(lambda text: "Rahimi, Thi-Mai" in desk.beside)
        assert all(len({shade[at : at + 2] for at in (0, 2, 4)}) == 1 for shade in shades), shades


def test_the_first_start_without_a_database_welcomes() -> None:
    """Issue 2 §1: it creates the database, asks for the first member, and offers the demo or an import."""
    with Terminal() as terminal:
        terminal.wait_for("Willkommen")
        terminal.wait_for("Kürzel")
        assert "Demo" in terminal.wait_for("Demo")
