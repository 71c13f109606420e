"""The full screen once it stands: how long until a tab, or what stands behind the next row, is on the terminal."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.subjects import DOWN, QUIET, QUIT, Measured
from bench.surroundings import PYTHON, ROOT
from bench.terminal import Terminal

UP, PREVIEW, ESCAPE = b"\x1b[A", b"p", b"\x1b"
FIRST_GROUP = "NEU in"
"""Stands in the first group of the Vorschau as soon as that is read."""
READ = ("tab", "end", "detail")
"""What is timed without the screen: the first page of a tab, its last one, a detail."""
ROUNDS = 4
"""How often all tabs are opened in a run; the first time, with their modules still to be loaded, is told apart."""


@dataclass(frozen=True)
class Openings:
    """The product with all that can be opened in its tabs."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    database: Path

    def run(self) -> Measured:
        """Read each tab and detail in a process of its own, then on the full screen open each tab, go a row down, and
        so on; seconds from the key to its text. Raises `StuckError`.
        """
        asked = ask(self.database, self.env, self.folder)
        tabs = asked["tabs"]
        first: dict[str, list[float]] = {"tab": [], "detail": []}
        again: dict[str, list[float]] = {"tab": [], "detail": []}
        with Terminal(self.argv, self.env, self.folder) as terminal:
            terminal.wait_for(tabs[0]["row"].encode())
            terminal.settle(QUIET)
            for number in range(ROUNDS):
                into = again if number else first
                for tab in (*tabs[1:], tabs[0]):
                    into["tab"].append(_press(terminal, tab["key"].encode(), tab["row"]))
                    into["detail"].append(_press(terminal, DOWN, tab["detail"]))
                    terminal.send(UP)
                    terminal.settle(QUIET)
                into.setdefault("preview", []).append(_press(terminal, PREVIEW, FIRST_GROUP))
                terminal.send(ESCAPE)
                terminal.settle(QUIET)
            terminal.end(QUIT)
        return {
            **again,
            **{f"first {name}": values for name, values in first.items()},
            **{f"worst {name}": [max(values)] for name, values in again.items()},
            **{f"read {kind}": [statistics.median(tab["read"][kind]) for tab in tabs] for kind in READ},
            **{f"worst read {kind}": [max(statistics.median(tab["read"][kind]) for tab in tabs)] for kind in READ},
            **{f"read {name}": values for name, values in asked["beside"].items()},
            "memory": [terminal.peak_memory],
        }


def ask(database: Path, env: Mapping[str, str], folder: Path) -> Any:
    """What `bench.markers` tells of a database."""
    env = {**env, "PYTHONPATH": str(ROOT)}
    argv = [PYTHON, "-m", "bench.markers", str(database)]
    return json.loads(subprocess.run(argv, env=env, cwd=folder, check=True, stdout=subprocess.PIPE).stdout)


def _press(terminal: Terminal, key: bytes, marker: str) -> float:
    known = len(terminal.output)
    moment = terminal.send(key)
    taken = terminal.wait_for(marker.encode(), known) - moment
    terminal.settle(QUIET)
    return taken
