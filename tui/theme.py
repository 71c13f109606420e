"""Two calm themes, dark and light: one accent for focus, amber for due, red for overdue and refused, green for ▲."""

from __future__ import annotations

from textual.theme import Theme

# Muted is a colour of ours: Textual's own, `auto 60%`, loses its share in `Content`, and came out as the loudest white.

DARK = Theme(
    name="dunkel",
    primary="#7aa2d6",
    secondary="#8fa3b8",
    accent="#7aa2d6",
    warning="#d9a441",
    error="#e0707a",
    success="#7fb98a",
    foreground="#d5d9df",
    background="#16191e",
    surface="#1b1f25",
    panel="#22272e",
    dark=True,
    variables={"text-muted": "#a1a5ab"},
)
LIGHT = Theme(
    name="hell",
    primary="#2f5f9e",
    secondary="#5a6b7d",
    accent="#2f5f9e",
    warning="#8a5a00",
    error="#b3262f",
    success="#2c6e3f",
    foreground="#22262b",
    background="#fafaf8",
    surface="#f3f3f0",
    panel="#e9e9e5",
    dark=False,
    variables={"text-muted": "#60646a"},
)
THEMES = {"dunkel": DARK, "hell": LIGHT}
