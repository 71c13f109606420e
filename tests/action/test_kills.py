"""kill -9 during writes (issue 2, section 4). `make test-long` kills two hundred."""

from __future__ import annotations

import pytest

from tests.support.kills import check_whole, kill_writers, lay_cases
from tests.support.world import World


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(world: World) -> None:
    """No acknowledged write lost, no half pair of row and audit."""
    lay_cases(world, 30)
    acknowledged = kill_writers(world, 6)
    assert len(acknowledged) > 3
    check_whole(world, acknowledged)
