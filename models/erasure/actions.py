"""Erasing a VPA or a customer (A-28)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Session, Work, key_of
from models.database.fields import BaseModel
from models.erasure.disk import clear_disk
from models.erasure.rows import GONE, blanks, forget_earlier, forget_twins, of_customer, of_vpa
from models.erasure.trail import redact, triggers_off
from models.ground.errors import AlreadyDoneError
from models.ground.text import readable_text
from models.playbook.refusals import Hint, Obstacle
from models.tables.people import Customer, Vpa


@dataclass(frozen=True, kw_only=True)
class Erase(Action):
    """Names and free text of a person go, everywhere; dates and counts stay. Nobody gets them back."""

    undoable: ClassVar[bool] = False
    model: ClassVar[type[Vpa | Customer]]
    what: ClassVar[str]

    id: str = arg("Id", positional=True, required=True)
    confirm: str | None = arg(
        "Name zur Bestätigung", kept=False, help="Der volle Name; was gelöscht ist, kommt nicht wieder."
    )
    trace: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """Filled while performing: what the history keeps of it."""

    def load(self, work: Work) -> Vpa | Customer:
        """The person; `AlreadyDoneError` for one who is erased already."""
        row = work.get(self.model, self.id, self.what)
        if row.name == GONE:
            raise AlreadyDoneError(f"{self.what} „{self.id}“ ist schon gelöscht.")
        return row

    def obstacles(self, work: Work, target: Vpa | Customer) -> Iterator[Obstacle]:
        """VM or KM, and the name typed."""
        if not (work.member is not None and work.member.is_manager):
            yield Obstacle("role_manager", "A-28")
        if readable_text(self.confirm or "") != readable_text(target.name):
            yield Obstacle("name_unconfirmed", "A-28")

    def hints(self, work: Work, target: Vpa | Customer) -> Iterator[Hint]:
        """What lies outside of this database."""
        yield Hint("A-28", "Lösch auch auf der Plattform; solange die Person dort steht, übergeht sie jeder Import.")
        yield Hint("A-28", "Ältere Sicherungen enthalten die Person noch.")

    def perform(self, work: Work, target: Vpa | Customer) -> Result:
        """Empty every row about the person, and every row of the history that remembers one."""
        keys: dict[str, set[Any]] = defaultdict(set)
        with triggers_off():
            for row in list(self.rows()):
                keys[str(row._meta.table_name)].add(key_of(row))
                work.erase(row, **blanks(row))
            forget_twins(keys)
            forget_earlier(keys)
            self.trace["redacted"] = redact(keys)
        self.trace["counts"] = {name: len(found) for name, found in sorted(keys.items())}
        subject = f"{self.model._meta.table_name}:{self.id}"
        return Result(subject, {"id": self.id, "erased": self.trace["counts"]}, self.id)

    def rows(self) -> Iterable[BaseModel]:
        """Everything that tells of the person."""
        raise NotImplementedError

    def evidence(self) -> dict[str, Any]:
        """How many rows of which kind, and the seals of the history's emptied rows."""
        return self.trace

    def afterwards(self, session: Session) -> None:
        """A deleted text stands in the file until it is overwritten."""
        clear_disk(session.store)


@dataclass(frozen=True, kw_only=True)
class EraseVpa(Erase):
    """Erase a VPA."""

    code: ClassVar[str] = "vpa.erase"
    label: ClassVar[str] = "VPA löschen"
    done: ClassVar[str] = "VPA gelöscht"
    help: ClassVar[str] = "Löscht Namen und Texte eines VPA für immer; Tage und Zahlen bleiben."
    model: ClassVar[type[Vpa | Customer]] = Vpa
    what: ClassVar[str] = "Den VPA"

    def rows(self) -> Iterable[BaseModel]:
        """Cases, flags, Reminders, VPA-Akte and VPA-Wechsel of the VPA."""
        return of_vpa(self.id)


@dataclass(frozen=True, kw_only=True)
class EraseCustomer(Erase):
    """Erase a customer."""

    code: ClassVar[str] = "customer.erase"
    label: ClassVar[str] = "Kunden löschen"
    done: ClassVar[str] = "Kunde gelöscht"
    help: ClassVar[str] = "Löscht Namen und Texte eines Kunden für immer; Tage und Zahlen bleiben."
    model: ClassVar[type[Vpa | Customer]] = Customer
    what: ClassVar[str] = "Den Kunden"

    def rows(self) -> Iterable[BaseModel]:
        """Akten, Reminders, tasks with their chat and VPA-Wechsel of the customer."""
        return of_customer(self.id)
