"""Tab 6: VPA-Wechsel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.care.handover.pages import VIEWS, HandoverLine, handover_listing
from models.care.handover.path import next_action, possible
from models.database.keyset import Listing
from models.ground import clock
from screens.handovers.words import SHORT, TITLES
from screens.tab.deeds import log_entry, remind
from screens.tab.tab import Deed, Made, Tab, View
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Cell, Row, RowId
from screens.words import day_word, short

if TYPE_CHECKING:
    from models.records.offers import Offer
    from screens.detail.detail import Detail

DATED = ("talk", "measure", "informed")
"""Actions on a day that has come."""


@dataclass(frozen=True)
class HandoverRow:
    """What the tab wants to know again of a row when a key is pressed."""

    line: HandoverLine
    next: str
    """Verb of the action that the path asks for now; empty where it has ended."""


class HandoversTab(Tab):
    """Requests to change a customer's VPA, on their path."""

    code = "handovers"
    noun = "handover"
    number = 6
    title = "VPA-Wechsel"
    columns: ClassVar = (
        Column("since", "seit", 9),
        Column("customer", "Kunde", 14, flex=3, most=34),
        Column("vpa", "VPA", 12, flex=2, most=26, priority=4, sortable=False),
        Column("state", "Stand", 13, priority=1),
        Column("next", "als Nächstes", 17, priority=2, sortable=False),
        Column("by", "von", 3, priority=5, sortable=False),
    )
    views: ClassVar[Mapping[str, str]] = VIEWS
    main = "Nächster Schritt"
    foot = ("main", "new", "copy", "remind", "log", "filter")
    sort = "since"

    # Rows

    def listing(self, work: Work, view: View) -> Listing:
        return handover_listing(view.name, view.text, view.sort or "since", view.descending)

    def rows(self, work: Work, found: Made) -> list[Row]:
        needed = work.settings.number("measures_needed")
        lines = [(anchor, HandoverLine(*row)) for anchor, row in found]
        return [_row(work, anchor, HandoverRow(line, next_action(line, needed))) for anchor, line in lines]

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        from screens.handovers.detail import handover_detail

        return handover_detail(session, int(row_id))

    # Keys

    def deed(self, verb: str, row: Row) -> Deed | str:
        line: HandoverLine = row.data.line
        name, about = line.customer_name, f"customer:{line.customer}"
        if verb == "main":
            return (
                _step(line, row.data.next)
                if row.data.next
                else "Dieser VPA-Wechsel ist beendet. n eröffnet eine neue Anfrage."
            )
        if verb == "file":
            return f"show:{about}"
        if verb == "log":
            return log_entry(about, name)
        if verb == "remind":
            return remind(about, name, "zum VPA-Wechsel", f"handover:{line.id}", f"VPA-Wechsel {name}")
        return {
            "postpone": "v verschiebt Reminder. Einen VPA-Wechsel legst du mit w auf Wiedervorlage.",
            "take": "z übernimmt Reminder. Ein VPA-Wechsel gehört dem ganzen Team.",
            "contact": "c hält den Kontakt zu einem Case fest. Die Rückfrage an den VPA hältst du mit e fest.",
        }.get(verb, "Diese Taste tut bei einem VPA-Wechsel nichts. x zeigt, was möglich ist.")

    def main_at(self, row: Row | None) -> str:
        return TITLES[row.data.next] if row is not None and row.data.next else self.main

    def more(self, row: Row) -> list[Deed]:
        """Every step that the state allows."""
        line: HandoverLine = row.data.line
        return [_step(line, verb) for verb in possible(line.state)]

    def offers(self, row: Row) -> Sequence[Offer]:
        from models.records.offers import for_customer, for_vpa

        line: HandoverLine = row.data.line
        own = for_vpa(line.vpa, line.vpa_name) if line.vpa and line.vpa_name else []
        return [*for_customer(line.customer, line.customer_name), *own]

    def new(self) -> Deed | str:
        return Deed("handover.open", "Kunde abgeben: neue Anfrage")

    def nothing(self, imported: str) -> str:
        return "Kein VPA-Wechsel läuft. n eröffnet eine Anfrage, ! meldet einen Sonderfall."


def _row(work: Work, anchor: Any, data: HandoverRow) -> Row:
    line = data.line
    since = day_word(clock.day_of(line.opened_at), work.today)
    next_: Cell = SHORT.get(data.next, "")
    if data.next == "measure" and line.measures:
        next_ = f"Maßnahme {len(line.measures) + 1}"
    if data.next == "approve":
        next_ = (str(next_), "due")
    state = short("handover_state", line.state)
    cells = (since, line.customer_name, line.vpa_name or "ohne VPA", state, next_, line.opened_by)
    return Row(line.id, cells, anchor, "" if data.next else "muted", data)


def _step(line: HandoverLine, verb: str) -> Deed:
    preset = {"on": "heute"} if verb in DATED else {}
    if verb == "training" and line.training_wanted:
        preset = {"wanted": "yes", "done_on": "heute"}
    return Deed(
        f"handover.{verb}",
        f"{TITLES[verb]}: {line.customer_name}",
        {"id": str(line.id)},
        preset,
        seen=line.version,
        about=f"customer:{line.customer}",
    )
