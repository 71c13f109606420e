"""The small office with something of everything in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.tables.people import Vpa
from tests.importing.support import Exports, row
from tests.support import office as lay
from tests.support.world import World

HARD = '=1+1 "gut"; Grüße\n\nder Kundin, -5 @alle'
"""A text with all that a file can stumble over."""


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    """ANB reads all files; entries and messages of the platform and of ours."""
    lay.settle(world)
    world.me = "ANB"
    Vpa.update(new_customers=True, orders=True).execute()  # the platform always says so
    exports = Exports(world, tmp_path / "plattform")
    exports.take(
        akten=[row("akten", kunden_id="K001", tags="a|b", von="sales"), row("akten", eintrag_id="E2", kunden_id="",
               vpa_id="V002", datei="vpa_akte", situation="'=schon geschützt")],
        nachrichten=[row("nachrichten"), row("nachrichten", nachricht_id="M2", von="vpa", text="-1 Stunde")],
        abwesenheiten=[row("abwesenheiten", vpa_id="V001")],
    )  # fmt: skip
    for file in ("oteam", "vpa_kunde"):
        args = ("--customer", "K001", "--file", file, "--kind", "other", "--tag", "eins|zwei", "--tag", " drei ")
        world.cli(
            "file", "log", *args, "--situation", f"  {HARD} ", "--response", "@alle", now="2025-11-05T15:00:07.5"
        ).ok()
    world.cli("task", "message", "T1", "--from", "at", "--text", HARD, "--tag", "ergebnis").ok()
    world.cli("task", "note", "T1", "--text", "bitte ansehen").ok()
    world.cli("customer", "status", "K001", "--to", "prio", "--reason", "viel").ok()
    world.cli("reminder", "set", "--customer", "K001", "--due", "2025-11-20", "--reason", "nachsehen").ok()
    return world
