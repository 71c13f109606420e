"""Erasing a VPA, a customer or a member who has left: asked for by one manager, confirmed by another (P-04, A-28)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Session, Work, key_of
from models.erasure.disk import clean_up
from models.erasure.mentions import mentions
from models.erasure.rows import GONE, rows_of
from models.erasure.wiping import wipe
from models.ground.errors import AlreadyDoneError, UsageError
from models.ground.text import readable_text
from models.playbook.refusals import Hint, Obstacle
from models.tables.history import History
from models.tables.people import Absence, Customer, Member, Vpa
from models.tables.person import Erasure, Hold

Erasable = Vpa | Customer | Member


def four_eyes(work: Work) -> bool:
    """Whether it takes two (setting `four_eyes`)."""
    return bool(work.settings.value("four_eyes") == "on")


def preview(work: Work, subject: str) -> dict[str, Any]:
    """What goes, what stays without its texts, and who else's texts name the person."""
    found = Counter(str(row._meta.table_name) for row in rows_of(subject))
    key = subject.partition(":")[2]
    stays = {"history": History.select().where(History.subject == subject).count()}
    if subject.startswith("vpa:"):
        stays["absence"] = Absence.select().where(Absence.vpa == key).count()
    stays |= {table: found[table] for table in ("case", "flag", "assignment", "task", "handover") if found[table]}
    told = [mention.show(work.member) for mention in mentions(subject)]
    return {"goes": dict(sorted(found.items())), "stays": stays, "mentions": told}


@dataclass(frozen=True, kw_only=True)
class Erase(Action):
    """Names and free text of a person are to go, everywhere; dates and counts stay. Nobody gets them back."""

    undoable: ClassVar[bool] = False
    on_restricted: ClassVar[bool] = True
    model: ClassVar[type[Erasable]]
    what: ClassVar[str]

    id: str = arg("Id", positional=True, required=True)
    reason: str | None = arg("Grund", "long", kept=False, help="Wer die Löschung wann verlangt hat.")
    confirm: str | None = arg(
        "Name zur Bestätigung", kept=False, help="Ohne Vier-Augen-Prinzip: der volle Name; was weg ist, bleibt weg."
    )
    trace: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """Filled while performing: what the history keeps of it."""

    def load(self, work: Work) -> Erasable:
        """The person. Raises `AlreadyDoneError` for one who is erased, or whose erasure is asked for already."""
        row = work.get(self.model, self.wanted(work), self.what)
        if row.name == GONE:
            raise AlreadyDoneError(f"{self.what} „{self.id}“ ist schon gelöscht.")
        open_ones = Erasure.select().where(Erasure.subject == self.subject(row), Erasure.state == "requested")
        if four_eyes(work) and (waiting := open_ones.first()):
            raise AlreadyDoneError(
                f"Die Löschung ist schon beantragt (Nr. {waiting.id}, {waiting.requested_by}). "
                f"Ein anderer Manager bestätigt sie mit `erasures confirm {waiting.id}`."
            )
        return row

    def wanted(self, work: Work) -> str:
        """The key of the row."""
        return self.id

    def subject(self, row: Erasable) -> str:
        """Such as `vpa:V001`."""
        return f"{self.model._meta.table_name}:{key_of(row)}"

    def obstacles(self, work: Work, target: Erasable) -> Iterator[Obstacle]:
        """Asked for: a reason, a manager, no hold. At once: a manager, the name typed, no hold."""
        two = four_eyes(work)
        if two and not self.reason:
            yield Obstacle("reason_missing", "P-04")
        if not (work.member is not None and work.member.is_manager):
            yield Obstacle("role_manager", "P-04" if two else "A-28")
        if not two and readable_text(self.confirm or "") != readable_text(target.name):
            yield Obstacle("name_unconfirmed", "A-28")
        if Hold.on(self.subject(target), work.today):
            yield Obstacle("on_hold", "P-05")

    def hints(self, work: Work, target: Erasable) -> Iterator[Hint]:
        """What lies outside of this database."""
        if self.model is not Member:
            told = "Lösch auch auf der Plattform; solange die Person dort steht, übergeht sie jeder Import."
            yield Hint("A-28", told)
        yield Hint("A-28", "Ältere Sicherungen enthalten die Person noch.")

    def perform(self, work: Work, target: Erasable) -> Result:
        """Write the request; where one manager is enough, do it too."""
        subject, key = self.subject(target), str(key_of(target))
        request = {"subject": subject, "requested_at": work.now, "requested_by": work.me}
        told = preview(work, subject) if work.trial else {}
        if four_eyes(work):
            asked = work.insert(Erasure, **request, reason=self.reason or "")
            return Result(subject, {**asked.show(), **told}, target.name)
        done = {"state": "done", "done_at": work.now, "done_by": work.me}
        self.trace["erasure"] = work.insert(Erasure, **request, **done, reason=GONE).id
        self.trace.update(wipe(subject).evidence())
        return Result(subject, {"id": key, "erased": self.trace["counts"], **told}, key)

    def evidence(self) -> dict[str, Any]:
        """How many rows of which kind, and the seals of the history's emptied rows."""
        return self.trace

    def afterwards(self, session: Session) -> None:
        """A deleted text stands in the file until it is overwritten."""
        if "erasure" in self.trace:
            clean_up(session.store, self.trace["erasure"])


