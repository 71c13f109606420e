"""The first rows of a table that may be one of the team's own: enough to know by which profile it is read."""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from models.ground.text import clean_input
from models.importing.cells import BLANKS
from models.importing.problems import Problems
from models.importing.sheets import sheet_rows
from models.importing.source import UNREADABLE, Source

FIRST_ROWS = 20
"""Rows among which a header is looked for."""
DELIMITERS = (";", ",", "\t")
_BYTES = 1 << 18
"""Of a text file, read for its first rows."""

Rows = list[tuple[int, list[str]]]
"""Line and cells."""


@dataclass(frozen=True)
class Peeked:
    """The first rows of a table, in one of the ways in which it can be cut into cells."""

    rows: Rows
    delimiter: str = ""


def peek(source: Source, most: int = FIRST_ROWS) -> list[Peeked]:
    """The first rows, once for every delimiter that makes cells of them; nothing for what is no table.

    `most` is the last line that counts. Of JSON the names stand for the header.
    """
    try:
        if source.form == "sheet":
            rows = itertools.takewhile(lambda row: row[0] <= most, sheet_rows(source))
            return [Peeked([(line, [cell.strip(BLANKS) for cell in row]) for line, row in rows])]
        if source.form == "json":
            return _json(source, most)
        with source.open() as file:
            text = _decoded(file)
    except UNREADABLE:
        return []
    lines = text.splitlines(keepends=True)
    return [Peeked(list(_csv(lines, delimiter, most)), delimiter) for delimiter in DELIMITERS if delimiter in text] or [
        Peeked(list(_csv(lines, ";", most)), ";")
    ]


def _cleaned(row: list[str]) -> list[str]:
    return [clean_input(cell).strip() for cell in row]


def _decoded(file: IO[bytes]) -> str:
    """The beginning, without a line that is cut; empty where it is no text."""
    start = file.read(_BYTES)
    if len(start) == _BYTES:
        start = start[: max(start.rfind(b"\n"), start.rfind(b"\r")) + 1] or start
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start.decode("utf-16", "replace")
    if b"\0" in start:
        return ""
    try:
        return start.decode("utf-8-sig")
    except UnicodeDecodeError:
        return start.decode("cp1252", "replace")


def _csv(lines: list[str], delimiter: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """Records with the line where each begins; a stray quote ends them."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begin = 1
    try:
        for row in reader:
            if begin > most:
                return
            yield begin, _cleaned(row)
            begin = reader.line_num + 1
    except csv.Error:
        return


def _json(source: Source, most: int) -> list[Peeked]:
    from models.importing.jsons import read_json
    from models.importing.texts import look_at

    nobody = Problems()
    look = look_at(source, nobody)
    records = read_json(source, look, nobody) if look else None
    if records is None:
        return []
    rows = itertools.islice(records.rows, most)
    return [Peeked([(1, _cleaned(records.header)), *((line, row) for line, row in rows)])]
