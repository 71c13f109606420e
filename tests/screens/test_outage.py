"""The database is away: keys are answered, nothing typed is lost, one line says so (issue 5 §4)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from unittest import mock

import pytest
from peewee import OperationalError

from models.database.server import Server as Team
from models.database.store import Store, is_away, open_store
from models.ground.errors import DatabaseUnusableError, OutcomeUnknownError
from models.tables.case import Case
from screens.form.form import FormScreen
from screens.main.outage import Outage, OutageLine
from screens.main.screen import MainScreen
from tests.screens.stage import Player, Stage, fill

AWAY = "Die Datenbank antwortet nicht seit 14:00:00"


@pytest.fixture
def engine() -> str:
    """A file does not go away and come back."""
    return "postgres"


@pytest.fixture
def team(db_url: str) -> Iterator[Stage]:
    """The team's server, with a few Cases."""
    store = open_store(db_url)
    fill(store)
    yield Stage(Path(db_url), store)
    store.db.close()


def refused(*_: object, **__: object) -> None:
    """What psycopg says where nobody listens."""
    raise OperationalError("connection refused")


async def until_text(player: Player, wanted: str, there: bool = True) -> None:
    """Wait for a text to come, or to go; ten seconds at most."""
    end = monotonic() + 10
    while (wanted in player.text) is not there:
        assert monotonic() < end, player.text
        await asyncio.sleep(0.01)
        await player.rest()


async def test_while_the_database_is_away_work_goes_on_in_sight_of_it(team: Stage) -> None:
    """One line over list and form, no toasts; what was typed is saved when it is back."""
    with mock.patch.object(MainScreen, "POLL", 0.2):
        async with team.screen() as player:
            player.app.main.watching.listener.listening = False
            await player.press("e", "v", "tab")
            told = len(player.told)
            with mock.patch.object(Team, "dial", refused):
                await until_text(player, AWAY)
                assert "was du tippst, bleibt" in player.lines[0]
                await player.type("Ohne Netz")
                assert "Ohne Netz" in player.text
                await player.press("ctrl+s")
                assert isinstance(player.app.screen, FormScreen)
                await player.press("escape", "down", "up")
                await until_text(player, AWAY)
                assert len(player.told) == told + 1, "Esc says that the text is kept; nothing else is told"
            await until_text(player, AWAY, there=False)
            assert player.lines[0].startswith(" Die Datenbank ist wieder da (keine Antwort von 14:00:00 bis 14:00:00)")
            assert player.told[-1].startswith("Die Datenbank ist wieder da"), "kept in the list of messages"
            await player.press("e")
            await player.type("v")
            assert "Ohne Netz" in player.text
            await player.press("ctrl+s")
    assert team.one(Case, 1).state == "resolved"


async def test_esc_while_it_is_being_saved_does_not_say_that_it_is_not(team: Stage) -> None:
    """The answer to COMMIT is on its way, or lost: whoever leaves is told that nobody knows."""
    waiting = threading.Event()

    def lost(*_: object, **__: object) -> None:
        waiting.wait(10)
        raise OutcomeUnknownError("x")

    async with team.screen() as player:
        with mock.patch("screens.form.model.run", lost):
            await player.press("e")
            await player.type("v")
            await player.press("tab")
            await player.type("Wort")
            form = player.app.screen
            assert isinstance(form, FormScreen)
            form.action_save()
            form.action_leave()
            assert player.app.screen is form
            waiting.set()
            await player.rest()
            assert "unbekannt" in player.text
            assert "Wort" in player.text
            await player.press("escape")
    assert player.told[-1].startswith("Ob das gespeichert ist, ist unbekannt: Sieh nach")


async def test_a_server_that_hangs_is_missed_too(team: Stage) -> None:
    """No error for minutes, just no answer: after some seconds the line says so."""
    async with team.screen((60, 18)) as player:
        outage = player.app.outage
        outage.asked()
        outage.tick()
        assert outage.since is None
        with mock.patch.object(Outage, "SLOW", 0.0):
            outage.tick()
        await player.rest()
        assert len(player.app.screen.query(OutageLine)) == 1
        assert player.lines[0].startswith(" Die Datenbank antwortet nicht seit 1")
        outage.answered()
        await until_text(player, "antwortet nicht seit", there=False)
        outage.failed(OperationalError("connection refused"))
        await until_text(player, "antwortet nicht seit")
        outage.answered()
        await until_text(player, "ist wieder da")
        told = len(player.told)
        outage.answered()
        assert len(player.told) == told, "it is back only once"


def test_what_does_not_pass_by_itself_is_told_at_once() -> None:
    """A wrong right, a file, a fault of ours: no member can wait for that."""
    team = Store("postgresql://a/b", "postgres", None)
    assert is_away(team, OperationalError("connection refused"))
    assert is_away(team, DatabaseUnusableError("Die Datenbank b@a ist nicht erreichbar. Prüfe …", away=True))
    assert is_away(team, OperationalError("old timeline"))
    assert is_away(team, OperationalError("connection to server failed: session is read-only"))
    assert not is_away(team, OperationalError("cannot execute INSERT in a read-only transaction"))
    assert not is_away(team, OperationalError("permission denied for table entry"))
    assert not is_away(team, DatabaseUnusableError("Das Schema ist älter."))
    assert not is_away(team, ValueError("not reachable"))
    assert not is_away(Store("x.db", "sqlite", None), OperationalError("unable to open database file"))
