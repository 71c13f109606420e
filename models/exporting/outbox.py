"""The open items of the Ausgang as files of the platform (CONTRACT §16); notes have none, and stay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from models.action.run import require_actor, run
from models.action.work import Session
from models.exporting.platform import EXTRACTS, Platform
from models.exporting.targets import opened, require_free
from models.outbox.actions import HandItemsOver
from models.outbox.queries import list_items
from models.shared.entry_rules import readable_files
from models.tables.outbox import Outbox

FILES = {
    "kunden": ("customer", ("status",)),
    "zuordnungen": ("assignment", ("assignment",)),
    "aufgaben": ("task", ("task",)),
    "akten": ("entry", ("entry",)),
    "nachrichten": ("message", ("message", "tags")),
}
"""By file of the platform: our table, and the kinds of item that are rows of it."""

NAMES = frozenset(f"{name}.csv" for name in EXTRACTS)


def export_outbox(session: Session, path: Path, *, done: bool = False, dry_run: bool = False) -> dict[str, Any]:
    """Write what is open, and with `done` mark it as carried by file; nothing is written where nothing is open.

    Raises `UsageError` for a path that is there already or cannot be written.
    """
    work = session.work()
    require_actor(work)
    kinds = [kind for _, those in FILES.values() for kind in those]
    open_ones = list_items(work).where(Outbox.takes_back.is_null())
    ids = [str(item.id) for item in open_ones.where(Outbox.kind.in_(kinds))]
    left = list_items(work).count() - len(ids)
    require_free(path, False, NAMES.__contains__)
    found = _tables(session, readable_files(work.member)) if ids else []
    files = [{"file": table.name, "rows": sum(map(len, table.pages))} for table in found]
    answer = {"path": str(path), "files": files, "items": len(ids), "left": left, "done": done and bool(ids)}
    if dry_run:
        return {**answer, "dry_run": True}
    if found:
        with opened(path, replace=False, ours=NAMES.__contains__) as target:
            for table in found:
                target.table(table.name, table.header, table.pages)
    if done and ids:
        run(session, HandItemsOver(id=tuple(ids)))
    return answer


class _Table(NamedTuple):
    name: str
    header: list[str]
    pages: list[list[Sequence[str]]]


def _tables(session: Session, readable: Sequence[str]) -> list[_Table]:
    """Each file that has something: few rows, whatever the size of the tables."""
    platform = Platform(session.store.db, on_sqlite=session.store.engine == "sqlite")
    found = []
    for name, (table, kinds) in FILES.items():
        pages = [page for page in platform.pages(name, _told(table, kinds, readable)) if page]
        if pages:
            found.append(_Table(name, platform.header(name), pages))
    return found


def _told(table: str, kinds: Sequence[str], readable: Sequence[str]) -> str:
    """The condition for rows of which something is open; all words are our own."""
    own, read = (", ".join(f"'{word}'" for word in words) for words in (kinds, readable or ("",)))
    return (
        f"AND '{table}:' || t.id IN (SELECT o.written FROM outbox o WHERE o.state = 'open' AND o.takes_back IS NULL "
        f"AND o.kind IN ({own}) AND (o.file IS NULL OR o.file IN ({read})))"
    )
