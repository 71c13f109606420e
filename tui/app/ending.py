"""How the full screen ends from outside: SIGTERM, SIGHUP, SIGINT, a lost terminal. The terminal is left as it was.

A plain thread watches, because nothing on the event loop can be relied on once the terminal is gone (PITFALLS).
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import threading
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from textual.app import App

GRACE = 2.5
"""Seconds the app has to end by itself before the thread ends the process."""

SIGNALS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}
"""Exit status by signal."""

RESTORE = (
    "\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[0m"
)
"""What Textual switched on, off again."""


class Watch:
    """Around `app.run()`: ends the app on a signal or when its terminal has gone."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self.status: int | None = None
        """Exit status, if something from outside ended the program."""
        self._done = threading.Event()
        self._wake_out, self._wake_in = os.pipe()
        self._before: dict[int, Any] = {}
        self._attributes: list[Any] | None = None
        self._tty = sys.__stdin__.fileno() if sys.__stdin__ is not None else -1

    def __enter__(self) -> Self:
        try:
            self._attributes = termios.tcgetattr(self._tty)
        except (termios.error, OSError, ValueError):
            self._attributes = None
        for number in SIGNALS:
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue  # somebody wants it ignored; the lost terminal itself is noticed below
            self._before[number] = signal.signal(number, self._signalled)
        threading.Thread(target=self._watch, name="schicht-watch", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        os.write(self._wake_in, b"x")
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        if self.status is None:
            self.status = SIGNALS[signal.Signals(number)]
            os.write(self._wake_in, b"s")

    def _watch(self) -> None:
        """Wait for a signal or a lost terminal, ask the app to end, and end the process if it does not."""
        poll = select.poll()
        poll.register(self._wake_out, select.POLLIN)
        if self._attributes is not None:
            poll.register(self._tty, 0)  # only POLLHUP and POLLERR, so that no key wakes it
        while not self._done.is_set():
            found = dict(poll.poll())
            if self._done.is_set():
                return
            if self._tty in found and self.status is None:
                self.status = SIGNALS[signal.SIGHUP]
            if self.status is not None:
                self._end(self.status)
                return
            os.read(self._wake_out, 16)

    def _end(self, status: int) -> None:
        loop = getattr(self._app, "_loop", None)
        if loop is not None:
            try:
                loop.call_soon_threadsafe(self._app.exit)
            except RuntimeError:
                status = int(status)  # the loop has closed: it is ending anyway
        if not self._done.wait(GRACE):
            self._restore()
            os._exit(status)

    def _restore(self) -> None:
        """Give the terminal back as it was, if it is still there."""
        if self._attributes is None:
            return
        try:
            termios.tcsetattr(self._tty, termios.TCSANOW, self._attributes)
            os.set_blocking(self._tty, False)  # a terminal that takes nothing must not hold us up
            os.write(self._tty, RESTORE.encode())
        except (termios.error, OSError):
            return
