"""What others do appears by itself: woken by the server where there is one, and by looking again now and then."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from textual.message import Message
from textual.widget import Widget

from models.action.work import Session
from models.live import Listener
from screens.widgets.background import Latest
from tui.shell.overview import version


class Woken(Message, namespace="watching"):
    """The server says that somebody has committed something."""


class Watching:
    """Asks for the version of the database and calls `changed` when it is another one."""

    CATCH_UP: ClassVar[float] = 10.0
    """Seconds between two looks while the server tells by itself: a lost notification is caught up within 15 s."""
    PAUSE: ClassVar[float] = 0.25
    """Seconds between two looks that the server asks for: a colleague who does much at once does not shake the list."""

    def __init__(self, node: Widget, session: Session, version: int, changed: Callable[[], None]) -> None:
        self._node, self._session, self._changed = node, session, changed
        self._version = version
        self._looks: Latest[int] = Latest(node, "poll")
        self._looked_at = 0.0
        self._due = False
        self.listener = Listener(session.store, self._wake)

    def begin(self) -> None:
        """Listen, where there is something to hear."""
        self.listener.start()

    def end(self) -> None:
        """Listen no more."""
        self.listener.stop()

    def tick(self) -> None:
        """A second has passed: look, unless the server tells by itself and the last look is not long ago."""
        if not self.listener.listening or monotonic() - self._looked_at >= self.CATCH_UP:
            self._look()

    def woken(self) -> None:
        """Look as soon as it is time; once for many calls."""
        if not self._due:
            self._due = True
            self._node.set_timer(max(0.001, self._looked_at + self.PAUSE - monotonic()), self._look_again)

    def _wake(self) -> None:
        """In the listening thread; the screen may be gone by now, and then nobody wants to know."""
        with contextlib.suppress(RuntimeError):
            self._node.post_message(Woken())

    def _look_again(self) -> None:
        self._due = False
        if self._looks.busy:  # that look may have come too early for what woke us
            self.woken()
        else:
            self._look()

    def _look(self) -> None:
        if self._looks.busy:
            return
        self._looked_at = monotonic()
        session = self._session

        def read() -> int:
            with session.store.connected():
                return version(session)

        self._looks.start(read, self._seen, lambda error: None)  # it is told by whatever is read for the member

    def _seen(self, found: int) -> None:
        if found != self._version:
            known, self._version = self._version, found
            if known >= 0:
                self._changed()
