"""The parts of a form beside its fields: title, headings, advice, what a save came to, the keys."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from screens.form.labels import Label
from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import wrapped


class Title(Drawn):
    """What will happen, naming whom it is about."""

    def __init__(self, text: str) -> None:
        super().__init__(id="form-title")
        self._text = text

    def draw(self, width: int) -> list[Content]:
        """In full, however long the name."""
        return [Content(line) for line in wrapped(self._text, width)]


class Heading(Label):
    """The heading of a group of fields."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.set_classes("form-group")


class Explained(Drawn):
    """What will happen, where there is nothing to fill in."""

    DEFAULT_CSS = "Explained { height: auto; margin-bottom: 1; color: $text-muted; }"

    def __init__(self, text: str) -> None:
        super().__init__(id="form-explained")
        self._text = text

    def draw(self, width: int) -> list[Content]:
        """As many lines as it needs."""
        return [Content(line) for line in wrapped(self._text, width)]


class Advice(Drawn):
    """What would make it better, once nothing is missing: read before saving, not after."""

    DEFAULT_CSS = "Advice { height: auto; margin-top: 1; color: $text-muted; display: none; }"

    def __init__(self) -> None:
        super().__init__(id="form-advice")
        self._advice: tuple[str, ...] = ()

    def show(self, advice: tuple[str, ...]) -> None:
        """Show what would make the deed better."""
        if advice != self._advice:
            self._advice = advice
            self.display = bool(advice)
            self.redraw()

    def draw(self, width: int) -> list[Content]:
        """One paragraph each."""
        return [Content(line) for text in self._advice for line in wrapped(f"Hinweis: {text}", width)]


class Keys(Drawn):
    """The keys of a form."""

    def __init__(self) -> None:
        super().__init__(id="form-keys")
        self._f2 = ""
        self._more: tuple[tuple[str, str], ...] = ()

    def show(self, *more: tuple[str, str]) -> None:
        """What there is beside the usual ones now."""
        self._more = more
        self.refresh()

    def ask(self, what: str) -> None:
        """What F2 does for the text now; nothing where it does nothing."""
        if what != self._f2:
            self._f2 = what
            self.refresh()

    def draw(self, width: int) -> list[Content]:
        """One line."""
        parts = [("Strg+S", "Speichern"), *self._more, ("Tab", "nächstes Feld"), ("Esc", "Zurück")]
        if self._f2:
            parts.insert(1, ("F2", self._f2))
        if len(parts) > 3:
            parts[-2:] = parts[:-3:-1]  # where not all have room, the way back is not what gives way
        line = Content("")
        for key, label in parts:
            line += Content.styled(key, "bold $text-primary") + Content(f" {label}   ")
        return [line.truncate(width)]


def make_room(widget: Widget) -> None:
    """Let the fields end earlier while something is told above or below them, so that the keys stay in sight."""
    told = widget.screen.query("#form-at-work, #form-differences, #form-status")
    widget.screen.set_class(any(part.display for part in told), "-told")


class Status(Drawn):
    """What a save came to, in the words of the refusal."""

    def __init__(self) -> None:
        super().__init__(id="form-status")
        self._text, self._style = "", ""

    def show(self, text: str, style: str = "") -> None:
        """Show the status of the form as text."""
        self._text, self._style = text, style
        self.display = bool(text)
        make_room(self)
        self.redraw()

    def draw(self, width: int) -> list[Content]:
        """To its last word, however narrow."""
        return [Content.styled(line, self._style) for line in wrapped(self._text, width)]
