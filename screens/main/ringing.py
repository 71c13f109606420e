"""Listening for Reminders whose moment comes while the screen is open."""

from __future__ import annotations

import datetime as dt
import os
from functools import partial

from models.action.work import Session
from screens.main.alerting import signals
from screens.main.host import Host
from screens.main.overview import newly_due
from screens.main.place import Place, connected
from screens.widgets.background import Latest


class Ringing:
    """Looks at every minute for what has come due since the last look."""

    def __init__(self, screen: Place, session: Session) -> None:
        self._screen, self._session = screen, session
        self._since: dt.datetime = session.clock.now()
        self._due: Latest[list[str]] = Latest(screen, "due")

    def tick(self, now: dt.datetime) -> None:
        """Another minute."""
        since, self._since = self._since, now
        if self._session.kuerzel is not None and since < now:
            look = partial(connected, self._session, partial(newly_due, since=since))
            self._due.start(look, self._heard, self._host.unread)

    @property
    def _host(self) -> Host:
        return self._screen.host

    def _heard(self, names: list[str]) -> None:
        if not names:
            return
        heard, driver = self._host.heard, self._host._driver  # Textual has no other way to the terminal
        said = signals(heard.way, os.environ, names if heard.names else ())
        if said and driver is not None:
            driver.write(said)
        count = len(names)
        told = "Ein Reminder ist jetzt fällig." if count == 1 else f"{count} Reminder sind jetzt fällig."
        self._host.tell(told, "warning")
