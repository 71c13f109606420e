"""One line to be typed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from screens.widgets.still_input import StillInput


class AskScreen(ModalScreen[str | None]):
    """Enter takes it, Esc goes back. Dismissed with the text, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Zurück")]

    DEFAULT_CSS = """
    AskScreen {
        align: center middle; background: $background 70%;
        & > Vertical {
            width: 76; max-width: 100%; height: auto; padding: 1 1;
            border: round $primary; background: $surface; border-title-color: $foreground;
        }
        & Input { border: none; height: 1; background: $primary 12%; }
    }
    """

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self._heading, self._text = title, text

    def compose(self) -> ComposeResult:
        """The line."""
        with Vertical() as box:
            box.border_title = Content(self._heading)
            box.border_subtitle = Content("Enter Nehmen   Esc Zurück")
            yield StillInput(self._text)

    def on_mount(self) -> None:
        """Typing starts at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Taken."""
        event.stop()
        self.dismiss(event.value)
