"""A page of text over everything: help, messages, verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import one_line, wrapped

Line = tuple[str, str, str]
"""Left part, right part, style of the left; a line with an empty right part is a heading or a paragraph."""


class Body(Drawn):
    """The lines."""

    def __init__(self, lines: Sequence[Line], left: int) -> None:
        super().__init__()
        self._lines, self._left = tuple(lines), left

    def draw(self, width: int) -> list[Content]:
        """Left parts in one column, right parts wrapped beside them."""
        drawn: list[Content] = []
        for left, right, style in self._lines:
            if not right:
                drawn += [Content.styled(line, style or "bold") for line in (wrapped(left, width) or [""])]
                continue
            beside = wrapped(right, max(16, width - self._left - 2)) or [""]
            for number, text in enumerate(beside):
                head = one_line(left) if number == 0 else ""
                drawn.append(Content.styled(head.ljust(self._left) + "  ", style) + Content(text))
        return drawn


class TextScreen(ModalScreen[None]):
    """Read, scroll, Esc."""

    FOOT: ClassVar[str] = "Esc Zurück"
    """Keys named at the lower edge."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "Zurück"),
        Binding("down,j", "scroll(1)", "Runter", show=False),
        Binding("up,k", "scroll(-1)", "Hoch", show=False),
        Binding("pagedown,space", "scroll(12)", "Seite runter", show=False),
        Binding("pageup", "scroll(-12)", "Seite hoch", show=False),
        Binding("home", "scroll(-9999)", "Anfang", show=False),
        Binding("end", "scroll(9999)", "Ende", show=False),
        Binding("exclamation_mark", "escalate", "Sonderfall", id="shift.escalate", show=False),
        Binding("Y", "app.show_copied", "Kopierten Text zeigen", id="app.copied", show=False),
    ]

    DEFAULT_CSS = """
    TextScreen {
        align: center middle; background: $background 70%;
        & > VerticalScroll {
            width: 92; max-width: 100%; height: auto; max-height: 92%; padding: 0 2; scrollbar-size-vertical: 1;
            border: round $primary; background: $surface;
            border-title-color: $foreground; border-subtitle-color: $text-muted;
        }
    }
    """

    def __init__(self, title: str, lines: Sequence[Line], left: int = 16) -> None:
        super().__init__()
        self._heading, self._body = title, Body(lines, left)

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll(can_focus=False) as page:
            page.border_title = Content(self._heading)
            page.border_subtitle = Content(self.FOOT)
            yield self._body

    def action_escalate(self) -> None:
        """Report a Sonderfall from here too (W-16), on the screen below."""
        below = self.app.screen_stack[-2]
        self.dismiss()
        below.call_later(below.run_action, "escalate")

    def action_scroll(self, lines: int) -> None:
        """Up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
