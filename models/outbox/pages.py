"""Pages of the Ausgang."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from models.action.work import Work
from models.database.keyset import Listing, Part
from models.outbox.queries import readable
from models.tables.outbox import Outbox
from models.tables.people import Customer, Vpa
from models.tables.task import Task

VIEWS = {"open": "offen", "mine": "meine", "carried": "übertragen", "not_needed": "nicht nötig"}
"""What members look for, by code."""


@dataclass(frozen=True)
class OutboxLine:
    """One item as a list shows it."""

    id: int
    version: int
    kind: str
    subject: str
    about: str
    text: str
    file: str | None
    made_at: dt.datetime
    made_by: str
    state: str
    done_by: str | None
    how: str | None
    name: str = ""
    """Title of the task, else name of the VPA or customer."""


def outbox_listing(work: Work, view: str = "open", text: str = "") -> Listing:
    """The items of a view whose text holds what was typed, oldest first."""
    where: list[Any] = [readable(work), Outbox.state == (view if view in ("carried", "not_needed") else "open")]
    if view == "none":  # the team does not use it
        where.append(Outbox.id < 0)
    if view == "mine":
        where.append(Outbox.made_by == work.stamp.member)
    where += [Outbox.text.contains(word) for word in text.split()]
    columns = (
        Outbox.id, Outbox.version, Outbox.kind, Outbox.subject, Outbox.about, Outbox.text, Outbox.file,
        Outbox.made_at, Outbox.made_by, Outbox.state, Outbox.done_by, Outbox.how,
    )  # fmt: skip
    return Listing(Outbox.select(*columns), Outbox.id, [Part(tuple(where), (Outbox.id,))])


def outbox_lines(rows: Iterable[tuple[Any, ...]]) -> list[OutboxLine]:
    """The rows with what they are for."""
    lines = [OutboxLine(*row) for row in rows]
    names = _names({_for(line) for line in lines})
    return [replace(line, name=names.get(_for(line), _for(line).partition(":")[2])) for line in lines]


def _for(line: OutboxLine) -> str:
    """What it is for: the task, else the VPA or customer."""
    return line.about if line.about.startswith("task:") else line.subject


NAMES: dict[str, tuple[Any, Any]] = {
    "task": (Task.id, Task.title), "vpa": (Vpa.id, Vpa.name), "customer": (Customer.id, Customer.name),
}  # fmt: skip


def _names(subjects: set[str]) -> dict[str, str]:
    """One question for each kind, however many there are."""
    found = {}
    for kind, (key, name) in NAMES.items():
        keys = [subject.partition(":")[2] for subject in subjects if subject.startswith(f"{kind}:")]
        if keys:
            rows: Any = key.model.select(key, name).where(key.in_(keys))
            found.update({f"{kind}:{one}": str(words) for one, words in rows.tuples()})
    return found


def link_of(item: Outbox) -> str | None:
    """Where it has to go on the platform, if that is known: the link of the task, or the entry's own."""
    from models.tables.entry import Entry

    kind, _, key = item.about.partition(":")
    row: Any = None
    if kind == "task":
        row = Task.get_or_none(Task.id == key)
    elif kind == "entry" and key.isdigit():
        row = Entry.get_or_none(Entry.id == int(key))
    link = str(row.link) if row is not None and row.link else ""
    return link if link.startswith(("https://", "http://")) else None
