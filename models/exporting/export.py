"""`export`: all of it out again, in the platform's format and beside it (CONTRACT §17); whole or not at all."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from models.action.run import require_actor
from models.action.work import Session, Work
from models.database.store import Store
from models.exporting.beside import FILES, as_table
from models.exporting.platform import EXTRACTS, Platform
from models.exporting.targets import Target, opened, require_free
from models.ground.text import clean_input
from models.persons.access import note
from models.playbook.refusals import Obstacle, RefusedError
from models.shared.entry_rules import READERS, readable_files
from models.tables.history import append

Progress = Callable[[str, int, int], None]
"""Told the file, how many of its rows are done, and about how many there are."""

NAMES = frozenset(f"{name}.csv" for name in (*EXTRACTS, *FILES))
"""What a folder of ours holds, and nothing else."""


def export(
    session: Session,
    path: Path,
    *,
    since: dt.datetime | None = None,
    replace: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda file, done, whole: None,
) -> dict[str, Any]:
    """Write everything as it is at one moment; the answer names the files and their rows.

    Raises `RefusedError` (`role_reader`, A-28) for who does not read all three files, `UsageError` for a path that is
    there already or cannot be written.
    """
    work = session.work()
    require_actor(work)
    if len(readable_files(work.member)) < len(READERS):
        raise RefusedError([Obstacle("role_reader", "A-28")], "Export")
    files: list[dict[str, Any]] = []
    if dry_run:
        require_free(path, replace, NAMES.__contains__)
        return {**_answer(path, _counted(session, since)), "dry_run": True}
    with opened(path, replace=replace, ours=NAMES.__contains__) as target, _one_moment(session.store):
        platform = Platform(session.store.db, on_sqlite=session.store.engine == "sqlite", since=since)
        files += [_platform_file(platform, target, name, progress) for name in EXTRACTS]
        for name, beside in FILES.items():
            counted = _Counted(name, beside.query(since).count(), progress)
            header, pages = as_table(beside.pages(work, since))
            target.table(name, header, counted.watch(pages))
            files.append({"file": name, "rows": counted.rows})
    answer = _answer(path, files)
    _record(session, work, path, answer, since)
    return answer


def _answer(path: Path, files: list[dict[str, Any]]) -> dict[str, Any]:
    return {"path": str(path), "files": files, "rows": sum(file["rows"] for file in files)}


def _counted(session: Session, since: dt.datetime | None) -> list[dict[str, Any]]:
    """What would be written; nothing is."""
    platform = Platform(session.store.db, on_sqlite=session.store.engine == "sqlite", since=since)
    facts = [{"file": name, "rows": platform.count(name)} for name in EXTRACTS]
    return facts + [{"file": name, "rows": beside.query(since).count()} for name, beside in FILES.items()]


class _Counted:
    """Counts what goes by, and tells of it."""

    def __init__(self, name: str, whole: int, progress: Progress) -> None:
        self.rows = 0
        self._name, self._whole, self._progress = name, whole, progress

    def watch(self, pages: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """The same pages."""
        for page in pages:
            yield page
            self.rows += len(page)
            self._progress(self._name, self.rows, max(self.rows, self._whole))


def _platform_file(platform: Platform, target: Target, name: str, progress: Progress) -> dict[str, Any]:
    counted = _Counted(name, platform.count(name), progress)
    target.table(name, platform.header(name), counted.watch(platform.pages(name)))
    return {"file": name, "rows": counted.rows}


@contextlib.contextmanager
def _one_moment(store: Store) -> Iterator[None]:
    """Everything is read as it is now, while others work."""
    if store.engine == "sqlite":
        with store.db.atomic("DEFERRED"):
            yield
        return
    store.db.execute_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield
    finally:
        store.db.execute_sql("ROLLBACK")


def _record(session: Session, work: Work, path: Path, answer: dict[str, Any], since: dt.datetime | None) -> None:
    """Who took everything along stands in the history (P-06)."""
    extra = {"path": clean_input(path.name), "rows": answer["rows"], "since": since.isoformat() if since else None}
    with session.writing():
        note(work, "export")
        append(work.stamp, action="export", subject=None, command=str(uuid.uuid4()), changes=[], extra=extra)
