"""Teams for the tests of rights, made once a module: making roles takes a while."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rights.team import Team, disband, found
from tests.support.office import settle
from tests.support.postgres import Server
from tests.support.world import World


@pytest.fixture
def office(world: World) -> World:
    """A world with members, VPAs V001 and V002, customer K001, task T1; TOM acts."""
    return settle(world)


@pytest.fixture(scope="module")
def team(postgres_server: Server) -> Iterator[Team]:
    """A sandbox, where time stands still."""
    made = found(postgres_server, sandbox=True)
    yield made
    disband(made)
