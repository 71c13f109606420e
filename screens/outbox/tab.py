"""Tab 7: the Ausgang, only where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.database.keyset import Listing
from models.outbox.pages import VIEWS, OutboxLine, outbox_lines, outbox_listing
from screens.tab.deeds import log_entry, remind
from screens.tab.tab import Deed, Made, Tab, View
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row, RowId
from screens.words import label, moment_word

if TYPE_CHECKING:
    from screens.detail.detail import Detail


class OutboxTab(Tab):
    """What the platform has to be told, until it is there (X-01)."""

    code = "outbox"
    noun = "outbox"
    number = 7
    title = "Ausgang"
    columns: ClassVar = (
        Column("made", "wann", 12, sortable=False),
        Column("name", "wofür", 14, flex=3, most=40, sortable=False),
        Column("what", "was", 17, priority=1, sortable=False),
        Column("by", "von", 4, priority=2, sortable=False),
    )
    views: ClassVar[Mapping[str, str]] = VIEWS
    main = "Übertragen"
    foot = ("copy", "main", "link", "more", "mark", "filter")

    def listing(self, work: Work, view: View) -> Listing:
        return outbox_listing(work, view.name, view.text)

    def rows(self, work: Work, found: Made) -> list[Row]:
        lines = outbox_lines(row for _, row in found)
        return [_row(work, anchor, line) for (anchor, _), line in zip(found, lines, strict=True)]

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        from screens.outbox.detail import outbox_detail

        return outbox_detail(session, int(row_id))

    def deed(self, verb: str, row: Row) -> Deed | str:
        line: OutboxLine = row.data
        if verb == "file":
            return f"show:{line.subject}"
        if verb == "log":
            return log_entry(line.subject, line.name)
        if verb == "remind":
            return remind(line.subject, line.name)
        if verb == "main":
            if line.state == "open":
                return self._deed("outbox.done", "Übertragen", line, at_once=True)
            return self._deed("outbox.reopen", "Wieder in den Ausgang", line, at_once=True)
        return {
            "postpone": "v verschiebt Reminder. Was nicht auf die Plattform muss, nimmt x heraus.",
            "take": "z übernimmt Reminder. Den Ausgang trägt über, wer gerade da ist.",
            "contact": "c hält den Kontakt zu einem Case fest. Hier kopiert y den Text, e hakt ihn ab.",
        }.get(verb, "Diese Taste tut im Ausgang nichts.")

    def aside(self, row: Row) -> Deed | None:
        """Skipping takes the place of „Mehr“."""
        line: OutboxLine = row.data
        return self._deed("outbox.skip", "Nicht nötig", line) if line.state == "open" else None

    def _deed(self, code: str, title: str, line: OutboxLine, *, at_once: bool = False) -> Deed:
        return Deed(code, f"{title}: {line.name}", {"id": str(line.id)}, seen=line.version, at_once=at_once,
                    about=line.subject)  # fmt: skip

    def main_at(self, row: Row | None) -> str:
        return self.main if row is None or row.data.state == "open" else "Wieder offen"

    def verb_at(self, verb: str, row: Row | None) -> str:
        return "Nicht nötig" if verb == "more" else ""

    def filter_hint(self, view: View) -> str:
        return "Filter: Wörter im Text, „meine“, „übertragen“"

    def more(self, row: Row) -> list[Deed]:
        return [deed] if (deed := self.aside(row)) is not None else []

    def new(self) -> Deed | str:
        return "In den Ausgang kommt von selbst, was du in Schicht tust und die Plattform erfahren muss."

    def nothing(self, imported: str) -> str:
        return "Der Ausgang ist leer: Die Plattform weiß alles, was du hier geschrieben hast."


def _row(work: Work, anchor: Any, line: OutboxLine) -> Row:
    what = label("file", line.file) if line.file else label("outbox_kind", line.kind)
    cells = (moment_word(line.made_at, work.today), line.name, what, line.made_by)
    return Row(line.id, cells, anchor, "" if line.state == "open" else "muted", line)
