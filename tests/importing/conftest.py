"""An empty database of both engines with one member, and a way to take exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.support import Exports
from tests.support.world import World


@pytest.fixture
def exports(world: World, tmp_path: Path) -> Exports:
    """A world whose acting member is ANN."""
    from models.tables.people import Member

    Member.create(kuerzel="ANN", key="ann", name="Ann Beispiel", roles=["at"])
    world.me = "ANN"
    return Exports(world, tmp_path)
