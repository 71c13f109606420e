"""What office programs and systems lay beside the files that people mean: lock files, shadows, thumbnails."""

from __future__ import annotations

from pathlib import PurePosixPath

_BEGINNINGS = (".", "~$", "~")
"""`.~lock.vpas.csv#` (LibreOffice), `~$vpas.xlsx` (Excel), `._vpas.csv` and `.DS_Store` (macOS), `~WRL0001.tmp`."""

_NAMES = frozenset({"thumbs.db", "desktop.ini"})

_FOLDERS = frozenset({"__macosx"})

ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz")
"""Endings of archives: one inside of another, or in a folder, has to be named itself."""


def is_leftover(name: str) -> bool:
    """Whether a file, by its path inside a folder or archive, is nothing that somebody has saved."""
    path = PurePosixPath(name)
    folders = {part.casefold() for part in path.parts[:-1]}
    return (
        path.name.startswith(_BEGINNINGS)
        or path.name.casefold() in _NAMES
        or path.name.endswith(":Zone.Identifier")
        or not folders.isdisjoint(_FOLDERS)
    )
