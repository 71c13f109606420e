"""The small office with a way back to the platform."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.tables.setting import Setting
from tests.importing.support import Exports
from tests.support import office as lay
from tests.support.world import World


@pytest.fixture
def office(world: World) -> World:
    """The team uses the Ausgang; TOM acts."""
    Setting.create(key="way_back", value="on")
    return lay.settle(world)


@pytest.fixture
def exports(office: World, tmp_path: Path) -> Exports:
    """What the platform sends to it."""
    return Exports(office, tmp_path)
