"""Whether bytes are what they are read as: what is neither UTF-8, nor UTF-16 with a mark, nor Windows-1252 is found by
its letters, for almost every byte is some letter of Windows-1252.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from models.importing.source import Source

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

_AS_UTF8 = re.compile(
    rb"[\xc3-\xc5][\x80-\xbf]|(?:[\xc6-\xdf][\x80-\xbf]){2}|\xe2[\x80-\x83][\x80-\xbf]|\xf0\x9f[\x80-\xbf]{2}"
)
"""Letters, quotes and signs as UTF-8 writes them; in Windows-1252 no word holds these."""

_INSIDE = re.compile(r"[A-Za-zÀ-ÿß][‚„ƒ†‡ˆ‰‹›˜”¡¢¥¦§¨ª¬¯±³¶¸¹º¼½¾¿÷][a-zß-öø-ÿ]|[A-Za-z][ŠŽŸŒ][a-z]|[A-Z][™š][A-Z]|¤")
"""A sign or a capital inside a word: an umlaut of DOS or of a Mac, a letter or the euro of a neighbour's code page."""

_FOREIGN = re.compile(r"[À-ÖØ-öø-ÿŠŒŽšœžŸ]{4,}")
"""So many accents in a row: another alphabet, unless they are our own umlauts."""

_OURS = frozenset("äöüÄÖÜß")


def is_utf16(first: bytes) -> bool:
    """Whether a file begins with the mark of UTF-16, and not with that of UTF-32."""
    return first.startswith(_UTF16) and not first.startswith(_UTF32)


def odd_line(source: Source) -> int | None:
    """The line of the first byte by which it is neither whole UTF-8 nor Windows-1252; None where it is the latter."""
    with source.open() as file:
        first = file.read(4)
    if first.startswith((*_UTF16, *_UTF32)):
        return 1
    marked = first.startswith(codecs.BOM_UTF8)
    broken = strange = 0
    mixed = marked
    for number, line in enumerate(_lines(source), 1):
        if line.isascii():
            continue
        mixed = mixed or _AS_UTF8.search(line) is not None
        if not broken and not _is_utf8(line):
            broken = number
        if not strange and not _is_cp1252(line):
            strange = number
        if broken and (mixed or strange):
            break
    return broken if mixed else strange or None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_cp1252(line: bytes) -> bool:
    """Whether its letters make words that are written in Windows-1252."""
    try:
        text = line.decode("cp1252")
    except UnicodeDecodeError:
        return False
    foreign = any(not _OURS.issuperset(found[0]) for found in _FOREIGN.finditer(text))
    return not foreign and _INSIDE.search(text) is None


def _lines(source: Source) -> Iterator[bytes]:
    """The physical lines, whatever ends them."""
    with source.open() as file, io.TextIOWrapper(file, "latin-1", newline="") as text:
        for line in text:
            yield line.encode("latin-1")
