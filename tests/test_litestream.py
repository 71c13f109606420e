"""Litestream beside a SQLite file (docs/betrieb.md): one of the thirty restores of `make test-long`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.long.litestream import MOST_LOST, round_
from tests.support import office as lay
from tests.support.world import World


@pytest.fixture
def engine() -> str:
    """A file."""
    return "sqlite"


@pytest.mark.skipif(not Path(sys.executable).with_name("litestream").exists(), reason="no Litestream for this machine")
@pytest.mark.parametrize(("every", "seconds", "kept"), [("100ms", 1.8, True), ("60s", 0.4, False)])
def test_a_killed_writer_is_restored(world: World, tmp_path: Path, every: str, seconds: float, kept: bool) -> None:
    """The copy is sound and lacks seconds at most; the control, a replica that looks each minute, lacks all of them."""
    lay.settle(world)
    found = round_(world, tmp_path / "round", seconds, every)
    assert found.faults == []
    assert found.seconds <= MOST_LOST
    assert (found.written > found.lost) is kept
