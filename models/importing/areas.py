"""How much memory a workbook would take: its reader lays every sheet out as a rectangle from corner to corner.

One that does not fit into the memory ends the whole program, so it is measured before, as a stream.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from typing import IO

from models.importing.texts import CHUNK

_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["'](?:[^>]*[^/])?>""")
"""A cell that says where it stands, and is not empty."""
_NAMELESS = re.compile(rb"""<(?:\w+:)?c(?:>|\s(?![^>]*\br\s*=))""")
"""A cell that stands behind the one before."""
_ROW = re.compile(rb"""<(?:\w+:)?row\s(?:[^>]*?\s)?r\s*=\s*["'](\d{1,7})["']""")
_ODD = re.compile(
    rb"""<(?:\w+:)?(?:c\s(?:[^>]*?\s)?r\s*=\s*["'](?![A-Za-z]{1,3}\d{1,7}["'])[^"']*["']|"""
    rb"""row\s(?:[^>]*?\s)?r\s*=\s*["'](?!\d{1,7}["'])[^"']*["'])"""
)
"""A place that no sheet has."""
_COLUMNS = 16_384
"""Columns of the widest sheet."""
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an .xls begins: at most 65,536 rows of 256 columns."""
_ODS = re.compile(rb"<(/?)(?:\w+:)(table-row|table-cell|covered-table-cell|table)((?:\s[^>]*)?)>")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,9})["']""")
_BINARY_ROW = 0
_BINARY_CELLS = frozenset(range(2, 12))
"""Types of records in an .xlsb: a row, and cells that hold something."""
_OVERLAP = 300
"""Bytes of a tag that may be cut by the end of a chunk."""


def area_of(file: IO[bytes]) -> int:
    """Rows times columns of the largest sheet, by its filled cells; 0 for an .xls, which cannot be too large.

    Raises one of `UNREADABLE` for what is no workbook.
    """
    if file.read(len(_OLD)) == _OLD:
        return 0
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        return max((_area_in(archive, member) for member in archive.infolist()), default=0)


def _area_in(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    if member.filename == "content.xml":
        return _area_of_ods(archive, member)
    if member.filename.endswith(".bin"):
        return _area_of_binary(archive, member)
    return _area_of(archive, member)


def _area_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    rows = columns = nameless = 0
    rest = b""
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            text = rest + chunk
            if _ODD.search(text):
                raise ValueError("a cell outside of the sheet")
            for column, row in _CELL.findall(text):
                rows = max(rows, int(row))
                columns = max(columns, _number(column.upper()))
            rows = max(rows, max(map(int, _ROW.findall(text)), default=0))
            nameless += len(_NAMELESS.findall(text))
            rest = text[-_OVERLAP:]
    return max(rows, 1) * max(columns, min(nameless, _COLUMNS))


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _area_of_ods(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """The same of an OpenDocument sheet, where an equal row or cell stands once with a number; empty ones at the end
    of a row, and empty rows, do not count until something follows.
    """
    rows = columns = largest = pending_rows = 0
    width = pending = repeat = 0
    for kind, times, empty in _ods_tags(archive, member):
        if kind == "table":
            largest = max(largest, rows * columns)
            rows = columns = pending_rows = 0
        elif kind == "row":
            repeat, width, pending = times, 0, 0
        elif kind == "cell" and empty:
            pending += times
        elif kind == "cell":
            width, pending = width + pending + times, 0
            columns = max(columns, width)
        elif width:
            rows, pending_rows = rows + pending_rows + repeat, 0
        else:
            pending_rows += repeat
    return max(largest, rows * columns)


def _ods_tags(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[str, int, bool]]:
    """What begins or ends, how often it stands there, and whether it is an empty cell."""
    rest = b""
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            text = rest + chunk
            end = text.rfind(b">") + 1
            for found in _ODS.finditer(text, 0, end):
                yield _ods_tag(found)
            rest = text[end:]


def _ods_tag(found: re.Match[bytes]) -> tuple[str, int, bool]:
    closing, name, attributes = found[1], found[2], found[3]
    times = int(match[1]) if (match := _REPEATED.search(attributes)) else 1
    if name == b"table":
        return "table", 1, False
    if name == b"table-row":
        return ("end" if closing else "row"), times, False
    return ("cell" if not closing else "none"), times, not closing and b"value-type" not in attributes


def _area_of_binary(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """The same of a sheet of an .xlsb: records of a type, a length and that many bytes."""
    rows = columns = row = 0
    with archive.open(member) as part:
        for kind, content in binary_records(part):
            if kind == _BINARY_ROW and len(content) >= 4:
                row = int(struct.unpack_from("<I", content)[0]) + 1
            elif kind in _BINARY_CELLS and len(content) >= 4:
                rows, columns = max(rows, row), max(columns, int(struct.unpack_from("<I", content)[0]) + 1)
    return rows * columns


def binary_records(part: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a part of an .xlsb: type and content of each."""
    while first := part.read(1):
        kind = first[0]
        if kind & 0x80:
            kind = (kind & 0x7F) | ((part.read(1) or b"\0")[0] & 0x7F) << 7
        length = 0
        for shift in (0, 7, 14, 21):
            byte = (part.read(1) or b"\0")[0]
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield kind, part.read(length)
