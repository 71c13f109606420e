"""The terminal harness itself, on a trivial Textual app."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.support.terminal import Terminal, key

APP = """
import sys
from textual.app import App
from textual.binding import Binding
from textual.widgets import Static

class Tiny(App[int]):
    BINDINGS = [Binding("j", "count"), Binding("ctrl+s", "save"), Binding("down", "down"), Binding("x", "exit(7)")]
    counted = 0

    def compose(self):
        yield Static("bereit", id="word")

    def say(self, text):
        self.query_one("#word", Static).update(text)

    def action_count(self):
        self.counted += 1
        self.say(f"gezählt {self.counted} ü")

    def action_save(self):
        self.copy_to_clipboard("Grüße")
        self.say("gesichert")

    def action_down(self):
        self.say("unten")

    def action_exit(self, status):
        self.exit(status)

    def on_resize(self, event):
        self.say(f"{event.size.width} mal {event.size.height}")

sys.exit(Tiny().run())
"""


@pytest.fixture
def app(tmp_path: Path) -> tuple[str, ...]:
    """How to start the trivial app."""
    (tmp_path / "tiny.py").write_text(APP)
    return (sys.executable, str(tmp_path / "tiny.py"))


def test_keys_picture_and_exit_status(app: tuple[str, ...]) -> None:
    with Terminal(program=app, columns=60, rows=18) as terminal:
        terminal.wait_for("60 mal 18")
        terminal.send("jj")
        assert terminal.wait_for("gezählt 2 ü").split("\n")[0] == "gezählt 2 ü"
        terminal.press("down")
        terminal.wait_for("unten")
        terminal.press("ctrl+s")
        terminal.wait_for("gesichert")
        assert terminal.clipboard == "Grüße"
        assert terminal.left_on() != []
        terminal.press("x")
        assert terminal.exit_status() == 7
        assert terminal.left_on() == []


def test_resize_reaches_the_program(app: tuple[str, ...]) -> None:
    with Terminal(program=app) as terminal:
        terminal.wait_for("120 mal 40")
        terminal.resize(80, 24)
        assert len(terminal.wait_for("80 mal 24").split("\n")) == 24


def test_a_killed_program_leaves_its_modes_on_and_tells_the_signal(app: tuple[str, ...]) -> None:
    with Terminal(program=app) as terminal:
        terminal.wait_for("120 mal 40")
        terminal.kill(signal.SIGKILL)
        assert terminal.exit_status() == 137
        assert {"alternate screen", "mouse", "raw input"} <= set(terminal.left_on())


def test_a_lost_terminal_ends_a_program_that_heeds_sighup(app: tuple[str, ...]) -> None:
    with Terminal(program=app) as terminal:
        terminal.wait_for("120 mal 40")
        terminal.hang_up()
        assert terminal.exit_status() == 129


def test_waiting_in_vain_shows_the_screen(app: tuple[str, ...]) -> None:
    with Terminal(program=app) as terminal:
        terminal.wait_for("mal 40")
        with pytest.raises(AssertionError, match="120 mal 40"):
            terminal.wait_for("kommt nie", timeout=0.2)


def test_waiting_on_a_program_that_ended_fails_at_once() -> None:
    with (
        Terminal(program=(sys.executable, "-c", "print('kurz')")) as terminal,
        pytest.raises(AssertionError, match="has ended"),
    ):
        terminal.wait_for("lang", timeout=30)


@pytest.mark.parametrize(("name", "sent"), [("ctrl+s", "\x13"), ("enter", "\r"), ("j", "j"), ("down", "\x1b[B")])
def test_key_names(name: str, sent: str) -> None:
    assert key(name) == sent
