"""The product's list: End, Home, another order, a filter typed letter by letter, until the rows are on the terminal."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.subjects import BREATH, QUIET, QUIT, Measured
from bench.surroundings import PYTHON, ROOT
from bench.targets import Step
from bench.terminal import Terminal


@dataclass(frozen=True)
class Jumps:
    """The product, whose keys are typed one after the other."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    marker: str
    """Text that shows that the first row is painted."""
    steps: Sequence[Step]

    def run(self) -> Measured:
        """Seconds from each key (of a whole word: the last one) to its rows. Raises `StuckError`."""
        measured: dict[str, list[float]] = {}
        with Terminal(self.argv, self.env, self.folder) as terminal:
            terminal.wait_for(self.marker.encode())
            terminal.settle(QUIET)
            for what, keys, marker in self.steps:
                known = len(terminal.output)
                moment = terminal.send(keys.encode())
                if what and marker:
                    measured.setdefault(what, []).append(terminal.wait_for(marker.encode(), known) - moment)
                terminal.settle(BREATH * 2 if what and marker else 2 * QUIET)
            terminal.end(QUIT)
        return {**measured, "memory": [terminal.peak_memory]}


def steps(database: Path, env: Mapping[str, str], folder: Path) -> Sequence[Step]:
    """What `bench.targets` tells of a database."""
    argv = [PYTHON, "-m", "bench.targets", str(database)]
    asked = {**env, "PYTHONPATH": str(ROOT)}
    found = subprocess.run(argv, env=asked, cwd=folder, check=True, stdout=subprocess.PIPE).stdout
    return [(what, keys, marker) for what, keys, marker in json.loads(found)]
