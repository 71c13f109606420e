"""A text in plain characters: nothing that cannot be seen, one kind of hyphen and quote, Latin for its look-alikes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for lists that are longer than a line."""
    return frozenset(text.split())


_QUOTES: Final = frozenset("\"'`´‘’‚‛“”„‟‹›«»′″‴‵‶❛❜❝❞❟❠〝〞〟＂＇「」『』")
_HYPHENS: Final = frozenset("−⁃˗﹘﹣－➖")
# Marks and letters without a picture that are no format characters: joiners, fillers, variation selectors.
_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_UNFOLDED: Final = 6
"""Characters that one character may stand for; longer are whole sentences in one sign."""
_LOOKS_LIKE: Final = dict(zip("АВСЕНКМОРТХЅІаcеорсхѕіΑΒΕΝΚΜΟΡΤΧ", "ABCEHKMOPTXSIaceopcxsiABENKMOPTX", strict=True))
_BOXED: Final = {chr(0x1F170 + place): chr(ord("A") + place) for place in range(26)}
_FLAGS: Final = {chr(0x1F1E6 + place): chr(ord("A") + place) for place in range(26)}
_LETTERS: Final = _LOOKS_LIKE | _BOXED | _FLAGS


def alike(char: str) -> str:
    """What a character counts as: nothing if it cannot be seen, `-` or `"` for all their kinds, else its plain form."""
    category = unicodedata.category(char)
    if char in "\n\t":
        return char
    if category in ("Cc", "Cf", "Cs") or _UNSEEN.match(char):
        return ""
    if char in _QUOTES:
        return '"'
    if category == "Pd" or char in _HYPHENS:
        return "-"
    if category.startswith("M"):
        return "e" if char == "\u0308" else "ʼ"  # an accent is part of its letter: A with dots is no lone A
    plain = _LETTERS.get(char) or unicodedata.normalize("NFKC", char)
    return plain if len(plain) <= _UNFOLDED else char


def small(char: str) -> str:
    """`alike` in lower case, umlauts written out."""
    plain = alike(char).casefold()
    return plain.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


class _Kept(dict[str, str]):
    """What every character counts as, found out once."""

    def __init__(self, lowered: bool) -> None:
        super().__init__()
        self._lowered = lowered

    def __missing__(self, char: str) -> str:
        self[char] = small(char) if self._lowered else alike(char)
        return self[char]


_SMALL: Final = _Kept(True)
_ALIKE: Final = _Kept(False)


def plain(text: str, lowered: bool) -> tuple[str, range | list[int]]:
    """The text in plain characters, and for each of them its index in the original."""
    table = _SMALL if lowered else _ALIKE
    pieces = [table[char] for char in text]
    joined = "".join(pieces)
    if len(joined) == len(text) and all(pieces):
        return joined, range(len(text))
    return joined, [index for index, piece in enumerate(pieces) for _ in piece]


_WORD: Final = re.compile(r"[^\W_]+")


class Words:
    """A text cut into its words, with what stands between them."""

    __slots__ = ("_origin", "_places", "capital", "gaps", "words")

    def __init__(self, text: str) -> None:
        joined, self._origin = plain(text, lowered=True)
        found = list(_WORD.finditer(joined))
        self._places = [match.span() for match in found]
        self.words = [match[0] for match in found]
        """In small letters, umlauts written out."""
        edges = [0, *(edge for span in self._places for edge in span), len(joined)]
        self.gaps = [joined[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)]
        """What stands before each word, and after the last."""
        origin = self._origin
        self.capital = [text[origin[start]].isupper() for start, _ in self._places]
        """Whether a word begins with a capital letter in the original."""

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from the first to the last one stand in the original."""
        return self._origin[self._places[first][0]], self._origin[self._places[last][1] - 1] + 1
