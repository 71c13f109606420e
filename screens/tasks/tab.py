"""Tab 5: Aufgaben."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.database.keyset import Anchor, Listing
from models.playbook import playbook
from models.task.clock import DeclineClock
from models.task.experts import ExpertFacts, ExpertLine, expert_facts
from models.task.inbox import Arrival, TaskLine, arrivals, task_listing
from models.task.pages import EXPERTS, VIEWS, clocks, find_experts, unjudged
from screens.tab.deeds import log_entry, remind
from screens.tab.tab import Deed, Made, Tab, TabSource, View, offered
from screens.tasks.words import away_word, clock_word, decline_text, gaps, lacks, reminder_text, takes_word
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Cell, Row, RowId
from screens.words import day_word, short

if TYPE_CHECKING:
    from models.records.offers import Offer
    from screens.detail.detail import Detail

OVER = ("abgelehnt", "erledigt")
BESIDE = ("pool", EXPERTS)
NEVER_DUE = "zählt nie zum Tag (D-02)"
"""What stands over the views that are no part of the daily duty."""
WAITING = ("offen", "vergeben")
"""States in which a decline may be under way."""

STEPS = {
    "check": "Aufgabe prüfen", "offer": "Zur Bewerbung ausschreiben", "assign": "Zuteilen", "return": "Zurück an VPA",
    "message": "Nachricht im Aufgabenchat", "note": "Interne Notiz", "decline": "Ablehnen",
    "release": "Ablehnen freigeben", "book": "Add-On buchen", "complain": "Beschwerde aufnehmen",
    "support": "Umfang wächst: Hilfe anfordern",
}  # fmt: skip
FORWARDED_ONLY = ("offer", "assign", "return")
EXPERT_MARK = "\t"
"""Begins the row id of a VPA: no id of the platform begins with a tab, so that none is taken for a task."""

EXPERT_COLUMNS = (
    Column("name", "VPA", 14, flex=2, most=30),
    Column("klasse", "Kl.", 5, priority=1),
    Column("areas", "Assistenzbereiche", 13, flex=4, most=60, sortable=False),
    Column("takes", "nimmt", 9, priority=2),
    Column("away", "abwesend", 12, priority=3),
)


@dataclass(frozen=True)
class TaskRow:
    """What the tab wants to know again of a row when a key is pressed."""

    line: TaskLine
    arrival: Arrival | None
    """Of a task in Forwarded."""
    clock: DeclineClock | None
    """Of one that may be declined."""
    member: str
    """Name of who is looking, for the close of a letter."""


class Experts(Listing):
    """VPAs under row ids that no task has."""

    def locate(self, key: Any) -> Anchor | None:
        """The place of a VPA."""
        return super().locate(str(key).removeprefix(EXPERT_MARK))


class TasksTab(Tab):
    """Forwarded and everything else that runs; Projektpool and Experten never count in the daily duty (D-02)."""

    code = "tasks"
    noun = "task"
    number = 5
    title = "Aufgaben"
    columns: ClassVar = (
        Column("title", "Aufgabe", 15, flex=4, most=44),
        Column("customer", "Kunde", 11, flex=2, most=26, priority=2),
        Column("vpa", "VPA", 11, flex=2, most=24, priority=5, sortable=False),
        Column("state", "Stand", 9, priority=3, sortable=False),
        Column("open", "Noch offen", 21, flex=2, most=25, priority=1, sortable=False),
        Column("deadline", "Deadline", 9, priority=4),
    )
    main = "Nächster Schritt"
    foot = ("main", "read", "view", "filter", "new", "remind", "log")

    # What is shown

    @property
    def views(self) -> Mapping[str, str]:  # type: ignore[override]
        """By the team's own names (A-21)."""
        return {code: playbook().say(label) for code, label in VIEWS.items()}

    def remark(self, view: View, today: dt.date) -> str:
        return NEVER_DUE if view.name in BESIDE else ""

    def filter_hint(self, view: View) -> str:
        if self.view_in(view)[0] == EXPERTS:
            return "Filter: Name, Bereich, Klasse, „Aufträge“, „Neukunden“"
        return "Filter: Aufgabe, Kunde … auch „Projektpool“, „Experten“"

    # Rows

    def listing(self, work: Work, view: View) -> Listing:
        if view.name == EXPERTS:
            found = find_experts(work.today, view.text, view.sort, view.descending)
            return Experts(found._query, found._key, found._parts)
        sort = view.sort if view.sort in ("title", "customer", "deadline") else ""
        return task_listing(view.name, view.text, sort, view.descending)

    def columns_of(self, view: View) -> Sequence[Column]:
        return EXPERT_COLUMNS if self.view_in(view)[0] == EXPERTS else self.columns

    def source(self, session: Session, view: View) -> TabSource:
        name, text = self.view_in(view)
        if name == EXPERTS:
            wanted = replace(view, name=name, text=text)
            return TabSource(session, lambda work: self.listing(work, wanted), self._expert_rows)
        return super().source(session, view)

    def rows(self, work: Work, found: Made) -> list[Row]:
        lines = [(anchor, TaskLine(*row)) for anchor, row in found]
        ready = arrivals([line for _, line in lines if line.state == "forwarded"])
        waiting = clocks(work, [line.id for _, line in lines if line.state in WAITING])
        member = work.member.name if work.member else ""
        return [
            _task_row(work, anchor, TaskRow(line, ready.get(line.id), waiting.get(line.id), member))
            for anchor, line in lines
        ]

    def _expert_rows(self, work: Work, found: Made) -> list[Row]:
        lines = [(anchor, ExpertLine(*row)) for anchor, row in found]
        facts = expert_facts([line.id for _, line in lines], work.today)
        return [_expert_row(work, anchor, line, facts[line.id]) for anchor, line in lines]

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        key = str(row_id)
        if key.startswith(EXPERT_MARK):
            from screens.tasks.expert import expert_detail

            return expert_detail(session, key.removeprefix(EXPERT_MARK))
        from screens.tasks.detail import task_detail

        return task_detail(session, key)

    # Keys

    def subjects(self, row: Row) -> tuple[str, ...]:
        return (f"vpa:{row.data.id}",) if isinstance(row.data, ExpertLine) else super().subjects(row)

    def deed(self, verb: str, row: Row) -> Deed | str:
        if isinstance(row.data, ExpertLine):
            return _expert_deed(verb, row.data)
        line: TaskLine = row.data.line
        about = f"customer:{line.customer}"
        if verb == "main":
            return _next(row.data)[1]
        if verb == "file":
            return f"show:{about}"
        if verb == "log":
            return log_entry(about, line.customer_name, {"link": line.link} if line.link else {})
        if verb == "remind":
            return remind(about, line.title, "zur Aufgabe", f"task:{line.id}", f"Aufgabe: {line.title}")
        return {
            "postpone": "v verschiebt Reminder. Eine Aufgabe legst du mit w auf Wiedervorlage.",
            "take": "z übernimmt Reminder. Eine Aufgabe gehört dem ganzen Team.",
            "contact": "c hält den Kontakt zu einem Case fest. Eine Nachricht im Aufgabenchat schreibst du mit n.",
        }.get(verb, "Diese Taste tut bei einer Aufgabe nichts. x zeigt, was möglich ist.")

    def main_at(self, row: Row | None) -> str:
        if row is not None and isinstance(row.data, ExpertLine):
            return "Akte"
        return _next(row.data)[0] if row is not None else self.main

    def more(self, row: Row) -> list[Deed]:
        if not isinstance(row.data, TaskRow) or row.data.line.state in OVER:
            return []
        inbox = row.data.line.state == "forwarded"
        return [step(row.data, verb) for verb in STEPS if inbox or verb not in FORWARDED_ONLY]

    def new_at(self, row: Row | None) -> Deed | list[Deed] | str:
        if row is None or not isinstance(row.data, TaskRow):
            return self.new_expert() if row is not None else self.new()
        return [self.new(), step(row.data, "message"), step(row.data, "note")]

    def new(self) -> Deed:
        from models.records.offers import NEW_TASK

        return offered(NEW_TASK)

    def new_expert(self) -> Deed:
        """A VPA."""
        from models.records.offers import NEW_VPA

        return offered(NEW_VPA)

    def offers(self, row: Row) -> Sequence[Offer]:
        from models.records.offers import for_customer, for_task, for_vpa

        if isinstance(row.data, ExpertLine):
            return for_vpa(row.data.id, row.data.name)
        line: TaskLine = row.data.line
        open_ = [] if line.state in OVER else for_task(line.id, line.title, line.customer)
        own = for_vpa(line.vpa, line.vpa_name) if line.vpa and line.vpa_name else []
        return [*open_, *for_customer(line.customer, line.customer_name), *own]

    def reading(self, row: Row) -> str:
        if isinstance(row.data, TaskRow):
            return f"show:task:{row.data.line.id}"
        return f"show:vpa:{row.data.id}"

    def nothing(self, imported: str) -> str:
        return f"Keine offenen Aufgaben. {imported} i importiert den nächsten Export, n legt eine an."


