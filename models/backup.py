"""Backup into a SQLite file and restore from one, on both engines with the same content."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from peewee import PeeweeException, SqliteDatabase

from models.base import BaseModel, IdField, proxy
from models.database import SCHEMA, Store
from models.errors import (
    AlreadyDoneError,
    BadDataError,
    DatabaseUnusableError,
    Obstacle,
    Problem,
    RefusedError,
    UsageError,
)
from models.history import Stamp, append
from models.people import Customer, Member, Vpa
from models.schema import create_all, tables, version

BATCH = 1000


def write_backup(store: Store, path: Path) -> int:
    """Write the whole content into a new SQLite file, while others work; the number of rows.

    Raises `AlreadyDoneError` where the file exists: a backup never overwrites.
    """
    if path.exists():
        raise AlreadyDoneError(f"„{path}“ gibt es schon. Nimm einen neuen Namen.")
    if not path.parent.is_dir():
        raise UsageError(f"Den Ordner „{path.parent}“ gibt es nicht.")
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.teil")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # for its owner only
        if store.engine == "sqlite":
            store.db.execute_sql("VACUUM INTO ?", (str(part),))
        else:
            _copy_from_server(store, part)
        with _file(part) as copy:
            rows = sum(_count(copy, model) for model in tables())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return rows


def _copy_from_server(store: Store, part: Path) -> None:
    with _file(part) as copy, copy.atomic():
        with _bound(copy):
            create_all(copy)
        store.db.execute_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            for model in tables():
                _copy(model, store.db, copy)
        finally:
            store.db.execute_sql("ROLLBACK")


def read_backup(store: Store, path: Path, stamp: Stamp, *, replace: bool = False, dry_run: bool = False) -> int:
    """Put a backup's content into the database, all or nothing; the number of rows.

    Raises `RefusedError` (`not_empty`) unless the database is empty or `replace`; `BadDataError` for what is no backup.
    """
    if not path.is_file():
        raise UsageError(f"Die Datei „{path}“ gibt es nicht.")
    with _file(path) as copy:
        _require_backup(copy, path)
        rows = sum(_count(copy, model) for model in tables())
        if not replace and not is_empty(store):
            raise RefusedError([Obstacle("not_empty", "K-04")])
        if not dry_run:
            _replace_all(store, copy, stamp)
    return rows


def is_empty(store: Store) -> bool:
    """Whether nobody has put anything into this database yet."""
    if version(store) == 0:
        return True
    return not any(model.select().limit(1).exists() for model in (Member, Vpa, Customer))


def _require_backup(copy: Any, path: Path) -> None:
    try:
        found = version(Store(str(path), "sqlite", copy))
    except DatabaseUnusableError as error:
        problem = Problem(path.name, 1, "", "bad_value", "Das ist keine Sicherung von Schicht.")
        raise BadDataError([problem]) from error
    if found == 0:
        problem = Problem(path.name, 1, "", "bad_value", "In dieser Datei steht keine Sicherung von Schicht.")
        raise BadDataError([problem])
    if found != SCHEMA:
        raise DatabaseUnusableError(
            f"Die Sicherung hat den Stand {found}, das Programm {SCHEMA}. Bring sie mit `schicht init --db` auf den neuen."
        )


def _replace_all(store: Store, copy: Any, stamp: Stamp) -> None:
    if store.engine == "sqlite":
        store.db.execute_sql("PRAGMA foreign_keys = OFF")  # no effect inside a transaction, so before it
    try:
        with store.db.atomic():
            _drop_everything(store)
            create_all(store.db)
            for model in tables():
                _copy(model, copy, store.db)
            if store.engine == "postgres":
                _advance_sequences(store.db)
            known = Member.find(stamp.member) if stamp.member else None
            by = Stamp(stamp.at, known.kuerzel if known else None, stamp.account)
            append(by, action="restore", subject=None, command=str(uuid.uuid4()), changes=[])
    finally:
        if store.engine == "sqlite":
            store.db.execute_sql("PRAGMA foreign_keys = ON")


def _drop_everything(store: Store) -> None:
    db = store.db
    if store.engine == "sqlite":
        rows = db.execute_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite#_%' ESCAPE '#' "
            "ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC"
        ).fetchall()
        for (name,) in rows:
            db.execute_sql(f'DROP TABLE IF EXISTS "{name}"')
        return
    for (name,) in db.execute_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall():
        db.execute_sql(f'DROP TABLE "{name}" CASCADE')
    functions = db.execute_sql(
        "SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace "
        "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    ).fetchall()
    for (name,) in functions:
        db.execute_sql(f"DROP FUNCTION {name} CASCADE")


def _copy(model: type[BaseModel], source: Any, target: Any) -> None:
    """All rows of a table, each value in the target engine's own form."""
    fields = model._meta.sorted_fields
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    name = model._meta.table_name
    holders = ", ".join([target.param] * len(fields))
    insert = f'INSERT INTO "{name}" ({columns}) VALUES ({holders})'
    readers: Sequence[Callable[[Any], Any]] = [_conversion(field) for field in fields]
    rows = iter(source.execute_sql(f'SELECT {columns} FROM "{name}"'))
    cursor = target.cursor()
    while batch := list(islice(rows, BATCH)):
        cursor.executemany(insert, [[read(value) for read, value in zip(readers, row, strict=True)] for row in batch])


def _conversion(field: Any) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        return None if value is None else field.db_value(field.python_value(value))

    return convert


def _advance_sequences(db: Any) -> None:
    for model in tables():
        if isinstance(model._meta.primary_key, IdField):
            name = model._meta.table_name
            db.execute_sql(
                f"""SELECT setval(pg_get_serial_sequence('"{name}"', 'id'), """
                f"""COALESCE((SELECT MAX(id) FROM "{name}"), 0) + 1, false)"""
            )


def _count(db: Any, model: type[BaseModel]) -> int:
    return int(db.execute_sql(f'SELECT COUNT(*) FROM "{model._meta.table_name}"').fetchone()[0])


@contextlib.contextmanager
def _file(path: Path) -> Iterator[Any]:
    db = SqliteDatabase(str(path), pragmas={"journal_mode": "delete"}, lock_type="IMMEDIATE", autoconnect=False)
    try:
        db.connect()
        yield db
    except PeeweeException as error:
        if "not a database" not in str(error):
            raise
        problem = Problem(path.name, 1, "", "bad_value", "Das ist keine Sicherung von Schicht.")
        raise BadDataError([problem]) from error
    finally:
        db.close()


@contextlib.contextmanager
def _bound(db: Any) -> Iterator[None]:
    """Bind all tables to another database for a moment."""
    before = proxy.obj
    proxy.initialize(db)
    try:
        yield
    finally:
        proxy.initialize(before)

