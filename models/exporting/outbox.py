"""The open items of the Ausgang as files of the platform (CONTRACT §16); notes have none, and stay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
    if dry_run:
        require_free(path, False, NAMES.__contains__)
        return {"path": str(path), "files": [], "items": len(ids), "left": left, "done": False, "dry_run": True}
    files = _write(session, path, readable_files(work.member)) if ids else []
    if done and ids:
        run(session, HandItemsOver(id=tuple(ids)))
    return {"path": str(path), "files": files, "items": len(ids), "left": left, "done": done and bool(ids)}


def _write(session: Session, path: Path, readable: Sequence[str]) -> list[dict[str, Any]]:
    """Each file that has something."""
    platform = Platform(session.store.db, on_sqlite=session.store.engine == "sqlite")
    files = []
    with opened(path, replace=False, ours=NAMES.__contains__) as target:
        for name, (table, kinds) in FILES.items():
            pages = list(platform.pages(name, _told(table, kinds, readable)))
            if rows := sum(map(len, pages)):
                target.table(name, platform.header(name), pages)
                files.append({"file": name, "rows": rows})
    return files


def _told(table: str, kinds: Sequence[str], readable: Sequence[str]) -> str:
    """The condition for rows of which something is open; all words are our own."""
    own, read = (", ".join(f"'{word}'" for word in words) for words in (kinds, readable or ("",)))
    return (
        f"AND '{table}:' || t.id IN (SELECT o.written FROM outbox o WHERE o.state = 'open' AND o.takes_back IS NULL "
        f"AND o.kind IN ({own}) AND (o.file IS NULL OR o.file IN ({read})))"
    )
