"""How the full screen ends from outside: SIGTERM, SIGHUP, SIGINT, a lost terminal. The terminal is left as it was.

A plain thread watches, because nothing on the event loop can be relied on once the terminal is gone (PITFALLS). It is
never called off: Textual's threads may hold up the program after its app has ended, so whoever has shown a screen
leaves by `leave`, and the thread sees to it that this happens.
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import signal
import sys
import termios
import threading
import time
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from models.ground.errors import UsageError

if TYPE_CHECKING:
    from textual.app import App

Answer = TypeVar("Answer")

GRACE = 2.5
"""Seconds the program has to end by itself before the thread ends it."""

SIGNALS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}
"""Exit status by signal."""

LOST = SIGNALS[signal.SIGHUP]
"""Exit status after the terminal has gone."""

RESTORE = (
    "\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[0m"
)
"""What Textual switched on, off again."""


class Watch:
    """From the look at the terminal to the end of the process: the end that somebody outside wants comes in time."""

    def __init__(self, tty: int, attributes: list[Any]) -> None:
        """`attributes` are those that the terminal has and is to have again."""
        self.status: int | None = None
        """Exit status, if something from outside ends the program."""
        self._app: App[Any] | None = None
        self._tty, self._attributes = tty, attributes
        self._poll = select.poll()
        self._poll.register(tty, 0)  # only POLLHUP and POLLERR, so that no key wakes it
        self._wake_out, self._wake_in = os.pipe()
        for number in SIGNALS:
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue  # somebody wants it ignored; the lost terminal itself is noticed
            signal.signal(number, self._signalled)
        threading.Thread(target=self._watch, name="schicht-watch", daemon=True).start()

    def run(self, app: App[Answer]) -> Answer | None:
        """Run an app to its end; not at all where the program is to end anyway."""
        self._app = app
        try:
            return app.run() if self.status is None else None
        except (OSError, termios.error):
            if not self._lost():
                raise
            return None
        finally:
            for number in (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH):
                signal.signal(number, signal.SIG_DFL)  # Textual's would ask for its loop
            self._lost()

    def _lost(self) -> bool:
        """Whether the terminal has gone; then that is how the program ends."""
        if self.status is None and self._poll.poll(0):
            self.status = LOST
        return self.status == LOST

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        if self.status is None:
            self.status = SIGNALS[signal.Signals(number)]
            os.write(self._wake_in, b"s")

    def _watch(self) -> None:
        """Wait for a signal or a lost terminal, ask the app to end, and end the process if that takes too long."""
        either = select.poll()
        either.register(self._wake_out, select.POLLIN)
        either.register(self._tty, 0)
        while self.status is None:
            either.poll()
            self._lost()
        over = time.monotonic() + GRACE
        asked = False
        while time.monotonic() < over:
            asked = asked or self._ask_to_end()
            time.sleep(0.05)
        self._restore()
        os._exit(self.status)

    def _ask_to_end(self) -> bool:
        """Tell the app; whether there is one that can be told."""
        loop = getattr(self._app, "_loop", None)
        if loop is None or self._app is None:
            return False
        with contextlib.suppress(RuntimeError):  # the loop has closed: it is ending anyway
            loop.call_soon_threadsafe(self._app.exit)
        return True

    def _restore(self) -> None:
        """Give the terminal back as it was, if it is still there."""
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(self._tty, termios.TCSANOW, self._attributes)
            os.set_blocking(self._tty, False)  # a terminal that takes nothing must not hold us up
            os.write(self._tty, RESTORE.encode())


_begun: list[Watch] = []


def watch(otherwise: str = "Der ganze Bildschirm braucht ein Terminal.") -> Watch:
    """The watch of this process, begun by whoever asks first; without a terminal a UsageError says `otherwise`."""
    if not _begun:
        _begun.append(_begin(otherwise))
    return _begun[0]


def _begin(otherwise: str) -> Watch:
    try:
        if sys.stdin.isatty() and sys.stdout.isatty():
            return Watch(sys.stdin.fileno(), termios.tcgetattr(sys.stdin))
        termios.tcgetattr(sys.stdin.fileno())
    except (termios.error, OSError, ValueError) as error:
        if error.args[:1] == (errno.EIO,):  # it was one, and has gone since we were started
            raise SystemExit(LOST) from error
    raise UsageError(otherwise)


def leave(status: int) -> None:
    """End the process, where a screen has been shown, with this status or the one that was wanted from outside.

    Python's own end would wait for Textual's input thread, which may hang on a dead terminal, and would turn the
    status into 120 because nothing can be written any more.
    """
    if not _begun:
        return
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    wanted = _begun[0].status
    os._exit(status if wanted is None else wanted)
