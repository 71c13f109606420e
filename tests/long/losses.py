"""Five hundred terminals lost at random moments: `make test-long`."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from models.ground.clock import FixedClock, parse_moment
from tests.stories.desk import NOW
from tests.support.losses import MOMENTS, WITHIN, Losses
from tui.demo.play import set_stage

LOSSES = int(os.environ.get("SCHICHT_LOSSES", "500"))
SEED = int(os.environ.get("SCHICHT_SEED", "3"))


@pytest.mark.slow
def test_five_hundred_losses(tmp_path: Path) -> None:
    """None is left behind, each ends with the promised status; a fresh database for every twenty."""
    chance = random.Random(SEED)
    ends: Counter[tuple[str, int]] = Counter()
    longest = 0.0
    for number in range(0, LOSSES, 20):
        folder = tmp_path / str(number)
        folder.mkdir()
        set_stage(folder, FixedClock(parse_moment(NOW))).store.db.close()
        losses = Losses(str(folder / "demo.db"), folder / "second", chance)
        for _ in range(min(20, LOSSES - number)):
            losses.one(chance.choice(list(MOMENTS)))
        losses.check_whole()
        assert losses.wrong == []
        ends.update(losses.ended)
        longest = max(longest, losses.longest)
    print(f"{LOSSES} losses, seed {SEED}: {dict(sorted(ends.items()))}; the last gone after {longest:.1f} s")
    assert longest < WITHIN
