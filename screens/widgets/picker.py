"""Choosing one of some things by typing part of its name: commands, more to do with a row, what a search found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from models.ground.text import matches
from screens.widgets.still_input import StillInput
from screens.widgets.window_list import Column, Page, Row, RowId, WindowList


class Choice(NamedTuple):
    """One thing to choose."""

    title: str
    aside: str
    """What stands at the right: a key, a kind."""
    value: Any
    words: str = ""
    """What else it can be found by."""


class Choices:
    """Choices as a source of the list widget."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._rows = [
            # The id holds the words too: a list keeps the lines it has drawn by the ids of their rows.
            Row(f"{place} {choice.title}", (choice.title, (choice.aside, "muted")), place, data=choice.value)
            for place, choice in enumerate(choices)
        ]

    def page(self, anchor: Any, direction: str, limit: int) -> Page:
        """A slice of what is there."""
        if direction == "before":
            end = len(self._rows) if anchor is None else int(anchor)
            return Page(self._rows[max(0, end - limit) : end], end > limit)
        start = 0 if anchor is None else int(anchor) + (direction == "after")
        return Page(self._rows[start : start + limit], start + limit < len(self._rows))

    def count(self) -> int:
        """All of them."""
        return len(self._rows)

    def locate(self, row_id: RowId) -> Any:
        """Its place."""
        return int(str(row_id).partition(" ")[0])


class Picker(ModalScreen[Any]):
    """A line to type into and a list below it; Enter takes, Esc goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Zurück"),
        Binding("down", "move(1)", "Runter", show=False),
        Binding("up", "move(-1)", "Hoch", show=False),
        Binding("pagedown", "move(10)", "Seite runter", show=False),
        Binding("pageup", "move(-10)", "Seite hoch", show=False),
    ]
    COLUMNS: ClassVar = (Column("title", "", 30, flex=1), Column("aside", "", 16, align="right", priority=1))
    EMPTY: ClassVar[str] = "Nichts passt. Tippe etwas anderes, oder Esc."

    DEFAULT_CSS = """
    Picker {
        align: center top; background: $background 70%;
        & > Vertical {
            width: 84; max-width: 100%; height: 70%; min-height: 12; margin-top: 2;
            border: round $primary; background: $surface; border-title-color: $foreground;
        }
        & Input { border: none; height: 1; margin: 0 1 0 1; background: $primary 12%; }
        & WindowList { margin: 0 1; }
    }
    """

    def __init__(self, title: str, choices: Sequence[Choice] = (), hint: str = "Tippe, um zu suchen") -> None:
        super().__init__()
        self._heading, self._choices, self._hint = title, tuple(choices), hint
        self.list = WindowList(self.COLUMNS, Choices(self._choices), empty=self.EMPTY)

    def compose(self) -> ComposeResult:
        """The line and the list."""
        with Vertical() as box:
            from textual.content import Content

            box.border_title = Content(self._heading)
            yield StillInput(placeholder=self._hint)
            yield self.list

    def on_mount(self) -> None:
        """Typing starts at once."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Only what matches."""
        self.narrow(event.value)

    def narrow(self, text: str) -> None:
        """Show what matches the text."""
        self.offer([choice for choice in self._choices if matches(text, f"{choice.title} {choice.words}")])

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show these."""
        self.list.set_source(Choices(choices))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the row under the cursor."""
        event.stop()
        self.list.action_open()

    def on_window_list_opened(self, message: WindowList.Opened) -> None:
        """Taken."""
        message.stop()
        if message.row is not None:
            self.dismiss(message.row.data)

    def action_move(self, delta: int) -> None:
        """The list moves while the line has the focus."""
        self.list.move(delta)
