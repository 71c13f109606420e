"""Cells of a workbook that hold no value although they are not empty: errors, and formulas that nobody has worked out.

The reader of workbooks gives both as empty cells, which would take away what is known.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO
from xml.etree import ElementTree

from models.importing.cells import NO_CELL
from models.importing.hollow_old import hollow_of_old
from models.importing.hollow_others import NO_RESULT, Found, hollow_of_binary, hollow_of_ods
from models.importing.texts import CHUNK

Hollow = dict[int, dict[int, str]]
"""By row, then by column (the first is 1 and 0): what stands for the cell."""

_SMALL = 10_000_000
"""Bytes of the parts that say which sheet is which."""

_TAG = 300
"""Bytes of a tag that may be cut by the end of a chunk."""

_CELL = re.compile(rb"""<(?:\w+:)?c\s(?P<head>[^>]*[^/>])>(?P<body>.*?)</(?:\w+:)?c\s*>""", re.DOTALL)
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_IS_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_IS_TEXT = re.compile(rb"""\bt\s*=\s*["'](?:str|inlineStr|s)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</|<(?:\w+:)?v\s*/>|<(?:\w+:)?is[\s>]")


def hollow_cells(file: IO[bytes], sheet: str) -> Hollow:
    """Those of one sheet; raises what reading a damaged archive raises."""
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return _by_place(_hollow_of(archive, sheet))
    file.seek(0)
    return _by_place(hollow_of_old(file, sheet))


def _by_place(cells: Iterable[Found]) -> Hollow:
    found: Hollow = {}
    for row, column, why in cells:
        found.setdefault(row, {})[column] = NO_CELL + why
    return found


def _hollow_of(archive: zipfile.ZipFile, sheet: str) -> Iterator[Found]:
    """Those of a sheet, whatever kind of workbook it is in."""
    names = archive.namelist()
    if "content.xml" in names:
        return hollow_of_ods(archive, sheet)
    if book := next((name for name in names if posixpath.basename(name) == "workbook.bin"), None):
        return hollow_of_binary(archive, sheet, _targets(archive, book))
    part = _part_of(archive, sheet)
    return _hollow(archive, part) if part else iter(())


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The member that holds a sheet."""
    names = archive.namelist()
    book = next((name for name in names if posixpath.basename(name) == "workbook.xml"), None)
    if book is None:
        return None
    key = next((_attribute(one, "id") for one in _parsed(archive, book, "sheet") if one.get("name") == sheet), None)
    part = _targets(archive, book).get(key or "")
    return part if part in names else None


def _targets(archive: zipfile.ZipFile, book: str) -> dict[str, str]:
    """The parts that a workbook refers to, by their ids."""
    home = posixpath.dirname(book)
    found: dict[str, str] = {}
    rels = posixpath.join(home, "_rels", f"{posixpath.basename(book)}.rels")
    for one in _parsed(archive, rels, "Relationship"):
        target = one.get("Target", "")
        where = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(home, target))
        found[one.get("Id", "")] = where
    return found


def _parsed(archive: zipfile.ZipFile, name: str, tag: str) -> Iterator[ElementTree.Element]:
    """The elements of that name in a small part, whatever their namespace."""
    if name not in archive.namelist() or archive.getinfo(name).file_size > _SMALL:
        return
    try:
        root = ElementTree.fromstring(archive.read(name))
    except ElementTree.ParseError as error:
        raise ValueError("a part that is no XML") from error
    yield from (one for one in root.iter() if one.tag.rpartition("}")[2] == tag)


def _attribute(element: ElementTree.Element, name: str) -> str | None:
    """An attribute that has a namespace."""
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), None)


def _hollow(archive: zipfile.ZipFile, part: str) -> Iterator[Found]:
    """The hollow cells of a sheet of an .xlsx, read as a stream."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            text = rest + chunk
            start = text.rfind(b"<c ")
            if start < 0:  # the sheet may have a prefix for its names, or no cell here
                start = text.rfind(b"<", 0, max(text.rfind(b":c "), 0))
            start = start if start >= 0 else max(len(text) - _TAG, 0)
            yield from _hollow_in(text[:start])
            rest = text[start:]
    yield from _hollow_in(rest)


def _hollow_in(text: bytes) -> Iterator[Found]:
    if not (_FORMULA.search(text) or _IS_ERROR.search(text)):
        return
    for cell in _CELL.finditer(text):
        head, body = cell["head"], cell["body"]
        place = _PLACE.search(head)
        if place and (why := _why_hollow(head, body)):
            yield int(place[2]), _column(place[1]), why


def _why_hollow(head: bytes, body: bytes) -> str:
    """Why a cell has no value; empty where it has one, or is really empty."""
    value = _VALUE.search(body)
    told = (value[1] or b"").strip() if value else b""
    if _IS_ERROR.search(head):
        shown = told.decode("utf-8", "replace") or "einen Fehler"
        return f"Die Zelle zeigt {shown} statt eines Werts. Berichtige sie im Tabellenprogramm."
    if not _FORMULA.search(body) or told or (value and _IS_TEXT.search(head)):
        return ""
    return NO_RESULT


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
