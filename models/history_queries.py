"""Questions about the history; what a member may not read in a file they do not read here either (A-28)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.action.work import Work
from models.file.rules import readable_files
from models.file.table import Entry
from models.history import History


def list_history(work: Work, subject: str | None = None) -> Iterator[dict[str, Any]]:
    """The audit trail, oldest first, in the shape of CONTRACT §2."""
    query = History.select().order_by(History.id)
    if subject is not None:
        query = query.where(History.subject == subject)
    readable = set(readable_files(work.member))
    for row in query.iterator():
        shown = row.show()
        if (row.subject or "").startswith("entry:") and not _may_read(row, readable):
            shown["before"] = shown["after"] = None
        yield shown


def _may_read(row: History, readable: set[str]) -> bool:
    key = (row.subject or "").partition(":")[2]
    entry = Entry.get_or_none(Entry.id == int(key))
    return entry is not None and entry.file in readable
