"""Twenty terminals lost at random moments; five hundred of them in `make test-long`."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.support.losses import MOMENTS, Losses


@pytest.mark.slow
@pytest.mark.parametrize("moment", [*MOMENTS, "quitting", "continued"])
def test_no_program_outlives_its_terminal(
    moment: str, stage: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Gone within five seconds, with the promised status, the database whole."""
    losses = Losses(str(stage), tmp_path / "exporte", random.Random(request.node.name))
    for _ in range(2):
        losses.one(moment)
    assert losses.wrong == []
    losses.check_whole()
