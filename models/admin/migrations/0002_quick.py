"""Indexes for every order a list can have, and the newest entry of each customer: lists of millions open at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: Any) -> None:
    """Create the indexes, the table `newest` with what the entries say by now, and the triggers that keep it."""
    engine = "sqlite" if isinstance(db, SqliteDatabase) else "postgres"
    script = Path(__file__).with_name(f"0002_quick.{engine}.sql").read_text(encoding="utf-8")
    for statement in script.rstrip("\n").split("\n;;\n"):
        db.execute_sql(statement)
