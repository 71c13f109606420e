"""Writers whose server goes away under them, what they were told, and what must hold afterwards (issue 5 §4)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal
from uuid import uuid4

from models.action.run import Command, run
from models.action.work import Session
from models.database import Store
from models.errors import DatabaseUnusableError, OutcomeUnknownError
from models.file.actions import LogEntry

Told = Literal["saved", "not saved", "unknown"]


@dataclass
class Diary:
    """What a writer was told about each of its writes."""

    told: dict[str, Told] = field(default_factory=dict)
    """By the text that was to be saved; every text is another one."""

    def count(self, told: Told) -> int:
        """How many writes came out so."""
        return Counter(self.told.values())[told]


def entry(text: str) -> LogEntry:
    """A write that nothing refuses."""
    return LogEntry(vpa="V001", kind="other", situation=text, tag=("x",))


def write(session: Session, diary: Diary, text: str) -> Told:
    """One write through the one door, with a connection of its own; what the member is told goes into the diary."""
    from peewee import PeeweeException

    from models.database import is_unusable

    told: Told = "saved"
    try:
        with session.store.connected():
            run(session, entry(text), command=Command(str(uuid4())))
    except OutcomeUnknownError:
        told = "unknown"
    except DatabaseUnusableError:
        told = "not saved"
    except PeeweeException as error:  # before COMMIT: the transaction died with its connection
        if not is_unusable(error):
            raise
        told = "not saved"
    diary.told[text] = told
    return told


def faults(store: Store, told: dict[str, Told]) -> list[str]:
    """Acknowledged and lost, refused and there, doubled, half: each as a line; nothing where all is well."""
    from models.file.table import Entry
    from models.history import History, verify

    with store.connected():
        rows = list(Entry.select())
        logged = Counter(row.subject for row in History.select().where(History.action == "file.log"))
        verify()
    there = Counter(row.situation for row in rows)
    found = [f"lost: {text}" for text, word in told.items() if word == "saved" and not there[text]]
    found += [f"said not saved: {text}" for text, word in told.items() if word == "not saved" and there[text]]
    found += [f"doubled: {text}" for text, times in there.items() if times > 1]
    return found + ([] if logged == Counter(f"entry:{row.id}" for row in rows) else ["entries and history differ"])
