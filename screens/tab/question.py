"""A small form that asks one thing before a list shows something else; nothing is saved."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from screens.tab.tab import Question
from screens.widgets.drawn import Drawn
from screens.widgets.still_input import StillInput
from screens.widgets.window_columns import wrapped


class Meaning(Drawn):
    """What the text means, or what is still missing."""

    def __init__(self) -> None:
        super().__init__(id="question-meaning")
        self._text, self._style = "", ""

    def show(self, text: str, style: str = "") -> None:
        """Show what the typed answer means."""
        self._text, self._style = text, style
        self.redraw()

    def draw(self, width: int) -> list[Content]:
        """However long it is."""
        return [Content.styled(line, self._style) for line in wrapped(self._text, width)]


class QuestionScreen(ModalScreen["str | None"]):
    """The answer, or None where the member went back; what means nothing keeps it open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "answer", "Anzeigen", id="form.save"),
        Binding("escape", "dismiss", "Zurück"),
    ]

    DEFAULT_CSS = """
    QuestionScreen {
        align: center middle; background: $background 70%;
        & > Vertical {
            width: 70; max-width: 100%; height: auto; padding: 0 1; border: round $primary; background: $surface;
        }
        & .title { text-style: bold; margin: 0 1 1 1; }
        & Horizontal { height: 1; margin: 0 1; }
        & .label { width: 12; color: $text-muted; }
        & Input { width: 1fr; padding: 0 1; background: $primary 15%; }
        & #question-meaning { margin: 1 1 1 13; height: auto; }
        & .keys { margin: 0 1; color: $text-muted; }
    }
    """

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Title, field, what it means, the keys."""
        from textual.widgets import Static

        with Vertical():
            yield Static(Content(self._question.title), classes="title")
            with Horizontal():
                yield Static(Content(self._question.label), classes="label")
                yield StillInput(self._question.given)
            yield Meaning()
            yield Static(Content("Enter Anzeigen   Esc Zurück"), classes="keys")

    def on_mount(self) -> None:
        """Typing starts at once; the first key replaces what stood there."""
        line = self.query_one(Input)
        line.focus()
        line.action_select_all()
        self._explain(line.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what it means."""
        event.stop()
        self._explain(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.action_answer()

    def action_answer(self) -> None:
        """Show it, if it means something."""
        text = self.query_one(Input).value.strip()
        if self._explain(text):
            self.dismiss(text)

    def _explain(self, text: str) -> bool:
        try:
            self.query_one(Meaning).show(f"→ {self._question.meaning(text.strip())}", "$text-muted")
        except ValueError as error:
            self.query_one(Meaning).show(f"Es fehlt noch: {self._question.label}. {error}", "$text-warning")
            return False
        return True
