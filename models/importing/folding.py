"""When a text on the platform says what was written here (X-02): folded, and without the Kürzel at its ends."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

Ends = tuple[re.Pattern[str], re.Pattern[str]]
"""What is taken off in front and at the end."""

_NOTHING = re.compile(r"(?!)")


def ends_of(kuerzel: Iterable[str]) -> Ends:
    """The Kürzel of these members with colon, brackets or dash, as people sign in a shared account (K-11)."""
    known = "|".join(sorted((re.escape(fold(one)) for one in kuerzel), key=len, reverse=True))
    if not known:
        return _NOTHING, _NOTHING
    in_brackets = rf"[\[({{<] ?(?:{known}) ?[\])}}>]"
    # A hyphen inside a word is none: „Ann-Marie“ is a name.
    front = rf"(?:{in_brackets} ?[:–—-]?|(?:{known})(?: ?:| ?[–—]| -|-(?= ))) ?"
    back = rf"(?: ?[:–—-]? ?{in_brackets}|(?: ?:| ?[–—]| -|(?<=\S)- ) ?(?:{known}))"
    return re.compile(front), re.compile(rf"{back}$")


def fold(text: str) -> str:
    """Case does not count; blanks and line breaks are one blank."""
    text = " ".join(text.split())
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).casefold()


def folded(text: str, ends: Ends) -> str:
    """The text by which it is known again; empty for one that says nothing."""
    text = fold(text)
    if found := ends[0].match(text):
        text = text[found.end() :]
    if found := ends[1].search(text):
        text = text[: found.start()]
    return text.strip()


def mark(scope: str, text: str) -> str:
    """A short key of a folded text in its scope: a file of a person, or a sender in a chat."""
    return hashlib.blake2b(f"{scope}\n{text}".encode(), digest_size=16).hexdigest()
