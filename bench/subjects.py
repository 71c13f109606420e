"""What is run: a full screen until its first row and while it scrolls, or a command until it ends."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.surroundings import PYTHON, ROOT
from bench.terminal import StuckError, Terminal

Measured = Mapping[str, Sequence[float]]
"""Values by quantity: seconds, `memory` in MiB. What stands before a `|` is another subject, to which it belongs."""

DOWN, TOP, QUIT = b"\x1b[B", b"\x1b[1;5H", b"\x11"
COMMAND_PATIENCE = 1800.0
"""Seconds after which a command counts as stuck."""
QUIET = 0.3
"""Seconds without output after which a start or a flight of keys counts as over."""
BREATH = 0.05
"""Seconds without output between two keys that are measured: keys of a person, not of a machine."""
KEYS = 100
"""So many keys are measured in a run, at most."""
PREFIX = 12
"""Characters of a name by which a row is known: so many stand in any list."""


class Subject(Protocol):
    """Something that can be run and measured."""

    @property
    def name(self) -> str:
        """As the table calls it."""
        ...

    def run(self) -> Measured:
        """Run it once, as a process of its own."""
        ...


@dataclass(frozen=True)
class Command:
    """A program that ends by itself."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    prepare: Callable[[], None] | None = None
    """Done before, outside the measured time."""

    def run(self) -> Measured:
        """From the start to the end of the process. Raises `StuckError` if it fails."""
        if self.prepare:
            self.prepare()
        with Terminal(self.argv, self.env, self.folder) as terminal:
            ended = terminal.end(patience=COMMAND_PATIENCE)
        if terminal.status:
            raise StuckError(f"{self.name}: exit {terminal.status}\n{terminal.output.decode(errors='replace')}")
        return {"run": [ended - terminal.started], "memory": [terminal.peak_memory]}


@dataclass(frozen=True)
class Inside:
    """The product's functions, asked without a screen in a process of its own, in turn with what they are compared
    with (`bench.inside`).
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    prepare: Callable[[], None] | None = None

    def run(self) -> Measured:
        """What it tells. CalledProcessError if it fails."""
        if self.prepare:
            self.prepare()
        argv = [PYTHON, "-m", "bench.inside", *self.argv]
        env = {**self.env, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(argv, env=env, cwd=self.folder, check=True, stdout=subprocess.PIPE)
        return dict(json.loads(done.stdout))


@dataclass(frozen=True)
class Screen:
    """A full screen; with `rows` it is scrolled too."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    marker: str
    """Text that shows that the first row is painted."""
    rows: Sequence[str] = ()
    """Texts by which its rows are known, from the first one on."""
    passes: int = 1
    """How often it is scrolled from the first of `rows` to the last."""

    def run(self) -> Measured:
        """Start, scroll, quit. Raises `StuckError`."""
        with Terminal(self.argv, self.env, self.folder) as terminal:
            measured = {"start": [terminal.wait_for(self.marker.encode()) - terminal.started]}
            terminal.settle(QUIET)
            if self.rows:
                measured["down"] = self._scroll(terminal)
            terminal.end(QUIT)
        return {**measured, "memory": [terminal.peak_memory]}

    def _scroll(self, terminal: Terminal) -> list[float]:
        """Seconds from each Down key at the lower edge to the arrival of the row that it brings."""
        rows = [name[:PREFIX].encode() for name in self.rows]
        height = next(place for place, row in enumerate(rows) if row not in terminal.output)
        times: list[float] = []
        for _ in range(self.passes):
            place = self._to_the_edge(terminal, rows, height)
            for new in range(place, min(place + KEYS // self.passes, len(rows))):
                terminal.settle(BREATH)
                known = len(terminal.output)
                moment = terminal.send(DOWN)
                if (
                    rows[new] in rows[max(0, new - height - 1) : new]
                ):  # it would be seen in a row that stood there before
                    continue
                times.append(terminal.wait_for(rows[new], known) - moment)
            terminal.send(TOP)
            terminal.settle(QUIET)
        return times

    @staticmethod
    def _to_the_edge(terminal: Terminal, rows: Sequence[bytes], height: int) -> int:
        """Go down until the list scrolls; the place of the row that the next key will bring."""
        known = len(terminal.output)
        terminal.send(DOWN * (height + 1))
        terminal.settle(QUIET)
        shown = [place for place in range(height + 5) if terminal.output.find(rows[place], known) >= 0]
        return max(shown) + 1
