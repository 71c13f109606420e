"""What only arranges widgets and shows nothing of itself."""

from __future__ import annotations

from textual.containers import Vertical
from textual.geometry import Region
from textual.strip import Strip


class Unpainted:
    """For a container without border and background of its own: where no widget stands, the screen shows through.

    Textual would filter and cut every line of it with whatever changes inside it, and keep all the pieces.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """No lines."""
        return []


class Pane(Unpainted, Vertical):
    """Widgets one below the other."""
