"""Being heard outside of the screen: the bell, and a notification where the terminal is known to show one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.ground.text import clean_output

WAYS = ("aus", "glocke", "glocke+hinweis")
"""What the setting `melden` may be."""

BELL = "\a"
TITLE = "Schicht"
DUE = "Reminder fällig"

NINE = ("iTerm.app", "WezTerm", "ghostty")
"""`TERM_PROGRAM` of terminals that take OSC 9."""
NINE_TERMS = ("xterm-kitty", "foot", "xterm-ghostty", "wezterm")
"""How `TERM` begins in others that do."""

LONGEST = 120
"""Characters of a notification."""


class Heard(NamedTuple):
    """How a member wants to hear of what comes due."""

    way: str = "glocke"
    """One of `WAYS`."""
    names: bool = False
    """Whether a notification may say of whom."""


def signals(setting: str, environment: Mapping[str, str], names: Sequence[str] = ()) -> str:
    """What goes to the terminal; `names` only where the member allows them. Nothing of a name acts on it."""
    if setting == "aus":
        return ""
    return BELL + (_notification(environment, _words(names)) if setting == "glocke+hinweis" else "")


def _words(names: Sequence[str]) -> str:
    """„Reminder fällig“, and for whom if that may be said; a semicolon would end the title in OSC 777."""
    said = f"{DUE}: {', '.join(names)}" if names else DUE
    return " ".join(clean_output(said).replace(";", ",").split())[:LONGEST]


def _notification(environment: Mapping[str, str], text: str) -> str:
    term = environment.get("TERM", "")
    if environment.get("TMUX") or environment.get("STY") or term.startswith(("tmux", "screen")):
        return ""  # what stands between keeps it, or shows it as text
    if environment.get("VTE_VERSION") or term.startswith("rxvt"):
        return f"\x1b]777;notify;{TITLE};{text}\a"
    if environment.get("TERM_PROGRAM") in NINE or term.startswith(NINE_TERMS):
        return f"\x1b]9;{text}\a"
    return ""
