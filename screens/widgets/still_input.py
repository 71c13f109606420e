"""A line to type into, as calm as the rest: no frame, no blinking cursor."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input


class StillInput(Input):
    """An `Input` of one line."""

    def __init__(self, value: str = "", **more: Any) -> None:
        super().__init__(value, compact=True, select_on_focus=False, **more)
        self.cursor_blink = False  # nothing blinks
