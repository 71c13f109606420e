"""Opening a database: SQLite by default, PostgreSQL for the team; one connection a thread, opened on purpose."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from models.database.causes import cause_of, said, unusable
from models.ground.errors import DatabaseUnusableError, UsageError
from models.ground.os_errors import explain_file

SCHEMA = 13
"""The schema this program speaks; raised by one with each migration."""

BUSY_TIMEOUT = 5
"""Seconds a writer waits for another one on SQLite."""

TURN = 10
"""Milliseconds in which SQLite asks for the lock of a writer by itself: after 0, 1, 3 and 8."""

NO_ADDRESS = "Das ist keine gültige Datenbank-Adresse. Schreib postgresql://name@rechner/datenbank."
PARTS = re.compile(r"postgres(ql)?:(?!//)|(^|\s)(host|hostaddr|dbname|user|password)\s*=", re.IGNORECASE)
"""What looks like an address of libpq in another form; a path with a password in it must not be shown as one."""


def is_postgres(url: str) -> bool:
    """Whether this address names a server."""
    return url.startswith(("postgresql://", "postgres://"))


def spare_drivers(url: str) -> None:
    """Keep Peewee from importing what it would not use.

    That is psycopg for a SQLite user, which makes `import peewee` three times slower, and Python's own sqlite3 beside
    a newer one: two SQLite libraries in one process are memory for nothing and a danger to locks (PITFALLS).
    Works only before Peewee is first imported; the program's outermost door calls it, tests do not.
    """
    if "peewee" in sys.modules:
        return
    unused = [] if is_postgres(url) else ["psycopg", "psycopg2"]
    if find_spec("pysqlite3"):
        unused.append("sqlite3")
    for name in unused:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def sqlite_path(url: str) -> Path:
    """The file behind a path or a `sqlite:///…` address."""
    if url.startswith("sqlite:"):
        rest = url.removeprefix("sqlite:")
        if not rest.startswith("///") or len(rest) == 3:
            raise UsageError(f"„{url}“ ist keine Datenbank-Adresse. Nimm einen Dateipfad oder sqlite:///pfad.")
        return Path(rest[3:])
    if url.startswith(":"):
        raise UsageError("Eine Datenbank im Arbeitsspeicher gäbe es nur für diesen einen Aufruf. Nimm einen Dateipfad.")
    if PARTS.search(url):
        raise UsageError(NO_ADDRESS)
    if "://" in url:
        raise UsageError(f"„{url.split('://')[0]}://…“ kennt Schicht nicht. Nimm einen Dateipfad oder postgresql://…")
    return Path(os.path.expanduser(url))  # noqa: PTH111  # the one of pathlib raises for a user without a home


KEPT = 60.0
"""Seconds for which a screen keeps a connection that nobody needs."""


@dataclass(frozen=True)
class Store:
    """An opened database: its engine and its Peewee handle."""

    url: str
    engine: str
    """`sqlite` or `postgres`."""
    db: Any
    """The Peewee database; connections are per thread."""

    @property
    def label(self) -> str:
        """Where, in a few characters, for the header; never a password."""
        if self.engine == "sqlite":
            return sqlite_path(self.url).name
        return str(self.db.place)

    @contextlib.contextmanager
    def connected(self) -> Iterator[Any]:
        """A connection for this thread, closed at the end unless it was open before."""
        if not self.db.is_closed():
            yield self.db
            return
        connect(self)
        try:
            yield self.db
        finally:
            self.db.close()

    def keep_connection(self) -> None:
        """From now on a server's connection that is no longer needed waits for who reads next; a file needs nothing."""
        if self.engine == "postgres":
            self.db.keeping = KEPT

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Any]:
        """A transaction that writes; on SQLite it waits its turn for `BUSY_TIMEOUT`.

        Raises `OutcomeUnknownError` where a server's answer to the COMMIT is lost.
        """
        with contextlib.ExitStack() as stack:
            if self.db.in_transaction():
                yield stack.enter_context(self.db.atomic())
            elif self.engine == "sqlite":
                yield _wait_for_turn(self.db, stack)
            else:
                from models.database.server import heard

                yield stack.enter_context(heard(self.db))


def _wait_for_turn(db: Any, stack: contextlib.ExitStack) -> Any:
    """Ask every few milliseconds: SQLite's own waiting soon asks ten times a second only, and then somebody who writes
    without a pause keeps all others out for the whole time. Whoever a busy machine has kept from asking goes on.
    """
    from peewee import OperationalError

    deadline, asked, enough = time.monotonic() + BUSY_TIMEOUT, 0, BUSY_TIMEOUT * 1000 // TURN // 2
    db.execute_sql(f"PRAGMA busy_timeout = {TURN}")
    try:
        while True:
            try:
                return stack.enter_context(db.atomic())
            except OperationalError as error:
                asked += 1
                if "locked" not in str(error) or (time.monotonic() > deadline and asked >= enough):
                    raise
    finally:
        db.execute_sql(f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT * 1000)}")


def open_store(url: str, *, create: bool = False) -> Store:
    """Bind all tables to the database at `url`; connects nothing yet.

    Raises `DatabaseUnusableError` where a SQLite file is missing (unless `create`) or the driver is.
    """
    from models.database.fields import proxy

    store = _postgres(url) if is_postgres(url) else _sqlite(url, create)
    proxy.initialize(store.db)
    return store


