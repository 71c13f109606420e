"""Making the database and bringing it to the current schema; checking that it is there and is ours."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

from peewee import PeeweeException

from models.database.causes import unusable
from models.database.store import SCHEMA, Store, connect, make_private
from models.ground.errors import DatabaseUnusableError, UsageError
from models.tables.history import Stamp, append, start_chain
from models.tables.registry import Meta

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7241_0001
"""Number of the advisory lock under which PostgreSQL migrates."""


def version(store: Store) -> int:
    """Number of the newest migration in the database; 0 where there is none."""
    db = store.db
    try:
        if not db.table_exists("schema_migration"):
            return 0
        names = [row[0] for row in db.execute_sql("SELECT name FROM schema_migration").fetchall()]
    except PeeweeException as error:
        raise unusable(store, error) from error
    return max((int(match[0]) for name in names if (match := re.match(r"\d+", name))), default=0)


def check_schema(store: Store) -> None:
    """Refuse an older or newer schema with a sentence that says what to do."""
    found = version(store)
    if found < SCHEMA:
        what = "ist noch leer" if found == 0 else "hat einen älteren Stand"
        raise DatabaseUnusableError(f"Die Datenbank {store.label} {what}. `schicht init` bringt sie auf den neuen.")
    if found > SCHEMA:
        raise DatabaseUnusableError(
            f"Die Datenbank {store.label} ist neuer als dieses Programm. Aktualisiere Schicht auf diesem Rechner."
        )


def is_sandbox() -> bool:
    """Whether time may be set by `--now`."""
    return Meta.read("sandbox") == "1"


def needs_init(store: Store, *, sandbox: bool = False) -> bool:
    """Whether `initialise` would have something to do; changes nothing.

    Raises `DatabaseUnusableError` for a newer schema or another program's file, `UsageError` where a real database
    shall become a sandbox.
    """
    found = version(store)
    if found > SCHEMA:
        check_schema(store)
    if found == 0 and store.engine == "sqlite" and store.db.get_tables():
        raise DatabaseUnusableError(
            f"Die Datei {store.label} gehört einem anderen Programm. Nimm für Schicht einen neuen Namen."
        )
    if found and sandbox and not is_sandbox():
        raise UsageError("Diese Datenbank ist die echte, kein Sandkasten. Nimm für einen Sandkasten eine neue Datei.")
    return found < SCHEMA


def initialise(store: Store, stamp: Stamp, *, sandbox: bool = False, rights: bool = True) -> bool:
    """Create the tables or migrate them, under a lock; whether anything had to be done.

    With `rights` the roles and grants of a server are put in place too, where the login may do that. Safe from several
    machines at once: the first one migrates, the others find it done.
    """
    connect(store)
    try:
        _backup_before(store)
        with store.transaction():
            lock_schema(store)
            changed = needs_init(store, sandbox=sandbox) and _migrate(store, stamp, sandbox)
            if rights:
                from models.admin.rights import install  # a start only checks

                install(store.db)
            return changed
    except PeeweeException as error:
        raise unusable(store, error) from error


def lock_schema(store: Store) -> None:
    """Until commit nobody else makes or replaces tables; SQLite has locked the whole file by then."""
    if store.engine == "postgres":
        store.db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (LOCK,))


def _migrate(store: Store, stamp: Stamp, sandbox: bool) -> bool:
    fresh = version(store) == 0
    done = create_all(store.db)
    if fresh:
        Meta.create(key="sandbox", value="1" if sandbox else "0")
        start_chain()
    append(stamp, action="init", subject=None, command=str(uuid.uuid4()), changes=[], extra={"migrations": done})
    return True


def create_all(db: Any) -> list[str]:
    """Run the migrations that are missing; their names."""
    from playhouse.migrations import Runner

    return list(Runner(db, str(MIGRATIONS)).up())


def _backup_before(store: Store) -> None:
    """Before an existing SQLite file is migrated, lay a copy beside it."""
    if store.engine != "sqlite" or not 0 < version(store) < SCHEMA:
        return
    copy = Path(f"{store.db.database}.vor-schema-{SCHEMA}")
    if not copy.exists():  # another process may be copying too: each under a name of its own, the last one stays
        part = copy.with_name(f"{copy.name}.{uuid.uuid4().hex[:8]}.teil")
        make_private(part)
        store.db.execute_sql("VACUUM INTO ?", (str(part),))
        part.replace(copy)
