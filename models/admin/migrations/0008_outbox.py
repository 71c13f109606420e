"""The Ausgang and what comes back of it (X-01, X-02), Reminders that come again, deputies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: Any) -> None:
    """Create tables and columns, and on a server the triggers that hold the rights to them."""
    engine = "sqlite" if isinstance(db, SqliteDatabase) else "postgres"
    parts = ("outbox",) if engine == "sqlite" else ("outbox", "rights")
    for part in parts:
        script = Path(__file__).with_name(f"0008_{part}.{engine}.sql").read_text(encoding="utf-8")
        for statement in script.rstrip("\n").split("\n;;\n"):
            db.execute_sql(statement)
