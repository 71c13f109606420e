"""Writers whose server goes away under them, what they were told, and what must hold afterwards (issue 5 §4).

As a module it is one such writer: it logs file entries without a pause and says aloud what it was told about each.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Literal
from unittest import mock
from uuid import uuid4

from peewee import PeeweeException

from models.action import certainty
from models.action.command import Command
from models.action.run import run
from models.action.work import Session
from models.database.fields import proxy
from models.database.store import Store, is_unusable, open_store
from models.file.actions import LogEntry
from models.ground.clock import FixedClock, parse_moment
from models.ground.errors import DatabaseUnusableError, OutcomeUnknownError
from tests.support.terminal import ROOT
from tests.support.world import WEDNESDAY

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
    from models.admin.verify import verify
    from models.tables.entry import Entry
    from models.tables.history import History

    proxy.initialize(store.db)  # a command may have bound the tables to another
    with store.connected():
        rows = list(Entry.select())
        logged = Counter(row.subject for row in History.select().where(History.action == "file.log"))
        verify()
    there = Counter(row.situation for row in rows)
    found = [f"lost: {text}" for text, word in told.items() if word == "saved" and not there[text]]
    found += [f"said not saved: {text}" for text, word in told.items() if word == "not saved" and there[text]]
    found += [f"doubled: {text}" for text, times in there.items() if times > 1]
    return found + ([] if logged == Counter(f"entry:{row.id}" for row in rows) else ["entries and history differ"])


@dataclass(frozen=True)
class Said:
    """One line of a writer."""

    text: str
    told: Told
    began: float
    ended: float
    """Monotonic time, the same in all processes of the machine."""
    asked: bool = False
    """Whether COMMIT was not answered, so that Schicht had to find out."""


class Writer:
    """A process of its own that writes until it is stopped."""

    def __init__(self, url: str, name: str, *, eager: bool = False) -> None:
        """`eager` is the control: it says saved before it has asked anybody."""
        command = [sys.executable, "-m", __name__, url, name, *(["eager"] if eager else [])]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.said: list[Said] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            if line.endswith("\n"):  # the last words of one that was killed are no words
                self.said.append(Said(**json.loads(line)))

    def saved_after(self, moment: float) -> float | None:
        """When the first write that began after this moment was acknowledged; None if none was yet."""
        return next((one.ended for one in list(self.said) if one.told == "saved" and one.began > moment), None)

    def kill(self) -> None:
        """kill -9, wherever it is."""
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def stop(self) -> None:
        """Let it end what it is at."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(60) == 0
        self._reader.join()


def main(url: str, name: str, eager: str = "") -> None:
    """Write until nobody listens any more."""
    session = Session(open_store(url), FixedClock(parse_moment(WEDNESDAY)), "TOM", "test")
    over = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        over.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    number = 0
    while not over.is_set():
        number += 1
        text, began = f"{name} {number}", time.monotonic()
        if eager:
            _say(text, "saved", began)
        with mock.patch.object(certainty, "_is_saved", side_effect=certainty._is_saved) as asking:
            told = write(session, Diary(), text)
        if not eager:
            _say(text, told, began, asking.called)
        over.wait(0.02 if told == "saved" else 0.2)


def _say(text: str, told: Told, began: float, asked: bool = False) -> None:
    print(json.dumps(asdict(Said(text, told, began, time.monotonic(), asked))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
