"""`schicht import --watch`: an inbox that is looked at until a signal ends it."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from models.action.work import Session
from models.ground.errors import DatabaseUnusableError
from models.importing.inbox import Inbox, Taken
from tui.cli.context import Invocation

EVERY = 5.0
"""Seconds between two looks."""
SOON = 1.0
"""Seconds after which something new is looked at again."""


def watch(invocation: Invocation, folder: Path, every: float, how: dict[str, Any]) -> None:
    """Take what is put there, until SIGTERM or SIGINT; one that is being taken is taken to its end."""
    inbox, session, ended = Inbox(folder, how), invocation.session(), threading.Event()
    session.work()  # who acts is asked now, not with the first file
    session.store.db.close()  # from here on a connection for each file: nights are long

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        while not ended.is_set():
            is_up = _look(invocation, session, inbox, ended)
            ended.wait(min(SOON, every) if inbox.is_waiting and is_up else every)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _look(invocation: Invocation, session: Session, inbox: Inbox, ended: threading.Event) -> bool:
    """Take what has settled; whether the database was there."""
    try:
        for path in inbox.settled():
            if ended.is_set():
                break
            taken = inbox.take(session, path)
            invocation.emit(taken.show(), _line(taken))
        inbox.settle(session)
    except DatabaseUnusableError as error:
        invocation.fail(error)
        return False
    return True


def _line(taken: Taken) -> str:
    where = (
        f" → {taken.moved_to.parent.name}/{taken.moved_to.name}" if taken.moved_to else " (ließ sich nicht verschieben)"
    )
    if taken.error is not None:
        count = len(getattr(taken.error, "problems", ()))
        why = f"{count} Fehler" if count else taken.error.message
        return f"{taken.name}: nicht übernommen, {why}{where}"
    from screens.importing.words import raised_words

    rows = sum(file["rows"] for file in (taken.answer or {}).get("files", []))
    return f"{taken.name}: {rows} Zeilen, {raised_words(taken.answer or {})}{where}"
