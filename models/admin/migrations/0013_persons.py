"""Persons' rights: restriction, hold, requests for erasure, who has opened what (P-01 to P-06)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peewee import SqliteDatabase


def up(migrator: Any, db: Any) -> None:
    """Create the tables, and on a server the triggers that hold the rights to them."""
    scripts = ["persons.sqlite"] if isinstance(db, SqliteDatabase) else ["persons.postgres", "rights.postgres"]
    for name in scripts:
        script = Path(__file__).with_name(f"0013_{name}.sql").read_text(encoding="utf-8")
        for statement in script.rstrip("\n").split("\n;;\n"):
            db.execute_sql(statement)
