"""The text that was copied last, bare, so that it can be marked with the terminal's own means."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import wrapped

HINT = "Mit der Maus markieren (hilft nichts: mit Umschalt), dann kopieren wie in jedem Terminal · Esc zurück"


class Hint(Drawn):
    """What to do, above the text."""

    def draw(self, width: int) -> list[Content]:
        """In a line or two."""
        return [Content.styled(line, "$text-muted") for line in wrapped(HINT, width)] + [Content("")]


class Bare(Drawn):
    """The text from edge to edge: whatever stood beside it would be marked with it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def draw(self, width: int) -> list[Content]:
        """Its lines, broken where the terminal ends."""
        return [Content(line) for whole in self._text.splitlines() for line in (wrapped(whole, width) or [""])]


class CopiedScreen(ModalScreen[None]):
    """While it stands, the mouse belongs to the terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "Zurück"),
        Binding("down,j", "scroll(1)", "Runter", show=False),
        Binding("up,k", "scroll(-1)", "Hoch", show=False),
        Binding("pagedown,space", "scroll(12)", "Seite runter", show=False),
        Binding("pageup", "scroll(-12)", "Seite hoch", show=False),
    ]
    DEFAULT_CSS = """
    CopiedScreen { background: $background; & > VerticalScroll { scrollbar-size: 0 0; } }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """What to do, and the text."""
        yield Hint()
        with VerticalScroll(can_focus=False):
            yield Bare(self._text)

    def on_mount(self) -> None:
        """Let go of the mouse."""
        self._hold_mouse(False)

    def on_unmount(self) -> None:
        """Take it again."""
        self._hold_mouse(True)

    def _hold_mouse(self, held: bool) -> None:
        """Textual has no word of its own for this; a driver without a mouse has none to let go of."""
        switch = getattr(self.app._driver, "_enable_mouse_support" if held else "_disable_mouse_support", None)
        if switch is not None:
            switch()

    def action_scroll(self, lines: int) -> None:
        """Up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
