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

from models.admin.rights import install
from models.admin.schema import check_schema, create_all, lock_schema, version
from models.admin.triggers import functions
from models.database.fields import BaseModel, IdField, proxy
from models.database.store import SCHEMA, Store
from models.ground.errors import (
    AlreadyDoneError,
    BadDataError,
    DatabaseUnusableError,
    NotFoundError,
    Problem,
    UsageError,
)
from models.ground.os_errors import FULL, explain_file, is_full
from models.playbook.refusals import Obstacle, RefusedError
from models.tables.history import Stamp, append
from models.tables.people import Customer, Member, Vpa
from models.tables.registry import OTHER_TABLES, tables

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
            _forget_claims(copy)
            rows = sum(count_rows(copy, model) for model in tables())
        part.replace(path)
    except OSError as error:
        if is_full(error):
            raise DatabaseUnusableError(FULL) from error
        raise UsageError(f"„{path}“ lässt sich nicht schreiben. {explain_file(error)}") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return rows


def _forget_claims(copy: Any) -> None:
    """Who works on what right now is no data: a copy begins without, and without a remainder in its pages."""
    copy.execute_sql("PRAGMA secure_delete = ON")
    copy.execute_sql("DELETE FROM claim")


def _copy_from_server(store: Store, part: Path) -> None:
    with _file(part) as copy, copy.atomic():
        with bound(copy):
            create_all(copy)
        store.db.execute_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            for model in tables():
                _copy(model, store.db, copy, Watcher())
        finally:
            store.db.execute_sql("ROLLBACK")


def check_backup(path: Path) -> int:
    """The number of rows in a backup. Raises `UsageError` for no file, `BadDataError` for what is no backup,
    `DatabaseUnusableError` for one of another schema.
    """
    if not path.is_file():
        raise UsageError(f"Die Datei „{path}“ gibt es nicht.")
    with _file(path, read_only=True) as copy:
        _require_backup(copy, path)
        return sum(count_rows(copy, model) for model in tables())


def read_backup(
    store: Store,
    path: Path,
    stamp: Stamp,
    *,
    replace: bool = False,
    dry_run: bool = False,
    watcher: Watcher | None = None,
) -> int:
    """Put a backup's content into the database, all or nothing; the number of rows.

    Raises what `check_backup` does, `RefusedError`: `kuerzel_missing` where a team is at home and nobody says who
    they are, `not_empty` unless the database is empty or `replace`; `NotFoundError` for a member neither side knows.
    """
    rows = check_backup(path)
    if store.engine == "sqlite" and path.samefile(store.db.database):
        raise UsageError("Das ist die Datenbank selbst, keine Sicherung von ihr.")
    unknown_is_fine = require_replaceable(store, stamp, "Sicherung einspielen", replace=replace)
    if not dry_run:
        with _file(path, read_only=True) as copy:
            replace_all(store, copy, stamp, unknown_is_fine, watcher)
    return rows


def require_replaceable(store: Store, stamp: Stamp, what: str, *, replace: bool) -> bool:
    """Refuse to lay other content over what is here, unless asked to; whether the acting member may be missing there.

    Raises `RefusedError`: `kuerzel_missing` where a team is at home and nobody says who they are, `not_empty`.
    """
    empty = is_empty(store)
    if not empty and stamp.member is None and Member.select().limit(1).exists():
        raise RefusedError([Obstacle("kuerzel_missing", "R-02")], what)
    if not empty and not replace:
        raise RefusedError([Obstacle("not_empty", "K-04")], what)
    return empty or (stamp.member is not None and Member.find(stamp.member) is not None)


def is_empty(store: Store) -> bool:
    """Whether nobody has put anything into this database yet. Raises `DatabaseUnusableError` for another schema."""
    if version(store) == 0:
        return True
    check_schema(store)
    return not any(model.select().limit(1).exists() for model in (Member, Vpa, Customer))


def _require_backup(copy: Any, path: Path) -> None:
    try:
        found = version(Store(str(path), "sqlite", copy))
    except DatabaseUnusableError as error:
        raise _no_backup(path) from error
    if found == 0:
        raise _no_backup(path)
    if found != SCHEMA:
        raise DatabaseUnusableError(
            f"Die Sicherung hat den Stand {found}, das Programm {SCHEMA}. `schicht --db SICHERUNG init` hebt alte."
        )


