"""The filter: a line above the list that filters while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from screens.still_input import StillInput

if TYPE_CHECKING:
    from screens.tab_view import TabView


class FilterLine(StillInput):
    """Letters typed here trigger no key; Enter keeps the filter, Esc clears and closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear_and_close", "Schließen", show=False),
        Binding("down,tab", "keep", "Zur Liste", show=False),
    ]

    DEFAULT_CSS = "TabView FilterLine.-textual-compact { padding: 0 2; height: 1; background: $primary 15%; }"

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(text, placeholder=hint)

    @property
    def _tab(self) -> TabView:
        from screens.tab_view import TabView

        return next(node for node in self.ancestors if isinstance(node, TabView))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter at every key."""
        event.stop()
        self._tab.filter_with(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep it and go on in the list."""
        event.stop()
        self._tab.filter_done()

    def action_keep(self) -> None:
        """Keep it and go on in the list."""
        self._tab.filter_done()

    def action_clear_and_close(self) -> None:
        """Show everything again."""
        self._tab.filter_cleared()
