"""What a bracket says: a placeholder, a mark of an editor, or neither (K-23)."""

from __future__ import annotations

import re
from typing import Final, Literal

from models.ground.vpa_text.plain import plain, word_set

_ELLIPSIS: Final = re.compile(r"\.(?: ?\.)+")
_WORD: Final = re.compile(r"[^\W\d_][\w.-]*")
_NONE: Final = word_set("""
    sic sic! gekürzt geschwärzt auslassung anm anm. hervorhebung übersetzt ebd ebd. vgl vgl. pdf bild foto anhang
""")
_TAGS: Final = word_set("""
    dringend wichtig eilig erledigt neu alt extern intern external update info ok fyi entwurf optional geschlossen
    offen spam ergänzt geändert korrigiert storniert bestätigt urgent done draft aw re wg fwd
""")
_REQUEST: Final = re.compile(
    r"(?:ein|aus|er|be|an|nach)?(?:fügen|tragen|füllen|gänzen|setzen|geben|nennen|passen)$|^(?:bitte|hier|insert|your|dein|ihr|ihre|deine|"
    r"name|datum|vor|nachname|vorname|titel|art|anzahl|link|first|last)$|^(?:name|datum|uhrzeit|titel|betrag|adresse|thema)"
)


def name_of(text: str) -> str:
    """A placeholder's name for comparison."""
    return " ".join(plain(text, lowered=False)[0].casefold().split())


def bracket_weight(text: str, known: set[str]) -> Literal["stop", "warn", ""]:
    """What `[text]` is; `known` are the names that templates use."""
    name = name_of(text)
    if name in known or _ELLIPSIS.fullmatch(name):
        return "stop"
    if name in ("x",):
        return "stop" if text.strip() == "X" else ""
    words = name.split(" ")
    if not name or name in _NONE or any(char.isdigit() for char in name) or len(words) > 6:
        return ""
    if name in ("?", "??", "???"):
        return "stop"
    if len(words) == 1:
        return _single(name, text)
    if any(_REQUEST.search(word.strip(".,:!")) for word in words):
        return "" if words[0] in ("siehe", "anm.", "anmerkung") else "stop"
    return ""


def _single(name: str, text: str) -> Literal["stop", "warn", ""]:
    """A bracket that holds one word: a tag of a mail is only suspected."""
    if len(name) < 2 or not _WORD.fullmatch(name.strip("!:*")):
        return "stop" if "/" in name and len(name) > 4 else ""
    return "warn" if name.strip("!:*") in _TAGS else "stop"
