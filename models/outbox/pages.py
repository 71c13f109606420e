"""Pages of the Ausgang."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from models.action.subjects import name_of
from models.action.work import Work
from models.database.keyset import Listing, Part
from models.outbox.queries import readable
from models.tables.outbox import Outbox
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
    known: dict[str, str] = {}
    lines = []
    for row in rows:
        line = OutboxLine(*row)
        about = line.about if line.about.startswith("task:") else line.subject
        if about not in known:
            known[about] = _name(about)
        lines.append(replace(line, name=known[about]))
    return lines


def _name(about: str) -> str:
    kind, _, key = about.partition(":")
    task: Task | None = Task.get_or_none(Task.id == key) if kind == "task" else None
    return task.title if task is not None else name_of(about)


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
