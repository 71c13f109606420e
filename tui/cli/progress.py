"""How far a long command is: on a terminal, on standard error, and nothing where a program reads."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from time import monotonic

from models.ground.text import clean_output
from tui.cli.context import Invocation

Progress = Callable[[str, int, int], None]
"""Told the part, how many of its rows are done, and how many there are."""

WIDTH = 30
"""Columns of a bar."""

SOON = 1.0
"""Seconds after which one asks oneself whether anything happens."""


def _is_watched() -> bool:
    return not Invocation.current().json and sys.stderr.isatty()


class _Line:
    """One line that is written over and over: what is done, and how much of it or for how long already."""

    def __init__(self, what: str) -> None:
        self._what, self._share = what, -1.0
        self._over, self._begun = threading.Event(), monotonic()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def tell(self, what: str, done: int, whole: int) -> None:
        """How far a part of it is."""
        self._what, self._share = what, min(1.0, done / max(1, whole))

    def end(self) -> None:
        """A bar stays as it was last, anything else leaves no trace."""
        self._over.set()
        self._thread.join()
        self._write(f"{self._bar()}\n" if self._share >= 0 else "")

    def _run(self) -> None:
        while not self._over.wait(SOON):
            self._write(self._bar() if self._share >= 0 else f"{self._what} … {monotonic() - self._begun:.0f} s")

    def _bar(self) -> str:
        full = round(self._share * WIDTH)
        return f"{self._what[:14]:<14}  [{'█' * full}{'░' * (WIDTH - full)}]  {self._share:4.0%}"

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # nobody looks any more: that is no reason to fail
            sys.stderr.write(f"\r\x1b[2K{clean_output(text)}")
            sys.stderr.flush()


@contextlib.contextmanager
def working(what: str) -> Iterator[Progress]:
    """Say on a terminal that something is done and how far it is, as soon as it takes longer than a moment."""
    if not _is_watched():
        yield lambda part, done, whole: None
        return
    line = _Line(what)
    try:
        yield line.tell
    finally:
        line.end()
