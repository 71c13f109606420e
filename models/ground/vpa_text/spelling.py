"""Klasse and Rising Star in the spellings of a hurried hand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from models.ground.vpa_text.plain import word_set

if TYPE_CHECKING:
    from models.ground.vpa_text.sentences import Sentences

_REAL: Final = word_set("""
    kasse kassen krasse blasse klause klausen klage klasen klappe klatsche klare krassen glasse
""") - {"klasen"}
_STARS: Final = word_set("star stars")
_NEAR_STARS: Final = word_set("""
    star stars stra satr sart sarts starr ster sta sttar staar strar tsar stars
""")
_NO_RISING: Final = word_set("risking uprising arising")
_GLUED: Final = re.compile(r"(?:vpa|kunden|assistenten)?klasse(?:n?[abcd]|nn)")
_LEET: Final = str.maketrans("51034", "sloea")


@lru_cache(maxsize=4096)
def is_class(word: str) -> bool:
    """Whether a word is Klasse, or Klassen, with one typing error."""
    if not 5 <= len(word) <= 8 or word in _REAL or not set("kls") & set(word):
        return False
    return (
        is_near(word, "klasse")
        or (is_near(word, "klassen") and word not in ("klasser",))
        or (word != word.translate(_LEET) and word.translate(_LEET) in ("klasse", "klassen"))
    )


def is_near(word: str, wanted: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two have changed places."""
    if word == wanted or abs(len(word) - len(wanted)) > 1:
        return word == wanted
    start = 0
    while start < min(len(word), len(wanted)) and word[start] == wanted[start]:
        start += 1
    rest, other = word[start:], wanted[start:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return rest[1:] == other[1:] or rest == other[1:] or rest[1:] == other or swapped


def glued_class(word: str) -> bool:
    """`KlasseB` in one word."""
    return word.startswith(("kl", "vpak", "kund", "assi")) and bool(_GLUED.fullmatch(word)) and not word.endswith("nn")


@lru_cache(maxsize=4096)
def is_star(first: str, second: str) -> bool:
    """Whether two words are Rising Star, one of them nearly."""
    if second not in _NEAR_STARS or len(first) < 5 or first in _NO_RISING:
        return False
    return first == "rising" or (
        second in _STARS and (is_near(first, "rising") or first in ("riesing", "reising", "raising"))
    )


@lru_cache(maxsize=4096)
def glued_star(word: str) -> bool:
    """`Risingstar` in one word."""
    ending = 5 if word.endswith("stars") else 4 if word.endswith("star") else 0
    return bool(ending) and len(word) > 8 and is_star(word[:-ending], "star")


def is_spaced(words: list[str], gaps: list[str], i: int) -> bool:
    """Whether K l a s s e, its letters spaced out, ends with this word."""
    if words[i] != "e" or i < 5:
        return False
    apart = all(gaps[k].strip(" \n.-_*") == "" and len(gaps[k]) < 4 for k in range(i - 4, i + 1))
    return apart and words[i - 5 : i + 1] == ["k", "l", "a", "s", "s", "e"]


def joins_to(read: Sentences, i: int) -> bool:
    """Whether `Kla sse` in two pieces ends with this word."""
    if i == 0 or len(read.words[i]) > 6 or read.words[i - 1] not in ("k", "kl", "kla", "klas", "klass"):
        return False
    if read.gaps[i] in ("@", "*"):
        return read.words[i - 1] == "kl" and read.words[i] in ("sse", "ssen")
    return read.gaps[i] in (" ", "-", "-\n") and read.words[i - 1] + read.words[i] in ("klasse", "klassen")
