"""A list as a file for a spreadsheet: its ending says which."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from models.exporting.targets import Rows, Workbook, file_of, write_csv
from models.ground.errors import UsageError

ENDINGS = (".csv", ".xlsx")


def write_table(path: Path, name: str, header: Sequence[str], pages: Iterable[Rows]) -> None:
    """Write a new file. Raises `UsageError` where there is one, none can be written, or its ending is neither."""
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise UsageError("Der Dateiname endet auf .csv oder .xlsx.")
    if ending == ".csv":
        with file_of(path) as file:
            write_csv(file, header, pages)
        return
    with file_of(path, binary=True) as file:
        file.write(workbook(name, header, pages))


def workbook(name: str, header: Sequence[str], pages: Iterable[Rows]) -> bytes:
    """A workbook of one sheet, written row by row."""
    import xlsxwriter  # some milliseconds that no other command need pay

    with tempfile.TemporaryDirectory(prefix="schicht-") as folder:
        part = Path(folder) / "liste.xlsx"
        with xlsxwriter.Workbook(str(part), {"constant_memory": True}) as book:
            Workbook(book).table(name, header, pages)
        return part.read_bytes()
