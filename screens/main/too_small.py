"""Below 60 columns or 18 lines."""

from __future__ import annotations

from textual.content import Content
from textual.screen import ModalScreen


class TooSmall(ModalScreen[None]):
    """One sentence; what lies under it keeps everything typed."""

    DEFAULT_CSS = "TooSmall { background: $background; } TooSmall ToastRack { display: none; }"

    def render(self) -> Content:
        """The sentence, cut to whatever there is."""
        return Content("Das Fenster ist zu klein: Schicht braucht mindestens 60 Spalten und 18 Zeilen.")
