"""Programs of others on the full screen, with the same list: VisiData and Harlequin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.subjects import BREATH, KEYS, QUIET, Measured
from bench.terminal import Terminal
from bench.venvs import program

VD_DOWN, VD_END, VD_HOME, VD_QUIT = b"\x1bOB", b"G", b"gg", b"gq"
VD_LINE, VD_PAGE = 300, 1500
"""Bytes by which a new line, a new page counts as painted, of about 430 and 2,800: the end of a picture cannot be seen,
so the benefit is VisiData's. It also moves the cursor now and then, for which it needs 24.
"""
IDLE = 0.2
"""Seconds of the processor that it needs in a second at most once it has read all rows."""
EDGE = 40
"""So many Down keys lead to the lower edge of the list."""
JUMPS = 10
HQ_READY, HQ_ALL, HQ_TYPED, HQ_RUN = b"Run Query", b"\x01", b"opened_at", b"\n"
HQ_PAUSE = 0.4


@dataclass(frozen=True)
class VisiData:
    """VisiData with a table of a SQLite file."""

    name: str
    env: Mapping[str, str]
    folder: Path
    database: Path
    marker: str
    """Text that shows that the first row is painted."""
    keys: bool = False
    """Whether to wait until all rows are loaded and type, too."""
    downs: int = KEYS
    """So many Down keys, then."""

    def run(self) -> Measured:
        """Start, scroll, jump. Raises `StuckError`."""
        argv = [program("visidata", "vd"), "--motd-url=", str(self.database), "+:cases::"]
        with Terminal(argv, self.env, self.folder) as terminal:
            start = terminal.wait_for(self.marker.encode()) - terminal.started
            if not self.keys:
                return {"start": [start]}
            terminal.wait_until_idle(IDLE)
            measured: dict[str, list[float]] = {
                "down": [_timed(terminal, VD_DOWN, VD_LINE) for _ in range(EDGE + self.downs)][EDGE:],
                "end": [],
                "home": [],
            }
            for _ in range(JUMPS):
                measured["end"].append(_timed(terminal, VD_END, VD_PAGE))
                measured["home"].append(_timed(terminal, VD_HOME, VD_PAGE))
            terminal.end(VD_QUIT)
        return {**measured, "memory": [terminal.peak_memory]}


def _timed(terminal: Terminal, key: bytes, count: int) -> float:
    terminal.settle(BREATH)
    known = len(terminal.output)
    moment = terminal.send(key)
    return terminal.wait_for_bytes(count, known) - moment


@dataclass(frozen=True)
class Harlequin:
    """Harlequin, which is given a query as soon as it takes one."""

    name: str
    env: Mapping[str, str]
    folder: Path
    database: Path
    query: str
    marker: str
    """Text of the first row."""

    def run(self) -> Measured:
        """Start, ask. Raises `StuckError`."""
        program_ = program("harlequin", "harlequin")
        argv = [program_, "-a", "sqlite", "-r", "--limit", "500", "--no-write-history", str(self.database)]
        with Terminal(argv, self.env, self.folder) as terminal:
            terminal.wait_for(HQ_READY)
            while HQ_TYPED not in terminal.output:  # it drops what comes before its editor has the focus
                terminal.send(HQ_ALL + b"\x1b[200~" + self.query.encode() + b"\x1b[201~")
                terminal.look_for(HQ_TYPED, HQ_PAUSE)
            terminal.send(HQ_RUN)
            start = terminal.wait_for(self.marker.encode(), len(terminal.output)) - terminal.started
            terminal.settle(QUIET)
        return {"start": [start]}
