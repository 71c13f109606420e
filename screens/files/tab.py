"""Tab 4: Kundenakte, one row a customer, last entry first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.care.watchlist.ranking import Ranking
from models.care.watchlist.risk import Watched
from models.database.keyset import Listing
from models.file.pages import VIEWS, FileLine, file_listing, vpas_of
from models.ground import clock
from screens.files import watchlist as watch_view
from screens.tab.deeds import log_entry, remind
from screens.tab.tab import Deed, Made, Tab, View, correction, offered
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row, RowId
from screens.words import day_word, first_line, label, short

if TYPE_CHECKING:
    from models.records.offers import Offer
    from screens.detail.detail import Detail


class FilesTab(Tab):
    """Both files of every customer."""

    code = "files"
    noun = "customer"
    number = 4
    title = "Kundenakte"
    columns: ClassVar = (
        Column("last", "zuletzt", 9, sortable=False),
        Column("customer", "Kunde", 14, flex=3, most=34),
        Column("status", "Status", 8, priority=3),
        Column("entry", "Eintrag", 14, flex=3, most=46, priority=1, sortable=False),
        Column("vpa", "VPA", 12, flex=1, most=22, priority=2, sortable=False),
    )
    views: ClassVar[Mapping[str, str]] = {**VIEWS, watch_view.VIEW: "Watchlist"}
    main = "Berichtigen"
    foot = ("log", "main", "remind", "file", "vpa_view", "filter")

    def __init__(self) -> None:
        self._ranking = Ranking()

    def columns_of(self, view: View) -> Sequence[Column]:
        return watch_view.COLUMNS if self.view_in(view)[0] == watch_view.VIEW else self.columns

    def source(self, session: Session, view: View) -> Any:
        name, text = self.view_in(view)
        if name == watch_view.VIEW:
            return watch_view.WatchRows(session, self._ranking, text)
        return super().source(session, view)

    def listing(self, work: Work, view: View) -> Listing:
        return file_listing(work, view.name, view.text, view.sort, view.descending)

    def rows(self, work: Work, found: Made) -> list[Row]:
        lines = [(anchor, FileLine(*row)) for anchor, row in found]
        vpas = vpas_of([line.customer for _, line in lines], work.today)
        return [self._row(work, anchor, line, vpas.get(line.customer, "")) for anchor, line in lines]

    def _row(self, work: Work, anchor: Any, line: FileLine, vpa: str) -> Row:
        entry: Any = ("noch kein Eintrag", "muted")
        last = ""
        if line.at is not None and line.file is not None:
            last = day_word(clock.day_of(line.at), work.today)
            symbol = label("file", line.file)[:1]
            entry = (f"{symbol} {line.author}: {first_line(line.situation)}", "vpa" if symbol == "▲" else "")
        return Row(
            line.customer, (last, line.name, short("customer_status", line.status), entry, vpa), anchor, "", line
        )

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        key = str(row_id)
        if key.startswith(watch_view.MARK):
            return watch_view.watch_detail(session, self._ranking, key.removeprefix(watch_view.MARK))
        from screens.files.customer import customer_detail

        return customer_detail(session, key)

    def subjects(self, row: Row) -> tuple[str, ...]:
        return (f"customer:{row.data.customer}",)

    def main_at(self, row: Row | None) -> str:
        return watch_view.main_word(row.data) if row is not None and isinstance(row.data, Watched) else self.main

    def deed(self, verb: str, row: Row) -> Deed | str:
        line: FileLine | Watched = row.data
        name, about = line.name, f"customer:{line.customer}"
        if verb == "file":
            return f"show:{about}"
        if verb == "log":
            return log_entry(about, name)
        if verb == "remind":
            return remind(about, name, "zum Kunden")
        if verb == "main":
            if isinstance(line, Watched):
                return watch_view.approach(line)
            if line.entry is None:
                return "Hier gibt es noch keinen Eintrag zu berichtigen. a schreibt den ersten."
            return correction(name, about, line.entry, {
                "file": line.file, "kind": line.kind, "situation": line.situation, "link": line.link,
                "response": line.response, "next_steps": line.next_steps, "tags": line.tags or [],
            })  # fmt: skip
        if verb == "postpone":
            return "v verschiebt Reminder. w setzt einen zu diesem Kunden."
        if verb == "take":
            return "z übernimmt Reminder. Eine Kundenakte gehört dem ganzen Team."
        if verb == "contact":
            return "c hält den Kontakt zu einem Case fest. Ein Gespräch mit dem Kunden gehört mit a in die Akte."
        return "Diese Taste tut in der Kundenakte nichts."

    def more(self, row: Row) -> list[Deed]:
        line: FileLine | Watched = row.data
        about, fixed = f"customer:{line.customer}", {"customer": line.customer}
        return [
            Deed("customer.status", f"Status ändern: {line.name}", {"id": line.customer}, about=about),
            Deed("assign", f"VPA zuweisen: {line.name}", fixed, about=about),
            Deed("handover.open", f"Kunde abgeben: {line.name}", fixed, about=about),
            Deed("handover.escalate", f"Sonderfall melden: {line.name}", fixed, about=about),
            _watching(line, about, fixed),
            Deed(
                "watchlist.approach",
                f"Watchlist, VPA ansprechen: {line.name}",
                fixed,
                about=about,
                preset={"deadline": "+7"},
            ),
        ]

    def offers(self, row: Row) -> Sequence[Offer]:
        from models.records.offers import for_customer

        return for_customer(row.data.customer, row.data.name)

    def new(self) -> Deed | str:
        from models.records.offers import NEW_CUSTOMER

        return offered(NEW_CUSTOMER)

    def empty(self, view: View, imported: str) -> str:
        if view.name == watch_view.VIEW and not view.text:
            return (
                "Niemand auf der Watchlist: Jeder VPA hat seine VPA Kundenakten gepflegt. m zeigt die nächste Ansicht."
            )
        return super().empty(view, imported)

    def nothing(self, imported: str) -> str:
        made = "i importiert den nächsten Export, n legt einen an."
        return " ".join(("Noch keine Kunden.", *imported.splitlines(), made))


def _watching(line: FileLine | Watched, about: str, fixed: dict[str, str]) -> Deed:
    """Off the Watchlist again for who was put there by hand, else on it (K-29)."""
    if isinstance(line, Watched) and line.watched_for is not None:
        return Deed("watchlist.remove", f"Von der Watchlist nehmen: {line.name}", fixed, about=about)
    return Deed("watchlist.add", f"Auf die Watchlist setzen: {line.name}", fixed, about=about)
