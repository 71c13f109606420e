"""The keys and the mouse of every list, apart from what they move."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.scroll_view import ScrollView


class WindowKeys(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of lines that is walked by keys; what a step means, a subclass says."""

    ALLOW_SELECT: ClassVar[bool] = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "down", "Runter", id="list.down", show=False),
        Binding("up,k", "up", "Hoch", id="list.up", show=False),
        Binding("pagedown", "page_down", "Seite runter", id="list.page_down", show=False),
        Binding("pageup", "page_up", "Seite hoch", id="list.page_up", show=False),
        Binding("home", "home", "Erste Zeile", id="list.home", show=False),
        Binding("end", "end", "Letzte Zeile", id="list.end", show=False),
        Binding("enter", "open", "Öffnen", id="list.open", show=False),
        Binding("space", "mark", "Markieren", id="list.mark", key_display="Leertaste"),
        Binding("asterisk", "mark_all", "Alle markieren", id="list.mark_all", show=False),
        Binding("S", "sort", "Sortieren", id="list.sort", show=False),
    ]

    WHEEL: ClassVar[int] = 3
    """Rows a notch of the mouse wheel scrolls."""

    @abstractmethod
    def move(self, delta: int) -> None:
        """Move the cursor by some rows."""

    @abstractmethod
    def wheel(self, delta: int) -> None:
        """Scroll the view by some rows."""

    @property
    @abstractmethod
    def page_length(self) -> int:
        """Rows in view."""

    def action_down(self) -> None:
        """The next row."""
        self.move(1)

    def action_up(self) -> None:
        """The row before."""
        self.move(-1)

    def action_page_down(self) -> None:
        """One view further, the last row staying in view as the first."""
        self.move(max(1, self.page_length - 1))

    def action_page_up(self) -> None:
        """One view back."""
        self.move(-max(1, self.page_length - 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel, towards the member."""
        event.prevent_default().stop()
        self.wheel(self.WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel, away from the member."""
        event.prevent_default().stop()
        self.wheel(-self.WHEEL)
