"""A table that nothing fits is assigned on the screen, and a wrong import taken back from the list (X-03, X-04)."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.ground.errors import UsageError
from models.importing.failures import FAILURE, SETTLED, note
from models.tables.people import Import, Vpa
from models.tables.profile import StoredProfile
from screens.form.form import FormScreen
from screens.importing.assign import AssignScreen
from screens.importing.imports import ImportsScreen
from screens.importing.screen import ImportScreen
from tests.screens.stage import Player, Stage

TABLE = (
    "Unsere Leute;;;;;\n"
    "Assistent-Nr.;Nachname;Vorname;Einstufung;Eintritt;Status\n"
    "P1;Muster;Mira;A;01/31/2020;Online\n"
    "P2;Beispiel;Ida;B;02/03/2021;Sabbatical\n"
)


async def open_assignment(player: Player, tmp_path: Path) -> None:
    path = tmp_path / "leute.csv"
    path.write_text(TABLE, encoding="utf-8")
    await player.press("i")
    await player.type(str(path))
    await player.press("enter")
    assert isinstance(player.app.screen, AssignScreen)


async def go_to(player: Player, start: str) -> None:
    """The row that begins so."""
    assert isinstance(player.app.screen, AssignScreen)
    await player.press("home")
    for _ in range(40):
        row = player.app.screen.list.row
        cell = row.cells[0] if row else ""
        if (cell if isinstance(cell, str) else cell[0]).startswith(start):
            return
        await player.press("down")
    raise AssertionError(f"no row {start}")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_x_03_a_table_that_nothing_fits_is_assigned_saved_and_taken(
    stage: Stage, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with stage.screen(size=size) as player:
        await open_assignment(player, tmp_path)
        assert "Es fehlt noch" in player.text
        assert "→ klasse" in player.text
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, AssignScreen), "something is missing"
        for ours in ("? neukunden", "? auftraege"):
            await go_to(player, ours)
            await player.press("enter", "enter")
        await go_to(player, "„Sabbatical“")
        await player.press("enter", "down", "enter")
        assert "Alles lesbar" in player.text
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, ImportScreen)
        assert "2 Zeilen: 2 neu" in player.text
        await player.press("ctrl+s")
        assert stage.one(StoredProfile, "leute").set_by == "ANN"
        assert [(stage.one(Vpa, key).name, stage.one(Vpa, key).active) for key in ("P1", "P2")] == [
            ("Mira Muster", True), ("Ida Beispiel", False),
        ]  # fmt: skip


async def test_a_column_is_taken_away_and_given_a_fixed_value_and_esc_saves_nothing(
    stage: Stage, tmp_path: Path
) -> None:
    async with stage.screen(size=(120, 40)) as player:
        await open_assignment(player, tmp_path)
        await go_to(player, "Einstufung")
        await player.press("enter", "enter")
        await go_to(player, "? klasse")
        await player.press("enter")
        await player.type("immer C")
        await player.press("enter")
        assert "? klasse" not in player.text
        await player.press("v")
        assert "│ C │" in player.text
        await player.press("escape", "escape")
        assert isinstance(player.app.screen, ImportScreen)
        assert stage.count(StoredProfile) == 0


async def test_x_04_a_wrong_import_is_taken_back_from_the_list(stage: Stage, tmp_path: Path) -> None:
    export = tmp_path / "vpas.csv"
    export.write_text("vpa_id;name;klasse;start;aktiv;neukunden;auftraege\nV9;Nora;N;2025-11-01;ja;ja;ja\n", "utf-8")
    async with stage.screen(size=(120, 40)) as player:
        await player.press("i")
        await player.type(str(export))
        await player.press("tab", "space", "ctrl+s")
        assert stage.count(Vpa, Vpa.id == "V9") == 1
        await player.press("i", "ctrl+r")
        assert isinstance(player.app.screen, ImportsScreen)
        assert "vpas 1" in player.text
        await player.press("e")
        assert isinstance(player.app.screen, FormScreen)
        await player.type("falsche Datei")
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, ImportsScreen)
        assert "zurückgenommen von ANN" in player.text
    assert stage.count(Vpa, Vpa.id == "V9") == 0
    assert stage.count(Import, Import.reverted_by == "ANN") == 1


@pytest.mark.parametrize("width", [120, 80])
async def test_a_file_that_the_inbox_could_not_take_stands_in_the_header(stage: Stage, width: int) -> None:
    session = stage.session()
    note(session, FAILURE, "export november.zip", UsageError("x"))
    async with stage.screen(size=(width, 24)) as player:
        assert "! Import" in player.lines[0] or "! Nicht importiert: export november.zip" in player.lines[0]
        note(session, SETTLED, "export november.zip")
        await player.press("r")
        assert "november" not in player.lines[0]
