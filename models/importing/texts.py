"""The first look at a text file: its encoding and line ends, and whether it has any business here."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from models.importing.problems import Problems
from models.importing.source import FILE_LIMIT, UNREADABLE, Source

CHUNK = 1 << 20
"""Bytes read at a time."""
LINE_LIMIT = 8_000_000
"""Bytes of a physical line; 14 full cells have less."""
ROW_LIMIT = 5_000_000
"""Rows of a file."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass
class Look:
    """What one pass over the bytes has shown."""

    encoding: str = "utf-8"
    """`utf-8-sig` for UTF-8, `cp1252` where it is none."""
    breaks: int = 0
    """Line breaks."""


def look_at(source: Source, problems: Problems) -> Look | None:
    """Read the file once; None, with the problem noted, where it cannot be used."""
    try:
        return _look(source, problems)
    except UNREADABLE as error:
        why = f"„{source.label}“ lässt sich nicht lesen ({_why(error)})."
        problems.refuse(source.label, source.table.name, "bad_encoding", why)
        return None


def _look(source: Source, problems: Problems) -> Look | None:
    look = Look("utf-8-sig")
    decoder = codecs.getincrementaldecoder("utf-8")()
    size = unbroken = 0
    first = b""
    with source.open() as file:
        while chunk := file.read(CHUNK):
            first = first or chunk[:4]
            size += len(chunk)
            last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            unbroken = unbroken + len(chunk) if last < 0 else len(chunk) - last - 1
            look.breaks += chunk.count(b"\n") or chunk.count(b"\r")
            endless = unbroken > LINE_LIMIT and source.form == "csv"
            if size > FILE_LIMIT or endless:
                line, why = look.breaks + 1, "Die Zeile ist zu lang."
                if size > FILE_LIMIT:
                    line, why = 1, "Die Datei ist größer als 500 MB."
                problems.refuse(source.label, source.table.name, "too_large", why, line)
                return None
            if look.encoding != "cp1252" and not _decodes(decoder, chunk):
                look.encoding = "cp1252"
    if look.encoding != "cp1252" and not _decodes(decoder, b"", final=True):
        look.encoding = "cp1252"
    bad = _bad_line(source, first) if look.encoding == "cp1252" else None
    if bad is None:
        return look
    sentence = "Die Datei ist weder UTF-8 noch Windows-1252. Speichere sie als „CSV UTF-8“."
    problems.refuse(source.label, source.table.name, "bad_encoding", sentence, bad)
    return None


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    if not final and chunk.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _bad_line(source: Source, first: bytes) -> int | None:
    """The line of the byte that makes it neither UTF-8 nor Windows-1252; None where it is Windows-1252."""
    if first.startswith(_UTF16):
        return 1
    marked = first.startswith(codecs.BOM_UTF8)
    neither = not_utf8 = 0
    undefined = False
    for number, line in enumerate(binary_lines(source), 1):
        if _is(line, "utf-8"):
            undefined = undefined or not _is(line, "cp1252")
            continue
        not_utf8 = not_utf8 or number
        if not _is(line, "cp1252"):
            undefined = True
            neither = number
            break
    return not_utf8 if marked else (neither or not_utf8) if undefined else None


def binary_lines(source: Source) -> Iterator[bytes]:
    """The physical lines, whatever ends them."""
    with source.open() as file, io.TextIOWrapper(file, "latin-1", newline="") as text:
        for line in text:
            yield line.encode("latin-1")


def _is(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def too_many_rows(source: Source, look: Look, delimiter: str) -> bool:
    """Whether a file with so many lines also has too many records; one quick pass, without looking at any."""
    if look.breaks <= ROW_LIMIT:
        return False
    with source.open() as file, io.TextIOWrapper(file, look.encoding, newline="") as text:
        try:
            rows = sum(1 for row in csv.reader(text, delimiter=delimiter) if row)
        except csv.Error:
            return False  # the reading proper says what is wrong, and counts too
    return rows > ROW_LIMIT + 1


def _why(error: BaseException) -> str:
    return "verschlüsselt" if "password" in str(error) else "beschädigt"
