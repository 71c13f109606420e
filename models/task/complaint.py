"""The chat as it stood on a day, and what is not documented: in a complaint nothing else counts (T-04). Read-only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.action.work import Work
from models.ground import clock
from models.playbook import playbook
from models.tables.history import History
from models.tables.task import Message, Note, Task
from models.task.chat import messages_of, notes_of, open_questions
from models.task.rules import contract_words, missing_items


@dataclass(frozen=True)
class Undocumented:
    """Something that a complaint will not find in the chat."""

    code: str
    """A code of the playbook's group `undocumented`."""
    detail: str = ""

    @property
    def text(self) -> str:
        """In German."""
        label = playbook().label("undocumented", self.code)
        return f"{label}: {self.detail}" if self.detail else label


@dataclass(frozen=True)
class ComplaintView:
    """What was written up to the end of a day."""

    day: dt.date
    messages: tuple[Message, ...]
    notes: tuple[Note, ...]
    """Internal: they count for nobody but us."""
    undocumented: tuple[Undocumented, ...]


def past_day(text: str, today: dt.date) -> dt.date:
    """A day as people type it, understood backwards: `mo` and `17.11.` are the last such day, today included.

    ValueError with a German sentence where it is none, or one that has not come yet.
    """
    try:
        day = clock.spoken_date(text, today)
    except ValueError:
        raise ValueError("Das ist kein Tag: Schreib heute, gestern, -3, mo, 17.11. oder TT.MM.JJJJ.") from None
    if day <= today:
        return day
    counted_from_today = day - clock.spoken_date(text, today - dt.timedelta(days=1)) == dt.timedelta(days=1)
    if not counted_from_today:
        week, year = today - dt.timedelta(days=7), clock.add_months(today, -12) + dt.timedelta(days=1)
        for since in (week, year):
            if (found := clock.spoken_date(text, since)) <= today:
                return found
    raise ValueError("Dieser Tag kommt erst noch.")


def complaint_view(work: Work, task: Task, day: dt.date | None = None) -> ComplaintView:
    """The chat at the end of a Berlin day (today), with the tags it had then."""
    day = day or work.today
    messages = [message for message in messages_of(task) if clock.day_of(message.at) <= day]
    _take_tags_back(task, messages, day)
    notes = [note for note in notes_of(task) if clock.day_of(note.at) <= day]
    return ComplaintView(day, tuple(messages), tuple(notes), tuple(_undocumented(work, task, messages, notes)))


def _take_tags_back(task: Task, messages: Sequence[Message], day: dt.date) -> None:
    """Undo in memory what was corrected after that day."""
    after = clock.start_of_day(day + dt.timedelta(days=1))
    by_id = {message.id: message for message in messages}
    later = History.select().where(History.subject == f"task:{task.id}", History.at >= after)
    for row in later.order_by(History.id.desc()):
        for change in row.changed():
            if change.table == "message" and change.key in by_id and change.before and "tags" in change.before:
                by_id[change.key].tags = Message.tags.python_value(change.before["tags"])


def _undocumented(work: Work, task: Task, messages: Sequence[Message], notes: Sequence[Note]) -> Iterator[Undocumented]:
    tags = {tag for message in messages for tag in message.tags}
    if "aufgabenbeschreibung" not in tags:
        yield Undocumented("description")
    if "deadline" not in tags and task.deadline is None:
        yield Undocumented("deadline")
    if "ergebnis" not in tags:
        yield Undocumented("result")
    for message in open_questions(messages):
        yield Undocumented("question", clock.german_moment(message.at))
    if untagged := sum(not message.tags for message in messages):
        yield Undocumented("untagged", str(untagged))
    for note in notes:
        if note.kind == "note" and (spoken := contract_words(work, note.text)):
            yield Undocumented("notes_only", f"{', '.join(spoken)} ({clock.german_moment(note.at)})")
    for item in missing_items(task.checklist):
        yield Undocumented("item", item)
