"""Every test of the VPA-Journey starts with the team and one VPA."""

from __future__ import annotations

import pytest

from tests.support.cases import team
from tests.support.world import World


@pytest.fixture
def desk(world: World) -> World:
    """The team is there; ANN acts on Wednesday 5 November 2025, 14:00."""
    return team(world)
