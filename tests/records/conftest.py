"""Every test of data by hand starts with the team, one VPA, and a way to take exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.support import Exports
from tests.support.cases import team
from tests.support.world import World


@pytest.fixture
def desk(world: World) -> World:
    """The team is there; ANN acts on Wednesday 5 November 2025, 14:00."""
    return team(world)


@pytest.fixture
def exports(desk: World, tmp_path: Path) -> Exports:
    """Exports taken by ANN."""
    return Exports(desk, tmp_path)
