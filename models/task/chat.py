"""The Aufgabenchat and the internal notes: reading and writing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from models.action.work import Work
from models.tables.history import HistoryHead
from models.tables.task import Message, Note, Task
from models.task.clock import DeclineClock, decline_clock, lines_of


def messages_of(task: Task, tag: str | None = None) -> list[Message]:
    """The chat of a task, oldest first; with a tag only the messages that bear it (T-09)."""
    rows = Message.select().where(Message.task == task.id).order_by(Message.at, Message.id)
    return [message for message in rows if tag is None or tag in message.tags]


def notes_of(task: Task) -> list[Note]:
    """The internal notes of a task, oldest first."""
    return list(Note.select().where(Note.task == task.id).order_by(Note.id))


def write_message(work: Work, task: Task, sender: str, text: str, tags: Sequence[str]) -> Message:
    """Put a message into the chat, now."""
    return work.insert(
        Message,
        id=_new_id(task, text),
        task=task,
        at=work.now,
        sender=sender,
        text=text,
        tags=list(dict.fromkeys(tags)),
    )


def _new_id(task: Task, text: str) -> str:
    """An id that no platform gives; ids grow, so that messages of one minute keep their order.

    It comes out of the end of the history, which no other database shares and every action moves on: a dry run
    answers with the id that the deed will give.
    """
    head: HistoryHead | None = HistoryHead.select().first()
    number, end = (head.last + 1, head.hash) if head else (1, "")
    mark = hashlib.sha256("\n".join((end, str(task.id), text)).encode()).hexdigest()
    return f"schicht-{number:09d}-{mark[:12]}"


def write_note(work: Work, task: Task, text: str, kind: str = "note", vpa: str | None = None) -> Note:
    """Write an internal note, now."""
    return work.insert(
        Note,
        task=task,
        at=work.now,
        author=work.me,
        text=text,
        kind=kind,
        vpa=vpa,
        watched=task.state == "forwarded",
    )


def clock_of(work: Work, messages: Sequence[Message]) -> DeclineClock:
    """The clock of a decline by the team's settings (T-14)."""
    needed, gap = work.settings.number("reminders_needed"), work.settings.number("reminder_gap_days")
    return decline_clock(lines_of(messages), work.today, work.workdays, needed, gap)


def open_questions(messages: Sequence[Message]) -> list[Message]:
    """What the customer asked and nobody has answered yet (T-18): everything since our last message."""
    ours = max((n for n, message in enumerate(messages) if message.sender != "kunde"), default=-1)
    return [m for m in messages[ours + 1 :] if "rueckfrage" in m.tags or "?" in m.text]


def rely_on(work: Work, action: str, messages: Iterable[Message]) -> None:
    """Note on messages that an action was built on them, so that nobody undoes them under it."""
    for message in messages:
        work.update(message, relied_on=action)
