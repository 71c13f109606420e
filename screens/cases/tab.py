"""Tab 1: Cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.case.pages import VIEWS, CaseLine, case_listing, holders, judged_lines
from models.database.keyset import Listing
from models.ground import clock
from models.shared.workable import workable_at
from screens.tab.deeds import log_entry, remind
from screens.tab.tab import WHO, Deed, Made, Tab, View
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row, RowId
from screens.words import day_word, finding_words, moment_word, short

if TYPE_CHECKING:
    from models.records.offers import Offer
    from screens.detail.detail import Detail

KEYS = {
    "": ("e", "Erledigen"),
    "measure_missing": ("e", "Erledigen"),
    "too_early": ("e", "Reminder"),
    "monday_morning": ("w", "Reminder"),
}


class CasesTab(Tab):
    """What changed on the platform and has to be looked at."""

    code = "cases"
    noun = "case"
    claimed = "by"
    number = 1
    title = "Cases"
    columns: ClassVar = (
        Column("since", "seit", 9),
        Column("vpa", "VPA", 14, flex=2, most=28),
        Column("kind", "Case", 11, priority=1),
        Column("finding", "Befund", 14, flex=3, most=44, priority=2, sortable=False),
        Column("by", "bei", 3, priority=3, sortable=False),
    )
    views: ClassVar[Mapping[str, str]] = VIEWS
    main = "Erledigen"
    foot = ("main", "log", "remind", "contact", "mark", "filter")
    sort = "since"

    def listing(self, work: Work, view: View) -> Listing:
        return case_listing(work, view.name, view.text, view.sort or "since", view.descending)

    def rows(self, work: Work, found: Made) -> list[Row]:
        lines = judged_lines(work, [CaseLine(*row) for _, row in found])
        held = holders([line.id for line in lines])
        return [
            self._row(work, anchor, line, held.get(line.id)) for (anchor, _), line in zip(found, lines, strict=True)
        ]

    def _row(self, work: Work, anchor: Any, line: CaseLine, holder: Any) -> Row:
        deferred = holder is not None and holder[1] > work.now
        early = workable_at(work, line.kind, line.workable_from) if line.state == "open" else None
        wait = f"ab {moment_word(early, work.today)}" if early else ""
        if deferred:
            wait = f"vertagt, {moment_word(holder[1], work.today)}"
        finding = finding_words(line.kind, line.findings, line.before, line.after, wait)
        by = line.resolved_by or (holder[0] if holder else line.contacted_by) or ""
        cells = (
            day_word(clock.day_of(line.opened_at), work.today),
            line.vpa_name,
            short("case_kind", line.kind),
            finding,
            by,
        )
        style = "muted" if deferred or early or line.state != "open" else ""
        return Row(line.id, cells, anchor, style, line)

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        from screens.cases.detail import case_detail

        return case_detail(session, int(row_id))

    def deed(self, verb: str, row: Row) -> Deed | str:
        line: CaseLine = row.data
        name, about = line.vpa_name, f"vpa:{line.vpa}"
        if verb == "log":
            return log_entry(about, name, {"kind": _log_kind(line.kind)})
        if verb == "file":
            return f"show:{about}"
        if verb == "postpone":
            return "v verschiebt Reminder. Einen Case legst du mit w auf Wiedervorlage."
        if verb == "take":
            return "z übernimmt Reminder. Ein Case gehört niemandem, jeder darf ihn erledigen."
        if line.state != "open" and verb != "remind":
            return f"Dieser Case ist schon erledigt ({line.resolved_by or '?'})."
        fixed = {"id": str(line.id)}
        if verb == "main":
            return Deed(
                "case.resolve", f"Case erledigen: {name}", fixed, seen=line.version, about=about, kind=line.kind
            )
        if verb == "contact":
            return Deed(
                "case.contact", f"Kontakt festhalten: {name}", fixed, seen=line.version, about=about, kind=line.kind
            )
        if verb == "remind":
            kind = short("case_kind", line.kind)
            return remind(about, name, "zum Case", f"case:{line.id}", f"Case {kind}: {name}")
        return "Diese Taste tut auf einem Case nichts."

    def reading(self, row: Row) -> str:
        line: CaseLine = row.data
        if line.kind == "gone" and line.state == "open":
            return f"show:left:vpa:{line.vpa}"
        return super().reading(row)

    def offers(self, row: Row) -> Sequence[Offer]:
        from models.records.offers import for_absence, for_vpa

        line: CaseLine = row.data
        dated = for_absence(line.absence, line.vpa, line.vpa_name) if line.absence else []
        return [*dated, *for_vpa(line.vpa, line.vpa_name, line.kind == "gone" and "returned" not in line.findings)]

    def new(self) -> Deed | str:
        return WHO

    def nothing(self, imported: str) -> str:
        made = "i importiert den nächsten Export, n trägt ein, was sich geändert hat."
        return " ".join(("Keine offenen Cases.", *imported.splitlines(), made))


def _log_kind(kind: str) -> str:
    from models.playbook import playbook

    return playbook().kind("case_kind", kind).log_kind
