"""A line to type into, as calm as the rest: no frame, no blinking cursor."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.widgets import Input

from models.ground.text import clean_input


class StillInput(Input):
    """An `Input` of one line."""

    def __init__(self, value: str = "", **more: Any) -> None:
        super().__init__(value, compact=True, select_on_focus=False, **more)
        self.cursor_blink = False  # nothing blinks

    def _on_paste(self, event: events.Paste) -> None:
        """Put in what was pasted, its lines joined: Textual would keep the first one, which may be empty."""
        event.prevent_default()
        event.stop()
        self.replace(joined_lines(event.text), *sorted(self.selection))

    def action_paste(self) -> None:
        """The same for what was copied in here."""
        self.replace(joined_lines(self.app.clipboard), *sorted(self.selection))


def joined_lines(text: str) -> str:
    """A text of several lines as one, with a blank between; blank lines and control characters are dropped."""
    lines = text.splitlines()
    return clean_input(lines[0] if len(lines) == 1 else " ".join(line.strip() for line in lines if line.strip()))
