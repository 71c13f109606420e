"""Everything that the schema brings along, by its name."""

from __future__ import annotations

from peewee import TextField

from models.database.fields import BaseModel
from models.tables.case import Case
from models.tables.day import Day, Look
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.history import History, HistoryHead
from models.tables.outbox import Outbox, Twin
from models.tables.people import Absence, Assignment, Customer, Earlier, Import, Leave, Member, Vpa
from models.tables.person import Access, Erasure, Hold, Restriction
from models.tables.profile import StoredProfile
from models.tables.reminder import Reminder
from models.tables.setting import Setting
from models.tables.task import Message, Note, Task

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
    return [
        Meta, Setting, Member, Leave, Vpa, Customer, Assignment, Absence, Import, Earlier, StoredProfile, Entry,
        Reminder, Case, Flag, Task, Message, Note, Handover, Outbox, Twin, Day, Look, Restriction, Hold, Erasure,
        Access, HistoryHead, History,
    ]  # fmt: skip
