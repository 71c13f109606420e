"""The full screen by a personal login: every tab, an action and back, claims, „Ansicht als VPA“."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import ProgrammingError

from models.action.claims import others, release, take
from models.admin.sight import as_vpa
from models.database.store import open_store
from models.shift.day.actions import raise_due_flags
from models.tables.case import Case
from models.tables.reminder import Reminder
from tests.rights.team import Team, disband, empty
from tests.screens.stage import Stage, fill
from tests.support.postgres import Server


@pytest.fixture
def staffed(postgres_server: Server) -> Iterator[Team]:
    """The team of the screens' tests; ANN and BEN have logins."""
    made = empty(postgres_server, sandbox=True)
    store = open_store(made.url)
    fill(store)
    store.db.close()
    for kuerzel in ("ANN", "BEN"):
        made.admin("--as", "VMA", "member", "set", kuerzel, "--login", made.login(kuerzel)).ok()
    yield made
    disband(made)


async def test_the_screen_by_a_personal_login(staffed: Team) -> None:
    store = open_store(staffed.address("ANN"))
    stage = Stage(Path(staffed.database), store)
    async with stage.screen() as player:
        assert "Keller, Mira" in player.text
        for number, word in enumerate(("alle offenen · 4", "überfällig", "Müller, Ole", "Café", "Keine", "Kein"), 1):
            await player.press(str(number))
            assert word in player.text
        await player.press("1", "down", "down", "down", "e")  # the Case of Keller, as the tab is sorted
        await player.press("escape", "escape")
        await player.press("2", "down", "z")
        await player.press("u", "4", "t")
        assert "War im Urlaub" in player.text
        await player.press("escape", "s")
        await player.type("urlaub")
        assert "War im Urlaub" in player.text
        await player.press("escape", "n")
        await player.press("escape")
        assert [text for _, severity, text in player.app.messages if severity == "error"] == []
    assert stage.count(Reminder) == 3
    assert stage.count(Case, Case.state == "open") == 4
    store.db.close()


def test_claims_flags_and_the_eyes_of_a_vpa(staffed: Team) -> None:
    """What the screen does beside actions; inside of `as_vpa` the database shows nothing internal."""
    store = open_store(staffed.address("BEN"))
    session = Stage(Path(staffed.database), store).session("BEN")
    session.account = "another"
    assert raise_due_flags(session) >= 0
    take(session, ["case:1"])
    assert staffed.execute("SELECT member FROM claim") == [("BEN",)]
    assert others(session) == {}
    assert release(session) == 1
    with store.connected() as db:
        with as_vpa():
            assert db.execute_sql("SELECT file FROM green_entry").fetchall() == [("vpa_kunde",)]
        with pytest.raises(ProgrammingError, match="permission denied for table entry"), as_vpa():
            db.execute_sql("SELECT file FROM entry")
        assert db.execute_sql("SELECT file FROM entry ORDER BY 1").fetchall() == [("vpa_akte",), ("vpa_kunde",)]
    store.db.close()
