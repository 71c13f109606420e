"""The database is away: one calm line on whatever is in sight, until it answers again (issue 5 §4)."""

from __future__ import annotations

import datetime as dt
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.timer import Timer

from models.action.work import Session
from models.database.store import is_away
from models.ground import clock
from screens.main.bars import Bar

if TYPE_CHECKING:
    from screens.main.host import Host


class OutageLine(Bar):
    """Over the header, also over forms; nothing moves for it."""

    DEFAULT_CSS = """
    OutageLine { layer: _toastrack; dock: top; background: $panel; color: $text-warning; text-style: bold; }
    OutageLine.-over { color: $text-success; }
    """
    STAYS: ClassVar[float] = 6.0
    """Seconds for which it says that the database is back."""

    def __init__(self, since: dt.datetime) -> None:
        super().__init__()
        self._since = since
        self._until: dt.datetime | None = None
        self._leaving: Timer | None = None

    def begin(self, since: dt.datetime) -> None:
        """It is away again, before the last time was forgotten."""
        if self._leaving is None:
            return
        self._leaving.stop()
        self._since, self._until, self._leaving = since, None, None
        self.remove_class("-over")
        self.refresh()

    def end(self, until: dt.datetime) -> None:
        """It is back: say so for a while. Not a toast, which would hide what was just done."""
        self._until = until
        self.add_class("-over")
        self.refresh()
        self._leaving = self.set_timer(self.STAYS, self.remove)

    def line(self, width: int) -> Content:
        """Since when, and what a member need not fear; or until when."""
        if self._until is not None:
            return Content(back_words(self._since, self._until).ljust(width))
        away = f" Die Datenbank antwortet nicht seit {_time(self._since)}"
        calm = f"{away} · Schicht versucht es weiter · was du tippst, bleibt"
        return Content((calm if len(calm) <= width else f"{away}; was du tippst, bleibt").ljust(width))


class Outage:
    """Whether the database answers, as far as one can know from what is asked anyway."""

    SLOW: ClassVar[float] = 3.0
    """Seconds after which a question without an answer counts as one that nobody hears."""

    def __init__(self, host: Host, session: Session) -> None:
        self._host, self._session = host, session
        self._asked: float | None = None
        self.since: dt.datetime | None = None
        """When it was missed first; None while it answers."""

    def asked(self) -> None:
        """A question is on its way."""
        if self._asked is None:
            self._asked = monotonic()

    def answered(self) -> None:
        """The database has answered: what could not be read meanwhile is read now."""
        self._asked = None
        if self.since is None:
            return
        gone, self.since = self.since, None
        now = self._session.clock.now()
        for screen in self._host.screen_stack:
            for line in screen.query(OutageLine):
                line.end(now)
        self._host.messages.append((f"{now:%H:%M}", "information", back_words(gone, now).strip()))
        self._host.refresh_screens()

    def failed(self, error: Exception) -> bool:
        """A question came to nothing; whether that is because nobody answers, which the line says well enough."""
        self._asked = None
        away = is_away(self._session.store, error)
        if away:
            self._begin(0.0)
        return away

    def tick(self) -> None:
        """A second has passed: say it on the screen in sight, whichever was opened meanwhile."""
        if self._asked is not None and (waited := monotonic() - self._asked) >= self.SLOW:
            self._begin(waited)
        if self.since is not None:
            self._show(self.since)

    def _begin(self, ago: float) -> None:
        if self.since is None:
            self.since = self._session.clock.now() - dt.timedelta(seconds=ago)
            self._show(self.since)

    def _show(self, since: dt.datetime) -> None:
        screen = self._host.screen
        lines = list(screen.query(OutageLine))
        for line in lines:
            line.begin(since)
        if screen.is_mounted and not lines:
            screen.mount(OutageLine(since))


def back_words(since: dt.datetime, until: dt.datetime) -> str:
    """That it is back, and how long it was missed."""
    return f" Die Datenbank ist wieder da (keine Antwort von {_time(since)} bis {_time(until)})"


def _time(moment: dt.datetime) -> str:
    return f"{clock.in_berlin(moment):%H:%M:%S}"
