"""Teams for the tests of rights, made once a module: making roles takes a while."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rights.team import Team, disband, found
from tests.support.postgres import Server


@pytest.fixture(scope="module")
def team(postgres_server: Server) -> Iterator[Team]:
    """A sandbox, where time stands still."""
    made = found(postgres_server, sandbox=True)
    yield made
    disband(made)
