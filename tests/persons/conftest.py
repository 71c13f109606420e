"""Every test here may ask for the small office."""

from __future__ import annotations

import pytest

from tests.support.office import settle
from tests.support.world import World


@pytest.fixture
def office(world: World) -> World:
    """A world with members, VPAs V001 and V002, customer K001, task T1; TOM acts."""
    return settle(world)
