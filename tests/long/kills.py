"""Two hundred kills on either engine: `make test-long`."""

from __future__ import annotations

import pytest

from tests.support.kills import check_whole, kill_writers, lay_cases
from tests.support.world import World


@pytest.mark.slow
def test_two_hundred_kills(world: World) -> None:
    """No acknowledged write lost, no half pair of row and audit, looked at after every twenty."""
    lay_cases(world, 200)
    acknowledged = []
    for round_ in range(10):
        acknowledged += kill_writers(world, 20, side_by_side=4, seed=round_)
        check_whole(world, acknowledged)
    assert len(acknowledged) > 200
