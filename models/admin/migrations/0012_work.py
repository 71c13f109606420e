"""What an inactive VPA answered, and customers put on the Watchlist by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: Any) -> None:
    """Add the columns."""
    engine = "sqlite" if isinstance(db, SqliteDatabase) else "postgres"
    script = Path(__file__).with_name(f"0012_work.{engine}.sql").read_text(encoding="utf-8")
    for statement in script.rstrip("\n").split("\n;;\n"):
        db.execute_sql(statement)
