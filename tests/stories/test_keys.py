"""CONTRACT §11, key by key: each does what it should on each tab, or says why it does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.desk import FORM_KEYS, Desk

TABS = {1: "Case", 2: "Grund", 3: "Monate", 4: "Eintrag", 5: "Aufgabe", 6: "Stand"}
"""A word in the heading of each tab's list."""


@pytest.fixture(scope="module")
def shared(stage_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One program for all stories of this file that leave things as they were."""
    import os
    import shutil

    folder = tmp_path_factory.mktemp("keys")
    shutil.copyfile(stage_file, folder / "team.db")
    env = {
        "HOME": str(folder),
        **{f"XDG_{name}_HOME": str(folder / name) for name in ("DATA", "CONFIG", "STATE", "CACHE")},
    }
    with Desk(folder / "team.db", env={**os.environ, **env}) as desk:
        yield desk


@pytest.fixture
def desk(shared: Desk) -> Desk:
    """On Cases, first row, nothing open."""
    shared.clear()
    shared.press("1")
    shared.t.wait_for("Befund")
    shared.press("home")
    shared.t.wait_for(lambda text: "Rahimi" in shared.cursor_row and "Rahimi" in shared.beside)
    return shared


def go_to(desk: Desk, tab: int) -> None:
    """Show a tab, with the detail of its first row."""
    desk.t.press(str(tab))
    desk.t.wait_for(
        lambda text: (
            TABS[tab] in text.splitlines()[4]
            and (tab == 6 or (desk.beside.strip() and "Rahimi" not in desk.beside) or tab == 1)
        )
    )


def test_digits_switch_tabs(desk: Desk) -> None:
    for number, word in TABS.items():
        desk.t.press(str(number))
        desk.t.wait_for(lambda text, word=word: word in text.splitlines()[4])  # type: ignore[misc]  # a default binds the loop's value


@pytest.mark.parametrize("keys", [("down", "up"), ("j", "k")])
def test_arrows_and_letters_move_the_cursor(desk: Desk, keys: tuple[str, str]) -> None:
    first = desk.cursor_row
    desk.press(keys[0])
    desk.t.wait_for(lambda text: "Täuber" in desk.cursor_row)
    desk.press(keys[1])
    desk.t.wait_for(lambda text: desk.cursor_row == first)


def test_end_home_and_pages(desk: Desk) -> None:
    """Home and End go to the first and the last row."""
    desk.press("end")
    desk.t.wait_for(lambda text: "Zeisig, Jakob" in desk.cursor_row)
    desk.press("pgup")
    desk.t.wait_for(lambda text: "Zeisig, Jakob" not in desk.cursor_row)
    desk.press("home")
    desk.t.wait_for(lambda text: "Rahimi" in desk.cursor_row)
    desk.press("pgdn")
    desk.t.wait_for(lambda text: "Rahimi" not in desk.cursor_row)


def test_esc_never_quits(desk: Desk) -> None:
    for _ in range(4):
        desk.press("esc")
    assert desk.t.child.isalive()


FORMS = (
    (1, "e", "Case erledigen"), (1, "a", "Akteneintrag"), (1, "w", "Reminder"), (1, "c", "Kontakt"),
    (2, "e", "Reminder entfernen"), (2, "a", "Akteneintrag"), (2, "w", "Reminder"), (2, "v", "Reminder verschieben"),
    (2, "n", "Reminder setzen"), (2, "z", "Reminder abgeben"),
    (3, "e", "Neu-Flag entfernen"), (3, "a", "Akteneintrag"), (3, "w", "Reminder"),
    (4, "e", "berichtigen"), (4, "a", "Akteneintrag"), (4, "w", "Reminder"),
    (5, "a", "Akteneintrag"), (5, "w", "Reminder"), (6, "n", "Kunde abgeben"), (1, "d", "Tag abschließen"),
)  # fmt: skip
"""Tab, key, words of the form's title."""


@pytest.mark.parametrize(("tab", "key", "title"), FORMS)
def test_keys_that_open_a_form(desk: Desk, tab: int, key: str, title: str) -> None:
    """The form names the matter; Esc leaves it without a trace."""
    go_to(desk, tab)
    whom = desk.beside.split("  ")[0].strip()
    desk.t.press(key)
    desk.t.wait_for(lambda text: any(title in line for line in desk.form_lines) and FORM_KEYS in text)
    if key not in "nd" and tab != 5:  # a task's form names its customer
        assert whom[:12] in " ".join(desk.form_lines[:2])
    desk.press("esc")
    desk.t.wait_for(lambda text: FORM_KEYS not in text)


SAYS_WHY = (
    *((tab, "v", "Reminder") for tab in (1, 3, 4, 5)),
    *((tab, "z", "Reminder") for tab in (1, 3, 4)),
    *((tab, "c", "Case") for tab in (2, 3, 4, 5)),
    (3, "n", "Neu-Flags"),
)  # fmt: skip
"""Tab, key that does nothing there, a word of the reason."""


def toasts(text: str) -> str:
    """What the toasts on a screen say."""
    return " ".join(line.rpartition("▌")[2].strip() for line in text.splitlines() if "▌ " in line[30:])


@pytest.mark.parametrize(("tab", "key", "word"), SAYS_WHY)
def test_a_key_that_does_nothing_says_why(desk: Desk, tab: int, key: str, word: str) -> None:
    go_to(desk, tab)
    before = toasts(desk.t.text)
    desk.t.press(key)
    desk.t.wait_for(lambda text: word in toasts(text) != before)
    assert FORM_KEYS not in desk.t.text


def test_enter_opens_the_detail_and_esc_goes_back(stage: Path) -> None:
    """Below 100 columns the detail lies over the list."""
    with Desk(stage, columns=80, rows=24) as desk:
        desk.press("enter")
        desk.t.wait_for("Vorgehen")
        assert "Täuber" not in desk.t.text
        desk.press("esc")
        desk.t.wait_for("Täuber")
        desk.quit()


def test_o_opens_the_file_and_esc_comes_back(desk: Desk) -> None:
    for tab in (1, 2, 3, 4, 5):
        go_to(desk, tab)
        before = desk.t.text
        desk.t.press("o")
        desk.t.wait_for(lambda text, before=before: text != before and "Akte" in text)  # type: ignore[misc]  # a default binds the loop's value
        desk.t.settle(0.2)
        desk.press("esc")
        desk.t.wait_for("6 Wechsel")


@pytest.mark.parametrize("key", ["?", "f1"])
def test_help_lists_the_keys(desk: Desk, key: str) -> None:
    desk.t.press(key)
    desk.t.wait_for(lambda text: "Hilfe" in text and "Leertaste" in text)
    desk.press("esc")


@pytest.mark.parametrize("key", ["ctrl+p", ":"])
def test_the_palette_finds_a_command_in_german(desk: Desk, key: str) -> None:
    desk.t.press(key)
    desk.t.settle(0.2)
    desk.t.send("abschl")
    desk.t.wait_for("Tag abschließen")
    desk.press("esc")


@pytest.mark.parametrize("key", ["s", "ctrl+f"])
def test_search_everywhere_while_typing(desk: Desk, key: str) -> None:
    """Whatever case and umlaut spelling; typed letters trigger no key."""
    for spelling in ("üBELhör", "uebelhoer", "ubelhor"):
        desk.t.press(key)
        desk.t.settle(0.2)
        desk.t.send(spelling)
        desk.t.wait_for("Übelhör, Leyla")
        desk.press("esc")
        desk.t.wait_for(lambda text: "╭" not in text)
    assert "64" in desk.t.text


@pytest.mark.parametrize("key", ["f", "/"])
def test_filter_while_typing(desk: Desk, key: str) -> None:
    for spelling in ("ÜBELhör", "uebelhoer", "ubelhor"):
        desk.t.press(key)
        desk.t.wait_for("Filter: Name")
        desk.t.send(spelling)
        desk.t.wait_for(lambda text: "Übelhör" in desk.cursor_row and "Rahimi" not in text)
        desk.press("esc")
        desk.t.wait_for(lambda text: "Rahimi" in text and "Filter: Name" not in text)


def test_letters_in_the_filter_trigger_no_key(desk: Desk) -> None:
    """All keys of §11 typed as text: nothing opens, nothing ends."""
    desk.t.press("f")
    desk.t.wait_for("Filter: Name")
    desk.t.send("eawvnzoidscurykjmxq?:/1234")
    desk.t.wait_for("eawvnzoidscurykjmxq?:/1234")
    desk.t.settle(0.2)
    assert "╭" not in desk.t.text
    assert desk.t.child.isalive()
    desk.press("esc")
    desk.t.wait_for("Rahimi")
    assert "Cases 53" in desk.t.text


def test_y_copies_by_osc_52(desk: Desk) -> None:
    """The message that fits, addressed to the VPA."""
    desk.t.raw = b""
    desk.t.press("y")
    desk.t.wait_for("an das Terminal gesendet")
    assert desk.t.clipboard
    assert "Thi-Mai" in desk.t.clipboard


@pytest.mark.parametrize("key", ["r", "f5"])
def test_reload_keeps_the_cursor(desk: Desk, key: str) -> None:
    desk.press("down")
    desk.t.wait_for(lambda text: "Täuber" in desk.cursor_row)
    desk.t.press(key)
    desk.t.settle(0.3)
    assert "Täuber" in desk.cursor_row


def test_i_opens_the_import(desk: Desk) -> None:
    desk.t.press("i")
    desk.t.wait_for("Export der Plattform oder eine eigene Tabelle")
    desk.press("esc")
    desk.t.wait_for(lambda text: "Export der Plattform oder" not in text)


def test_space_marks_and_esc_takes_the_marks_back(desk: Desk) -> None:
    desk.press("space", "down", "space")
    desk.t.wait_for("2 markiert")
    desk.press("esc")
    desk.t.wait_for(lambda text: "markiert" not in text.replace("Markieren", ""))


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
def test_quit(key: str, stage: Path) -> None:
    with Desk(stage) as desk:
        desk.t.press(key)
        assert desk.t.exit_status() == 0
        assert desk.t.left_on() == []


def test_undo_and_redo_by_all_their_keys_without_asking(stage: Path) -> None:
    """`u`, ctrl+z and ctrl+y act at once; nothing left to undo is said."""
    with Desk(stage) as desk:
        desk.open_form("e", "Case erledigen")
        desk.fill(Ergebnis="gep")
        desk.save("Case erledigt: Rahimi")
        for key, word, count in (("u", "Rückgängig", 53), ("ctrl+y", "Wiederholt", 52), ("ctrl+z", "Rückgängig", 53)):
            desk.t.press(key)
            desk.t.wait_for(lambda text, word=word, n=count: f"{word}:" in toasts(text) and f"Cases {n}" in text)  # type: ignore[misc]  # a default binds the loop's value
            assert desk.ask("case", "show", "2")["state"] == ("open" if count == 53 else "resolved")
        assert FORM_KEYS not in desk.t.text


def test_z_takes_over_gives_back_and_hands_over(stage: Path) -> None:
    """R-05: LIA is away, so ANN may take over; a taken Reminder goes back."""
    with Desk(stage) as desk:
        desk.tab(2)
        desk.find("Eberle")
        desk.t.press("z")
        desk.t.wait_for("übernommen")
        number = next(row["id"] for row in desk.cli("reminder", "list").lines if row["subject"] == "vpa:V0028")
        assert desk.ask("reminder", "show", str(number))["owner"] == "ANN"
        desk.t.settle(0.3)
        desk.t.press("z")
        desk.t.wait_for(lambda text: "zurückgegeben" in text)
        assert desk.ask("reminder", "show", str(number))["owner"] == "LIA"


def test_marked_rows_get_a_verdict_each(stage: Path) -> None:
    """Issue 2 §2: the same measure for two Cases, one of which needs more."""
    with Desk(stage) as desk:
        desk.press("space", "space")
        desk.t.wait_for("2 markiert")
        desk.open_form("e", "2 markierte")
        desk.fill(Ergebnis="gep")
        desk.t.press("ctrl+s")
        desk.t.wait_for(lambda text: FORM_KEYS not in text)
        states = [desk.ask("case", "show", str(number))["state"] for number in (2, 3)]
        assert states == ["resolved", "resolved"]
