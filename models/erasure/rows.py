"""Which rows and columns hold what tells who a person was (A-28)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from models.database.fields import BaseModel, IdField
from models.ground.text import fold
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.outbox import Outbox, Twin
from models.tables.people import ERASED, SEPARATOR, Assignment, Customer, Earlier, Leave, Member, Vpa
from models.tables.person import Erasure, Hold, Restriction
from models.tables.reminder import Reminder
from models.tables.task import Message, Note, Task

GONE = ERASED
"""Stands where a text may not be missing."""

NAME = {"name": GONE, "folded": fold(GONE)}
ON_CASE = {"vpa_name": GONE, "vpa_folded": fold(GONE)}

BLANK: dict[str, dict[str, Any]] = {
    "vpa": {**NAME, "buddy": None, "exported": None},
    "customer": {**NAME, "wizard": None, "exported": None, "watched_for": None, "watched_by": None},
    "case": {**ON_CASE, "note": None},
    "flag": ON_CASE,
    "reminder": {"reason": GONE, "note": None, "answer": None, "folded": None},
    "entry": {
        "situation": GONE, "link": None, "response": None, "next_steps": None, "tags": [], "folded": "",
        "exported": None,
    },
    "handover": {"reason": None, "effort": None, "remark": None},
    "task": {
        "title": GONE, "folded": fold(GONE), "link": None, "delegation_comment": None, "exported": None,
    },
    "message": {"text": GONE, "exported": None},
    "note": {"text": GONE},
    "outbox": {"text": GONE},
    "assignment": {"reason": None, "exported": None},
    "member": {"name": GONE, "login": None},
    "leave": {"reason": GONE},
    "restriction": {"reason": GONE},
    "hold": {"reason": GONE},
    "erasure": {"reason": GONE},
}  # fmt: skip
"""By table: the columns that are emptied, and with what."""

EMPTIED: dict[str, tuple[str, ...]] = {
    "case": ("details",),
    "flag": ("details",),
    "handover": ("questions", "talks", "measures"),
}
"""By table: structures that keep their shape, dates, numbers and answers, and lose their texts."""

ALSO: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    **{kind: (BLANK[kind], ()) for kind in ("entry", "reminder", "message", "note", "outbox")},
    "task": ({"title": GONE, "folded": fold(GONE), "delegation_comment": None}, ()),
    "case": ({"note": None}, ("details",)),
    "flag": ({}, ("details",)),
    "handover": (BLANK["handover"], ("questions", "talks", "measures")),
}
"""By table: what goes of a text about somebody else that mentions the person."""

DATE = re.compile(r"\d{4}-\d\d-\d\d([T ][\d:.]+([+-]\d\d:\d\d|Z)?)?")


def of_vpa(key: str) -> Iterator[BaseModel]:
    """Everything about a VPA; tasks and their chat belong to the customer. Who was merged into him is him (S-06)."""
    for merged in list(Vpa.select(Vpa.id).where(Vpa.merged_into == key)):
        yield from of_vpa(merged.id)
    yield from Vpa.select().where(Vpa.id == key)
    yield from Case.select().where(Case.vpa == key)
    yield from Flag.select().where(Flag.vpa == key)
    yield from _filed(f"vpa:{key}")
    yield from Handover.select().where(Handover.vpa == key)
    yield from Assignment.select().where(Assignment.vpa == key)
    for item in Outbox.select().where(Outbox.kind.in_(("assignment", "task"))):  # those of customers that name the VPA
        if item.about == f"vpa:{key}" or (item.value or {}).get("vpa_id") == key:
            yield item


def of_customer(key: str) -> Iterator[BaseModel]:
    """Everything about a customer, and about who was merged into them (S-06)."""
    for merged in list(Customer.select(Customer.id).where(Customer.merged_into == key)):
        yield from of_customer(merged.id)
    yield from Customer.select().where(Customer.id == key)
    yield from _filed(f"customer:{key}")
    yield from Handover.select().where(Handover.customer == key)
    yield from Assignment.select().where(Assignment.customer == key)
    tasks = Task.select(Task.id).where(Task.customer == key)
    yield from Task.select().where(Task.customer == key)
    yield from Message.select().where(Message.task.in_(tasks))
    yield from Note.select().where(Note.task.in_(tasks))


def of_member(key: str) -> Iterator[BaseModel]:
    """The member and why they were away. What they wrote is about others, and their Kürzel signs it."""
    yield from Member.select().where(Member.kuerzel == key)
    yield from Leave.select().where(Leave.member == key)
    yield from _rights(f"member:{key}")


def rows_of(subject: str) -> Iterator[BaseModel]:
    """Everything that tells of a person."""
    kind, _, key = subject.partition(":")
    yield from {"vpa": of_vpa, "customer": of_customer, "member": of_member}[kind](key)


def find(name: str) -> Any:
    """The row that `table:id` names, or None."""
    table, _, key = name.partition(":")
    model = {str(one._meta.table_name): one for one in _NAMED}.get(table)
    if model is None or (isinstance(model._meta.primary_key, IdField) and not key.isdigit()):
        return None
    return model.get_or_none(model._meta.primary_key == key)


_NAMED: tuple[Any, ...] = (
    Vpa, Customer, Member, Case, Flag, Reminder, Entry, Handover, Task, Message, Note, Outbox, Assignment,
)  # fmt: skip


def naming_cells(name: str, key: str) -> Iterator[tuple[BaseModel, dict[str, Any]]]:
    """Rows about others of which one cell names the person: the author of an entry, the Buddy of a VPA."""
    for entry in Entry.select().where(Entry.author == name):
        yield entry, {"author": GONE, "exported": _without(entry.exported, name, GONE)}
    for vpa in Vpa.select().where(Vpa.buddy.in_((name, key))):
        yield vpa, {"buddy": None, "exported": _without(vpa.exported, str(vpa.buddy), "")}


def checks_naming(name: str) -> Iterator[tuple[BaseModel, dict[str, Any]]]:
    """Reminders whose reason the program has worded with the name of the VPA in charge (K-25)."""
    for check in Reminder.select().where(Reminder.kind == "upkeep", Reminder.reason.contains(name)):
        yield check, {"reason": check.reason.replace(name, GONE), "folded": None}


def comments_of(subject: str) -> Iterator[tuple[BaseModel, dict[str, Any]]]:
    """Tasks of customers that a VPA has delegated with a comment of his own."""
    kind, _, key = subject.partition(":")
    if kind == "vpa":
        for task in Task.select().where(Task.delegated_by == key, Task.delegation_comment.is_null(False)):
            comment = str(task.delegation_comment)
            yield task, {"delegation_comment": None, "exported": _without(task.exported, comment, "")}


def _without(exported: str | None, cell: str, instead: str) -> str | None:
    """The cells of an export, with something else in place of one."""
    if exported is None:
        return None
    return SEPARATOR.join(instead if one == cell else one for one in exported.split(SEPARATOR))


def _rights(subject: str) -> Iterator[BaseModel]:
    yield from Restriction.select().where(Restriction.subject == subject)
    yield from Hold.select().where(Hold.subject == subject)
    yield from Erasure.select().where(Erasure.subject == subject)


def _filed(subject: str) -> Iterator[BaseModel]:
    yield from _rights(subject)
    yield from Entry.select().where(Entry.subject == subject)
    yield from Reminder.select().where(Reminder.subject == subject)
    yield from Outbox.select().where(Outbox.subject == subject)


def forget_earlier(keys: Mapping[str, set[Any]]) -> None:
    """What these rows were before the newest import: taking that back does not bring it again."""
    for table, found in keys.items():
        for key in found:
            Earlier.delete().where(Earlier.place == table, Earlier.key == str(key)).execute()
            Earlier.delete().where(
                Earlier.place == "twin", Earlier.key.in_([f"akten:{key}", f"nachrichten:{key}"])
            ).execute()


def forget_twins(keys: Mapping[str, set[Any]]) -> None:
    """What exports have said of our own entries and messages goes with them; that they were recognised stays."""
    for file, table in (("akten", "entry"), ("nachrichten", "message")):
        for own in keys.get(table, ()):
            Twin.update(exported="").where(Twin.file == file, Twin.own == str(own)).execute()


def blanks(row: BaseModel) -> dict[str, Any]:
    """What the personal columns of a row become."""
    kind = str(row._meta.table_name)
    return {**BLANK[kind], **{name: emptied(getattr(row, name)) for name in EMPTIED.get(kind, ())}}


def emptied(value: Any) -> Any:
    """A structure without its texts: dates, numbers and answers stay."""
    if isinstance(value, dict):
        return {name: emptied(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [emptied(part) for part in value]
    return "" if isinstance(value, str) and not DATE.fullmatch(value) else value
