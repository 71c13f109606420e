"""What stands beside and below a field of a form."""

from __future__ import annotations

from textual.content import Content

from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import wrapped


class Label(Drawn):
    """The label left of a field."""

    def __init__(self, text: str) -> None:
        super().__init__(classes="label")
        self._text, self._marked = text, False

    def mark(self, focused: bool) -> None:
        """Whether its field has the focus."""
        self._marked = focused
        self.refresh()

    def draw(self, width: int) -> list[Content]:
        """As many lines as it needs; without colours a sign of its own says where one is."""
        if not self._marked:
            return [Content(line) for line in wrapped(self._text, width)]
        lines = [Content.styled(line, "bold $foreground") for line in wrapped(self._text, width)]
        return [lines[0] + Content.styled(" ›", "bold"), *lines[1:]] if self.app.no_color else lines


class Note(Drawn):
    """The line below a field; none where there is nothing to say."""

    def __init__(self) -> None:
        super().__init__(classes="note")
        self._text = ""
        self.display = False

    def show(self, text: str) -> None:
        """Show the text beside a field."""
        if text != self._text:
            self._text = text
            self.display = bool(text)
            self.redraw()

    def draw(self, width: int) -> list[Content]:
        """As many lines as it needs."""
        return [Content(line) for line in wrapped(self._text, width)]
