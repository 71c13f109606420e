"""Finding out what became of a command whose COMMIT was not answered: by its id, never by doing it again."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from peewee import PeeweeException

from models.action.command import Command
from models.action.work import Session
from models.database.store import connect, is_unusable
from models.ground.errors import DatabaseUnusableError, OutcomeUnknownError
from models.tables.history import History

PATIENCE = 30.0
"""Seconds in which it is asked again and again: longer than a standby needs to take over."""

PAUSE = 0.5
"""Seconds between two questions."""

ANSWER = 5.0
"""Seconds one question may wait, for the lost transaction to end and for the standby."""

NOT_SAVED = (
    "Nicht gespeichert: Die Datenbank war dabei nicht erreichbar. Schicht hat danach nachgesehen, "
    "es ist nichts angekommen. Versuch es noch einmal."
)


@contextlib.contextmanager
def certain(session: Session, command: Command, dry_run: bool = False) -> Iterator[None]:
    """Around the transaction of a command: going on means that it is saved.

    Raises `DatabaseUnusableError` where it is certain that nothing was, `OutcomeUnknownError` where that cannot be
    found out. A trial keeps nothing anyway.
    """
    try:
        yield
    except OutcomeUnknownError as unknown:
        if dry_run or not _is_saved(session, command):
            raise DatabaseUnusableError(NOT_SAVED) from unknown


def _is_saved(session: Session, command: Command) -> bool:
    """Ask whoever leads now, until somebody answers."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return _ask(session, command)
        except (DatabaseUnusableError, PeeweeException) as error:
            if not isinstance(error, DatabaseUnusableError) and not is_unusable(error):
                raise
            if time.monotonic() > end:
                raise OutcomeUnknownError(command.id) from error
        time.sleep(PAUSE)


def _ask(session: Session, command: Command) -> bool:
    """Look for the command's row, as a writer: its turn comes when the lost transaction has ended, either way, and its
    own COMMIT waits for the standby, behind what it has seen.
    """
    db = session.store.db
    db.close()  # Peewee takes a dead connection for an open one (PITFALLS)
    connect(session.store)
    # The server's own statement_timeout ends before COMMIT begins to wait.
    impatience = threading.Timer(ANSWER, db.connection().cancel)
    impatience.start()
    try:
        with session.writing():
            found = History.select().where(History.command == command.id, History.step == command.step).exists()
    finally:
        impatience.cancel()
    return bool(found)
