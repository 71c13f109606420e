"""What became of each of several rows."""

from __future__ import annotations

from collections.abc import Sequence

from screens.form.model import Verdict
from screens.widgets.text_screen import TextScreen


class VerdictScreen(TextScreen):
    """One line a row: done, or why not."""

    def __init__(self, word: str, verdicts: Sequence[Verdict]) -> None:
        done = sum(verdict.outcome is not None for verdict in verdicts)
        lines = [
            (f"✓ {verdict.name}", word, "$text-success")
            if verdict.outcome
            else (f"✗ {verdict.name}", verdict.error.message if verdict.error else "", "bold $text-error")
            for verdict in verdicts
        ]
        super().__init__(f"{word}: {done} von {len(verdicts)}", lines, left=26)
