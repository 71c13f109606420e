"""The clipboard, honestly: who takes a text, and whether one may say that it arrived.

By OSC 52 a program asks the terminal to put a text on the clipboard, and never hears whether it did: xterm, screen and
tmux as they come do not. So it is asked anyway, and where it does not answer for it, a program that is there takes the
text too.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from typing import NamedTuple

PROGRAMS: Mapping[str, tuple[str, ...]] = {
    "wl-copy": ("wl-copy",),
    "xclip": ("xclip", "-selection", "clipboard"),
    "tmux": ("tmux", "load-buffer", "-w", "-"),
    "clip.exe": ("clip.exe",),
}
"""What takes a text by its standard input, by the names that the setting knows."""

WAYS = ("auto", "osc52", *PROGRAMS)
"""What the setting `clipboard` may be."""

NEEDS = (("wl-copy", "WAYLAND_DISPLAY"), ("xclip", "DISPLAY"), ("tmux", "TMUX"), ("clip.exe", "WSL_DISTRO_NAME"))
"""Where which program makes sense, the nearest to the member first."""

ANSWERING = ("KITTY_WINDOW_ID", "WEZTERM_PANE", "ALACRITTY_WINDOW_ID", "WT_SESSION", "GHOSTTY_RESOURCES_DIR")
"""Set by terminals that take OSC 52 as they come."""

ANSWERING_TERMS = ("xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm", "contour")
"""How `TERM` begins in them; it comes along through ssh."""

PATIENCE = 2.0
"""Seconds in which a program has taken a text."""


class Way(NamedTuple):
    """How one text goes."""

    osc52: bool
    """Whether the terminal is asked."""
    sure: bool
    """Whether it is known to do so."""
    program: str | None
    """Who takes the text besides; None: nobody."""


def choose(setting: str, environment: Mapping[str, str]) -> Way:
    """The way that the setting means here."""
    if setting in PROGRAMS:
        return Way(osc52=False, sure=False, program=setting)
    sure = answers(environment)
    if setting == "osc52" or sure:
        return Way(osc52=True, sure=sure, program=None)
    path = environment.get("PATH")
    there = (name for name, variable in NEEDS if environment.get(variable) and shutil.which(name, path=path))
    return Way(osc52=True, sure=False, program=next(there, None))


def answers(environment: Mapping[str, str]) -> bool:
    """Whether this terminal is known to take OSC 52; what stands between, tmux or screen, may keep it."""
    term = environment.get("TERM", "")
    if environment.get("TMUX") or environment.get("STY") or term.startswith(("tmux", "screen")):
        return False
    return term.startswith(ANSWERING_TERMS) or any(environment.get(name) for name in ANSWERING)


def put(program: str, text: str) -> bool:
    """Give a text to a program; whether it took it. Waits for it: call this in a thread."""
    # Some stay to hand the text on: with a pipe for what they say, one would wait for their end.
    try:
        done = subprocess.run(
            PROGRAMS[program],
            input=text.encode("utf-16" if program == "clip.exe" else "utf-8"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
