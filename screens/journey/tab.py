"""Tab 3: VPA-Journey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.database.keyset import Listing
from models.ground.clock import whole_months
from models.journey.pages import VIEWS, FlagLine, flag_listing
from screens.tab.deeds import log_entry, remind
from screens.tab.tab import Deed, Made, Tab, View
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row, RowId
from screens.words import day_word, short

if TYPE_CHECKING:
    from models.records.offers import Offer
    from screens.detail.detail import Detail

TASKS = {
    "0-3": "Onboarding-Call",
    "3-6": "Check-in Call",
    "6-9": "Klasse prüfen, Maßnahmen",
    "9-12": "Klasse prüfen, Maßnahmen",
    ">12": "VPA Manager informieren",
}


class JourneyTab(Tab):
    """Neu-Flags: phases that somebody has to work through."""

    code = "journey"
    noun = "flag"
    number = 3
    title = "VPA-Journey"
    columns: ClassVar = (
        Column("since", "seit", 9),
        Column("vpa", "VPA", 14, flex=3, most=34),
        Column("stage", "Monate", 6, priority=1),
        Column("task", "Aufgabe", 15, flex=2, most=30, priority=2, sortable=False),
        Column("state", "Stand", 10, priority=3, sortable=False),
    )
    views: ClassVar[Mapping[str, str]] = VIEWS
    main = "Flag entfernen"
    foot = ("main", "log", "remind", "file", "mark", "filter")
    sort = "since"

    def listing(self, work: Work, view: View) -> Listing:
        return flag_listing(work, view.name, view.text, view.sort or "since", view.descending)

    def rows(self, work: Work, found: Made) -> list[Row]:
        return [self._row(work, anchor, FlagLine(*row)) for anchor, row in found]

    def _row(self, work: Work, anchor: Any, line: FlagLine) -> Row:
        state: Any = f"inf. {line.informed_by}" if line.informed_by else ""
        if line.state != "open":
            state = f"von {line.removed_by or '?'}"
        elif line.overdue(work.today):
            state = ("überfällig", "overdue")
        months = whole_months(line.start, work.today)
        task = "nicht mehr im Export" if line.gone else TASKS[line.stage]
        cells = (
            day_word(line.raised_on, work.today),
            line.vpa_name,
            short("stage", line.stage),
            f"{task} ({months} Mon.)",
            state,
        )
        return Row(line.id, cells, anchor, "" if line.state == "open" else "muted", line)

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        from screens.journey.detail import flag_detail

        return flag_detail(session, int(row_id))

    def deed(self, verb: str, row: Row) -> Deed | str:
        line: FlagLine = row.data
        name, about = line.vpa_name, f"vpa:{line.vpa}"
        if verb == "file":
            return f"show:{about}"
        if verb == "log":
            return log_entry(about, name, {"kind": "journey"})
        if verb == "remind":
            reason = f"VPA-Journey {short('stage', line.stage)} Monate: {name}"
            return remind(about, name, "zum Neu-Flag", f"flag:{line.id}", reason)
        if verb == "postpone":
            return "v verschiebt Reminder. Ein Neu-Flag legst du mit w auf Wiedervorlage."
        if verb == "take":
            return "z übernimmt Reminder. Ein Neu-Flag gehört niemandem."
        if verb == "contact":
            return "c hält den Kontakt zu einem Case fest. Hier trägst du ihn mit e beim Entfernen ein."
        if line.state != "open":
            return f"Dieses Neu-Flag ist schon entfernt ({line.removed_by or '?'})."
        fixed = {"id": str(line.id)}
        if verb == "main":
            return Deed(
                "journey.remove", f"Neu-Flag entfernen: {name}", fixed, seen=line.version, about=about, kind=line.stage
            )
        if verb == "inform":
            return Deed("journey.inform", f"VPA Manager informieren: {name}", fixed, seen=line.version, about=about)
        return "Diese Taste tut auf einem Neu-Flag nichts."

    def more(self, row: Row) -> list[Deed]:
        inform = self.deed("inform", row)
        return [inform] if isinstance(inform, Deed) else []

    def offers(self, row: Row) -> Sequence[Offer]:
        from models.records.offers import for_vpa

        return for_vpa(row.data.vpa, row.data.vpa_name, row.data.gone)

    def new(self) -> Deed | str:
        return "Neu-Flags entstehen von selbst, wenn ein VPA in eine neue Phase kommt."

    def nothing(self, imported: str) -> str:
        return f"Keine Neu-Flags: Alle Phasen sind durchgearbeitet. {imported}"
