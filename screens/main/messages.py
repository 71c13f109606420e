"""The messages of this session, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from screens.widgets.text_screen import TextScreen

STYLES = {"information": "$text-muted", "warning": "$text-warning", "error": "bold $text-error"}


class MessagesScreen(TextScreen):
    """What toasts have said."""

    def __init__(self, messages: Sequence[tuple[str, str, str]]) -> None:
        lines = [(time, text, STYLES[severity]) for time, severity, text in reversed(messages)]
        super().__init__("Meldungen", lines or [("Noch keine Meldungen.", "", "$text-muted")], left=6)
