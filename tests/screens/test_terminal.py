"""The whole program in a terminal: bursts of keys, signals, a lost terminal, the first start."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.screens.stage import NOW, Stage
from tests.support.terminal import Terminal


@contextmanager
def opened(stage: Stage, **how: object) -> Iterator[Terminal]:
    """The full screen with its first rows."""
    with Terminal("--db", str(stage.path), "--as", "ANN", "--now", NOW, **how) as terminal:  # type: ignore[arg-type]
        terminal.wait_for("alle offenen")
        terminal.wait_for("Vorgehen" if terminal.picture.columns >= 100 else "Keller")
        yield terminal


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_ends_it_and_the_terminal_is_as_before(stage: Stage, number: int, status: int) -> None:
    with opened(stage) as terminal:
        terminal.kill(number)
        assert terminal.exit_status(5) == status
        assert terminal.left_on() == []


@pytest.mark.parametrize("ignored", [False, True])
def test_a_lost_terminal_ends_it_also_with_sighup_ignored(stage: Stage, ignored: bool) -> None:
    with opened(stage, ignore_sighup=ignored) as terminal:
        terminal.hang_up()
        assert terminal.exit_status(5) == 129


def test_a_signal_ends_it_in_the_middle_of_a_form(stage: Stage) -> None:
    with opened(stage) as terminal:
        terminal.press("e")
        terminal.wait_for("Es fehlt noch")
        terminal.kill(signal.SIGTERM)
        assert terminal.exit_status(5) == 143
        assert terminal.left_on() == []


def test_keys_that_come_in_a_burst_go_where_the_one_before_led(stage: Stage) -> None:
    with opened(stage) as terminal:
        terminal.send("fqe1keller")
        terminal.wait_for("qe1keller")
        terminal.send("\x1b")
        terminal.wait_for("alle offenen · 4")
        terminal.send("e\x1b[C\x1b[C\tLange Antwort")
        terminal.wait_for("Lange Antwort")


def test_q_quits_and_esc_never_does(stage: Stage) -> None:
    with opened(stage) as terminal:
        for _ in range(4):
            terminal.press("esc")
            terminal.settle(0.1)
        assert terminal.child.isalive()
        terminal.press("q")
        assert terminal.exit_status() == 0
        assert terminal.left_on() == []


def test_no_size_ends_it(stage: Stage) -> None:
    with opened(stage) as terminal:
        for columns, rows in ((59, 18), (60, 17), (1, 1), (3, 40), (200, 2), (60, 18), (120, 40)):
            terminal.resize(columns, rows)
            terminal.settle(0.15)
            assert terminal.child.isalive()
        terminal.wait_for("Keller, Mira")


def test_too_small_is_one_german_sentence(stage: Stage) -> None:
    with opened(stage) as terminal:
        terminal.resize(59, 17)
        terminal.wait_for("Das Fenster ist zu klein")
        terminal.resize(60, 18)
        terminal.wait_for("Keller")


def test_y_sets_the_clipboard_by_osc_52(stage: Stage) -> None:
    with opened(stage) as terminal:
        terminal.press("y")
        terminal.wait_for("an das Terminal gesendet")
        assert (terminal.clipboard or "").startswith("Hallo Mira,")


def test_no_color_is_kept(stage: Stage) -> None:
    with opened(stage, env={"NO_COLOR": "1"}) as terminal:
        terminal.press("down")
        terminal.settle()
        colours = {cell.fg for row in terminal.picture.buffer.values() for cell in row.values()}
        assert all(
            len(colour) != 6 or colour[:2] == colour[2:4] == colour[4:] for colour in colours if colour.isalnum()
        )


def test_the_first_start_makes_a_database_with_its_first_member(tmp_path: Path) -> None:
    path = tmp_path / "neu" / "schicht.db"
    with Terminal("--db", str(path)) as terminal:
        terminal.wait_for("Willkommen bei Schicht")
        terminal.press("ctrl+s")
        terminal.wait_for("Es fehlt noch: dein Kürzel und dein Name.")
        assert not path.exists()
        terminal.send("ANN\tAnna Vogt")
        terminal.press("ctrl+s")
        terminal.wait_for("Keine offenen Cases")
        assert "ANN" in terminal.screen()[0]
        terminal.press("q")
        assert terminal.exit_status() == 0
    assert path.exists()


def test_the_first_start_left_with_esc_makes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "neu" / "schicht.db"
    with Terminal("--db", str(path)) as terminal:
        terminal.wait_for("Willkommen bei Schicht")
        terminal.press("esc")
        assert terminal.exit_status() == 0
        assert terminal.left_on() == []
    assert not path.exists()
