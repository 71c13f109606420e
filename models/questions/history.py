"""Questions about the history; what a member may not read in a file they do not read here either (A-28)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

from models.action.work import Work
from models.questions.history_touching import rows_touching
from models.shared.entry_rules import READERS, readable_files
from models.tables.entry import Entry
from models.tables.history import Change, History

INTERNAL = frozenset({"folded", "vpa_folded", "exported", "known"})
"""Columns that only serve the program: search keys and the memory of the import."""


def list_history(work: Work, subject: str | None = None) -> Iterator[dict[str, Any]]:
    """The audit trail, oldest first, in the shape of CONTRACT §2; with a subject every row that touched it."""
    rows = History.select().order_by(History.id).iterator() if subject is None else rows_touching(subject)
    may_read = _reader(work)
    for row in rows:
        yield show_row(row, may_read)


def show_row(row: History, may_read: Callable[[Change], bool]) -> dict[str, Any]:
    """One row: before and after of its subject, changed columns only.

    `after` also holds what is evidence beside the columns: the reason for passing warnings, the codes of a refusal,
    the counts of an import, and under `also` every other row that was written.
    """
    changes = _merged(row.changed())
    own = next((change for change in changes if _subject(change) == row.subject), None)
    own = own or next(iter(changes), None)
    before, after = _sides(own, may_read) if own is not None else (None, None)
    more = dict(row.extra or {}) if row.route != "undo" else {}
    if also := [change for change in changes if change is not own]:
        more["also"] = [_also(change, may_read) for change in also]
    return {
        "id": row.id,
        "at": row.at,
        "member": row.member,
        "account": row.account,
        "action": row.action,
        "subject": row.subject,
        "before": before,
        "after": {**(after or {}), **more} if more else after,
        "command": row.command,
    }


def _subject(change: Change) -> str:
    return f"{change.table}:{change.key}"


def _merged(changes: list[Change]) -> list[Change]:
    """One change for each row: how it was before the first, how it is after the last."""
    found: dict[str, Change] = {}
    for change in changes:
        name = _subject(change)
        if (earlier := found.get(name)) is not None:
            change = change._replace(
                before=earlier.before and {**(change.before or {}), **earlier.before},
                after=change.after and {**(earlier.after or {}), **change.after},
            )
        found[name] = change
    return list(found.values())


def _also(change: Change, may_read: Callable[[Change], bool]) -> dict[str, Any]:
    before, after = _sides(change, may_read)
    return {"subject": _subject(change), "before": before, "after": after}


def _sides(change: Change, may_read: Callable[[Change], bool]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    if not may_read(change):
        return None, None
    return _columns(change.table, change.before), _columns(change.table, change.after)


def _columns(table: str, stored: dict[str, Any] | None) -> dict[str, Any] | None:
    """Stored values as people and programs read them: dates, moments, lists."""
    if stored is None:
        return None
    fields = _fields(table)
    return {
        name: fields[name].python_value(value) if name in fields else value
        for name, value in stored.items()
        if name not in INTERNAL
    }


@functools.cache
def _fields(table: str) -> dict[str, Any]:
    """The columns of a table, by name."""
    from models.tables.registry import tables

    return next((model._meta.fields for model in tables() if model._meta.table_name == table), {})


def _reader(work: Work) -> Callable[[Change], bool]:
    """Tells whether the acting member may read what a change wrote."""
    readable = readable_files(work.member)
    if len(readable) == len(READERS):
        return lambda change: True
    entries: Any = Entry.select(Entry.id).where(Entry.file.in_(readable or [""]))
    known = {key for (key,) in entries.tuples()}
    files = {None, *readable}

    def may_read(change: Change) -> bool:
        if change.table == "outbox":  # holds what an entry says
            return (change.after or change.before or {}).get("file") in files
        return change.table != "entry" or change.key in known

    return may_read
