"""Files that the inbox could not take: kept in the history, so that every open screen can show them."""

from __future__ import annotations

import uuid
from typing import Any

from models.action.work import Session
from models.ground.errors import SchichtError
from models.tables.history import History, append

SUBJECT = "inbox"
"""Under which the history keeps what failed, and what of it is settled."""

FAILURE, SETTLED = "import.failed", "import.settled"


def note(session: Session, action: str, name: str, error: SchichtError | None = None) -> None:
    """Keep in the history that a file failed or is settled: every open screen shows what failed."""
    extra: dict[str, Any] = {"file": name}
    if error is not None:
        extra |= {"code": error.code, "problems": len(getattr(error, "problems", ())) or 1}
    with session.store.connected(), session.writing():
        append(
            session.work().stamp, action=action, subject=SUBJECT, command=str(uuid.uuid4()), undoable=False, changes=[],
            extra=extra,
        )  # fmt: skip


LOOKED_AT = 200
"""Rows of the history in which failures are looked for."""


def failures() -> list[str]:
    """Names of the files that failed and are not settled yet, the newest first."""
    rows: Any = History.select(History.action, History.extra).where(History.subject == SUBJECT)
    settled: set[str] = set()
    found: dict[str, None] = {}
    for action, extra in rows.order_by(History.id.desc()).limit(LOOKED_AT).tuples():
        name = str((extra or {}).get("file"))
        if action == SETTLED:
            settled.add(name)
        elif name not in settled:
            found[name] = None
    return list(found)
