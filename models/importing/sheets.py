"""Reading the sheets of an .xlsx workbook, after making sure that it cannot fill the memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from models.importing.areas import area_of
from models.importing.cells import LOST_DIGITS, NO_CELL, SHEET_DATE, is_sure, number_cell
from models.importing.hollow import Hollow, hollow_cells
from models.importing.problems import Problems
from models.importing.records import Record, Records, begins_plainly, headings, is_blank
from models.importing.source import UNREADABLE, Source

AREA_LIMIT = 30_000_000
"""Cells of the rectangle that a sheet fills: a workbook is held in memory as such rectangles."""


def is_too_wide(path: Path) -> bool:
    """Whether opening a workbook alone would fill the memory: an .ods is laid out whole at once."""
    if path.suffix.casefold() != ".ods":
        return False
    try:
        with path.open("rb") as file:
            return area_of(file) > AREA_LIMIT
    except UNREADABLE:
        return False  # opening it says so too


def sheet_names(path: Path) -> list[str] | None:
    """The sheets of a workbook; None where it is none."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as book:
            return list(book.sheet_names)
    except (CalamineError, *UNREADABLE):
        return None


def read_sheet(source: Source, problems: Problems) -> Records | None:
    """The records of one sheet; None, with the problem noted, where it cannot be read."""
    from python_calamine import CalamineError

    try:
        with source.open() as file:
            if area_of(file) > AREA_LIMIT:
                why = "Ein Blatt der Mappe füllt zu viele Zellen."
                problems.refuse(source.label, source.table.name, "too_large", why)
                return None
        with source.open() as file:
            hollow = hollow_cells(file, source.sheet)
        sheet = _loaded.pop(source) or _load(source)
        left = sheet.start[1] if sheet.start else 0
        rows = _rows(sheet.iter_rows(), hollow, left)
        first = next(rows, (1, []))
        while source.head and first[0] < source.head.line:
            first = next(rows, (source.head.line, []))
    except (CalamineError, *UNREADABLE):
        problems.refuse(source.label, source.table.name, "bad_encoding", "Das Blatt lässt sich nicht lesen.")
        return None
    header = headings(["" if name.startswith(NO_CELL) else name for name in first[1]])
    while header and not header[-1]:
        header.pop()
    return Records(header, _fitted(rows, len(header)))


def sheet_rows(source: Source) -> Iterator[Record]:
    """The rows of one sheet that are not blank; raises one of `UNREADABLE`, also where it would fill the memory."""
    from python_calamine import CalamineError

    try:
        with source.open() as file:
            if area_of(file) > AREA_LIMIT:
                raise ValueError("too many cells")
        sheet = _load(source)
    except CalamineError as error:
        raise ValueError("no workbook") from error
    _loaded.keep(source, sheet)
    yield from _rows(sheet.iter_rows(), {}, 0)


def forget_sheets() -> None:
    """Let go of the sheet that was looked at last."""
    _loaded.clear()


class _Loaded:
    """The sheet that was looked at last: reading it follows, and loading a large one takes longer than that."""

    def __init__(self) -> None:
        self._of: tuple[Callable[[], IO[bytes]], str] | None = None
        self._sheet: Any = None

    def keep(self, source: Source, sheet: Any) -> None:
        self._of, self._sheet = (source.open, source.sheet), sheet

    def pop(self, source: Source) -> Any:
        found = self._sheet if self._of == (source.open, source.sheet) else None
        self.clear()
        return found

    def clear(self) -> None:
        self._of = self._sheet = None


_loaded = _Loaded()


def _load(source: Source) -> Any:
    from python_calamine import CalamineWorkbook

    with source.open() as file, CalamineWorkbook.from_filelike(file) as book:
        return book.get_sheet_by_name(source.sheet)


def _rows(rows: Iterator[list[Any]], hollow: Hollow, left: int) -> Iterator[Record]:
    """The rows that are not blank; a sheet's first columns may be missing from all of them."""
    for line, row in enumerate(rows, 1):
        cells = [_cell(value) for value in row]
        for column, cell in hollow.get(line, {}).items():
            if left <= column < left + len(cells):
                cells[column - left] = cell
        if cells and (begins_plainly(cells[0]) or not is_blank(cells)):
            yield line, cells


def _fitted(rows: Iterator[Record], width: int) -> Iterator[Record]:
    """Without the empty cells right of the header, which every row of a rectangle has."""
    for line, row in rows:
        yield line, row if any(cell.strip() for cell in row[width:]) else row[:width]


def _cell(value: Any) -> str:
    """A cell as the text that a CSV would have; real dates are marked as such."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return _number_text(value)
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, dt.date):
        return f"{SHEET_DATE}{value.isoformat()}T00:00:00"
    return str(value)


def _number_text(value: float) -> str:
    """As many digits as a spreadsheet keeps."""
    if not is_sure(value):
        return LOST_DIGITS
    return str(int(value)) if float(value).is_integer() else number_cell(f"{value:.15g}")


def _moment(value: dt.datetime) -> str:
    """To the second: a sheet keeps moments as fractions of a day."""
    if value.microsecond >= 500_000 and value.replace(microsecond=0) < dt.datetime.max.replace(microsecond=0):
        value += dt.timedelta(seconds=1)
    return f"{SHEET_DATE}{value.replace(microsecond=0, tzinfo=None).isoformat()}"
