"""How far a long command is: on a terminal, on standard error, and nothing where a program reads."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from time import monotonic

import click

from tui.cli.context import Invocation

Progress = Callable[[str, int, int], None]
"""Told the part, how many of its rows are done, and how many there are."""

SOON = 1.0
"""Seconds after which one asks oneself whether anything happens."""


def _is_watched() -> bool:
    return not Invocation.current().json and sys.stderr.isatty()


@contextlib.contextmanager
def bar() -> Iterator[Progress]:
    """A bar for what can be counted."""
    if not _is_watched():
        yield lambda what, done, whole: None
        return
    with click.progressbar(length=1, file=sys.stderr, width=30, fill_char="█", empty_char="░") as shown:

        def told(what: str, done: int, whole: int) -> None:
            shown.label, shown.length = f"{what[:14]:<14}", max(1, whole)
            shown.update(done - shown.pos)

        yield told


@contextlib.contextmanager
def working(what: str) -> Iterator[None]:
    """A line for what cannot be counted: what is done, and for how long already. It is gone at the end."""
    if not _is_watched():
        yield
        return
    over, begun = threading.Event(), monotonic()

    def tell() -> None:
        while not over.wait(SOON):
            sys.stderr.write(f"\r{what} … {monotonic() - begun:.0f} s ")
            sys.stderr.flush()

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()
        if monotonic() - begun >= SOON:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
