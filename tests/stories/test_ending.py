"""How the full screen ends: by a signal, without its terminal, too small, without a terminal at all (CONTRACT §12)."""

from __future__ import annotations

import os
import shlex
import signal
from pathlib import Path

import pytest

from tests.stories.desk import NOW, Desk, eventually
from tests.support.program import in_new_process
from tests.support.terminal import SCHICHT, Terminal

WITHIN = 5.0
"""Seconds in which it has to be gone."""


def whole(desk: Desk) -> None:
    """The database is as it should be, and can be worked with."""
    desk.cli("doctor").ok()
    desk.cli("history", "verify").ok()
    assert len(desk.cli("case", "list").ok().lines) == 64


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
    ids=lambda value: str(value),
)
def test_a_signal_ends_it_and_the_terminal_is_as_before(number: int, status: int, stage: Path) -> None:
    """Also with a form open and something typed."""
    with Desk(stage) as desk:
        desk.open_form("e", "Case erledigen")
        desk.fill(Notiz="halb geschrieben")
        assert "alternate screen" in desk.t.left_on()
        desk.t.kill(number)
        assert desk.t.exit_status(WITHIN) == status
        assert desk.t.left_on() == []
        whole(desk)


@pytest.mark.parametrize("ignored", [False, True], ids=["sighup heeded", "sighup ignored"])
def test_a_lost_terminal_ends_it(ignored: bool, stage: Path) -> None:
    """Neither a process nor half a write is left behind."""
    with Desk(stage, ignore_sighup=ignored) as desk:
        desk.open_form("e", "Case erledigen")
        desk.t.hang_up()
        assert desk.t.exit_status(WITHIN) == 129
        whole(desk)


def test_a_shell_may_stop_it_and_go_on_and_leaves_none_behind(stage: Path) -> None:
    """Stopped and continued it works as before; stopped again it goes with the shell's terminal."""
    with Terminal(program=("bash", "--norc", "-i")) as shell:
        shell.send(f"PS1='bereit'⟩; {shlex.join([*SCHICHT, '--db', str(stage), '--as', 'ANN', '--now', NOW])}\n")
        shell.wait_for("heute")
        program = _child(shell.child.pid)
        for _ in range(2):
            os.kill(program, signal.SIGTSTP)
            shell.wait_for("bereit⟩")
            shell.send("fg\n")
            shell.wait_for(lambda text: "bereit⟩" not in text and "6 Wechsel" in text)
        shell.press("f")
        shell.wait_for("Filter: Name")
        os.kill(program, signal.SIGTSTP)
        shell.wait_for("bereit⟩")
        shell.hang_up()
        eventually(lambda: not _runs(program), WITHIN)


def _child(parent: int | None) -> int:
    """The only process that another has started."""
    (child,) = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return int(child)


def _runs(pid: int) -> bool:
    """Whether there is such a process; one that nobody has asked about since its end is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_signal_before_the_first_frame_ends_it_too(stage: Path) -> None:
    """Whether or not its own handler stands already, the status is the same and nothing is left switched on."""
    with Terminal("--db", str(stage), "--as", "ANN", "--now", NOW) as terminal:
        terminal.wait_for(lambda text: b"\x1b[?1049h" in terminal.raw)
        terminal.kill(signal.SIGTERM)
        assert terminal.exit_status(WITHIN) == 143
        assert terminal.left_on() == []


def test_below_60x18_one_german_sentence_and_no_size_ends_it(stage: Path) -> None:
    with Desk(stage) as desk:
        desk.open_form("e", "Case erledigen")
        desk.fill(Notiz="bleibt stehen")
        for columns, rows in ((59, 18), (60, 17), (10, 3), (1, 1), (3, 60), (200, 60)):
            desk.t.resize(columns, rows)
            desk.t.settle(0.15)
            words = " ".join(desk.t.text.split())
            if columns in (59, 60):
                assert "Das Fenster ist zu klein" in words
                assert "60 Spalten und 18 Zeilen" in words
                assert "Case erledigen" not in words
            assert desk.t.child.isalive()
        desk.t.wait_for("bleibt stehen")
        desk.t.resize(60, 18)
        desk.t.wait_for(lambda text: "zu klein" not in text and "Case erledigen" in text)
        desk.press("esc")
        desk.t.wait_for("Nicht gespeichert")
        desk.t.resize(120, 40)
        desk.t.wait_for("6 Wechsel")
        desk.quit()


def test_without_a_terminal_it_says_so(stage: Path) -> None:
    done = in_new_process(["--db", str(stage), "--as", "ANN"])
    assert done.exit_code == 2
    assert "Terminal" in done.stderr
    assert done.stdout == ""