def _sqlite(url: str, create: bool) -> Store:
    path = sqlite_path(url)
    if os.path.isdir(path):  # noqa: PTH112  # the one of pathlib raises for a path that cannot be
        raise DatabaseUnusableError(f"„{path}“ ist ein Ordner, keine Datenbank.")
    if not create and not os.path.exists(path):  # noqa: PTH110
        raise DatabaseUnusableError(f"Die Datenbank „{path}“ gibt es nicht. `schicht init` legt sie an.{_slashes(url)}")
    if create:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            make_private(path)
        except OSError as error:
            raise DatabaseUnusableError(f"„{path}“ lässt sich nicht anlegen. {explain_file(error)}") from error
    from peewee import SqliteDatabase

    pragmas = {
        "journal_mode": "wal" if _wal_is_sound() else "delete",
        "synchronous": "full",
        "foreign_keys": 1,
        "recursive_triggers": 1,  # REPLACE must fire the append-only triggers (PITFALLS)
        "busy_timeout": int(BUSY_TIMEOUT * 1000),
        "cache_size": -512,  # each thread has a connection: two megabytes for every one of them is memory for nothing
    }
    db = SqliteDatabase(str(path), pragmas=pragmas, lock_type="IMMEDIATE", timeout=BUSY_TIMEOUT, autoconnect=False)
    return Store(url, "sqlite", db)


def _slashes(url: str) -> str:
    """What three slashes mean, to somebody whose path may have been meant from the top."""
    if not url.startswith("sqlite:") or sqlite_path(url).is_absolute():
        return ""
    return f" sqlite:///pfad gilt von diesem Ordner aus ({Path.cwd()}), sqlite:////pfad von ganz oben."


def make_private(path: Path) -> None:
    """An empty file for its owner only, whatever the umask; one that is there stays as it is. Raises `OSError`."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _wal_is_sound() -> bool:
    """Whether this SQLite is free of the WAL corruption fixed in 3.51.3 (and 3.50.7, 3.44.6)."""
    from peewee import sqlite3  # type: ignore[attr-defined]

    version = sqlite3.sqlite_version_info
    return bool(version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45))


def _postgres(url: str) -> Store:
    url = f"postgresql://{url.partition('://')[2]}"
    try:
        from models.database.server import Server
    except ImportError as error:
        raise DatabaseUnusableError("Für PostgreSQL fehlt der Treiber: pip install 'schicht[postgres]'.") from error
    return Store(url, "postgres", Server(url))


def connect(store: Store) -> None:
    """Open this thread's connection and make sure it is what the laws ask for (DESIGN law 4).

    Raises `DatabaseUnusableError`, and `UsageError` for an address that is none.
    """
    from peewee import PeeweeException, ProgrammingError

    try:
        store.db.connect(reuse_if_open=True)
        if store.engine == "sqlite":
            _require_laws(store.db)
    except PeeweeException as error:
        store.db.close()
        text = str(error).lower()
        malformed = ("invalid" in text and ("value" in text or "option" in text)) or "servname not supported" in text
        if malformed or (isinstance(error, ProgrammingError) and not _asked_server(error)):
            raise UsageError(NO_ADDRESS) from error
        raise unusable(store, error) from error


def _asked_server(error: BaseException) -> bool:
    """Whether it was a server that complained, and not the reader of the address."""
    return any(getattr(one, "sqlstate", None) for one in (error.__cause__, error.__context__))


def _require_laws(db: Any) -> None:
    """What was asked for in the constructor, asked of the library: an old one passes over what it does not know."""
    asked = {"foreign_keys": 1, "synchronous": 2, "recursive_triggers": 1}
    wrong = [name for name, value in asked.items() if db.execute_sql(f"PRAGMA {name}").fetchone()[0] != value]
    if wrong:
        db.close()
        raise DatabaseUnusableError(f"Die SQLite-Bibliothek dieses Rechners kann {', '.join(wrong)} nicht.")


UNUSABLE = (
    "read-only",
    "readonly",
    "permission denied",
    "must be owner",
    "insufficientprivilege",
    "prepared statement",
)
"""Words by which an error is no fault of ours, whatever its class."""


def is_unusable(error: BaseException) -> bool:
    """Whether a driver's or Peewee's error means that the database cannot be used, rather than a fault of ours."""
    names = {f"{kind.__module__.partition('.')[0]}.{kind.__name__}" for kind in type(error).__mro__}
    if not names & {"peewee.PeeweeException", "sqlite3.Error", "pysqlite3.Error", "psycopg.Error"}:
        return False
    text = said(error)
    if any(words in text for words in UNUSABLE):
        return True
    if any(words in text for words in ("no such", "syntax error")):
        return False
    unusable = {"OperationalError", "InterfaceError"} & {name.partition(".")[2] for name in names}
    return bool(unusable) or type(error).__name__ == "DatabaseError"


def is_away(store: Store, error: BaseException) -> bool:
    """Whether just nobody answers, as while another server takes over: that ends by itself, and a member can wait."""
    if store.engine == "sqlite":
        return False
    if isinstance(error, DatabaseUnusableError):
        return error.away
    return is_unusable(error) and cause_of(store, error).away
