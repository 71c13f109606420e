"""When a task last arrived in Forwarded, for the numbers over time (L-01)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: Any) -> None:
    """Add the column; tasks that are in Forwarded today arrived at a time that nobody wrote down."""
    engine = "sqlite" if isinstance(db, SqliteDatabase) else "postgres"
    db.execute_sql(Path(__file__).with_name(f"0009_arrived.{engine}.sql").read_text(encoding="utf-8").strip())
