"""Terminals that are lost at a random moment of a member's work, and how the program under them ended."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from models.ground.clock import parse_moment
from tests.stories.desk import NOW, Desk
from tests.support.program import in_process
from tests.support.terminal import Terminal
from tui.demo.export import write_exports

WITHIN = 5.0
"""Seconds after its terminal in which a program has to be gone."""

QUIT = ("quitting", 0)
"""Whoever has left with `q` has left."""


def _quit(desk: Desk, export: Path) -> None:
    desk.t.press("q")


def _suspend(desk: Desk, export: Path) -> None:
    desk.t.kill(signal.SIGTSTP)


def _stop(desk: Desk, export: Path) -> None:
    desk.t.kill(signal.SIGSTOP)


def _go_on(desk: Desk, export: Path) -> None:
    desk.t.kill(signal.SIGTSTP)
    time.sleep(0.3)
    desk.t.kill(signal.SIGCONT)


def _fill(desk: Desk, export: Path) -> None:
    desk.open_form("a", "Akteneintrag")
    desk.t.send("halb geschrieben")


def _save(desk: Desk, export: Path) -> None:
    desk.open_form("e", "Case erledigen")
    desk.fill(Notiz="Mit der Kundin besprochen")
    desk.t.press("ctrl+s")


def _take(desk: Desk, export: Path) -> None:
    desk.t.press("i")
    desk.t.wait_for("Export der Plattform oder eine eigene")
    desk.t.send(str(export))
    desk.t.press("ctrl+s")


MOMENTS: dict[str, tuple[Callable[[Desk, Path], None] | None, float]] = {
    "starting": (None, 1.0),
    "quitting": (_quit, 0.6),
    "suspended": (_suspend, 0.4),
    "stopped": (_stop, 0.2),
    "continued": (_go_on, 0.4),
    "form": (_fill, 0.3),
    "save": (_save, 0.3),
    "import": (_take, 0.6),
}
"""What a member is at, and the longest time in seconds between its beginning and the loss."""


@dataclass
class Losses:
    """Losses on one database, one after the other."""

    url: str
    folder: Path
    chance: random.Random
    ended: list[tuple[str, int]] = field(default_factory=list)
    """Moment and exit status of each program."""
    longest: float = 0.0
    """Seconds between a loss and the end of its program, at most."""

    def __post_init__(self) -> None:
        now = parse_moment(NOW)
        _, self._export = write_exports(self.folder, now.date(), now)

    def one(self, moment: str) -> None:
        """Lose a terminal at this moment; AssertionError where its program does not end in time."""
        begin, latest = MOMENTS[moment]
        ignored = self.chance.random() < 0.5
        desk = Desk(self.url, ignore_sighup=ignored)
        with desk.t:
            if begin is not None:
                desk.__enter__()
                begin(desk, self._export)
            time.sleep(self.chance.uniform(0, latest))
            self._lose(moment, desk.t)

    def _lose(self, moment: str, terminal: Terminal) -> None:
        lost = time.monotonic()
        terminal.hang_up()
        self.ended.append((moment, terminal.exit_status(WITHIN)))
        self.longest = max(self.longest, time.monotonic() - lost)

    @property
    def wrong(self) -> list[tuple[str, int]]:
        """Ends with another status than the promised one."""
        return [(moment, status) for moment, status in self.ended if status != 129 and (moment, status) != QUIT]

    def check_whole(self) -> None:
        """The database is sound, and nothing in it is half done."""
        for command in (("doctor",), ("history", "verify")):
            in_process(["--db", self.url, "--as", "ANN", "--now", NOW, "--json", *command]).ok()
