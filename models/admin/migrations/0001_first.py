"""The first schema, as it was: plain SQL for each engine, so that later changes of the models cannot reach back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: Any) -> None:
    """Create all tables, the triggers that keep evidence append-only, and the indexes of search."""
    engine = "sqlite" if isinstance(db, SqliteDatabase) else "postgres"
    script = Path(__file__).with_name(f"0001_first.{engine}.sql").read_text(encoding="utf-8")
    for statement in script.rstrip("\n").split("\n;;\n"):
        db.execute_sql(statement)