@dataclass(frozen=True, kw_only=True)
class EraseVpa(Erase):
    """Erase a VPA: Cases, flags, Reminders, VPA-Akte and VPA-Wechsel."""

    code: ClassVar[str] = "vpa.erase"
    label: ClassVar[str] = "Löschung des VPA beantragen"
    done: ClassVar[str] = "Löschung des VPA"
    help: ClassVar[str] = "Beantragt, Namen und Texte eines VPA für immer zu löschen; Tage und Zahlen bleiben."
    model: ClassVar[type[Erasable]] = Vpa
    what: ClassVar[str] = "Den VPA"


@dataclass(frozen=True, kw_only=True)
class EraseCustomer(Erase):
    """Erase a customer: Akten, Reminders, tasks with their chat and VPA-Wechsel."""

    code: ClassVar[str] = "customer.erase"
    label: ClassVar[str] = "Löschung des Kunden beantragen"
    done: ClassVar[str] = "Löschung des Kunden"
    help: ClassVar[str] = "Beantragt, Namen und Texte eines Kunden für immer zu löschen; Tage und Zahlen bleiben."
    model: ClassVar[type[Erasable]] = Customer
    what: ClassVar[str] = "Den Kunden"


@dataclass(frozen=True, kw_only=True)
class EraseMember(Erase):
    """Erase a member who has left: name, login, why they were away. The Kürzel goes on signing what they did."""

    code: ClassVar[str] = "member.erase"
    label: ClassVar[str] = "Löschung des Mitglieds beantragen"
    done: ClassVar[str] = "Löschung des Mitglieds"
    help: ClassVar[str] = "Beantragt, ein verabschiedetes Mitglied zu löschen; sein Kürzel bleibt an dem, was es tat."
    model: ClassVar[type[Erasable]] = Member
    what: ClassVar[str] = "Das Kürzel"

    id: str = arg("Kürzel", "member", positional=True, required=True, oneself=True)

    def wanted(self, work: Work) -> str:
        """The Kürzel in its own spelling."""
        return work.require_member(self.id).kuerzel

    def load(self, work: Work) -> Erasable:
        """The member. Raises `UsageError` for one who is still in the team."""
        row = super().load(work)
        if isinstance(row, Member) and row.left_on is None:
            raise UsageError(f"{row.kuerzel} ist noch im Team. Verabschiede das Mitglied zuerst: `member leave`.")
        return row
