"""The first look at a text file: its encoding and line ends, and whether it has any business here."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass

from models.importing.encodings import is_utf16, odd_line
from models.importing.problems import Problems
from models.importing.source import FILE_LIMIT, UNREADABLE, Source

CHUNK = 1 << 20
"""Bytes read at a time."""
LINE_LIMIT = 8_000_000
"""Bytes of a physical line; 14 full cells have less."""
ROW_LIMIT = 5_000_000
"""Rows of a file."""


@dataclass
class Look:
    """What one pass over the bytes has shown."""

    encoding: str = "utf-8"
    """`utf-8-sig` for UTF-8, `utf-16` where its mark says so, `cp1252` where it is neither."""
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
    with source.open() as file:
        look = Look("utf-16" if is_utf16(file.read(4)) else "utf-8-sig")
    decoder = codecs.getincrementaldecoder("utf-16" if look.encoding == "utf-16" else "utf-8")()
    size = unbroken = 0
    whole = True
    with source.open() as file:
        while chunk := file.read(CHUNK):
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
            quick = look.encoding != "utf-16" and chunk.isascii() and not decoder.getstate()[0]
            whole = whole and (quick or _decodes(decoder, chunk))
    if whole and _decodes(decoder, b"", final=True):
        return look
    bad = odd_line(source)
    if bad is None:
        return Look("cp1252", look.breaks)
    sentence = "Die Datei ist weder UTF-8 noch Windows-1252. Speichere sie als „CSV UTF-8“."
    problems.refuse(source.label, source.table.name, "bad_encoding", sentence, bad)
    return None


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
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
