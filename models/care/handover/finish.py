"""The end of a VPA-Wechsel: the successor takes over (W-13, W-14, K-08, K-20 to K-25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Result
from models.action.work import Work
from models.care.assignment.sources import SOURCES
from models.care.assignment.wording import wording_obstacles, write_assignment
from models.care.facts import named
from models.care.handover.base import OnHandover, result
from models.care.handover.queries import open_tasks
from models.care.handover.rules import closed_obstacles, finish_obstacles
from models.care.move import customer_of, put_in_charge, set_upkeep_check
from models.ground import clock
from models.ground.errors import AlreadyDoneError
from models.playbook import playbook
from models.playbook.refusals import Obstacle
from models.shared.entry import write_entry
from models.tables.entry import Entry
from models.tables.handover import Handover
from models.tables.people import Assignment, Vpa
from models.task.base import decide

KIND = "vpa_change"
"""The kind of assignment that a VPA-Wechsel ends with, of its Chatvorlage, and of the entry with its reasons."""


@dataclass(frozen=True, kw_only=True)
class FinishHandover(OnHandover):
    """The successor takes over, with everything that VPA needs in the VPA Kundenakte."""

    code: ClassVar[str] = "handover.finish"
    label: ClassVar[str] = "VPA-Wechsel abschließen"
    done: ClassVar[str] = "VPA-Wechsel abgeschlossen"
    help: ClassVar[str] = "Der Nachfolger ist ab heute zuständig; Akteneinträge und Aktenprüfung entstehen dabei."

    offers_letter: ClassVar[bool] = True

    text: str | None = arg("Text", "long", help="Alles, was der Nachfolger braucht; die Chatvorlage hilft.")
    read: tuple[str, ...] = arg("gelesen", "choice", choices="source", values=SOURCES, many=True)
    move_tasks: bool = arg("Offene Aufgaben mitgeben", "flag", help="Was der bisherige VPA vom Kunden noch hat.")

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """Tasks are given along where there are any."""
        left = target is None or bool(open_tasks(target))
        return [name for name in super().relevant(target) if name != "move_tasks" or left]

    def reader(self, field: str) -> str:
        """The text goes into the VPA Kundenakte."""
        return "vpa" if field == "text" else "intern"

    def letter(self, work: Work) -> tuple[str, str]:
        """The Chatvorlage of a VPA-Wechsel, to the successor (K-22)."""
        return KIND, f"handover:{self.id}"

    def served(self, work: Work) -> str:
        """The customer that changes hands."""
        handover = work.find(Handover, self.id)
        return handover.customer_id if handover is not None else ""

    def load(self, work: Work) -> Handover:
        """A request that is not finished."""
        handover = super().load(work)
        if handover.state == "finished":
            raise AlreadyDoneError(f"VPA-Wechsel {handover.id} hat {handover.closed_by} schon abgeschlossen.")
        return handover

    def obstacles(self, work: Work, target: Handover) -> Iterator[Obstacle]:
        """Released, customer informed, Einarbeitung settled; then as for an assignment."""
        yield from closed_obstacles(target)
        yield from finish_obstacles(target)
        successor = work.find(Vpa, target.successor or "")
        yield from wording_obstacles(work, KIND, target.customer, successor, self.text, self.read)
        if successor is not None and successor.gone:
            yield Obstacle("vpa_gone", "W-10", detail=successor.name)

    def perform(self, work: Work, target: Handover) -> Result:
        """Move the customer and its tasks, keep the reasons, tell the successor, set the check."""
        customer, successor = customer_of(work, target.customer_id), work.get(Vpa, target.successor, "Den VPA")
        current = Assignment.current(customer.id, work.today)
        if current is None or current.vpa_id != successor.id:
            put_in_charge(work, customer, successor, f"VPA-Wechsel {target.id}")
        entry = _write_reasons(work, target, successor)
        write_assignment(work, KIND, customer, self.text or "")
        for task in open_tasks(target) if self.move_tasks else ():
            decide(work, task, vpa=successor.id)
        set_upkeep_check(work, customer, successor, f"handover:{target.id}")
        closed = {"closed_at": work.now, "closed_by": work.me, "entry": entry.id}
        return result(work, work.update(target, state="finished", **closed))


def _write_reasons(work: Work, handover: Handover, successor: Vpa) -> Entry:
    """K-08: from whom to whom, and why; internal."""
    book = playbook()
    tried = [f"{clock.german_date(dt.date.fromisoformat(m['on']))}: {m['text']}" for m in handover.measures]
    talks = [f"{clock.german_date(dt.date.fromisoformat(t['on']))}: {t['result']}" for t in handover.talks]
    answer = handover.questions[-1]["answer"] if handover.questions else None
    steps = [("Rückfrage", [answer] if answer else []), ("Gespräch", talks), ("Maßnahmen", tried)]
    before = named(handover.vpa_id) if handover.vpa_id else "keinem VPA"
    return write_entry(
        work,
        file="oteam",
        subject=f"customer:{handover.customer_id}",
        kind=KIND,
        situation=f"VPA-Wechsel von {before} zu {successor.name} ({successor.id}). "
        f"Grund: {book.label('reason_kind', handover.reason_kind)}: {handover.reason}",
        response="\n".join(f"{what}: {'; '.join(lines)}" for what, lines in steps if lines) or None,
        tags=[book.kind("entry_oteam", KIND).tag],
    )