# Rows


def _task_row(work: Work, anchor: Any, data: TaskRow) -> Row:
    line = data.line
    state = "Neukunde" if line.new_customer and line.state == "offen" else short("task_state", line.state)
    open_: Cell = ""
    if data.arrival is not None:
        open_ = lacks(data.arrival, line.checklist)
    elif data.clock is not None and data.clock.step != "ask":
        open_ = clock_word(data.clock, work.today)
    deadline: Cell = day_word(line.deadline, work.today) if line.deadline else ""
    if line.deadline and line.deadline < work.today and line.state not in OVER:
        deadline = (f"! {line.deadline:%d.%m.}", "overdue")
    cells = (line.title, line.customer_name, line.vpa_name or "", state, open_, deadline)
    return Row(line.id, cells, anchor, "muted" if line.state in OVER else "", data)


def _expert_row(work: Work, anchor: Any, line: ExpertLine, facts: ExpertFacts) -> Row:
    takes = takes_word(line.new_customers, line.orders)
    klasse = line.klasse + ("★" if line.rising_star else "")
    cells = (line.name, klasse, ", ".join(line.areas), takes, away_word(facts.away, work.today))
    style = "" if line.active and takes not in ("nichts", "unbekannt") else "muted"
    return Row(f"{EXPERT_MARK}{line.id}", cells, anchor, style, line)


