"""The shift report on the screen: read it, copy it for the hand-over."""

from __future__ import annotations

import re
from typing import Any, ClassVar, cast

from textual.binding import Binding, BindingType

from models.action.work import Session
from models.shift.report.text import as_markdown
from screens.main.host import Host
from screens.widgets.text_screen import Line, TextScreen

HEADINGS = {"#": "bold", "##": "bold $text-primary", "###": "bold"}
"""Styles of the headings by their Markdown."""


def read_report(session: Session) -> dict[str, Any]:
    """Today's report; in a thread."""
    from models.shift.report.report import shift_report

    with session.store.connected():
        return shift_report(session.work())


def shown_lines(markdown: str) -> list[Line]:
    """The report without the signs of Markdown."""
    lines: list[Line] = []
    for line in markdown.splitlines()[1:]:
        sign, _, text = line.partition(" ")
        if sign in HEADINGS:
            lines.append((_bare(text), "", HEADINGS[sign]))
        elif sign == ">":
            lines.append((_bare(text), "", "$text-warning"))
        elif sign == "-":
            lines.append(("  •", _bare(text), "$text-muted"))
        elif line or (lines and lines[-1][0].strip()):
            lines.append((_bare(line), "", "$foreground"))
    return lines


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*\*", "", text))


class ReportScreen(TextScreen):
    """Who did what, what is left, what to watch."""

    FOOT: ClassVar[str] = "y Kopieren · Esc Zurück"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy", "Kopieren", id="row.copy", show=False)]

    def __init__(self, report: dict[str, Any], copy_key: str) -> None:
        """`copy_key` is what the key for copying is called."""
        self.FOOT = f"{copy_key} Kopieren · Esc Zurück"  # type: ignore[misc]  # a member's own key
        self._markdown = as_markdown(report)
        title = self._markdown.partition("\n")[0].removeprefix("# ")
        super().__init__(title, shown_lines(self._markdown), left=3)

    def action_copy(self) -> None:
        """The whole report as Markdown."""
        app = cast(Host, self.app)
        app.copy(self._markdown, "Schichtbericht als Markdown; er ist intern (A-28)")
