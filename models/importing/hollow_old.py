"""The same in an .xls: a compound file, like a small disk with sectors; the workbook is one stream of records in it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO

from models.importing.hollow_others import ERROR, Found

BEGINNING = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a compound file begins."""

_LAST = 0xFFFF_FFFA
"""Numbers from here on are no sectors."""
_STREAM = 2
_EOF, _SHEET = 0x000A, 0x0085
_BOOLEAN_OR_ERROR, _FORMULA = 0x0205, 0x0006


def hollow_of_old(file: IO[bytes], sheet: str) -> Iterator[Found]:
    """Those of one sheet; none in what is no .xls of Excel 97 or later. Raises ValueError for a damaged one."""
    data = file.read()
    if not data.startswith(BEGINNING):
        return
    try:
        book = _Compound(data).stream("Workbook")
        at = next((at for name, at in _sheets(book) if name == sheet), None)
        if at is not None:
            yield from _hollow(book, at)
    except struct.error as error:
        raise ValueError("a damaged .xls") from error


class _Compound:
    """A compound file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << int(struct.unpack_from("<H", data, 30)[0])
        first, self._cutoff = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
        self._next = self._table()
        self._entries = self._chain(first)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._data[at : at + self._size]

    def _table(self) -> list[int]:
        """Which sector follows each."""
        numbers = list(struct.unpack_from("<109I", self._data, 76))
        more, width = int(struct.unpack_from("<I", self._data, 68)[0]), self._size // 4
        for _ in range(len(self._data) // self._size):
            if more >= _LAST:
                break
            *listed, more = struct.unpack(f"<{width}I", self._sector(more))
            numbers += listed
        sectors = (self._sector(number) for number in numbers if number < _LAST)
        return [one for sector in sectors for one in struct.unpack(f"<{len(sector) // 4}I", sector)]

    def _chain(self, number: int) -> bytes:
        """The sectors from this one on; a circle ends where all have been read."""
        found: list[bytes] = []
        while number < len(self._next) and len(found) <= len(self._next):
            found.append(self._sector(number))
            number = self._next[number]
        return b"".join(found)

    def stream(self, name: str) -> bytes:
        """A stream by its name; empty where there is none, or a tiny one, which no workbook is."""
        for at in range(0, len(self._entries) - 127, 128):
            length, kind = struct.unpack_from("<HB", self._entries, at + 64)
            called = self._entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<2I", self._entries, at + 116)
            if kind == _STREAM and called == name and size >= self._cutoff:
                return self._chain(first)[:size]
        return b""


def _records(book: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<2H", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _sheets(book: bytes) -> Iterator[tuple[str, int]]:
    """Name and place of each sheet."""
    for kind, content in _records(book):
        if kind == _SHEET:
            at, _, _, length, wide = struct.unpack_from("<I4B", content)
            name = content[8 : 8 + length * (2 if wide & 1 else 1)]
            yield name.decode("utf-16-le" if wide & 1 else "latin-1", "replace"), at
        elif kind == _EOF:
            return


def _hollow(book: bytes, at: int) -> Iterator[Found]:
    for kind, content in _records(book, at):
        if kind == _EOF:
            return
        entered = kind == _BOOLEAN_OR_ERROR and content[7:8] == b"\x01"
        worked_out = kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6:7] == b"\x02"
        if entered or worked_out:
            row, column = struct.unpack_from("<2H", content)
            yield row + 1, column, ERROR
