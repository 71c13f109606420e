"""What may not stand in a text that a VPA can read: a class (D-32, A-27) and an open placeholder (K-23).

Both answer with spans `(start, end)` in the text as it was given, so that a form can mark the place. They run at every
key pressed: every pattern is tried from few places and never goes back far, whatever the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

Span = tuple[int, int]
"""First and one-after-last index in the original text."""

_QUOTES: Final = frozenset("\"'`´‘’‚‛“”„‟‹›«»′″‴‵‶❛❜❝❞❟❠〝〞〟＂＇「」『』")
_HYPHENS: Final = frozenset("−⁃˗﹘﹣－➖")
# Marks and letters without a picture that are no format characters: joiners, fillers, variation selectors.
_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)

_LETTER = r"(?<!\w)[abcdn](?!\w)"
_CHAIN: Final = re.compile(rf'{_LETTER}(?:["\s]*(?:-["\s]*)?(?:[&/,+]|und\b|oder\b)["\s]*{_LETTER})*')
_BEARERS = r"vpas?|kund(?:en|innen)|assistent(?:en|innen)"
_CLASS_BEFORE: Final = re.compile(rf'(?<!\w)(?:(?:{_BEARERS})-?)?klasse(?:n?[\s:="-]+(?={_LETTER})|n?(?=[abcd](?!\w)))')
_LAST_LETTER: Final = re.compile(r"[abcd]")
_BEARER_AFTER: Final = re.compile(
    # A hyphen between blanks is a dash (“Plan B – Kunden anrufen”); right behind the letter a line may break after it.
    r'(?:["\s]*-["-]*|"?-\s*)'
    rf"(?:(?:(?:{_BEARERS})-?)?klassen?|vpas?|kunden?|kund[*:_]?in(?:nen)?|assistent(?:en|in(?:nen)?)?)(?!\w)"
)
_BECOME_AFTER: Final = re.compile(r'["\s-]+geworden')
_STEPS = r"(?:hoch|herauf|herab|herunter|runter)"
_WORDS: Final = re.compile(
    rf'(?<!\w)rising[\s_"-]*stars?(?!\w)|{_STEPS}(?:gestuft|stufung)\w*|(?<!\w){_STEPS}[\s"-]+(?:gestuft|stufung)\w*'
)

_LEFT_OPEN: Final = re.compile(r"(?<![^\W_])XY(?![^\W_])|_{3,}|\{[^{}]*\}")
_BRACKET: Final = re.compile(r"\[([^\[\]]*)\]")
_ELLIPSIS: Final = re.compile(r"\.(?: ?\.)+")


def named_classes(text: str) -> list[Span]:
    """Where a text names a class (CONTRACT §7 “Naming a class”, D-32, A-27); empty if it may go to a VPA.

    Case, zero-width characters and soft hyphens do not count, all hyphens and all quotes are alike. The clauses of the
    contract: (a) `Klasse A` and its kin, (b) `A-Kunde`, (c) Rising Star, up- and downgrading, `B geworden`.
    """
    plain, origin = _plain(text, casefold=True)
    spans = [found.span() for found in _WORDS.finditer(plain)]
    for found in _CLASS_BEFORE.finditer(plain):
        letters = _CHAIN.match(plain, found.end()) or _LAST_LETTER.match(plain, found.end())
        spans.append((found.start(), letters.end() if letters else found.end()))
    for letters in _CHAIN.finditer(plain):
        after = _BEARER_AFTER.match(plain, letters.end()) or _BECOME_AFTER.match(plain, letters.end())
        if after:
            spans.append((letters.start(), after.end()))
    return _in_original(spans, origin)


def placeholders(text: str, names: frozenset[str]) -> list[Span]:
    """Where a text still holds a placeholder (K-23, F-12): `XY` as a word, `___`, `{…}`, or `[…]` that is an ellipsis
    or one of `names`, the names that templates use (whatever the case).
    """
    plain, origin = _plain(text, casefold=False)
    spans = [found.span() for found in _LEFT_OPEN.finditer(plain)]
    known = {_name(name) for name in names}
    for found in _BRACKET.finditer(plain):
        name = _name(found[1])
        if name in known or _ELLIPSIS.fullmatch(name):
            spans.append(found.span())
    return _in_original(spans, origin)


def _name(text: str) -> str:
    """A placeholder's name for comparison."""
    return " ".join(_plain(text, casefold=True)[0].split())


def _plain(text: str, casefold: bool) -> tuple[str, list[int]]:
    """The text in plain characters, and for each of them its index in the original."""
    fold = _small if casefold else _alike
    pieces = [fold(char) for char in text]
    plain = "".join(pieces)
    if len(plain) == len(text) and all(pieces):
        return plain, list(range(len(text)))
    return plain, [index for index, piece in enumerate(pieces) for _ in piece]


@lru_cache(maxsize=4096)
def _small(char: str) -> str:
    """`_alike`, in lower case."""
    return _alike(char).casefold()


@lru_cache(maxsize=4096)
def _alike(char: str) -> str:
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
        return "_"  # an accent is part of its letter: A with dots is no lone A
    return unicodedata.normalize("NFKC", char)


def _in_original(spans: list[Span], origin: list[int]) -> list[Span]:
    """Spans of the plain text as spans of the original, in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted((origin[start], origin[end - 1] + 1) for start, end in spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