# What keys do


def step(data: TaskRow, verb: str, **preset: Any) -> Deed:
    """One action on the task, with what is known already filled in."""
    line = data.line
    if verb == "check":
        preset = {f"item.{item}": judgement for item, judgement in line.checklist.items()} | preset
    if verb == "message":
        preset = {"sender": "at", **preset}
    if verb == "return" and data.arrival is not None:
        preset = {"gap": gaps(data.arrival), **preset}
    if verb == "decline":
        preset = {"text": decline_text(line.title, data.member), **preset}
    return Deed(f"task.{verb}", f"{STEPS[verb]}: {line.title}", {"id": line.id}, preset, seen=line.version,
                about=f"customer:{line.customer}")  # fmt: skip


def _next(data: TaskRow) -> tuple[str, Deed | str]:
    """What the row is there for, in a word for the footer and as a deed."""
    line, arrival = data.line, data.arrival
    if line.state in OVER:
        return "Erledigt", "Diese Aufgabe ist abgeschlossen. l zeigt ihren Aufgabenchat."
    if arrival is not None:
        return _out_of_forwarded(data, arrival)
    if line.state == "umfrage":
        return "Notiz für Bewerber", step(data, "note")
    if data.clock is not None and data.clock.step == "ready":
        return "Ablehnen", step(data, "decline")
    if data.clock is not None and data.clock.step == "remind":
        number = len(data.clock.reminders) + 1
        text = reminder_text(number, line.title, data.member)
        return f"Erinnerung {number}", step(data, "message", tag=("erinnerung",), text=text)
    return "Nachricht", step(data, "message")


def _out_of_forwarded(data: TaskRow, arrival: Arrival) -> tuple[str, Deed]:
    """Judge it first; then one key returns it with the list of gaps, or offers it to all."""
    if unjudged(data.line.checklist) or not arrival.tags_checked:
        return "Prüfen", step(data, "check")
    if not arrival.ready:
        return "Zurück an VPA", step(data, "return")
    deed = step(data, "offer")
    if arrival.deadline_offered is False:  # a warning, which wants its reason
        return "Ausschreiben", deed
    return "Ausschreiben", Deed(deed.code, deed.title, deed.values, seen=deed.seen, about=deed.about, at_once=True)


def _expert_deed(verb: str, line: ExpertLine) -> Deed | str:
    about = f"vpa:{line.id}"
    if verb in ("main", "file"):
        return f"show:{about}"
    if verb == "log":
        return log_entry(about, line.name)
    if verb == "remind":
        return remind(about, line.name)
    return "Experten zeigt, wer eine Aufgabe übernehmen könnte. Zugeteilt wird bei der Aufgabe selbst, mit x."
