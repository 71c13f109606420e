"""The first schema."""

from __future__ import annotations

from typing import Any

from models.schema import tables
from models.triggers import create_triggers


def up(migrator: Any, db: Any) -> None:
    """Create all tables and the triggers that keep evidence append-only."""
    db.create_tables(tables(), safe=False)
    create_triggers(db)
