"""Questions about file entries."""

from __future__ import annotations

from typing import Any

from models.action.subjects import shows
from models.action.work import Work
from models.playbook.refusals import Obstacle, RefusedError
from models.shared.entry_rules import readable_files, require_reader
from models.tables.entry import Entry


@shows("entry")
def show_entry(work: Work, entry: Entry) -> dict[str, Any]:
    """The shape of CONTRACT §7."""
    return entry.show()


def list_entries(work: Work, subject: str, file: str | None = None) -> Any:
    """Entries of a subject that the member may read, oldest first, as a query; withdrawn ones never.

    Raises `RefusedError` (`role_reader`, A-28) where the member reads none of them.
    """
    files: tuple[str, ...] = ("vpa_akte",) if subject.startswith("vpa:") else ("oteam", "vpa_kunde")
    if file is not None:
        require_reader(work, file)
        files = tuple(f for f in files if f == file)
    readable = [f for f in readable_files(work.member) if f in files]
    if not readable and files:
        raise RefusedError([Obstacle("role_reader", "A-28")])
    return (
        Entry.select()
        .where(Entry.subject == subject, Entry.file.in_(readable or [""]), Entry.withdrawn_at.is_null())
        .order_by(Entry.created_at, Entry.id)
    )


def newest_entries(work: Work, subject: str, limit: int = 5) -> list[Entry]:
    """The newest entries the member may read, newest first; none where they read none."""
    files = readable_files(work.member)
    query = Entry.select().where(Entry.subject == subject, Entry.file.in_(files or [""]), Entry.withdrawn_at.is_null())
    return list(query.order_by(Entry.created_at.desc(), Entry.id.desc()).limit(limit))
