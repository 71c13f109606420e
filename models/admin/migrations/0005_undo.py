"""An index for undo: whether a Reminder was closed on the entry that is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: Any) -> None:
    """Create it: without it undo looks at all Reminders, 0.2 s of a million (docs/performance.md)."""
    engine = "sqlite" if isinstance(db, SqliteDatabase) else "postgres"
    script = Path(__file__).with_name(f"0005_undo.{engine}.sql").read_text(encoding="utf-8")
    for statement in script.rstrip("\n").split("\n;;\n"):
        db.execute_sql(statement)
