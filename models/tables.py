"""Everything that the schema brings along, by its name."""

from __future__ import annotations

import re

from peewee import TextField

from models.base import BaseModel

OTHER_TABLES = ("search_entry", "search_named", "named", "newest", "claim", "untraced", "schema_migration")
"""Tables beside those of the models; the virtual ones of search go before what they index."""


class Meta(BaseModel):
    """What the database says of itself."""

    key = TextField(primary_key=True)
    value = TextField()

    @classmethod
    def read(cls, key: str) -> str | None:
        """A value, or None."""
        row = cls.get_or_none(cls.key == key)
        return row.value if row else None


def tables() -> list[type[BaseModel]]:
    """Every table of the program, parents before children."""
    from models.case.table import Case
    from models.file.table import Entry
    from models.handover.table import Handover
    from models.history import History, HistoryHead
    from models.journey.table import Flag
    from models.people import Absence, Assignment, Customer, Import, Leave, Member, Vpa
    from models.reminder.table import Reminder
    from models.setting import Setting
    from models.shift.table import Day, Look
    from models.task.table import Message, Note, Task

    return [
        Meta, Setting, Member, Leave, Vpa, Customer, Assignment, Absence, Import, Entry, Reminder, Case, Flag,
        Task, Message, Note, Handover, Day, Look, HistoryHead, History,
    ]  # fmt: skip


def functions() -> list[str]:
    """Functions that the schema brings along on PostgreSQL."""
    from models.file.newest import POSTGRES as NEWEST
    from models.search.schema import POSTGRES
    from models.triggers import RIGHTS

    text = POSTGRES + NEWEST + RIGHTS.read_text(encoding="utf-8")
    return ["append_only", *re.findall(r"CREATE FUNCTION (\w+)", text)]
