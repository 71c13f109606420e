"""The same in an .ods and an .xlsb: cells that hold an error, or a formula that nobody has worked out."""

from __future__ import annotations

import html
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator

from models.importing.areas import binary_records
from models.importing.texts import CHUNK

Found = tuple[int, int, str]
"""Row (the first is 1), column (the first is 0), and why the cell has no value."""

ERROR = "Die Zelle zeigt einen Fehler statt eines Werts. Berichtige sie im Tabellenprogramm."
NO_RESULT = "Die Zelle enthält eine Formel ohne Ergebnis. Öffne und speichere die Mappe im Tabellenprogramm."

MOST = 10_000
"""Hollow cells that one repeated cell stands for at most; there are problems enough by then."""

_TAG = re.compile(rb"<(/?)(?:\w+:)?(table-row|table-cell|covered-table-cell|table)((?:\s[^>]*)?)>")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,9})["']""")
_NAME = re.compile(rb"""\btable:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_IS_ERROR = re.compile(rb"""calcext:value-type\s*=\s*["']error["']""")

_ROW, _ERRORS, _SHEET = 0, (3, 11), 156
"""Types of records in an .xlsb: a row, cells with an error, a sheet's name."""


def hollow_of_ods(archive: zipfile.ZipFile, sheet: str) -> Iterator[Found]:
    """Those of one sheet of an OpenDocument, where an equal row or cell stands once with a number."""
    here, row, column, rows = False, 1, 0, 1
    for closing, name, attributes in _ods_tags(archive):
        times = int(match[1]) if (match := _REPEATED.search(attributes)) else 1
        if name == b"table":
            if here and closing:
                return
            here, row = not closing and _named(attributes) == sheet, 1
        elif here and name == b"table-row":
            if not closing:
                rows, column = times, 0
            if closing or attributes.endswith(b"/"):
                row += rows
        elif here and not closing:
            if why := _why(attributes):
                places = ((row + down, column + right) for down in range(rows) for right in range(times))
                for place, _ in zip(places, range(MOST), strict=False):
                    yield (*place, why)
            column += times


def _ods_tags(archive: zipfile.ZipFile) -> Iterator[tuple[bytes, bytes, bytes]]:
    rest = b""
    with archive.open("content.xml") as part:
        while chunk := part.read(CHUNK):
            text = rest + chunk
            end = text.rfind(b">") + 1
            yield from ((found[1], found[2], found[3]) for found in _TAG.finditer(text, 0, end))
            rest = text[end:]


def _named(attributes: bytes) -> str:
    found = _NAME.search(attributes)
    return html.unescape((found[1] or found[2] or b"").decode("utf-8", "replace")) if found else ""


def _why(attributes: bytes) -> str:
    if _IS_ERROR.search(attributes):
        return ERROR
    return NO_RESULT if b":formula" in attributes and b"value-type" not in attributes else ""


def hollow_of_binary(archive: zipfile.ZipFile, sheet: str, targets: dict[str, str]) -> Iterator[Found]:
    """Those of one sheet of an .xlsb; `targets` are the parts of the workbook by their ids."""
    book = next(name for name in archive.namelist() if posixpath.basename(name) == "workbook.bin")
    with archive.open(book) as part:
        keys = [key for kind, content in binary_records(part) if kind == _SHEET for key in _key_of(content, sheet)]
    part_name = next((targets[key] for key in keys if key in targets), "")
    if part_name not in archive.namelist():
        return
    row = 0
    with archive.open(part_name) as part:
        for kind, content in binary_records(part):
            if len(content) < 4:
                continue
            number = int(struct.unpack_from("<I", content)[0])
            if kind == _ROW:
                row = number + 1
            elif kind in _ERRORS:
                yield row, number, ERROR


def _key_of(content: bytes, sheet: str) -> Iterator[str]:
    """The id of the part of a sheet, if it is this one."""
    key, at = _text(content, 8)
    name, _ = _text(content, at)
    if name == sheet:
        yield key


def _text(content: bytes, at: int) -> tuple[str, int]:
    length = int(struct.unpack_from("<I", content, at)[0]) if len(content) >= at + 4 else 0
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le", "replace"), end
