"""One message or internal note in full, and how a chat stands in a complaint."""

from __future__ import annotations

import datetime as dt

from models.action.work import Session, Work
from models.ground import clock
from models.playbook import playbook
from models.tables.task import Message, Note, Task
from models.task.complaint import complaint_view
from screens.detail.detail import Detail, Section
from screens.words import joined, label, moment_word

READ_BY_CHAT = "liest: Kunde + VPA"
READ_BY_NOTE = "liest: VPA + AT, nicht Kunde"
UNWATCHED = "Die Aufgabe lag nicht in Forwarded: Antworten hat niemand im Blick (T-23)."


def message_detail(session: Session, key: str) -> Detail | None:
    """A message, its text as written; None where it has gone."""
    work = session.work()
    message = work.find(Message, key)
    return None if message is None else _message(work, message, message.tags)


def _message(work: Work, message: Message, tags: list[str], before: tuple[Section, ...] = ()) -> Detail:
    words = ", ".join(label("task_tag", tag) for tag in tags)
    return Detail(
        title=label("sender", message.sender),
        aside=moment_word(message.at, work.today),
        facts=(f"Aufgabentags: {words}" if words else "ohne Aufgabentag", READ_BY_CHAT),
        before=(*before, Section("Nachricht", tuple(message.text.splitlines()))),
        copy=message.text,
        copied="Nachricht",
    )


def note_detail(session: Session, key: int) -> Detail | None:
    """An internal note under the words that say who reads it (T-20, T-23)."""
    work = session.work()
    note = work.find(Note, key)
    if note is None:
        return None
    watched = "" if note.watched else playbook().say(UNWATCHED)
    return Detail(
        title=note.author,
        aside=moment_word(note.at, work.today),
        facts=tuple(line for line in (READ_BY_NOTE, watched) if line),
        before=(Section("Interne Notiz", tuple(note.text.splitlines())),),
        copy=note.text,
        copied="Notiz",
    )


def stood_detail(session: Session, task: str, key: str, day: dt.date) -> Detail | None:
    """A message as it stood on a day, and what a complaint will not find in the chat (T-04)."""
    work = session.work()
    row = work.find(Task, task)
    if row is None:
        return None
    view = complaint_view(work, row, day)
    message = next((message for message in view.messages if message.id == key), None)
    if message is None:
        return None
    missing = tuple(f"○ {one.text}" for one in view.undocumented) or ("● Nichts fehlt.",)
    head = joined([f"Nicht dokumentiert am {clock.german_date(day)}", "was fehlt, zählt nicht (T-04)"])
    return _message(work, message, message.tags, (Section(head, missing),))
