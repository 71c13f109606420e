"""Items of the Ausgang, made in the transaction of the deed out of the rows that it wrote (X-01).

No action has to think of it: what an entry, a message or a status is to the platform, stands here once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from models.action.work import Work
from models.database.fields import BaseModel
from models.ground import clock
from models.playbook import playbook
from models.tables.entry import Entry
from models.tables.history import Change
from models.tables.outbox import Outbox
from models.tables.people import Assignment, Customer, Vpa
from models.tables.task import Message, Note, Task

TABLE = "outbox"

JOINT = "\n\n"
"""Between situation, response and next steps of an entry."""

SIGNED = ("entry", "message", "note")
"""Kinds whose text is somebody's: in a shared account with the Kürzel in front (K-11)."""

BACK = "Auf der Plattform zurücknehmen:\n"
"""Before the text of what was undone here after it had been carried over."""


@dataclass(frozen=True)
class Telling:
    """What the platform has to be told of one row."""

    kind: str
    subject: str
    about: str
    text: str
    value: dict[str, Any] | None = None
    file: str | None = None
    replaces: str = ""
    """The row whose open item is thereby no longer needed."""


def whole_text(situation: str, response: str | None, next_steps: str | None) -> str:
    """An entry as it is pasted: its three parts, those that say something."""
    return JOINT.join(part for part in (situation, response, next_steps) if part)


def tell(work: Work) -> tuple[int, ...]:
    """Put on the Ausgang what the deed has written so far, if the team uses it; the ids of the items."""
    changes = [change for change in work.changes if change.table in _TELLERS]
    if not changes or not work.settings.way_back:
        return ()
    told: dict[tuple[str, str], Telling] = {}
    for change in changes:
        for telling in _TELLERS[change.table](work, change):
            told[f"{change.table}:{change.key}", telling.kind] = telling  # of several changes of a row the last holds
    return tuple(_put(work, written, telling).id for (written, _), telling in told.items())


def is_told(change: Change, action: str) -> bool:
    """Whether this change of the Ausgang came with a deed, rather than with an action on the Ausgang itself."""
    came_along = change.before is None or "state" in (change.after or {})
    return change.table == TABLE and came_along and not action.startswith(f"{TABLE}.")


def take_along(work: Work, change: Change) -> None:
    """The deed of this item is undone: an open one goes, a carried one has to be taken back there."""
    row = work.find(Outbox, change.key)
    if change.before is not None:  # the deed had made an older item needless
        if row is not None and row.state == "not_needed":
            work.update(row, state=change.before.get("state", "open"))
        return
    row = row or _told_anew(change)
    if row is None:
        return
    if row.state == "open":
        work.delete(row)
    elif row.state == "carried":
        told = {name: getattr(row, name) for name in ("kind", "subject", "about", "written", "file")}
        work.insert(Outbox, **told, text=f"{BACK}{row.text}", takes_back=row.id, made_at=work.now, made_by=work.me)


def _told_anew(change: Change) -> Outbox | None:
    """The item that a redo has put in place of one that went with the undo before it."""
    said = change.after or {}
    same = (Outbox.written == said.get("written"), Outbox.kind == said.get("kind"), Outbox.id > change.key)
    found: Outbox | None = Outbox.select().where(*same, Outbox.takes_back.is_null()).order_by(Outbox.id).first()
    return found


def _put(work: Work, written: str, telling: Telling) -> Outbox:
    older = _superseded(work, telling.replaces or written, telling.kind)
    value, text = telling.value, telling.text
    if older is not None and value is not None and telling.kind == "task":  # what the older one told holds too
        value = {**older.value, **value}
        text = _task_text(work, value)
    if telling.kind in SIGNED and work.session.account in work.settings.value("shared_accounts"):
        text = f"{work.me}: {text}"
    return work.insert(
        Outbox,
        kind=telling.kind,
        subject=telling.subject,
        about=telling.about,
        text=text,
        written=written,
        value=value,
        file=telling.file,
        made_at=work.now,
        made_by=work.me,
    )


def _superseded(work: Work, written: str, kind: str) -> Outbox | None:
    """The open item that this one makes needless: told twice, the platform would only need the last."""
    open_one = (Outbox.written == written, Outbox.kind == kind, Outbox.state == "open", Outbox.takes_back.is_null())
    older: Outbox | None = Outbox.select().where(*open_one).order_by(Outbox.id.desc()).first()
    if older is not None:
        work.update(older, state="not_needed", done_at=work.now, done_by=work.me)
    return older


