"""The team's profiles, and what an import wrote over: tables of its own can be read, an import can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: Any) -> None:
    """Create both tables; imports of before have no marks and cannot be taken back."""
    scripts = ["profiles.sqlite"] if isinstance(db, SqliteDatabase) else ["profiles.postgres", "revert.postgres"]
    for name in scripts:
        script = Path(__file__).with_name(f"0007_{name}.sql").read_text(encoding="utf-8")
        for statement in script.rstrip("\n").split("\n;;\n"):
            db.execute_sql(statement)
