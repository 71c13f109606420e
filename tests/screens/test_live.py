"""On PostgreSQL a commit wakes the screens of the others; what is lost on the way is caught up (issue 5 §3)."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest

from models.action.claims import keep
from models.database import live
from models.database.live import Listener
from models.database.store import open_store
from models.tables import history
from models.tables.case import Case
from models.tables.history import Stamp, append
from screens.main.screen import MainScreen
from screens.main.watching import Watching
from screens.tab.view import TabView
from tests.screens.stage import Player, Stage, fill

NOON = dt.datetime(2025, 11, 5, 11, tzinfo=dt.UTC)
NEVER = 1000.0


@pytest.fixture
def engine() -> str:
    """Only a server can tell anything."""
    return "postgres"


@pytest.fixture
def team(db_url: str) -> Iterator[Stage]:
    """The team's server, with a few Cases."""
    store = open_store(db_url)
    fill(store)
    with mock.patch.object(live, "IDLE", 0.05), mock.patch.object(live, "RETRY", 0.05):
        yield Stage(Path(db_url), store)
    store.db.close()


def add_case(stage: Stage, vpa: str) -> None:
    """A colleague's work brings an open Case, as any action would leave it: with its row in the history."""
    with stage.store.connected(), stage.store.transaction():
        own: dict[str, Any] = Case.get_by_id(1).__data__
        own.pop("id")
        Case.insert({**own, "vpa": vpa, "kind": f"more{vpa}"}).execute()
        append(Stamp(NOON, "BEN", "x"), action="import", subject=None, command=str(uuid4()), changes=[])


async def count(player: Player, wanted: int, patience: float = 10.0) -> bool:
    """Whether so many open Cases are on the screen within `patience` seconds; nothing is pressed."""
    end = monotonic() + patience
    while f"alle offenen · {wanted}" not in player.text:
        if monotonic() > end:
            return False
        await asyncio.sleep(0.01)
        await player.rest()
    return True


def connections(stage: Stage) -> int:
    """End every connection that listens in this database; how many there were."""
    with stage.store.connected():
        sql = (
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query = 'LISTEN schicht'"
        )
        return int(stage.store.db.execute_sql(sql).fetchone()[0])


async def test_a_commit_wakes_the_screen_and_a_lost_connection_is_made_again(team: Stage) -> None:
    """Looking by itself is off, so only the notification can show it; it takes less than a second."""
    with mock.patch.object(MainScreen, "POLL", NEVER):
        async with team.screen() as player:
            watching = player.app.screen.watching  # type: ignore[attr-defined]
            await until(lambda: watching.listener.listening)
            begun = monotonic()
            add_case(team, "V1")
            assert await count(player, 5)
            assert monotonic() - begun < 2.0
            assert connections(team) == 1
            await until(lambda: connections(team) == 1)
            add_case(team, "V2")
            assert await count(player, 6)
    await until(lambda: connections(team) == 0)


async def test_who_opens_a_form_is_seen_at_once_and_nothing_is_read_again(team: Stage) -> None:
    """A claim wakes the others like a commit does, and so does its end; the rows are not read for it."""
    tom = team.session("TOM")

    async def says(player: Player, words: str, there: bool) -> bool:
        begun = monotonic()
        while (words in player.text) is not there and monotonic() - begun < 10:
            await asyncio.sleep(0.01)
            await player.rest()
        return monotonic() - begun < 2.0

    with mock.patch.object(MainScreen, "POLL", NEVER):
        async with team.screen() as player:
            await until(lambda: player.app.screen.watching.listener.listening)  # type: ignore[attr-defined]
            with mock.patch.object(TabView, "refresh_rows") as read_again:
                for wanted in (("case:1",), ()):
                    tom.presence.wanted = wanted
                    keep(tom)
                    assert await says(player, "TOM arbeitet gerade daran", bool(wanted))
                assert not read_again.called


async def test_a_lost_notification_is_caught_up(team: Stage) -> None:
    """NOTIFY is off: as long as nobody looks by themselves nothing appears, and with the look it does."""
    assert Watching.CATCH_UP + MainScreen.POLL < 15
    with mock.patch.object(history, "announce"), mock.patch.object(MainScreen, "POLL", 0.05):
        with mock.patch.object(Watching, "CATCH_UP", NEVER):
            async with team.screen() as player:
                await until(lambda: player.app.screen.watching.listener.listening)  # type: ignore[attr-defined]
                add_case(team, "V1")
                assert not await count(player, 5, patience=0.5), "the control: nothing else has shown it"
        with mock.patch.object(Watching, "CATCH_UP", 0.3):
            async with team.screen() as player:
                await until(lambda: player.app.screen.watching.listener.listening)  # type: ignore[attr-defined]
                add_case(team, "V2")
                assert await count(player, 6)


def test_many_commits_wake_and_an_end_is_an_end(team: Stage) -> None:
    """A listener hears the commits of others, not what is rolled back, and nothing after its end."""
    heard = threading.Semaphore(0)
    listener = Listener(team.store, heard.release)
    listener.start()
    assert heard.acquire(timeout=10), "a new connection wakes"
    add_case(team, "V1")
    assert heard.acquire(timeout=10)
    with team.store.connected(), team.store.transaction() as transaction:
        live.announce()
        transaction.rollback()
    add_case(team, "V2")
    assert heard.acquire(timeout=10)
    assert not heard.acquire(timeout=0.2)
    listener.stop()
    add_case(team, "V3")
    assert not heard.acquire(timeout=0.2)


async def until(condition: Callable[[], bool], patience: float = 10.0) -> None:
    """Wait for it."""
    end = monotonic() + patience
    while not condition():
        assert monotonic() < end
        await asyncio.sleep(0.01)