def _no_backup(path: Path) -> BadDataError:
    problem = Problem(path.name, 0, "", "bad_value", "Das ist keine Sicherung von Schicht.")
    return BadDataError(
        [problem],
        f"Nichts eingespielt: „{path.name}“ ist keine Sicherung von Schicht oder beschädigt. "
        "Nimm eine Datei, die `schicht backup` geschrieben hat.",
    )


class Watcher:
    """Looks on while content is copied; this one does nothing with it."""

    action = "restore"
    """The name of the deed in the history."""

    def copied(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """These rows were written, as the source's driver gave them."""

    def done(self) -> None:
        """Everything is copied, nothing is committed: the last chance to raise."""


def replace_all(
    store: Store, copy: Any, stamp: Stamp, member_may_be_unknown: bool, watcher: Watcher | None = None
) -> None:
    """Lay the content of another database over the one that all tables are bound to, in one transaction."""
    watcher = watcher or Watcher()
    if store.engine == "sqlite":
        store.db.execute_sql("PRAGMA foreign_keys = OFF")  # no effect inside a transaction, so before it
    try:
        with store.transaction():
            lock_schema(store)
            if version(store):
                _drop_everything(store)
            create_all(store.db)
            for model in tables():
                _copy(model, copy, store.db, watcher)
            watcher.done()
            if store.engine == "postgres":
                _advance_sequences(store.db)
            known = Member.find(stamp.member) if stamp.member else None
            if stamp.member and known is None and not member_may_be_unknown:
                raise NotFoundError(f"Das Kürzel „{stamp.member}“ gehört niemandem im Team.")
            by = Stamp(stamp.at, known.kuerzel if known else None, stamp.account)
            append(by, action=watcher.action, subject=None, command=str(uuid.uuid4()), changes=[])
            install(store.db)
    finally:
        if store.engine == "sqlite":
            store.db.execute_sql("PRAGMA foreign_keys = ON")


def _drop_everything(store: Store) -> None:
    """All that the schema brought along, and nothing that is somebody else's."""
    cascade = " CASCADE" if store.engine == "postgres" else ""
    for name in (*OTHER_TABLES, *(str(model._meta.table_name) for model in reversed(tables()))):
        if store.db.table_exists(name):  # on PostgreSQL some of the names are indexes
            store.db.execute_sql(f'DROP TABLE "{name}"{cascade}')
    store.db.execute_sql("DROP VIEW IF EXISTS green_entry")
    if store.engine == "postgres":
        store.db.execute_sql("DROP VIEW IF EXISTS audit")
        for name in functions():
            store.db.execute_sql(f"DROP FUNCTION IF EXISTS {name} CASCADE")


def _copy(model: type[BaseModel], source: Any, target: Any, watcher: Watcher) -> None:
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
        watcher.copied(name, batch)


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


def count_rows(db: Any, model: type[BaseModel]) -> int:
    """How many rows a table of this database has."""
    return int(db.execute_sql(f'SELECT COUNT(*) FROM "{model._meta.table_name}"').fetchone()[0])


@contextlib.contextmanager
def _file(path: Path, *, read_only: bool = False) -> Iterator[Any]:
    """The SQLite file of a backup; one that is only read is left as it is, to the byte."""
    if read_only:
        address = f"{path.resolve().as_uri()}?mode=ro"
        db = SqliteDatabase(address, uri=True, autoconnect=False)
    else:
        db = SqliteDatabase(str(path), pragmas={"journal_mode": "delete"}, lock_type="IMMEDIATE", autoconnect=False)
    try:
        db.connect()
        yield db
    except PeeweeException as error:
        if not any(words in str(error) for words in ("not a database", "malformed")):
            raise
        raise _no_backup(path) from error
    finally:
        db.close()


@contextlib.contextmanager
def bound(db: Any) -> Iterator[None]:
    """Bind all tables to another database for a moment."""
    before = proxy.obj
    proxy.initialize(db)
    try:
        yield
    finally:
        proxy.initialize(before)
