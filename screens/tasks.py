"""Tab 5: Aufgaben."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.pages import Listing
from models.task.inbox import VIEWS, Arrival, TaskLine, arrivals, task_listing
from screens.tab import Deed, Made, Tab, View
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row, RowId
from screens.words import day_word, short

if TYPE_CHECKING:
    from screens.detail import Detail

STEPS: dict[str, tuple[tuple[str, str], ...]] = {
    "forwarded": (
        ("check", "Aufgabe prüfen"), ("offer", "Ausschreiben"), ("assign", "Zuteilen"), ("return", "An den VPA zurückgeben"),
    ),
    "umfrage": (("assign", "Zuteilen"),),
}  # fmt: skip
ALWAYS = (
    ("message", "Nachricht im Aufgabenchat"), ("note", "Interne Notiz"), ("check", "Aufgabe prüfen"),
    ("decline", "Ablehnen"), ("release", "Ablehnen freigeben"), ("book", "Add-On buchen"),
    ("complain", "Beschwerde"), ("support", "Umfang wächst: Hilfe anfordern"),
)  # fmt: skip


class TasksTab(Tab):
    """Forwarded and everything else that runs; none of it counts in the daily duty (D-02)."""

    code = "tasks"
    number = 5
    title = "Aufgaben"
    columns: ClassVar = (
        Column("title", "Aufgabe", 16, flex=4, most=44),
        Column("state", "Stand", 9, priority=1, sortable=False),
        Column("customer", "Kunde", 12, flex=2, most=26, priority=2),
        Column("hours", "Std.", 5, align="right", priority=4, sortable=False),
        Column("deadline", "Deadline", 9, priority=3),
        Column("lacks", "Es fehlt", 10, flex=2, most=30, priority=3, sortable=False),
    )
    views: ClassVar[Mapping[str, str]] = VIEWS
    main = "Nächster Schritt"
    foot = ("main", "more", "log", "remind", "filter")

    def listing(self, work: Work, view: View) -> Listing:
        return task_listing(view.name, view.text, view.sort, view.descending)

    def rows(self, work: Work, found: Made) -> list[Row]:
        lines = [(anchor, TaskLine(*row)) for anchor, row in found]
        ready = arrivals([line for _, line in lines if line.state == "forwarded"])
        return [self._row(work, anchor, line, ready.get(line.id)) for anchor, line in lines]

    def _row(self, work: Work, anchor: Any, line: TaskLine, arrival: Arrival | None) -> Row:
        hours = "" if line.hours is None else f"{line.hours:g}".replace(".", ",")
        deadline: Any = day_word(line.deadline, work.today) if line.deadline else ""
        if line.deadline and line.deadline < work.today and line.state not in ("abgelehnt", "erledigt"):
            deadline = (deadline, "overdue")
        lacks = _lacks(arrival) if arrival else "Neukunde" if line.new_customer else ""
        cells = (line.title, short("task_state", line.state), line.customer_name, hours, deadline, lacks)
        return Row(line.id, cells, anchor, "muted" if line.state in ("abgelehnt", "erledigt") else "", (line, arrival))

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        from screens.task_view import task_detail

        return task_detail(session, str(row_id))

    def deed(self, verb: str, row: Row) -> Deed | str:
        line: TaskLine = row.data[0]
        about = f"customer:{line.customer}"
        if verb == "file":
            return f"show:{about}"
        if verb == "log":
            return Deed("file.log", f"Akteneintrag: {line.customer_name}", {"customer": line.customer}, about=about)
        if verb == "remind":
            return Deed("reminder.set", f"Reminder zur Aufgabe: {line.title}", {"about": f"task:{line.id}"}, about=about,
                        preset={"due": "morgen", "reason": f"Aufgabe: {line.title}"})  # fmt: skip
        if verb == "main":
            return self._next(row)
        if verb == "postpone":
            return "v verschiebt Reminder. Eine Aufgabe legst du mit w auf Wiedervorlage."
        if verb == "take":
            return "z übernimmt Reminder. Eine Aufgabe gehört dem ganzen Team."
        if verb == "contact":
            return "c hält den Kontakt zu einem Case fest. Eine Nachricht im Aufgabenchat steht unter x."
        return "Diese Taste tut bei einer Aufgabe nichts. x zeigt, was möglich ist."

    def _next(self, row: Row) -> Deed | str:
        """Forwarded: check, then offer. Offered: assign. Else a message."""
        line, arrival = row.data
        steps = {deed.code: deed for deed in self.more(row)}
        if line.state in ("abgelehnt", "erledigt"):
            return "Diese Aufgabe ist abgeschlossen."
        if arrival is not None and (arrival.missing or not arrival.tags_checked):
            return steps["task.check"]
        if line.state == "forwarded":
            blocked = arrival is not None and not arrival.ready
            return steps["task.return" if blocked else "task.offer"]
        return steps["task.assign" if line.state == "umfrage" else "task.message"]

    def more(self, row: Row) -> list[Deed]:
        line: TaskLine = row.data[0]
        if line.state in ("abgelehnt", "erledigt"):
            return []
        steps = dict((*STEPS.get(line.state, ()), *ALWAYS))
        return [
            Deed(f"task.{verb}", f"{title}: {line.title}", {"id": line.id}, seen=line.version,
                 about=f"customer:{line.customer}", preset=_preset(verb, line))
            for verb, title in steps.items()
        ]  # fmt: skip

    def new(self) -> Deed | str:
        return "Aufgaben kommen aus dem Export der Plattform. i importiert den nächsten."

    def nothing(self, imported: str) -> str:
        return f"Keine offenen Aufgaben. {imported}"


def _preset(verb: str, line: TaskLine) -> dict[str, Any]:
    if verb == "check":
        return {f"item.{item}": judgement for item, judgement in line.checklist.items()}
    return {"sender": "at"} if verb == "message" else {}


def _lacks(arrival: Arrival) -> str:
    """What a forwarded task lacks, in a few words."""
    words = [
        "Kunde informiert" if arrival.told is False else "",
        "Kommentar" if arrival.commented is False else "",
        "Angaben" if arrival.missing else "",
        "Tags" if not arrival.tags_checked else "",
    ]
    return ", ".join(word for word in words if word) or "bereit"
