"""Every test here has the small team."""

from __future__ import annotations

import pytest

from tests.support.handover import settle
from tests.support.world import World


@pytest.fixture
def team(world: World) -> World:
    """A world with members, two VPAs and customer K1, given by V1; ANN acts."""
    settle(world)
    return world
