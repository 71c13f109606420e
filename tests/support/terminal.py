"""A whole program in a pseudo-terminal: keys in, a picture of the screen out, signals and resizes in between."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

ROOT = Path(__file__).parents[2]
"""Top of the checkout."""

SCHICHT = (sys.executable, "-m", "tui")
"""The program as it is in the checkout."""

KEYS = {
    "enter": "\r", "esc": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pgup": "\x1b[5~", "pgdn": "\x1b[6~", "delete": "\x1b[3~", "f1": "\x1bOP", "f5": "\x1b[15~",
}  # fmt: skip
"""What a plain terminal sends for keys that have no character."""

# Sequences that pyte does not know: it would draw their last letter.
_UNKNOWN = re.compile(rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-zA-Z]")
_UNFINISHED = re.compile(rb"\x1b(\[[0-?]*\$?)?$")
_CLIPBOARD = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)")


def key(name: str) -> str:
    """The characters a terminal sends for `down`, `ctrl+s`, `j` …"""
    if name.startswith("ctrl+") and len(name) == 6:
        return chr(ord(name[-1]) & 0x1F)
    return KEYS.get(name, name)


class Terminal:
    """A program in a terminal of a given size; as a context manager it leaves no process behind."""

    def __init__(
        self,
        *args: str,
        columns: int = 120,
        rows: int = 40,
        program: Sequence[str] = SCHICHT,
        env: Mapping[str, str] | None = None,
        ignore_sighup: bool = False,
    ) -> None:
        """Start `program` with `args`; `env` is laid over this process's environment."""
        self.raw = b""
        """All the program wrote, as it wrote it."""
        self.picture = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.picture)
        self._pending = b""
        self._lost = False
        surroundings = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        self.child = pexpect.spawn(
            program[0],
            [*program[1:], *args],
            dimensions=(rows, columns),
            env={**os.environ, **surroundings, **(env or {})},
            ignore_sighup=ignore_sighup,
            timeout=30,
        )
        self.child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.child.isalive():
            self.child.kill(signal.SIGKILL)
            self.child.wait()
        self.child.close(force=True)

    # Keys and other events

    def send(self, text: str) -> None:
        """Type a text as it is."""
        self.child.send(text)

    def press(self, *names: str) -> None:
        """Press keys by name, such as `down`, `ctrl+s` or `e`."""
        for name in names:
            self.send(key(name))

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self.pump(0.05)  # what was written for the old size belongs on the old picture
        self.picture.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def kill(self, number: int = signal.SIGTERM) -> None:
        """Send the program a signal."""
        self.child.kill(number)

    def hang_up(self) -> None:
        """Lose the terminal, as when its window is closed."""
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, self.child.child_fd)  # closes our end, yet leaves pexpect a descriptor of its own
        os.close(nothing)
        self._lost = True

    # What is to be seen

    def pump(self, patience: float = 0.0) -> bool:
        """Take in what was written, waiting up to `patience` seconds for the first of it; whether there was any."""
        try:
            data: bytes = self.child.read_nonblocking(1 << 16, patience)  # type: ignore[assignment]  # no encoding given
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            self.child.flag_eof = False  # else `isalive` would wait for the end instead of looking for it
            return False
        self.raw += data
        data = _UNKNOWN.sub(b"", self._pending + data)
        rest = _UNFINISHED.search(data)
        self._pending = rest[0] if rest else b""
        self._stream.feed(data[: rest.start()] if rest else data)
        return True

    def screen(self) -> list[str]:
        """The lines on the screen now, without blanks at their ends."""
        while self.pump():
            pass
        return [line.rstrip() for line in self.picture.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.screen())

    def wait_for(self, wanted: str | Callable[[str], bool], timeout: float = 30.0) -> str:
        """Wait until a text stands on the screen, or a question about the screen is answered with yes.

        Returns the screen; raises AssertionError with the screen after `timeout` seconds or when the program ends.
        """
        seen = wanted if callable(wanted) else lambda text: wanted in text
        deadline = time.monotonic() + timeout
        while True:
            text = self.text
            if seen(text):
                return text
            ended = not self.child.isalive() and not self.pump()
            if ended or time.monotonic() > deadline:
                why = "the program has ended" if ended else f"not within {timeout} s"
                raise AssertionError(f"{wanted!r}: {why}. The screen:\n{text}")
            self.pump(0.05)

    def settle(self, quiet: float = 0.2, timeout: float = 10.0) -> list[str]:
        """Wait until the program wrote nothing for `quiet` seconds and works on nothing; the screen.

        A busy machine holds a program up in the middle of its work: that it only waits for its turn counts as work.
        A program at rest still looks up ten times a second, so it is believed after less than that.
        """
        deadline = time.monotonic() + timeout
        wrote = rested = time.monotonic()
        worked = self._worked()
        while (now := time.monotonic()) < deadline and (now < wrote + quiet or now < rested + min(quiet, 0.03)):
            if self.pump(0.005):
                wrote = time.monotonic()
            before, worked = worked, self._worked()
            if worked != before:
                rested = time.monotonic()
        return self.screen()

    def _worked(self) -> list[bytes]:
        """What the system has counted for each thread: time at work, time waiting for its turn, turns; Linux only."""
        counted = []
        for thread in Path(f"/proc/{self.child.pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):  # a thread may end between the two looks at it
                counted.append(thread.read_bytes())
        return counted

    @property
    def clipboard(self) -> str | None:
        """The text last put on the clipboard by OSC 52, or None."""
        found = _CLIPBOARD.findall(self.raw)
        return base64.b64decode(found[-1]).decode() if found else None

    # The end

    def exit_status(self, timeout: float = 10.0) -> int:
        """Wait for the end; the status as a shell tells it, so 128 + number after a signal."""
        deadline = time.monotonic() + timeout
        while self.child.isalive():
            if time.monotonic() > deadline:
                raise AssertionError(f"Still running after {timeout} s. The screen:\n{self.text}")
            if not self.pump(0.02):
                time.sleep(0.01)
        while self.pump():
            pass
        if self.child.signalstatus is not None:
            return 128 + int(self.child.signalstatus)
        return int(self.child.exitstatus or 0)

    def left_on(self) -> list[str]:
        """Names of what the program switched on and did not switch off again; empty when the terminal is as before."""
        modes = {
            "alternate screen": (rb"\x1b\[\?1049h", rb"\x1b\[\?1049l"),
            "mouse": (rb"\x1b\[\?100[0-6]h", rb"\x1b\[\?100[0-6]l"),
            "hidden cursor": (rb"\x1b\[\?25l", rb"\x1b\[\?25h"),
            "bracketed paste": (rb"\x1b\[\?2004h", rb"\x1b\[\?2004l"),
            "focus reports": (rb"\x1b\[\?1004h", rb"\x1b\[\?1004l"),
            "kitty keys": (rb"\x1b\[>[0-9]+u", rb"\x1b\[<[0-9]*u"),
        }
        found = [name for name, (on, off) in modes.items() if _last(on, self.raw) > _last(off, self.raw)]
        if not self._lost and not termios.tcgetattr(self.child.child_fd)[3] & termios.ECHO:
            found.append("raw input")
        return found


def _last(pattern: bytes, data: bytes) -> int:
    """Where the last match begins, or -1."""
    return max((match.start() for match in re.finditer(pattern, data)), default=-1)
