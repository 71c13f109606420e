"""Lists as tables for a spreadsheet: `--format csv|xlsx`, with German titles, whole, one row a thing."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from models.exporting.lists import workbook
from models.exporting.targets import file_of, write_csv
from models.ground import clock
from models.ground.errors import UsageError
from models.ground.text import clean_output, json_line
from tui.cli.output import plain, title
from tui.cli.streams import write

FORMATS = ("csv", "xlsx", "json")

PAGE = 1_000


def write_list(things: Iterable[dict[str, Any]], columns: Sequence[str], form: str, out: Path | None) -> None:
    """Write a list to a new file, or to standard output where that can take it."""
    rest = iter(things)
    first = list(islice(rest, 1))
    names = list(first[0]) if first else list(columns)
    rows = chain(first, rest)
    if form == "xlsx":
        _workbook(names, rows, out)
    elif out is None:
        for text in _texts(names, rows, form):
            write(text, sys.stdout)
    else:
        with file_of(out) as file:
            file.writelines(_texts(names, rows, form))


def _workbook(names: Sequence[str], rows: Iterator[dict[str, Any]], out: Path | None) -> None:
    if out is None and sys.stdout.isatty():
        raise UsageError("Eine .xlsx kann das Terminal nicht zeigen. Nenn mit --out eine Datei.")
    text = workbook("Liste", titles(names), _pages(names, rows))
    if out is not None:
        with file_of(out, binary=True) as file:
            file.write(text)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text)


def _texts(names: Sequence[str], rows: Iterator[dict[str, Any]], form: str) -> Iterator[str]:
    if form == "json":
        for thing in rows:
            yield f"{json_line(thing)}\n"
        return
    head = titles(names)
    for page in _pages(names, rows) if names else ():
        text = io.StringIO()
        write_csv(text, head, [page])
        head = []
        yield text.getvalue()
    if head:
        text = io.StringIO()
        write_csv(text, head, [])
        yield text.getvalue()


def _pages(names: Sequence[str], rows: Iterator[dict[str, Any]]) -> Iterator[list[list[str]]]:
    while page := list(islice(rows, PAGE)):
        yield [[table_cell(thing.get(name), name, thing) for name in names] for thing in page]


def titles(names: Sequence[str]) -> list[str]:
    """German titles, no two alike."""
    found: list[str] = []
    for name in names:
        words = title(name)
        found.append(f"{words} ({name})" if words in found else words)
    return found


def table_cell(value: Any, field: str, of: Mapping[str, Any]) -> str:
    """A value as a spreadsheet sorts it: days and moments from the year on; all else in German words."""
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, dt.datetime):
        return f"{clock.in_berlin(value):%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return clean_output(value if field in ("subject", "about") else plain(value, field, of)).strip()
