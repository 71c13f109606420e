"""The filter: a line above the list that filters while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from screens.widgets.still_input import StillInput

if TYPE_CHECKING:
    from screens.tab.view import TabView
    from screens.widgets.window_source import Row


class FilterLine(StillInput):
    """Letters typed here trigger no key; Enter keeps the filter, Esc clears and closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear_and_close", "Schließen", show=False),
        Binding("down,tab", "keep", "Zur Liste", show=False),
    ]

    DEFAULT_CSS = "TabView FilterLine.-textual-compact { padding: 0 2; height: 1; background: $primary 15%; }"

    def __init__(self, text: str, hint: str, row: Row | None) -> None:
        """`row` is where the cursor was before: Esc leads back there."""
        super().__init__(text, placeholder=hint)
        self._row = row

    @property
    def _tab(self) -> TabView:
        from screens.tab.view import TabView

        return next(node for node in self.ancestors if isinstance(node, TabView))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter at every key."""
        event.stop()
        self._tab.filter_with(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep it and go on in the list."""
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Close the line and go on in the list; what was typed stays in the caption."""
        from screens.tab.view import Caption

        tab = self._tab
        self.remove()
        tab.query_one(Caption).display = True
        tab.caption()
        tab.list.focus()

    def action_clear_and_close(self) -> None:
        """Show everything again, with the cursor where it was before."""
        tab = self._tab
        if tab.view.text:
            tab.filter_with("")
            if self._row is not None:
                tab.list.go_to(self._row.id)
        self.action_keep()
