"""Data by hand: who made a row, whether the export still names it, what it was merged into (S-01 to S-06)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: Any) -> None:
    """Add the columns and their indexes, then the triggers that let a merge move what never moves otherwise."""
    engine = "sqlite" if isinstance(db, SqliteDatabase) else "postgres"
    for part in ("by_hand", "merge"):
        script = Path(__file__).with_name(f"0006_{part}.{engine}.sql").read_text(encoding="utf-8")
        for statement in script.rstrip("\n").split("\n;;\n"):
            db.execute_sql(statement)
