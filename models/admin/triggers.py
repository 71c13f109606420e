"""Triggers that keep history and file entries append-only, on both engines (K-04)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from models.database.search.schema import POSTGRES as SEARCH
from models.tables.newest import POSTGRES as NEWEST

ENTRY_COLUMNS = (
    "id", "file", "kind", "situation", "link", "response", "next_steps", "tags", "author", "account", "created_at",
    "corrects", "origin", "platform_id",
)  # fmt: skip
"""What an entry says is never changed: only `withdrawn_at` and `exported` are set later, and `subject` by a merge."""


def create_triggers(db: Any) -> None:
    """Put the triggers in place."""
    statements = _sqlite() if isinstance(db, SqliteDatabase) else _postgres()
    for statement in statements:
        db.execute_sql(statement)


def create_rights(db: Any) -> None:
    """Put in place what holds the rights of each login; of it SQLite, which knows none, has the view for VPAs, and that
    entries move by a merge alone.
    """
    for script in ON_FILE if isinstance(db, SqliteDatabase) else RIGHTS:
        for statement in script.read_text(encoding="utf-8").rstrip("\n").split("\n;;\n"):
            db.execute_sql(statement)


def missing_triggers(db: Any) -> list[str]:
    """Names of our triggers that are not there any more."""
    on_sqlite = isinstance(db, SqliteDatabase)
    there = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if on_sqlite else _AT_WORK
    names = {name for (name,) in db.execute_sql(there).fetchall()}
    scripts = [script.read_text(encoding="utf-8") for script in (ON_FILE if on_sqlite else RIGHTS)]
    texts = "\n".join([*(_sqlite() if on_sqlite else _postgres()), *scripts])
    return [name for name in _NAME.findall(texts) if name not in names]


SCRIPTS = ("0004_rights", "0006_merge", "0007_revert", "0008_rights", "0013_rights")
"""By migration, in their order: what each has added."""

RIGHTS = tuple(Path(__file__).parent / "migrations" / f"{name}.postgres.sql" for name in SCRIPTS)
"""Functions, triggers and views that hold what is a matter of right."""

ON_FILE = tuple(RIGHTS[0].with_name(f"{name}.sqlite.sql") for name in ("0004_rights", "0006_merge"))
"""What of it holds in a file too."""


def _rights() -> list[str]:
    return [script.read_text(encoding="utf-8") for script in RIGHTS]


_AT_WORK = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
_NAME = re.compile(r"^CREATE (?:CONSTRAINT )?TRIGGER (\w+)", re.MULTILINE)


def _sqlite() -> list[str]:
    stop = "BEGIN SELECT RAISE(ABORT, 'append only'); END"
    # INSERT OR REPLACE walks past the triggers of DELETE, so it is met before it inserts.
    same_row = "id = NEW.id OR (command = NEW.command AND step = NEW.step)"
    same_entry = "id = NEW.id OR platform_id = NEW.platform_id"
    return [
        f"CREATE TRIGGER history_no_update BEFORE UPDATE ON history {stop}",
        f"CREATE TRIGGER history_no_delete BEFORE DELETE ON history {stop}",
        _no_replace("history", same_row, stop),
        f"CREATE TRIGGER entry_no_update BEFORE UPDATE OF {', '.join(ENTRY_COLUMNS)} ON entry {stop}",
        f"CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry {stop}",
        _no_replace("entry", same_entry, stop),
    ]


def _no_replace(table: str, same: str, stop: str) -> str:
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
    return f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {stop}"


def _postgres() -> list[str]:
    body = "$$ BEGIN RAISE EXCEPTION 'append only'; END $$"
    stop = "FOR EACH ROW EXECUTE FUNCTION append_only()"
    stop_all = "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    return [
        f"CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE TRIGGER history_append_only BEFORE UPDATE OR DELETE ON history {stop}",
        f"CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history {stop_all}",
        f"CREATE TRIGGER entry_no_update BEFORE UPDATE OF {', '.join(ENTRY_COLUMNS)} ON entry {stop}",
        f"CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry {stop}",
        f"CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry {stop_all}",
    ]


def functions() -> list[str]:
    """Functions that the schema brings along on PostgreSQL."""
    text = SEARCH + NEWEST + "\n".join(_rights())
    return ["append_only", *re.findall(r"CREATE FUNCTION (\w+)", text)]
