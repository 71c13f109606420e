"""Text on its way in, on its way out, and folded for search (CONTRACT §§7 and 12)."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from typing import Any, Final

# Lone surrogates come from undecodable arguments and from JSON escapes; no engine stores and no terminal prints them.
_NOT_IN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
_NOT_OUT: Final = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_INVISIBLE}]")
_NOT_IN_JSON: Final = re.compile(f"[{_INVISIBLE}]")
_ESCAPED_IN_JSON: Final = re.compile(r"[\x7f-\x9f\ud800-\udfff]")

_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""What takes no ink: zero-width and direction marks, soft hyphens, variation selectors, letters that only fill."""
_JOINING: Final = re.compile("[\u200c\u200d\ufe0e\ufe0f]")
"""Of these, what shapes its neighbours: emoji and other scripts need it."""

_SINGLE_LETTERS: Final = str.maketrans({"ø": "o", "œ": "o", "æ": "a", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i"})


class _Letters(dict[int, "str | int | None"]):
    """What a decomposed character becomes: nothing if it is an accent or cannot be seen; learnt as they come."""

    def __missing__(self, code: int) -> str | int | None:
        seen = unicodedata.category(chr(code)) not in ("Mn", "Me", "Cf")
        kept = self[code] = _SINGLE_LETTERS.get(code, code) if seen else None
        return kept


_LETTERS: Final = _Letters()
_UMLAUT_E: Final = re.compile(r"([aou])e+")
_WORD: Final = re.compile(r"[^\W_]+")


def clean_input(text: str) -> str:
    """Text from a file, form or command line as it may be stored: without control characters other than newline and
    tab (CONTRACT §12). CRLF becomes LF.
    """
    return text if text.isprintable() else _NOT_IN.sub("", text)


def is_unseen(text: str) -> bool:
    """Whether a text is blank to the eye: nothing in it, or only what nobody sees (CONTRACT §14)."""
    if text.isascii():
        return not clean_input(text).strip()
    return not _UNSEEN.sub("", clean_input(text)).strip()


def id_text(text: str) -> str:
    """An id, a Kürzel, a heading or a fixed word as it is compared: in NFC, trimmed, without what nobody sees."""
    if text.isascii():
        return clean_input(text).strip()
    return unicodedata.normalize("NFC", _UNSEEN.sub("", clean_input(text))).strip()


def readable_text(text: str) -> str:
    """A compulsory text as it is kept: in NFC, trimmed, without what nobody sees; what joins emoji stays."""
    return seen_text(text).strip()


def seen_text(text: str) -> str:
    """The same with the blanks around it, as in a text of several lines."""
    text = clean_input(text)
    if text.isascii():
        return text
    if is_unseen(text):
        return ""
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    kept = _UNSEEN.sub(lambda found: found[0] if _JOINING.fullmatch(found[0]) else "", text)
    return unicodedata.normalize("NFC", kept)


def is_plain(text: str) -> bool:
    """Whether `id_text` would leave it as it is but for blanks around it; quick."""
    return text.isprintable() and (
        text.isascii() or (unicodedata.is_normalized("NFC", text) and _UNSEEN.search(text) is None)
    )


def clean_output(text: str) -> str:
    """Text as it may reach a terminal: without what acts on it, reorders it or cannot be seen.

    Newline, tab and U+200D (it joins emoji) stay (CONTRACT §12, DESIGN law 6).
    """
    return text if text.isprintable() else _NOT_OUT.sub("", text)


def json_line(thing: object) -> str:
    """One line of JSON that acts on no terminal: C0, C1 and DEL as `\\uXXXX`, what cannot be seen dropped.

    Dates become `YYYY-MM-DD`, moments ISO 8601 in Berlin (CONTRACT §§1 and 12). TypeError for what JSON has no form
    for, ValueError for NaN.
    """
    line = json.dumps(thing, ensure_ascii=False, allow_nan=False, default=_jsonable)
    if line.isprintable():
        return line
    # Outside of strings JSON is plain ASCII, so that these can only stand inside one.
    return _ESCAPED_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", _NOT_IN_JSON.sub("", line))


def fold(text: str) -> str:
    """The key under which all spellings of a word meet: `müller`, `MÜLLER`, `mueller`, `muller`; `straße`, `strasse`.

    Case, accents and what cannot be seen are dropped, and every `e` after a, o or u. Folding the beginning of a word
    gives the beginning of the folded word, so that folded text can be searched by prefix.
    """
    if text.isascii():
        text = text.lower()
    else:
        # Twice, because a compatibility form may hide a capital letter, and its small form an accent.
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = text.translate(_LETTERS)
    return _UMLAUT_E.sub(r"\1", text)


LONGEST_KEY = 500
"""Characters of a folded name: PostgreSQL indexes at most 2,700 bytes of a value."""


def name_key(text: str) -> str:
    """The folded name or title that lists sort by and search finds; the rest of a longer one is not searched."""
    return fold(text)[:LONGEST_KEY]


def words(text: str) -> list[str]:
    """The folded words of a text, in its order: runs of letters and digits."""
    return _WORD.findall(fold(text))


def matches(query: str, text: str) -> bool:
    """Whether every word of the query begins a word of the text; a query without words matches all."""
    wanted = words(query)
    there = words(text) if wanted else []
    return all(any(word.startswith(start) for word in there) for start in wanted)


def _jsonable(thing: Any) -> str:
    """Dates and moments as the contract writes them."""
    if isinstance(thing, datetime.datetime):
        from models.ground import clock  # here, because most callers bring text already and need no time zones

        return clock.iso(thing)
    if isinstance(thing, datetime.date):
        return thing.isoformat()
    raise TypeError(f"JSON has no form for {type(thing).__name__}")
