"""Who else works on what, in words; and saying so while a form is open here. It informs, it never locks."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import App
from textual.timer import Timer

from models import clock
from models.action.work import Session
from models.claim.claims import RENEW, keep
from models.claim.presence import Claimant
from screens.widgets.background import Latest


class Attentive:
    """Something on the screen that shows who works on what."""

    def show_claims(self) -> None:
        """Somebody has begun or ended: `session.presence` says who."""
        raise NotImplementedError


def claimant(session: Session, subjects: Iterable[str]) -> Claimant | None:
    """Who works elsewhere on one of these, or None."""
    others = session.presence.others
    return next((others[subject] for subject in subjects if subject in others), None)


def worker(session: Session, subjects: Iterable[str]) -> str:
    """Their Kürzel; empty for nobody."""
    found = claimant(session, subjects)
    return found.member if found else ""


def at_work(session: Session, subjects: Iterable[str]) -> str:
    """`TOM arbeitet gerade daran, seit 14:02`; empty where nobody does."""
    found = claimant(session, subjects)
    if found is None:
        return ""
    mine = found.member == session.kuerzel
    who = "Du arbeitest in einem anderen Fenster" if mine else f"{found.member} arbeitet gerade"
    return f"✎ {who} daran, seit {clock.in_berlin(found.since):%H:%M}"


class Claiming:
    """Makes known that an open form is about some things, as long as it is open.

    What goes wrong is told nobody: without it one works as well, and saving says what there is to say.
    """

    def __init__(self, app: App[object], session: Session) -> None:
        self._session = session
        self._latest: Latest[None] = Latest(app, "claim")  # the app's: it outlives the form, to release what it held
        self._timer: Timer | None = None
        self._app = app

    def begin(self, subjects: tuple[str, ...]) -> None:
        """Somebody works on these now."""
        if subjects:
            self._session.presence.wanted = subjects
            self._timer = self._app.set_interval(RENEW, self._keep)
            self._keep()

    def end(self) -> None:
        """And no more."""
        if self._timer is not None:
            self._timer.stop()
            self._session.presence.wanted = ()
            self._keep()

    def _keep(self) -> None:
        self._latest.start(lambda: keep(self._session), lambda _: None, lambda error: None)
