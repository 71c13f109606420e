"""One file or sheet of an export, and what reading a damaged one raises."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from models.importing.columns import Table
from models.importing.profiles.profile import Profile

FILE_LIMIT = 500_000_000
"""Bytes of one file, unpacked."""

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip
"""What reading a damaged, locked or exotic archive raises."""


@dataclass(frozen=True)
class Head:
    """Where a table of the team's own begins."""

    line: int
    """Of the header."""
    delimiter: str = ""
    """Of a CSV."""


@dataclass(frozen=True)
class Source:
    """One file, or one sheet, that holds a known table."""

    table: Table
    label: str
    """What problems call it: its base name, for a sheet `export.xlsx:vpas`."""
    form: str
    """`csv`, `json` or `sheet`."""
    open: Callable[[], IO[bytes]]
    """Opens it from its beginning; every reading pass does so again."""
    size: int
    """Bytes, for the progress."""
    sheet: str = ""
    """Name of the sheet in its workbook."""
    profile: Profile | None = None
    """By which it is read; None where it is written as ours."""
    head: Head | None = None
    """Where its header stands, if not at the top."""

    def theirs(self, column: str) -> str:
        """What its header calls a column of ours."""
        if self.profile is None or column not in self.profile.columns:
            return column
        return self.profile.columns[column].header
