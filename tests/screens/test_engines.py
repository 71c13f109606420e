"""The same screen on a SQLite file and on a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

from models.database.store import open_store
from models.tables.case import Case
from models.tables.reminder import Reminder
from tests.screens.stage import Stage, fill


async def test_every_tab_works_on_both_engines(db_url: str, engine: str) -> None:
    store = open_store(db_url)
    fill(store)
    stage = Stage(Path(db_url), store)
    async with stage.screen() as player:
        assert "Keller, Mira" in player.text
        for number, word in enumerate(("alle offenen · 4", "überfällig", "Müller, Ole", "Café", "Keine", "Kein"), 1):
            await player.press(str(number))
            assert word in player.text, engine
        await player.press("1", "f")
        await player.type("muell")
        assert "Müller, Ole" in player.text
        await player.press("escape", "m", "m", "m", "escape", "S", "S")
        await player.press("escape", "e", "v", "tab")
        await player.type("Da")
        await player.press("ctrl+s")
        assert stage.one(Case, 1).state == "resolved"
        await player.press("u")
        assert stage.one(Case, 1).state == "open"
        await player.press("2", "m", "m", "m", "m", "m", "m", "m", "escape", "down", "z")
        assert stage.one(Reminder, 2).owner == "ANN"
        await player.press("s")
        await player.type("urlaub")
        assert "War im Urlaub" in player.text
        await player.press("escape", "4", "o")
        assert "War im Urlaub" in player.text
        assert [text for _, severity, text in player.app.messages if severity == "error"] == []
    store.db.close()
