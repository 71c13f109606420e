"""A program in a pseudo-terminal, with a clock: when did this text arrive? Reads bytes only, draws nothing."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import resource
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, ROWS = 120, 40
PATIENCE = 30.0
"""Seconds after which a program counts as stuck."""

RESTLESS = 5.0
"""Seconds after which nobody waits for silence any more."""


class StuckError(Exception):
    """A program did not write or end as it should; the message shows what it wrote last."""


class Terminal:
    """A running program; as a context manager it leaves no process behind."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], folder: Path) -> None:
        """Start `argv` in `folder` with nothing but `env` as its environment."""
        self.output = bytearray()
        """All it wrote."""
        self.status: int | None = None
        """Exit status, once it has ended; negative: the signal that ended it."""
        self._usage: resource.struct_rusage | None = None
        self._peak = 0
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            _become(argv, env, folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._fd)

    def send(self, keys: bytes) -> float:
        """Type; returns the moment before the write."""
        moment = time.perf_counter()
        os.write(self._fd, keys)
        return moment

    def wait_for(self, marker: bytes, since: int = 0) -> float:
        """The moment at which `marker` stood in the output from byte `since` on. Raises `StuckError`."""
        searched = since
        deadline = time.perf_counter() + PATIENCE
        while True:
            moment = time.perf_counter()
            if self.output.find(marker, searched) >= 0:
                return moment
            searched = max(since, len(self.output) - len(marker))
            if moment > deadline or not self._read(0.5):
                raise StuckError(f"{marker.decode()!r} never came. Last output: {bytes(self.output[-600:])!r}")

    def wait_for_bytes(self, count: int, since: int) -> float:
        """The moment at which so many bytes had come from byte `since` on: for a screen that writes only what changed
        on it, so that no text of it can be waited for. Raises `StuckError`.
        """
        deadline = time.perf_counter() + PATIENCE
        while len(self.output) < since + count:
            if time.perf_counter() > deadline or not self._read(0.5):
                raise StuckError(f"Nothing came. Last output: {bytes(self.output[-600:])!r}")
        return time.perf_counter()

    def wait_until_idle(self, share: float) -> None:
        """Wait until it needs at most this share of a processor during a second. Raises `StuckError`."""
        deadline = time.perf_counter() + 5 * PATIENCE
        used = _processor_time(self.pid)
        while time.perf_counter() < deadline:
            until = time.perf_counter() + 1
            while (left := until - time.perf_counter()) > 0:
                self._read(left)
            before, used = used, _processor_time(self.pid)
            if used - before <= share:
                return
        raise StuckError("It never comes to rest.")

    def look_for(self, marker: bytes, patience: float) -> None:
        """Wait for a text, at most `patience` seconds."""
        deadline = time.perf_counter() + patience
        while marker not in self.output and (left := deadline - time.perf_counter()) > 0:
            self._read(left)

    def settle(self, quiet: float) -> None:
        """Wait until nothing was written for `quiet` seconds, but not for ever: some write again and again."""
        before, deadline = -1, time.perf_counter() + RESTLESS
        while before != len(self.output) and time.perf_counter() < deadline:
            before = len(self.output)
            if not self._read(quiet):
                return

    def end(self, keys: bytes = b"", patience: float = PATIENCE) -> float:
        """Wait until it has ended, after typing `keys`; returns the moment. Raises `StuckError`."""
        self._peak = _high_water(self.pid)
        if keys:
            self.send(keys)
        deadline = time.perf_counter() + patience
        while self._read(0.05):
            self._peak = max(self._peak, _high_water(self.pid))
            if time.perf_counter() > deadline:
                raise StuckError(f"It does not end. Last output: {bytes(self.output[-600:])!r}")
        _, status, self._usage = os.wait4(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        return time.perf_counter()

    @property
    def peak_memory(self) -> float:
        """Most memory it ever had resident, in MiB; known after `end`."""
        if self._peak:
            return self._peak / 1024
        assert self._usage is not None
        return self._usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)

    def _read(self, patience: float) -> bool:
        """Take in what was written, waiting at most `patience` seconds; False when it has closed its terminal."""
        if select.select([self._fd], [], [], patience)[0]:
            data = b""
            with contextlib.suppress(OSError):  # Linux reports the closed end as an error
                data = os.read(self._fd, 1 << 16)
            self.output += data
            return bool(data)
        return True


def _become(argv: Sequence[str], env: Mapping[str, str], folder: Path) -> None:
    """In the child: turn into the program."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.chdir(folder)
        os.execve(argv[0], list(argv), dict(env))
    finally:
        os._exit(127)


def _processor_time(pid: int) -> float:
    """Seconds of the processor that a process has had, as Linux tells them."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _high_water(pid: int) -> int:
    """Peak resident KiB of a running process, 0 where the system does not tell.

    The figure of `wait4` counts the parent's memory at the fork too.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    lines = (line.split() for line in status.splitlines())
    return next((int(words[1]) for words in lines if words[0] == "VmHWM:"), 0)
