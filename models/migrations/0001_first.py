"""The first schema."""

from __future__ import annotations

from typing import Any

from models.schema import tables
from models.search.schema import create_search
from models.triggers import create_triggers


def up(migrator: Any, db: Any) -> None:
    """Create all tables, the triggers that keep evidence append-only, and the indexes of search."""
    db.create_tables(tables(), safe=False)
    create_triggers(db)
    create_search(db)
