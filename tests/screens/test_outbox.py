"""Tab 7: the Ausgang, two keys an item (X-01)."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from models.action.run import run
from models.file.actions import LogEntry
from models.tables.outbox import Outbox
from models.tables.people import Customer
from models.tables.setting import Setting
from tests.screens.stage import Stage


@pytest.fixture
def outgoing(stage: Stage) -> Stage:
    """Three entries to be carried over, two of them ANN's."""
    with stage.store.connected():
        Setting.create(key="way_back", value="on")
        customer = Customer.select().order_by(Customer.id).first()
        for me, text in (("ANN", "Erster Anruf"), ("ANN", "Zweiter Anruf"), ("TOM", "Dritter Anruf")):
            entry = LogEntry(customer=customer.id, file="oteam", kind="other", situation=text, tag=("x",))
            run(stage.session(me), entry)
    return stage


def states(stage: Stage) -> list[str]:
    """State of every item."""
    with stage.store.connected():
        return [item.state for item in Outbox.select().order_by(Outbox.id)]


async def test_without_the_setting_there_is_no_such_tab(stage: Stage) -> None:
    async with stage.screen() as player:
        assert "7 Ausgang" not in player.text
        await player.press("7")
        assert "way_back" in player.text


async def test_two_keys_an_item_and_on_to_the_next_x_01(outgoing: Stage) -> None:
    async with outgoing.screen() as player:
        assert re.search(r"7 Ausg\S* 2\b", player.text)
        await player.press("7")
        assert "Erster Anruf" in player.text
        for _ in range(2):
            await player.press("y", "e")
        assert player.app.clipboard == "Zweiter Anruf"
        assert states(outgoing) == ["carried", "carried", "open"]
        assert "Dritter Anruf" in player.text
        await player.press("u")
        assert states(outgoing) == ["carried", "open", "open"]


async def test_marked_ones_go_together_and_x_asks_why_x_01(outgoing: Stage) -> None:
    async with outgoing.screen() as player:
        await player.press("7", "space", "space", "e")
        assert states(outgoing) == ["carried", "carried", "open"]
        await player.press("x")
        assert "Es fehlt noch" in player.text
        await player.type("steht dort schon")
        await player.press("ctrl+s")
        assert states(outgoing) == ["carried", "carried", "not_needed"]


async def test_right_behind_a_deed_y_copies_what_has_to_go_there_x_01(outgoing: Stage) -> None:
    async with outgoing.screen() as player:
        await player.press("4", "a", "o", "tab", "s", "tab")
        await player.type("Vierter Anruf")
        await player.press("ctrl+s")
        assert "im Ausgang: y kopiert ihn" in player.told[-1]
        await player.press("y")
        assert player.app.clipboard == "Vierter Anruf"
        await player.press("j", "y")
        assert player.app.clipboard != "Vierter Anruf"


async def test_a_link_is_opened_only_where_one_is_known(outgoing: Stage) -> None:
    async with outgoing.screen() as player:
        await player.press("7", "O")
        assert "kein Link" in player.text


async def test_at_eighty_columns_every_tab_has_its_digit(outgoing: Stage) -> None:
    async with outgoing.screen((80, 24)) as player:
        assert all(f"{digit} " in player.text for digit in range(1, 8))
        assert "7 Ausg" in player.text


async def test_what_a_tab_shows_becomes_a_table(outgoing: Stage, tmp_path: Path) -> None:
    """Filter and order included."""
    path = tmp_path / "liste.csv"
    async with outgoing.screen() as player:
        await player.press("7", "f")
        await player.type("Anruf")
        await player.press("enter", "ctrl+p")
        await player.type("Liste als Tab")
        await player.press("enter")
        await player.press("ctrl+u")
        await player.type(str(path))
        await player.press("enter")
        assert f"Geschrieben: {path}" in player.told[-1]
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "wann;wofür;was;von"
    assert [line.rpartition(";")[2] for line in lines[1:]] == ["ANN", "ANN", "TOM"]


async def test_everything_is_exported_from_the_palette(outgoing: Stage, tmp_path: Path) -> None:
    path = tmp_path / "alles.zip"
    async with outgoing.screen() as player:
        await player.press("ctrl+p")
        await player.type("Alles exp")
        await player.press("enter")
        await player.press("ctrl+u")
        await player.type(str(path))
        await player.press("enter")
        assert f"Geschrieben: {path}" in player.told[-1]
    with zipfile.ZipFile(path) as archive:
        assert {"vpas.csv", "akten.csv", "ausgang.csv"} <= set(archive.namelist())
