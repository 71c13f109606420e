"""Tab 6: VPA-Wechsel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from models import clock
from models.action.work import Session, Work
from models.handover.pages import VIEWS, HandoverLine, handover_listing
from models.pages import Listing
from screens.tab import Deed, Made, Tab, View
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row, RowId
from screens.words import day_word, short

if TYPE_CHECKING:
    from screens.detail import Detail

STEPS: dict[str, tuple[tuple[str, str], ...]] = {
    "open": (
        ("question", "Rückfrage festhalten"), ("talk", "Gespräch mit dem Kunden festhalten"),
        ("measure", "Maßnahme festhalten"), ("propose", "Nachfolger vorschlagen"), ("send-back", "An den VPA zurückgeben"),
    ),
    "proposed": (("approve", "Freigeben"), ("reject", "Nicht freigeben")),
    "approved": (("informed", "Kunde informiert"), ("training", "Einarbeitung"), ("finish", "Abschließen")),
    "informed": (("training", "Einarbeitung"), ("finish", "Abschließen")),
}  # fmt: skip
"""What can be done in each state, the usual next step first."""


class HandoversTab(Tab):
    """Requests to change a customer's VPA."""

    code = "handovers"
    number = 6
    title = "VPA-Wechsel"
    columns: ClassVar = (
        Column("since", "seit", 9),
        Column("customer", "Kunde", 14, flex=3, most=34),
        Column("vpa", "VPA", 12, flex=2, most=26, priority=2, sortable=False),
        Column("state", "Stand", 14, priority=1),
        Column("reason", "Grund", 12, flex=1, most=16, priority=3, sortable=False),
        Column("by", "bei", 3, priority=4, sortable=False),
    )
    views: ClassVar[Mapping[str, str]] = VIEWS
    main = "Nächster Schritt"
    foot = ("main", "more", "log", "remind", "new", "filter")
    sort = "since"

    def listing(self, work: Work, view: View) -> Listing:
        return handover_listing(view.name, view.text, view.sort or "since", view.descending)

    def rows(self, work: Work, found: Made) -> list[Row]:
        return [self._row(work, anchor, HandoverLine(*row)) for anchor, row in found]

    def _row(self, work: Work, anchor: Any, line: HandoverLine) -> Row:
        state: Any = short("handover_state", line.state)
        if line.state == "proposed":
            state = (state, "due")
        since = day_word(clock.day_of(line.opened_at), work.today)
        cells = (since, line.customer_name, line.vpa_name or "", state, short("reason_kind", line.reason_kind), line.opened_by)
        return Row(line.id, cells, anchor, "", line)

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        from screens.handover_view import handover_detail

        return handover_detail(session, int(row_id))

    def deed(self, verb: str, row: Row) -> Deed | str:
        line: HandoverLine = row.data
        name, about = line.customer_name, f"customer:{line.customer}"
        if verb == "file":
            return f"show:{about}"
        if verb == "log":
            return Deed("file.log", f"Akteneintrag: {name}", {"customer": line.customer}, about=about)
        if verb == "remind":
            return Deed("reminder.set", f"Reminder zum VPA-Wechsel: {name}", {"about": f"handover:{line.id}"}, about=about,
                        preset={"due": "morgen", "reason": f"VPA-Wechsel {name}"})  # fmt: skip
        if verb == "main":
            steps = self.more(row)
            return steps[self._next(line)] if steps else "Dieser VPA-Wechsel ist abgeschlossen."
        if verb == "postpone":
            return "v verschiebt Reminder. Einen VPA-Wechsel legst du mit w auf Wiedervorlage."
        if verb == "take":
            return "z übernimmt Reminder. Ein VPA-Wechsel gehört dem ganzen Team."
        return "Diese Taste tut bei einem VPA-Wechsel nichts. x zeigt, was möglich ist."

    def _next(self, line: HandoverLine) -> int:
        """Which of the steps is due: ask first, then propose; inform, train, finish."""
        if line.state == "open" and line.questions:
            return 3 if line.questions[-1].get("plausible") else 4
        if line.state == "informed" and line.training_wanted is not None:
            return 1 if line.training_wanted is False or line.training_done_on else 0
        return 0

    def more(self, row: Row) -> list[Deed]:
        """Every step that its state allows; a Sonderfall at any time (W-16)."""
        line: HandoverLine = row.data
        name, about = line.customer_name, f"customer:{line.customer}"
        steps = [
            Deed(f"handover.{verb}", f"{title}: {name}", {"id": str(line.id)}, seen=line.version, about=about,
                 preset={"on": "heute"} if verb in ("talk", "measure", "informed") else {})
            for verb, title in STEPS.get(line.state, ())
        ]  # fmt: skip
        if steps:
            steps.append(Deed("handover.escalate", f"Sonderfall melden: {name}", {"customer": line.customer}, about=about))
        return steps

    def new(self) -> Deed | str:
        return Deed("handover.open", "Kunde abgeben: neue Anfrage")

    def nothing(self, imported: str) -> str:
        return "Kein VPA-Wechsel läuft. n eröffnet eine Anfrage."
