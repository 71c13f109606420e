"""The migrations make exactly what the models say: tables, indexes, triggers, functions (DESIGN law 5)."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playhouse.schema_diff import diff_models

from models.admin import schema
from models.admin.triggers import create_rights, create_triggers, missing_triggers
from models.database.search.schema import create_search
from models.database.store import SCHEMA, connect, open_store
from models.ground import clock
from models.tables.claim import create_claims
from models.tables.history import History, Stamp, seal
from models.tables.newest import create_newest
from models.tables.registry import tables

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
        create_newest(fresh.db)
        create_claims(fresh.db)
        with fresh.db.atomic():
            create_rights(fresh.db)
        assert parts(fresh.db, world.engine) == migrated
    finally:
        fresh.db.close()
    assert len(migrated) > 60


def parts(db: Any, engine: str) -> set[tuple[str, str, str]]:
    """Kind, name and definition of everything in the database."""
    rows = db.execute_sql(SQLITE if engine == "sqlite" else POSTGRES).fetchall()
    return {(kind, name, _keys_last(re.sub(r"\s+", " ", sql))) for kind, name, sql in rows}


def _keys_last(sql: str) -> str:
    """SQLite puts a later column behind the foreign keys, where a new table has them last."""
    keys = re.findall(r", (?:CONSTRAINT \S+ )?FOREIGN KEY \([^)]*\) REFERENCES \S+ \([^)]*\)", sql)
    if not (keys and sql.startswith("CREATE TABLE")):
        return sql
    for key in keys:
        sql = sql.replace(key, "", 1)
    return sql[:-1] + "".join(keys) + sql[-1:]


ROWS = (
    "INSERT INTO customer (id, version, name, folded, status) VALUES ('K1', 1, 'Arndt', 'arndt', 'prio')",
    "INSERT INTO customer (id, version, name, folded, status) VALUES ('K2', 1, 'Beck', 'beck', 'aktiv')",
    *(
        "INSERT INTO entry (file, subject, kind, situation, tags, author, account, created_at, withdrawn_at, origin, "
        f"folded) VALUES ('{file}', 'customer:K1', 'other', 'x', '[]', '{author}', '', '{at}', {withdrawn}, 'at', 'x')"
        for file, author, at, withdrawn in (
            ("oteam", "ANB", "2025-11-02 08:00:00.000000+00:00", "NULL"),
            ("vpa_kunde", "Frieda", "2025-11-03 08:00:00.000000+00:00", "NULL"),
            ("oteam", "ANB", "2025-11-04 08:00:00.000000+00:00", "'2025-11-04 09:00:00.000000+00:00'"),
        )
    ),
)
NEWEST = "SELECT customer, folded, entry, author FROM newest ORDER BY customer"


def test_a_database_of_the_first_schema_comes_up_with_all_it_holds(
    world: World, empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law 5: the newer schema is the same whether made at once or reached from the older one, and knows the rows."""
    first = tmp_path / "first"
    first.mkdir()
    for path in schema.MIGRATIONS.glob("0001_*"):
        shutil.copyfile(path, first / path.name)
    wanted = parts(world.store.db, world.engine)
    url = empty_url if world.engine == "postgres" else str(tmp_path / "old.db")
    old, stamp = open_store(url, create=True), Stamp(clock.parse_moment("2025-11-01T08:00"), None, "test")
    try:
        with monkeypatch.context() as past:
            past.setattr(schema, "MIGRATIONS", first)
            past.setattr(schema, "SCHEMA", 1)
            past.setattr(schema, "append", lambda by, **columns: seal(History(at=by.at, account="test", **columns)))
            assert schema.initialise(old, stamp, rights=False)
        for statement in ROWS:
            old.db.execute_sql(statement)
        assert (schema.version(old), schema.initialise(old, stamp), schema.version(old)) == (1, True, SCHEMA)
        assert parts(old.db, world.engine) == wanted
        assert old.db.execute_sql(NEWEST).fetchall() == [("K1", "arndt", 2, "Frieda"), ("K2", "beck", None, None)]
        assert missing_triggers(old.db) == []
    finally:
        old.db.close()
