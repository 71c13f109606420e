"""A folder whose files are taken one after the other: what lies there, taking it, and where it goes (CONTRACT §14)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.action.work import Session
from models.ground.errors import DatabaseUnusableError, SchichtError, UsageError
from models.ground.os_errors import why_not
from models.ground.text import clean_input
from models.importing.failures import FAILURE, SETTLED, failures, note
from models.importing.importer import take

DONE, FAILED = "erledigt", "fehler"
"""Folders in it, where files go that were taken, and that could not be."""

UNFINISHED = (".part", ".tmp", ".crdownload", ".partial", ".download")
"""Endings of files that are still on their way."""

Mark = tuple[tuple[str, int, int], ...]
"""Path, size and time of a file, or of all in a folder: it changes while somebody writes."""


@dataclass(frozen=True)
class Taken:
    """What became of a file."""

    name: str
    moved_to: Path | None
    """None where it could not be moved."""
    answer: dict[str, Any] | None
    error: SchichtError | None

    def show(self) -> dict[str, Any]:
        """The line of `import --watch`."""
        moved = str(self.moved_to) if self.moved_to else None
        told = {"error": self.error.as_json()} if self.error else (self.answer or {})
        return {"file": self.name, "state": "failed" if self.error else "done", "moved_to": moved, **told}


@dataclass
class Inbox:
    """One folder. Raises `UsageError` where it is none."""

    folder: Path
    how: dict[str, Any] = field(default_factory=dict)
    """Fields of the import's `Order`."""
    _seen: dict[Path, Mark] = field(default_factory=dict)
    _stuck: dict[Path, Mark] = field(default_factory=dict)
    """What was taken and could not be moved: not again, until it changes."""

    def __post_init__(self) -> None:
        """Make sure of the folder, and of the two in it."""
        if not self.folder.is_dir():
            raise UsageError(f"„{self.folder}“ ist kein Ordner. Nenne einen, in den Exporte gelegt werden.")
        for name in (DONE, FAILED):
            try:
                (self.folder / name).mkdir(exist_ok=True)
            except OSError as error:
                raise UsageError(f"In „{self.folder}“ lässt sich nichts anlegen: {why_not(error)}.") from error

    @property
    def is_waiting(self) -> bool:
        """Whether something lies there that may still grow."""
        return bool(self._seen)

    def settled(self) -> list[Path]:
        """What has not changed since the last look, the oldest first; looks anew."""
        now = {path: mark for path in self._entries() if (mark := _mark(path)) is not None}
        now = {path: mark for path, mark in now.items() if self._stuck.get(path) != mark}
        still = [path for path, mark in now.items() if mark and self._seen.get(path) == mark]
        self._seen = now
        return sorted(still, key=lambda path: (max(time for _, _, time in now[path]), path.name))

    def _entries(self) -> Iterator[Path]:
        try:
            found = sorted(self.folder.iterdir())
        except OSError as error:
            raise UsageError(f"„{self.folder}“ lässt sich nicht lesen: {why_not(error)}.") from error
        for path in found:
            hidden = path.name.startswith((".", "~$")) or path.suffix.casefold() in UNFINISHED
            if not hidden and path.name not in (DONE, FAILED):
                yield path

    def take(self, session: Session, path: Path) -> Taken:
        """Take one and move it away. Raises `DatabaseUnusableError`: then it stays where it is."""
        name, answer, failure = clean_input(path.name), None, None
        try:
            answer = take(session, [path], **self.how)
        except DatabaseUnusableError:
            raise
        except SchichtError as error:
            failure = error
        moved = self._move(path, FAILED if failure else DONE)
        self._seen.pop(path, None)
        if moved is None and (mark := _mark(path)) is not None:
            self._stuck[path] = mark
        if failure:
            if moved is not None:
                _write_problems(moved, failure)
            note(session, FAILURE, name, failure)
        elif name in self._failures(session):
            note(session, SETTLED, name)
        return Taken(name, moved, answer, failure)

    def _move(self, path: Path, where: str) -> Path | None:
        target = _free(self.folder / where, path)
        try:
            shutil.move(path, target)
        except OSError:
            return None
        return target

    def _failures(self, session: Session) -> list[str]:
        with session.store.connected():
            return failures()

    def settle(self, session: Session) -> None:
        """Note of what failed that it lies no longer among the failures: somebody has seen to it."""
        gone = [name for name in self._failures(session) if not _lies_in(self.folder / FAILED, name)]
        for name in gone:
            note(session, SETTLED, name)


def _lies_in(folder: Path, name: str) -> bool:
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  # a name out of the history is no path
    return any(
        clean_input(path.name) == name or (path.suffix == suffix and path.stem.startswith(f"{stem} ("))
        for path in folder.iterdir()
    )


def _mark(path: Path) -> Mark | None:
    """What it looks like now; None where it has just gone."""
    try:
        files = [one for one in sorted(path.rglob("*")) if one.is_file()] if path.is_dir() else [path]
        states = [(str(one), one.stat()) for one in files]
    except OSError:
        return None
    return tuple((name, state.st_size, state.st_mtime_ns) for name, state in states)


def _free(folder: Path, path: Path) -> Path:
    """Where it can lie without covering what lies there."""
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem} ({number}){path.suffix}"
    return target


def _write_problems(path: Path, error: SchichtError) -> None:
    """The list of problems beside it."""
    lines = [
        error.message,
        *(f"{p.file}, Zeile {p.line}, {p.column}: {p.message}" for p in getattr(error, "problems", ())),
    ]
    beside = path.with_name(f"{path.name}.txt")
    try:
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        return  # what is wrong is told and kept in the history as well
