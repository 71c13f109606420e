"""A database that is there, and nobody in it yet."""

from __future__ import annotations

from pathlib import Path

from models.database.store import open_store
from models.tables.people import Member
from tests.screens.stage import Stage
from tests.support.terminal import Terminal
from tui.welcome.welcome import has_nobody


def test_a_database_with_nobody_in_it_welcomes_and_leads_to_the_import(bare_stage: Stage) -> None:
    with Terminal("--db", str(bare_stage.path)) as terminal:
        terminal.wait_for("nur noch niemand darin")
        terminal.wait_for("erst die Demo ansehen")
        terminal.send("ANN\tAnna Vogt")
        terminal.press("ctrl+e")
        terminal.wait_for("Enter sieht sich den Export an")
        assert "ANN" in terminal.screen()[0]
        terminal.press("esc")
        terminal.wait_for(lambda text: "Enter sieht sich" not in text)
        terminal.press("q")
        assert terminal.exit_status() == 0
    assert bare_stage.one(Member, "ANN").roles == ["at"]


def test_nobody_is_in_an_empty_database_or_one_without_members(db_url: str, tmp_path: Path) -> None:
    for url, nobody in ((db_url, True), (str(tmp_path / "neu.db"), True), (db_url, False)):
        store = open_store(url, create=True)
        with store.connected():
            if not nobody:
                Member.create(kuerzel="ANN", key="ann", name="Anna Vogt", roles=["at"])
            assert has_nobody(store) is nobody
        store.db.close()
