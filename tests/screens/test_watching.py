"""The watcher by a clock of its own: whatever is lost on the way is seen within 15 s (issue 5 §3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from unittest import mock

import pytest

from models.action.work import Session
from models.database.store import Store
from models.ground.clock import SystemClock
from models.ground.presence import Claimant
from screens.main import watching as module
from screens.main.screen import MainScreen
from screens.main.watching import Watching


class Screen:
    """A node on which nothing is shown, a database that knows one number and one claim, and a clock that is turned."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, listening: bool) -> None:
        self.now = 100.0
        self.version, self.others = 1, dict[str, tuple[Claimant, ...]]()
        self.looks: list[float] = []
        self.changes: list[float] = []
        self.told: list[float] = []
        self.session = Session(Store("", "postgres", None), SystemClock(), "ANN")
        self.watching = Watching(cast(Any, self), self.session, 1, lambda: self.changes.append(self.now))
        self.watching.listener.listening = listening
        cast(Any, self.watching)._looks = self
        monkeypatch.setattr(module, "monotonic", lambda: self.now)
        monkeypatch.setattr(module, "show_claims", lambda app: self.told.append(self.now))

    app, busy = mock.MagicMock(), False

    def start(self, read: Any, done: Callable[[Any], None], failed: Any) -> None:
        """Instead of asking in a thread."""
        self.looks.append(self.now)
        done((self.version, dict(self.others)))

    def pass_by(self, seconds: float) -> None:
        """The screen's own timer ticks on; nobody wakes anybody."""
        for _ in range(int(seconds / MainScreen.POLL)):
            self.now += MainScreen.POLL
            self.watching.tick()


def test_what_nobody_tells_is_seen_within_fifteen_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """At whatever moment between two looks the notification is lost."""
    for wait in range(12):
        screen = Screen(monkeypatch, listening=True)
        screen.pass_by(20 + wait)
        screen.version, begun = 2, screen.now
        screen.others = {"case:1": (Claimant("TOM", "x", SystemClock().now()),)}
        screen.pass_by(15)
        ((changed,), (told,)) = screen.changes, screen.told
        assert changed - begun <= 15
        assert told - begun <= 15
        assert screen.session.presence.others == screen.others
        assert len(screen.looks) <= 6, "it does not ask all the time either"


def test_where_nobody_can_tell_it_looks_every_second(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(monkeypatch, listening=False)
    screen.pass_by(10)
    assert len(screen.looks) == 10


def test_without_looking_by_itself_nothing_is_ever_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(Watching, "CATCH_UP", 1e9)
    screen = Screen(monkeypatch, listening=True)
    screen.version = 2
    screen.pass_by(60)
    assert screen.changes == []


@pytest.mark.parametrize(
    ("took", "pause"), [(0.001, Watching.PAUSE), (0.05, 0.05 * Watching.SHARE), (2.0, Watching.LONGEST)]
)
def test_a_server_at_its_limit_is_asked_less_often(monkeypatch: pytest.MonkeyPatch, took: float, pause: float) -> None:
    screen = Screen(monkeypatch, listening=True)
    waits: list[float] = []
    cast(Any, screen).set_timer = lambda seconds, _: waits.append(seconds)
    begin = screen.start

    def slow(read: Any, done: Callable[[Any], None], failed: Any) -> None:
        screen.now += took
        begin(read, done, failed)

    cast(Any, screen).start = slow
    screen.watching._look()
    screen.watching.woken()
    assert waits == [pytest.approx(max(0.001, pause - took))]
    assert Watching.LONGEST < 1, "changes are seen within a second"
