"""What all forms of an export become: a header and records with the line where each begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.ground.text import id_text, is_unseen
from models.importing.columns import Table

Progress = Callable[[str, int, int], None]
"""Told the file or step, how many of its rows are done, and about how many there are."""

Record = tuple[int, list[str]]
"""Line (physical, sheet row or element number) and raw cells."""


@dataclass
class Records:
    """The records of one source."""

    header: list[str]
    """Trimmed names in their order; empty where a column has none."""
    rows: Iterator[Record]
    """Blank ones are left out; read once."""
    expected: int = 0
    """About how many there are."""


def is_blank(row: list[str]) -> bool:
    """Whether no cell of it holds anything that can be seen."""
    return all(is_unseen(cell) for cell in row)


def begins_plainly(cell: str) -> bool:
    """Whether the first cell of a row surely holds something that can be seen; quick, for most do."""
    return cell.isalnum() and cell.isascii()


def headings(row: list[str]) -> list[str]:
    """The names of a header as they are compared."""
    return [id_text(name) for name in row]


def known_columns(header: list[str], table: Table) -> int:
    """How many names of a header the table has."""
    return sum(name in table.by_name for name in header)
