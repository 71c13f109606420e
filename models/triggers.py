"""Triggers that keep history and file entries append-only, on both engines (K-04)."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

APPEND_ONLY = ("history",)
NEVER_DELETED = ("entry",)
ENTRY_COLUMNS = (
    "file", "subject", "kind", "situation", "link", "response", "next_steps", "tags", "author", "account",
    "created_at", "corrects", "origin", "platform_id",
)  # fmt: skip
"""What an entry says is never changed; only `withdrawn_at` and `exported` may be set later."""


def create_triggers(db: Any) -> None:
    """Put the triggers in place."""
    statements = _sqlite() if isinstance(db, SqliteDatabase) else _postgres()
    for statement in statements:
        db.execute_sql(statement)


def _sqlite() -> list[str]:
    stop = "BEGIN SELECT RAISE(ABORT, 'append only'); END"
    found = []
    for table in APPEND_ONLY:
        found += [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {stop}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {stop}",
            # INSERT OR REPLACE would walk past the two above
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR (command = NEW.command AND step = NEW.step)) {stop}",
        ]
    for table in NEVER_DELETED:
        found += [
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {stop}",
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {', '.join(ENTRY_COLUMNS)} ON {table} {stop}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {stop}",
        ]
    return found


def _postgres() -> list[str]:
    found = [
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append only'; END $$"
    ]
    for table in APPEND_ONLY:
        found.append(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION append_only()"
        )
    for table in NEVER_DELETED:
        found += [
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION append_only()",
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {', '.join(ENTRY_COLUMNS)} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION append_only()",
        ]
    for table in APPEND_ONLY + NEVER_DELETED:
        found.append(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
    return found
