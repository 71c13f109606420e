"""The migrations make exactly what the models say: tables, indexes, triggers, functions (DESIGN law 5)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playhouse.schema_diff import diff_models

from models.database import connect, open_store
from models.schema import tables
from models.search.schema import create_search
from models.triggers import create_triggers

if TYPE_CHECKING:
    from tests.support.world import World

SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> 'schema_migration'"
POSTGRES = (
    "SELECT 'column', table_name || '.' || column_name, data_type || is_nullable FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name <> 'schema_migration' "
    "UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes "
    "WHERE schemaname = current_schema() AND tablename <> 'schema_migration' "
    "UNION ALL SELECT 'trigger', t.tgname || t.tgrelid::regclass, pg_get_triggerdef(t.oid) FROM pg_trigger t "
    "WHERE NOT t.tgisinternal "
    "UNION ALL SELECT 'function', p.proname, pg_get_functiondef(p.oid) FROM pg_proc p "
    "WHERE p.pronamespace = current_schema()::regnamespace"
)


def test_the_migrations_make_what_the_models_say(world: World, empty_url: str, tmp_path: Path) -> None:
    migrated = parts(world.store.db, world.engine)
    diff = diff_models(world.store.db, tables())
    assert not any((diff.create_tables, diff.add_columns, diff.drop_columns, diff.add_indexes)), diff
    assert [index.name for index in diff.drop_indexes if index.name != "search_entry"] == []
    fresh = open_store(empty_url if world.engine == "postgres" else str(tmp_path / "by-models.db"), create=True)
    connect(fresh)
    try:
        fresh.db.create_tables(tables(), safe=False)
        create_triggers(fresh.db)
        create_search(fresh.db)
        assert parts(fresh.db, world.engine) == migrated
    finally:
        fresh.db.close()
    assert len(migrated) > 60


def parts(db: Any, engine: str) -> set[tuple[str, str, str]]:
    """Kind, name and definition of everything in the database."""
    rows = db.execute_sql(SQLITE if engine == "sqlite" else POSTGRES).fetchall()
    return {(kind, name, re.sub(r"\s+", " ", sql)) for kind, name, sql in rows}
