"""Waking: on PostgreSQL a commit tells all who listen. It only wakes; what is true is read from the database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.database.fields import proxy
from models.database.store import Store

if TYPE_CHECKING:
    import psycopg

CHANNEL = "schicht"
"""Known per database, so that one team never wakes another."""

IDLE = 2.0
"""Seconds after which a listening thread looks whether it shall end."""

RETRY = 3.0
"""Seconds before a lost connection is tried again."""

ALIVE: dict[str, Any] = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2}
"""A connection that only listens would not notice that the other side has gone: ask after 10 s (libpq)."""


def announce() -> None:
    """With the commit that is coming, wake everybody who listens; nothing on SQLite."""
    from peewee import SqliteDatabase

    db: Any = proxy.obj
    if not isinstance(db, SqliteDatabase):
        db.execute_sql("SELECT pg_notify(%s, '')", (CHANNEL,))


class Listener:
    """A plain thread with a connection of its own, which calls `wake` when somebody has committed something.

    Told nothing for a while means nothing: notifications are lost with their connection, so whoever is woken looks now
    and then by themselves. Every new connection wakes once, because of what was missed before.
    """

    def __init__(self, store: Store, wake: Callable[[], None]) -> None:
        self._store, self._wake = store, wake
        self._over = threading.Event()
        self.listening = False
        """Whether the server would tell at this moment, as far as one can know."""

    def start(self) -> None:
        """Begin to listen; only a server can tell anything."""
        if self._store.engine == "postgres":
            threading.Thread(target=self._run, name="schicht-listen", daemon=True).start()

    def stop(self) -> None:
        """End soon, and wake nobody any more."""
        self._over.set()

    def _run(self) -> None:
        import psycopg

        db = self._store.db
        while not self._over.is_set():
            try:
                with db.dial(**ALIVE) as server:
                    self._listen(server)
            except psycopg.Error:
                self.listening = False  # the screen looks by itself every second until it can listen again
            self._over.wait(RETRY)

    def _listen(self, server: psycopg.Connection[Any]) -> None:
        server.execute(f"LISTEN {CHANNEL}".encode())
        self.listening = True
        self._tell()
        while not self._over.is_set():
            if any(True for _ in server.notifies(timeout=IDLE, stop_after=1)):
                self._tell()

    def _tell(self) -> None:
        if not self._over.is_set():
            self._wake()
