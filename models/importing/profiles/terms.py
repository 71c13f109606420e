"""What a profile makes of a row: a cell of theirs, several put together, or a constant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.ground.text import clean_input
from models.importing.cells import BLANKS, NO_CELL, SHEET_DATE, SHEET_NUMBER

_PART = re.compile(r"\{([^{}]*)\}")
_BLANKS = re.compile(r"[ \t\xa0]{2,}|[\t\xa0]")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_PAIR_OF = {end: start for start, end in _PAIRS.items()}
_BRACKETS = str.maketrans("", "", "()[]{}<>«»„“”\"'")


def folded(text: str) -> str:
    """The key under which headers, cells and words are compared: trimmed, whatever the case, blanks and line breaks
    inside as one blank, umlauts in one spelling.
    """
    return " ".join(unicodedata.normalize("NFC", clean_input(text)).casefold().split())


@dataclass(frozen=True)
class Term:
    """What stands right of `=` for one column of ours."""

    written: str
    """As the profile says it."""
    constant: str | None = None
    literals: tuple[str, ...] = ()
    """What stands before, between and behind the headers: one more than there are of them."""
    headers: tuple[str, ...] = ()
    """Their headers, as written."""

    @classmethod
    def read(cls, text: str) -> Term:
        """`=ja` is a constant, `{Nachname}, {Vorname}` puts cells together, anything else is a header."""
        text = clean_input(text).strip()
        if text.startswith("="):
            return cls(text, constant=text[1:].strip())
        pieces = _PART.split(text)
        if len(pieces) == 1:
            return cls(text, literals=("", ""), headers=(text,))
        return cls(text, literals=tuple(pieces[::2]), headers=tuple(map(str.strip, pieces[1::2])))

    @property
    def is_plain(self) -> bool:
        """Whether it is just one cell of theirs."""
        return len(self.headers) == 1 and self.literals == ("", "")

    @property
    def header(self) -> str:
        """What a problem calls it: the first header, or the constant as written."""
        return self.headers[0] if self.headers else self.written

    def filler(self) -> Callable[..., str]:
        """Makes the text of the cells, given in the order of `headers`."""
        frame = "".join(
            f"{literal.replace('{', '{{').replace('}', '}}')}{{}}" for literal in self.literals[:-1]
        ) + self.literals[-1].replace("{", "{{").replace("}", "}}")
        full, literals = frame.format, self.literals

        def fill(*cells: str) -> str:
            parts = [cell.strip(BLANKS) for cell in cells]
            if broken := next((part for part in parts if part.startswith(NO_CELL)), ""):
                return broken
            text = full(*parts) if all(parts) else _with_gaps(literals, parts)
            if SHEET_DATE in text:
                text = text.replace(SHEET_DATE, "").replace("T00:00:00", "")
            text = text.replace(SHEET_NUMBER, "")
            return _BLANKS.sub(" ", text).strip()

        return fill


def _with_gaps(literals: Sequence[str], parts: Sequence[str]) -> str:
    """The parts that are there: an empty one takes the punctuation and brackets beside it along."""
    if not any(parts):
        return ""
    text, between = "", [literals[0]]
    for part, literal in zip(parts, literals[1:], strict=True):
        if part:
            text += _bridge(between, is_first=not text) + part
            between = [literal]
        else:
            between.append(literal)
    return _balanced(text + (between[0] if len(between) == 1 else _trimmed(between, keep_start=True)))


def _balanced(text: str) -> str:
    """Without brackets whose other half went with an empty part."""
    lone, opened = set(range(len(text))), dict[str, list[int]]()
    for place, letter in enumerate(text):
        if letter in _PAIRS:
            opened.setdefault(letter, []).append(place)
        elif (start := _PAIR_OF.get(letter)) and opened.get(start):
            lone -= {opened[start].pop(), place}
    brackets = {*_PAIRS, *_PAIR_OF}
    return "".join(letter for place, letter in enumerate(text) if place not in lone or letter not in brackets)


def _bridge(between: list[str], *, is_first: bool) -> str:
    """What stands before a part: as written, or, behind empty ones, what they leave."""
    if len(between) == 1:
        return between[0]
    if is_first:
        return _trimmed(between, keep_end=True)
    words = _trimmed(between, keep_start=True, keep_end=True).strip()
    return f" {words} " if words else _separator(between)


def _separator(between: list[str]) -> str:
    """Two parts that empty ones stood between stay apart as they would have been: by the first punctuation there is."""
    plain = [literal.translate(_BRACKETS) for literal in (between[0], between[-1])]
    return next((literal for literal in plain if literal.strip()), " ")


def _trimmed(between: list[str], *, keep_start: bool = False, keep_end: bool = False) -> str:
    """Literals around empty parts without what belongs to these; the outer ends belong to parts that are there."""
    last = len(between) - 1
    kept = []
    for place, literal in enumerate(between):
        text = literal
        if place > 0 or not keep_start:
            text = _without_start(text)
        if place < last or not keep_end:
            text = _without_start(text[::-1])[::-1]
        kept.append(text)
    return " ".join(filter(None, kept))


def _without_start(text: str) -> str:
    at = next((place for place, letter in enumerate(text) if letter.isalnum()), len(text))
    return text[at:]
