"""Where tables are written to: a folder of CSVs, an archive of them, a workbook; whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import shutil
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, Protocol, TextIO

from models.ground.errors import UsageError
from models.ground.formulas import STARTS, guard
from models.ground.os_errors import why_not

Rows = Iterable[Sequence[str]]

SHEET_ROWS, SHEET_CELL = 1_048_576, 32_767
"""What a sheet holds: rows, and characters in a cell."""

FIRST = itemgetter(slice(1))
"""The beginning of a cell; of an empty one nothing."""

PRIVATE = 0o600


class Target(Protocol):
    """Takes one table after the other."""

    def table(self, name: str, header: Sequence[str], batches: Iterable[Rows]) -> None:
        """Write a table; its rows come in batches."""


def write_csv(file: TextIO, header: Sequence[str], batches: Iterable[Rows]) -> None:
    """A table as CSV that a German spreadsheet opens by itself."""
    writer = csv.writer(file, delimiter=";")
    if header:
        writer.writerow(header)
    for rows in batches:
        writer.writerows(rows if _harmless(rows := list(rows)) else (list(map(guard, row)) for row in rows))


@contextlib.contextmanager
def file_of(path: Path, *, binary: bool = False) -> Iterator[Any]:
    """A new file for its owner only. Raises `UsageError` where there is one, or none can be."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
        how: dict[str, Any] = {} if binary else {"encoding": "utf-8-sig", "newline": ""}
        with open(handle, "wb" if binary else "w", **how) as file:  # noqa: PTH123  # an open handle
            yield file
    except FileExistsError as error:
        raise UsageError(f"„{path}“ gibt es schon; überschrieben wird nichts.") from error
    except OSError as error:
        raise UsageError(f"„{path}“ lässt sich nicht schreiben ({why_not(error)}).") from error


def _harmless(rows: list[Sequence[str]]) -> bool:
    """Whether no cell of a batch begins as a formula would."""
    return all(STARTS.isdisjoint(map(FIRST, column)) for column in zip(*rows, strict=True))


class Folder:
    """A new folder with a `.csv` for each table."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir(mode=0o700)

    def table(self, name: str, header: Sequence[str], batches: Iterable[Rows]) -> None:
        """Write `name.csv`."""
        handle = os.open(self._path / f"{name}.csv", os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
        with open(handle, "w", encoding="utf-8-sig", newline="") as file:  # noqa: PTH123  # an open handle
            write_csv(file, header, batches)


class Archive:
    """A `.zip` with a `.csv` for each table."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def table(self, name: str, header: Sequence[str], batches: Iterable[Rows]) -> None:
        """Write `name.csv` into it."""
        with (
            self._file.open(f"{name}.csv", "w", force_zip64=True) as raw,
            io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file,
        ):
            write_csv(file, header, batches)


class Workbook:
    """An `.xlsx` with a sheet for each table; every cell is text, so that nothing is a formula."""

    def __init__(self, book: Any) -> None:
        self._book = book

    def table(self, name: str, header: Sequence[str], batches: Iterable[Rows]) -> None:
        """Write a sheet. Raises `UsageError` for what no sheet holds."""
        sheet = self._book.add_worksheet(name)
        place = 0
        for rows in _with_header(header, batches):
            for row in rows:
                if place >= SHEET_ROWS:
                    raise UsageError(f"„{name}“ hat mehr Zeilen, als eine Tabelle fasst. Nimm eine .zip.")
                for column, cell in enumerate(row):
                    if cell and sheet.write_string(place, column, cell) != 0:
                        raise UsageError(f"„{name}“ hat eine Zelle mit mehr als {SHEET_CELL} Zeichen. Nimm eine .zip.")
                place += 1


def _with_header(header: Sequence[str], batches: Iterable[Rows]) -> Iterator[Rows]:
    yield [header]
    yield from batches


@contextlib.contextmanager
def opened(path: Path, *, replace: bool, ours: Callable[[str], bool]) -> Iterator[Target]:
    """Write to a name beside it, which takes the place of `path` when all is done; else nothing is left.

    Raises `UsageError` where `path` is there (without `replace`, or a folder that holds what is not `ours`), and where
    it cannot be written.
    """
    require_free(path, replace, ours)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.teil")
    try:
        with _target(part, path.suffix.casefold()) as target:
            yield target
        _put(part, path)
    except OSError as error:
        raise UsageError(f"„{path}“ lässt sich nicht schreiben ({why_not(error)}).") from error
    finally:
        _remove(part)


@contextlib.contextmanager
def _target(part: Path, ending: str) -> Iterator[Target]:
    if ending not in (".zip", ".xlsx"):
        yield Folder(part)
        return
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    if ending == ".zip":
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            yield Archive(file)
        return
    import xlsxwriter  # some milliseconds that no other command need pay

    book = xlsxwriter.Workbook(str(part), {"constant_memory": True})
    yield Workbook(book)
    book.close()


def require_free(path: Path, replace: bool, ours: Callable[[str], bool]) -> None:
    """Refuse a path that cannot be written to, or must not."""
    if not path.parent.is_dir():
        raise UsageError(f"Den Ordner „{path.parent}“ gibt es nicht.")
    if not path.exists():
        return
    if not replace:
        raise UsageError(f"„{path}“ gibt es schon. Nimm einen neuen Namen oder --replace.")
    is_folder = path.suffix.casefold() not in (".zip", ".xlsx")
    if is_folder != path.is_dir() or (is_folder and not all(ours(inside.name) for inside in path.iterdir())):
        raise UsageError(f"„{path}“ ist kein Export von Schicht und wird nicht ersetzt. Nimm einen neuen Namen.")


def _put(part: Path, path: Path) -> None:
    """In one step; a folder that was there goes only when the new one is in its place."""
    if not path.is_dir():
        part.replace(path)
        return
    old = path.with_name(f"{part.name}.alt")
    path.rename(old)
    part.rename(path)
    shutil.rmtree(old)


def _remove(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)
