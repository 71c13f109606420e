"""What others do appears by itself: woken by the server where there is one, and by looking again now and then."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from time import monotonic
from typing import Any, ClassVar, cast

from textual.app import App
from textual.message import Message
from textual.widget import Widget

from models.action.work import Session
from models.database.live import Listener
from models.ground.presence import Claimant
from screens.main.host import Host
from screens.main.outage import Outage
from screens.main.overview import version
from screens.widgets.background import Latest

Seen = tuple[int, dict[str, tuple[Claimant, ...]]]
"""Version of the data, and who works on what elsewhere."""


class Woken(Message, namespace="watching"):
    """The server says that somebody has committed something."""


class Watching:
    """Asks for the version of the database and calls `changed` when it is another one.

    Asks in the same breath who works on what: that is shown at once, without anything being read again.
    """

    CATCH_UP: ClassVar[float] = 10.0
    """Seconds between two looks while the server tells by itself: a lost notification is caught up within 15 s."""
    PAUSE: ClassVar[float] = 0.25
    """Seconds between two looks that the server asks for: a colleague who does much at once does not shake the list."""
    SHARE: ClassVar[float] = 8.0
    """As many times as long as the last look took one waits for the next: a server at its limit is asked less often."""
    LONGEST: ClassVar[float] = 0.75
    """Seconds after which one looks all the same: changes are seen within a second."""

    def __init__(self, node: Widget, session: Session, version: int, changed: Callable[[], None]) -> None:
        self._node, self._session, self._changed = node, session, changed
        self._version = version
        self._looks: Latest[Seen] = Latest(node, "poll")
        self._looked_at = 0.0
        self._took = 0.0
        self._due = False
        self.listener = Listener(session.store, self._wake)

    @property
    def _outage(self) -> Outage:
        """Told of every look: it says so when none is answered."""
        return cast(Host, self._node.app).outage

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
            pause = min(max(self.PAUSE, self.SHARE * self._took), self.LONGEST)
            self._node.set_timer(max(0.001, self._looked_at + pause - monotonic()), self._look_again)

    def looked(self, before: int, after: int) -> None:
        """The look of this shift was stamped: if nothing else has changed, nothing has to be read again."""
        if self._version == before == after - 1:
            self._version = after

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
        self._outage.asked()
        session = self._session

        def read() -> Seen:
            from peewee import PeeweeException

            from models.action.claims import others  # not before the first frame

            with session.store.connected():
                found = version(session)
                try:
                    return found, others(session)
                except PeeweeException:  # whoever may not read claims sees nobody; what changes is seen all the same
                    return found, {}

        self._looks.start(read, self._seen, self._missed)

    def _missed(self, error: Exception) -> None:
        self._outage.failed(error)

    def _seen(self, seen: Seen) -> None:
        self._took = monotonic() - self._looked_at
        self._outage.answered()
        found, others = seen
        if others != self._session.presence.others:
            self._session.presence.others = others
            show_claims(self._node.app)
        if found != self._version:
            known, self._version = self._version, found
            if known >= 0:
                self._changed()
                heed(self._node.app)


def show_claims(app: App[Any]) -> None:
    """Everything in sight, or under another screen, that shows who works on what."""
    from screens.widgets.attentive import Attentive

    for screen in app.screen_stack:
        for node in (screen, *screen.query("WindowList, RightSide, AtWork")):
            if isinstance(node, Attentive):
                node.show_claims()


def heed(app: App[Any]) -> None:
    """An open form looks whether what it is about was changed."""
    from screens.widgets.attentive import Heedful

    for screen in app.screen_stack:
        for box in screen.query("Merge"):
            if isinstance(box, Heedful):
                box.heed()
