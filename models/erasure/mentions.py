"""Texts about others that name a person: nobody but a person can judge them (P-01, P-04)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.action.work import key_of
from models.database.fields import BaseModel
from models.erasure.rows import find, rows_of
from models.ground.text import clean_output
from models.tables.case import Case
from models.tables.day import Day
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.outbox import Outbox
from models.tables.people import Assignment, Customer, Member
from models.tables.reminder import Reminder
from models.tables.task import Message, Note, Task

PLACES: tuple[tuple[Any, tuple[str, ...], str | None], ...] = (
    (Entry, ("situation", "response", "next_steps", "link"), "created_at"),
    (Message, ("text",), "at"),
    (Note, ("text",), "at"),
    (Reminder, ("reason", "note", "answer"), "created_at"),
    (Case, ("note", "details"), "opened_at"),
    (Flag, ("details",), "raised_on"),
    (Handover, ("reason", "effort", "remark", "questions", "talks", "measures"), "opened_at"),
    (Task, ("title", "delegation_comment"), None),
    (Assignment, ("reason",), "start"),
    (Customer, ("wizard",), None),
    (Outbox, ("text",), "made_at"),
    (Day, ("leftovers",), "sealed_at"),
)
"""Where people write, and when they wrote it."""

AROUND = 80
"""Characters on each side of a name that an excerpt shows."""
SHORTEST = 3
"""Characters of a family name that is looked for by itself."""


@dataclass(frozen=True)
class Mention:
    """A text that names a person."""

    where: str
    """Table of the thing."""
    id: Any
    at: Any
    excerpt: str
    file: str | None = None
    """Of an entry: which file it stands in, for who may read it (A-28)."""

    @property
    def name(self) -> str:
        """As `--also` takes it, such as `entry:9`."""
        return f"{self.where}:{self.id}"

    def show(self, member: Member | None) -> dict[str, Any]:
        """The shape of CONTRACT §21; who may not read a VPA-Akte is told that it names the person, not how."""
        hidden = self.file == "vpa_akte" and not (member is not None and member.has("at", "vpa_manager"))
        excerpt = "(steht in einer Akte, die deine Rolle nicht liest)" if hidden else self.excerpt
        return {"where": self.where, "id": self.id, "at": self.at, "excerpt": excerpt}


def mentions(subject: str) -> Iterator[Mention]:
    """Every text that names the person and is not about them; reads all texts there are."""
    person = find(subject)
    if person is None:
        return
    pattern = _pattern(str(person.name), subject.partition(":")[2])
    own = {(str(row._meta.table_name), key_of(row)) for row in rows_of(subject)}
    for model, columns, moment in PLACES:
        for row in model.select().order_by(model._meta.primary_key).iterator():
            table, key = str(model._meta.table_name), key_of(row)
            if (table, key) not in own and (found := _first(row, columns, pattern)):
                at = getattr(row, moment) if moment else None
                yield Mention(table, key, at, found, row.file if isinstance(row, Entry) else None)


def _pattern(name: str, key: str) -> re.Pattern[str]:
    """The full name, the family name (with the „s“ of a genitive), the id; as whole words."""
    family = name.split(",", 1)[0] if "," in name else name.split()[-1] if name.split() else ""
    turned = " ".join(part.strip() for part in reversed(name.split(",", 1)))
    wanted = {name, turned, key, *([family] if len(family) >= SHORTEST else [])} - {""}
    spelled = "|".join(r"\s+".join(re.escape(word) for word in one.split()) for one in sorted(wanted, key=len)[::-1])
    return re.compile(rf"(?<!\w)(?:{spelled})s?(?!\w)", re.IGNORECASE)


def _first(row: BaseModel, columns: tuple[str, ...], pattern: re.Pattern[str]) -> str:
    """The words around the first place; empty where there is none."""
    for column in columns:
        value = getattr(row, column)
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""
        if found := pattern.search(text):
            part = text[max(0, found.start() - AROUND) : found.end() + AROUND]
            return " ".join(clean_output(part).split())
    return ""
