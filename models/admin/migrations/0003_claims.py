"""Who is working on what right now: a table of presence, which ends by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: Any) -> None:
    """Create the table `claim`, empty: nobody works while a database is migrated."""
    engine = "sqlite" if isinstance(db, SqliteDatabase) else "postgres"
    script = Path(__file__).with_name(f"0003_claims.{engine}.sql").read_text(encoding="utf-8")
    for statement in script.rstrip("\n").split("\n;;\n"):
        db.execute_sql(statement)
