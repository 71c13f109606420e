"""The Aufgabenchat of one task, message by message: by tag, as it stood on a day, and the internal notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.database.keyset import Anchor, Listing
from models.ground import clock
from models.ground.text import fold
from models.playbook import playbook
from models.tables.task import TAGS, Task
from models.task.complaint import complaint_view, past_day
from models.task.pages import chat_listing, note_listing
from screens.tab.deeds import remind
from screens.tab.tab import Deed, Made, Question, Tab, TabSource, View
from screens.widgets.window_columns import Column, cut
from screens.widgets.window_source import Row, RowId
from screens.words import first_line, moment_word, short

if TYPE_CHECKING:
    from screens.detail.detail import Detail

NOTES, COMPLAINT = "notes", "complaint"
STOOD = "\t"
"""Begins the row id of a message as it stood on a day: day and message id follow."""


@dataclass(frozen=True)
class Said:
    """A message or an internal note, as a key needs it."""

    id: str
    tags: tuple[str, ...]
    version: int | None
    note: bool
    day: dt.date | None = None
    """With a day: read-only, as it stood then."""


class Stood(Listing):
    """Messages under row ids that say the day."""

    def locate(self, key: Any) -> Anchor | None:
        """The place of a message."""
        return super().locate(str(key).rpartition(STOOD)[2])


class ChatTab(Tab):
    """All that was said about one task."""

    code = "chat"
    number = 0
    title = "Aufgabenchat"
    columns: ClassVar = (
        Column("at", "am", 15, sortable=False),
        Column("from", "von", 5, sortable=False),
        Column("text", "Nachricht", 16, flex=3, sortable=False),
        Column("tags", "Aufgabentags", 14, flex=1, most=30, priority=1, sortable=False),
    )
    main = "Aufgabentags"
    foot = ("main", "new", "view", "filter", "remind")

    def __init__(self, task: str) -> None:
        self.task = task
        self.name = task

    @property
    def views(self) -> Mapping[str, str]:  # type: ignore[override]
        """The whole chat, one view a tag (T-09), the notes, and how it stands in a complaint (T-04)."""
        tags = playbook().labels("task_tag")
        special = {NOTES: "Interne Notizen · liest: VPA + AT, nicht Kunde", COMPLAINT: "Stand für Beschwerden"}
        return {"all": "ganzer Chat · liest: Kunde + VPA", **{tag: tags[tag] for tag in TAGS}, **special}

    def view_in(self, view: View) -> tuple[str, str]:
        """Tags count as views in the filter, and so do `Notizen` and `Stand`, the latter with a day behind it."""
        first, _, rest = view.text.strip().partition(" ")
        named = {"notizen": NOTES, "stand": COMPLAINT}.get(fold(first))
        return (named, rest) if named else super().view_in(view)

    def remark(self, view: View, today: dt.date) -> str:
        if view.name != COMPLAINT:
            return ""
        said = clock.german_date(_day(view.text, today))
        if view.text and not _is_day(view.text, today):
            return f"„{view.text}“ ist kein Tag: {said}"
        return f"{said} · f wählt den Tag"

    def filter_hint(self, view: View) -> str:
        return "Filter: Wörter, Aufgabentag, „notizen“, „stand 17.11.“"

    def question(self, view: View, today: dt.date) -> Question | None:
        """A complaint is about a day: ask which (T-04)."""
        name, text = self.view_in(view)
        if name != COMPLAINT:
            return None

        def meaning(typed: str) -> str:
            return f"der Chat, wie er am {clock.german_date(past_day(typed, today))} stand"

        return Question(f"Stand für Beschwerden: {self.name}", "Tag", text or "heute", meaning)

    # Rows

    def listing(self, work: Work, view: View) -> Listing:
        if view.name == NOTES:
            return note_listing(self.task, view.text)
        if view.name == COMPLAINT:
            day = _day(view.text, work.today)
            stood = chat_listing(self.task, until=day)
            return Stood(stood._query, stood._key, stood._parts)
        return chat_listing(self.task, view.name if view.name in TAGS else "", view.text)

    def source(self, session: Session, view: View) -> TabSource:
        name, text = self.view_in(view)
        if name not in (NOTES, COMPLAINT):
            return super().source(session, view)
        wanted = View(name, text)

        def rows(work: Work, found: Made) -> list[Row]:
            return self._notes(work, found) if name == NOTES else self._stood(work, found, _day(text, work.today))

        return TabSource(session, lambda work: self.listing(work, wanted), rows)

    def rows(self, work: Work, found: Made) -> list[Row]:
        return [_message_row(work, anchor, row, row[4], None) for anchor, row in found]

    def _stood(self, work: Work, found: Made, day: dt.date) -> list[Row]:
        view = complaint_view(work, Task.get_by_id(self.task), day)
        tags: dict[str, list[str]] = {message.id: message.tags for message in view.messages}
        return [_message_row(work, anchor, row, tags.get(row[0], list(row[4])), day) for anchor, row in found]

    def _notes(self, work: Work, found: Made) -> list[Row]:
        rows = []
        for anchor, (key, at, author, text, kind, watched) in found:
            remark = short("note_kind", kind) if kind != "note" else "" if watched else "nicht im Blick"
            cells = (moment_word(at, work.today), author, first_line(text), remark)
            rows.append(Row(key, cells, anchor, "" if watched else "muted", Said(str(key), (), None, note=True)))
        return rows

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        from screens.tasks.said import message_detail, note_detail, stood_detail

        if isinstance(row_id, int):
            return note_detail(session, row_id)
        if row_id.startswith(STOOD):
            _, day, key = row_id.split(STOOD, 2)
            return stood_detail(session, self.task, key, dt.date.fromisoformat(day))
        return message_detail(session, row_id)

    # Keys

    def main_at(self, row: Row | None) -> str:
        """Only what stands in the chat now has tags to correct."""
        said: Said | None = row.data if row is not None else None
        return "" if said is not None and (said.note or said.day is not None) else self.main

    def deed(self, verb: str, row: Row) -> Deed | str:
        said: Said = row.data
        if verb == "remind":
            return remind("", self.name, "zur Aufgabe", f"task:{self.task}", f"Aufgabe: {self.name}")
        if verb != "main":
            return "Im Aufgabenchat geht das nicht: e berichtigt Aufgabentags, n schreibt, m filtert nach Tag."
        if said.note:
            return "Interne Notizen haben keine Aufgabentags."
        if said.day is not None:
            return "So stand es an diesem Tag: nur zum Lesen. f wählt einen anderen Tag, Esc führt zum Chat zurück."
        which = f"„{cut(str(row.cells[2]), 60).rstrip()}“"
        return Deed("task.tag", f"Aufgabentags berichtigen: {which}", {"id": said.id}, {"tag": said.tags},
                    seen=said.version)  # fmt: skip

    def new_at(self, row: Row | None) -> list[Deed]:
        return [
            Deed("task.message", f"Nachricht im Aufgabenchat: {self.name}", {"id": self.task}, {"sender": "at"}),
            Deed("task.note", f"Interne Notiz: {self.name}", {"id": self.task}),
        ]

    def nothing(self, imported: str) -> str:
        return "Noch keine Nachricht. n hält eine fest."

    def empty(self, view: View, imported: str) -> str:
        if view.name == COMPLAINT:
            return "Bis zu diesem Tag steht nichts im Chat. f wählt einen anderen Tag."
        return super().empty(view, imported)


def _day(text: str, today: dt.date) -> dt.date:
    """The day that a text means; today where it means none."""
    try:
        return past_day(text, today) if text else today
    except ValueError:
        return today


def _is_day(text: str, today: dt.date) -> bool:
    try:
        past_day(text, today)
    except ValueError:
        return False
    return True


def _message_row(work: Work, anchor: Any, row: tuple[Any, ...], tags: list[str], day: dt.date | None) -> Row:
    key, at, sender, text, _, version = row
    words = ", ".join(short("task_tag", tag) for tag in tags)
    cells = (moment_word(at, work.today), short("sender", sender), first_line(text), words or ("ohne Tag", "due"))
    row_id = f"{STOOD}{day.isoformat()}{STOOD}{key}" if day else key
    return Row(row_id, cells, anchor, "", Said(key, tuple(tags), version, note=False, day=day))
