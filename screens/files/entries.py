"""The entries of one VPA's or customer's file, as a list with detail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.database.keyset import Listing
from models.file.entry_pages import entry_listing
from models.ground import clock
from models.persons.access import note_opened
from models.tables.entry import Entry
from screens.tab.deeds import log_entry, remind
from screens.tab.tab import Deed, Made, Tab, View, correction
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row, RowId
from screens.words import day_word, first_line, label, short

if TYPE_CHECKING:
    from models.records.offers import Offer
    from screens.detail.detail import Detail


class FileTab(Tab):
    """One file, or both of a customer."""

    code = "file"
    number = 0
    columns: ClassVar = (
        Column("day", "am", 9, sortable=False),
        Column("author", "von", 4, sortable=False),
        Column("kind", "Art", 12, flex=1, most=20, priority=1, sortable=False),
        Column("text", "Situation", 16, flex=3, sortable=False),
    )
    views: ClassVar[Mapping[str, str]] = {
        "all": "alle Einträge",
        "oteam": "■ O-Team Kundenakte",
        "vpa_kunde": "▲ VPA Kundenakte",
    }
    main = "Berichtigen"
    foot: ClassVar[tuple[str, ...]] = ("log", "main", "remind", "vpa_view", "filter")

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.name = subject.partition(":")[2]
        vpa = subject.startswith("vpa:")
        self.title = "VPA-Akte" if vpa else "Kundenakte"  # type: ignore[misc]
        if vpa:
            self.views = {"all": "alle Einträge"}  # type: ignore[misc]
            self.foot = ("log", "main", "remind", "filter")  # type: ignore[misc]

    def listing(self, work: Work, view: View) -> Listing:
        if self.subject.startswith("vpa:"):
            note_opened(work.session, self.subject.partition(":")[2])
        return entry_listing(work, self.subject, "" if view.name == "all" else view.name, view.text)

    def rows(self, work: Work, found: Made) -> list[Row]:
        return [self._row(work, anchor, dict(zip(FIELDS, row, strict=True))) for anchor, row in found]

    def _row(self, work: Work, anchor: Any, entry: dict[str, Any]) -> Row:
        symbol = label("file", entry["file"])[:1]
        text = (f"{symbol} {first_line(entry['situation'])}", "vpa" if symbol == "▲" else "")
        kind = short(f"entry_{entry['file']}", entry["kind"])
        cells = (day_word(clock.day_of(entry["created_at"]), work.today), entry["author"], kind, text)
        return Row(entry["id"], cells, anchor, "", entry)

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        from screens.files.entry import entry_detail

        return entry_detail(session, int(row_id))

    def deed(self, verb: str, row: Row) -> Deed | str:
        entry = row.data
        if verb == "main":
            return correction(self.name, self.subject, entry["id"], entry)
        if verb == "remind":
            reason = entry["next_steps"] or first_line(entry["situation"])
            return remind(self.subject, self.name, "zum Eintrag", f"entry:{entry['id']}", reason)
        if verb == "log":
            return self.new()
        return "In der Akte geht das nicht: a schreibt einen Eintrag, e berichtigt, w legt ihn auf Wiedervorlage."

    def offers(self, row: Row) -> Sequence[Offer]:
        from models.records.offers import for_customer, for_vpa

        kind, _, key = self.subject.partition(":")
        return for_vpa(key, self.name) if kind == "vpa" else for_customer(key, self.name)

    def new(self) -> Deed:
        return log_entry(self.subject, self.name)

    def nothing(self, imported: str) -> str:
        return "Noch kein Eintrag, den du lesen darfst. a schreibt den ersten."


FIELDS = tuple(field.name for field in Entry._meta.sorted_fields)