# What each table is to the platform


def _of_entry(work: Work, change: Change) -> Iterator[Telling]:
    entry = _new(work, Entry, change)
    if entry is not None and entry.platform_id is None:
        text = whole_text(entry.situation, entry.response, entry.next_steps)
        replaces = f"entry:{entry.corrects}" if entry.corrects else ""
        yield Telling("entry", entry.subject, f"entry:{entry.id}", text, file=entry.file, replaces=replaces)


def _of_message(work: Work, change: Change) -> Iterator[Telling]:
    message = work.find(Message, change.key)
    if message is None:
        return
    subject, about = _of_task_row(message.task)
    if change.before is None and message.sender == "at":
        yield Telling("message", subject, about, message.text)
    elif change.before is not None and "tags" in (change.after or {}):
        tags = ", ".join(playbook().label("task_tag", tag) for tag in message.tags)
        text = f"Aufgabentags der Nachricht vom {clock.german_moment(message.at)}: {tags}"
        yield Telling("tags", subject, about, text, {"tags": list(message.tags)})


def _of_note(work: Work, change: Change) -> Iterator[Telling]:
    note = work.find(Note, change.key) if change.before is None else None
    if note is not None:
        yield Telling("note", *_of_task_row(note.task), note.text)


def _of_customer(work: Work, change: Change) -> Iterator[Telling]:
    status = _changed(change, "status")
    if status is not None:
        subject = f"customer:{change.key}"
        yield Telling("status", subject, subject, f"Status: {playbook().label('customer_status', status)}",
                      {"status": status})  # fmt: skip


def _of_assignment(work: Work, change: Change) -> Iterator[Telling]:
    """A time that begins, or that goes on after all; that another one ended thereby, follows from it."""
    row = work.find(Assignment, change.key)
    if row is None or row.end is not None or (change.before is not None and "end" not in (change.after or {})):
        return
    vpa: Vpa = row.vpa
    text = f"VPA: {vpa.name} ({vpa.id}), ab {clock.german_date(cast(dt.date, row.start))}"
    yield Telling("assignment", f"customer:{row.customer_id}", f"vpa:{vpa.id}", text,
                  replaces=f"assignment:{_before(row)}")  # fmt: skip


def _before(row: Assignment) -> int:
    """The assignment whose open item this one makes needless; 0 for none."""
    others = (Assignment.customer == row.customer_id, Assignment.exported.is_null(), Assignment.id != row.id)
    found = Assignment.select(Assignment.id).where(*others).order_by(Assignment.id.desc()).first()
    return found.id if found is not None else 0


def _of_task(work: Work, change: Change) -> Iterator[Telling]:
    state, vpa = _changed(change, "state"), _changed(change, "vpa")
    task = work.find(Task, change.key)
    if task is None or (state is None and vpa is None):
        return
    value = {name: new for name, new in (("status", state), ("vpa_id", vpa)) if new is not None}
    yield Telling("task", *_of_task_row(task), _task_text(work, value), value)


def _task_text(work: Work, value: dict[str, Any]) -> str:
    lines = [f"Stand: {playbook().label('task_state', value['status'])}"] if "status" in value else []
    if "vpa_id" in value:
        receiver = work.find(Vpa, value["vpa_id"])
        lines.append(f"VPA: {receiver.name if receiver else value['vpa_id']} ({value['vpa_id']})")
    return "\n".join(lines)


def _of_task_row(task: Task) -> tuple[str, str]:
    return f"customer:{task.customer_id}", f"task:{task.id}"


def _changed(change: Change, name: str) -> Any:
    """The new value of a column of a row that was there before; None where it was not changed."""
    return None if change.before is None or change.after is None else change.after.get(name)


def _new(work: Work, model: type[Any], change: Change) -> Any:
    """The row that was written anew, or brought back by a redo; None for any other change."""
    returned = change.after is not None and "withdrawn_at" in change.after and change.after["withdrawn_at"] is None
    return work.find(model, change.key) if change.before is None or returned else None


_Teller = Callable[[Work, Change], Iterator[Telling]]

_TELLERS: dict[str, _Teller] = {
    str(model._meta.table_name): teller
    for model, teller in (
        (Entry, _of_entry),
        (Message, _of_message),
        (Note, _of_note),
        (Customer, _of_customer),
        (Assignment, _of_assignment),
        (Task, _of_task),
    )
    if issubclass(model, BaseModel)
}
