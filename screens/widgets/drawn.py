"""A widget that is as high as the lines it draws."""

from __future__ import annotations

from abc import abstractmethod

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


class Drawn(Widget):
    """Draws some lines to the width it is given. Data goes in as `Content(text)`, never as markup (law 6)."""

    DEFAULT_CSS = "Drawn { height: auto; width: 1fr; }"

    @abstractmethod
    def draw(self, width: int) -> list[Content]:
        """The lines, each at most `width` cells wide."""

    def redraw(self) -> None:
        """What is drawn has changed."""
        self.refresh(layout=True)

    def render(self) -> Content:
        """All lines."""
        return Content("\n").join(self.draw(max(1, self.size.width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Number of lines at this width."""
        return len(self.draw(max(1, width)))
