"""The last door before the terminal: nothing that acts on it goes through (law 6)."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from models.ground.text import clean_output


class Clean(LineFilter):
    """Drops escape, control, bidi and zero-width characters from every line."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line; the same list where there was nothing to drop."""
        for text, _, control in segments:
            if not control and not text.isprintable():
                break
        else:
            return segments
        return [s if s.control else Segment(_one_line(s.text), s.style) for s in segments]


def _one_line(text: str) -> str:
    return clean_output(text).replace("\t", " ").replace("\n", " ")


CLEAN = Clean()
"""The one instance: lists keep their lines for as long as the filters are the same."""
