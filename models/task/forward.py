"""What becomes of a task in Forwarded: offered to all, given to another VPA, or back with what is missing (1.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from models.action.args import arg
from models.action.base import Result
from models.action.work import Work
from models.ground.errors import UsageError
from models.playbook import playbook
from models.playbook.refusals import Hint, Obstacle
from models.shared.entry import write_entry
from models.shared.entry_rules import vpa_text_obstacles
from models.shared.fitness import Job, fitness_obstacles
from models.tables.people import Vpa
from models.tables.task import Task
from models.task.base import OnTask, already, decide
from models.task.chat import messages_of, notes_of, rely_on, write_note
from models.task.letters import sent_back
from models.task.result import task_result
from models.task.rules import changed_description, delegation_hints, forward_obstacles, telling_messages


@dataclass(frozen=True, kw_only=True)
class FromForwarded(OnTask):
    """An action that lets a task out of Forwarded (T-03, F-01 to F-10)."""

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """The VPA has told everybody, and the task is complete."""
        yield from forward_obstacles(target, messages_of(target))

    def hints(self, work: Work, target: Task) -> Iterator[Hint]:
        """What the VPA could have tried first (F-08, F-09)."""
        yield from delegation_hints(target, messages_of(target))

    def leave(self, work: Work, task: Task, **values: object) -> None:
        """Let it out; the messages that told the customer stay what they are."""
        if task.delegated_by:
            rely_on(work, self.code, telling_messages(messages_of(task)))
        decide(work, task, **values)


@dataclass(frozen=True, kw_only=True)
class OfferTask(FromForwarded):
    """Offer a forwarded task to all (Umfrage, Projektpool)."""

    code: ClassVar[str] = "task.offer"
    label: ClassVar[str] = "Zur Bewerbung ausschreiben"
    done: ClassVar[str] = "Zur Bewerbung ausgeschrieben"
    help: ClassVar[str] = "Gibt eine Aufgabe aus Forwarded in die Umfrage."
    makes_room: ClassVar[bool] = True

    def settled(self, task: Task) -> str:
        """Offered is offered."""
        what = "Die Aufgabe ist schon zur Bewerbung ausgeschrieben"
        return already(task, self.code, what) if task.state == "umfrage" else ""

    def hints(self, work: Work, target: Task) -> Iterator[Hint]:
        """Applicants should know what has changed (T-24)."""
        yield from super().hints(work, target)
        if changed_description(messages_of(target), notes_of(target)):
            yield Hint("T-24", "Die Aufgabenbeschreibung hat sich geändert: Sag es Bewerbern in einer internen Notiz.")

    def perform(self, work: Work, target: Task) -> Result:
        """To the Umfrage."""
        self.leave(work, target, state="umfrage", offered_at=work.now, offered_by=work.me)
        return task_result(work, target)


@dataclass(frozen=True, kw_only=True)
class AssignTask(FromForwarded):
    """Give a forwarded task to another VPA; the customer's own VPA stays (F-02)."""

    code: ClassVar[str] = "task.assign"
    label: ClassVar[str] = "Aufgabe zuteilen"
    done: ClassVar[str] = "Aufgabe zugeteilt"
    help: ClassVar[str] = "Gibt eine Aufgabe aus Forwarded an einen anderen VPA; der Kunde bleibt, wo er ist."
    makes_room: ClassVar[bool] = True

    vpa: str | None = arg("VPA", "vpa", required=True)

    def load(self, work: Work) -> Task:
        """The task, and a VPA who can take it."""
        task: Task = super().load(work)
        receiver = work.get(Vpa, self.vpa, "Den VPA")
        if receiver.id == task.delegated_by:
            raise UsageError(f"{receiver.name} hat die Aufgabe selbst delegiert. Nimm einen anderen VPA.")
        return task

    def settled(self, task: Task) -> str:
        """Nobody is given a task twice."""
        has_it = task.state == "vergeben" and self.vpa is not None and task.vpa_id == self.vpa
        return already(task, self.code, "Dieser VPA hat die Aufgabe schon") if has_it else ""

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """As for offering it; and somebody who fits (F-14)."""
        yield from super().obstacles(work, target)
        receiver = work.find(Vpa, self.vpa or "")
        if receiver is not None:
            yield from fitness_obstacles(work, receiver, Job(target.customer_id, "orders"), "F-14")

    def perform(self, work: Work, target: Task) -> Result:
        """Move the task, and keep why on the first VPA's record (F-11)."""
        self._keep_reason(work, target)
        self.leave(work, target, state="vergeben", vpa=self.vpa)
        return task_result(work, target)

    def _keep_reason(self, work: Work, task: Task) -> None:
        if not task.delegated_by:
            return
        book = playbook()
        kind = book.kind("entry_vpa_akte", "delegation")
        reason = book.label("delegation_reason", task.delegation_reason) if task.delegation_reason else "ohne Angabe"
        write_entry(
            work,
            file="vpa_akte",
            subject=f"vpa:{task.delegated_by}",
            kind=kind.code,
            situation=f"Aufgabe „{task.title}“ delegiert, Grund: {reason}. {task.delegation_comment or ''}".strip(),
            response=f"Die Aufgabe geht an {Vpa.get_by_id(self.vpa).name}, der Kunde bleibt.",
            link=task.link,
            tags=[kind.tag or kind.label],
        )


@dataclass(frozen=True, kw_only=True)
class ReturnTask(OnTask):
    """Send a task back to the VPA with what is missing (F-03, F-06)."""

    code: ClassVar[str] = "task.return"
    label: ClassVar[str] = "Zurück an VPA"
    done: ClassVar[str] = "Aufgabe zurückgegeben"
    help: ClassVar[str] = "Gibt die Aufgabe mit der Liste der Lücken an den VPA zurück; sie verlässt Forwarded."
    makes_room: ClassVar[bool] = True

    gap: tuple[str, ...] = arg("Lücken", many=True, help="Jede Lücke einzeln.")

    def reader(self, field: str) -> str:
        """The VPA reads the list."""
        return "note"

    def settled(self, task: Task) -> str:
        """It is with the VPA already."""
        return already(task, self.code, "Die Aufgabe liegt schon beim VPA") if task.state == "offen" else ""

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """What is missing is said, in words that a VPA may read; only from Forwarded."""
        yield from vpa_text_obstacles(self.gap)
        if not self.gap:
            yield Obstacle("gap_missing", "F-03")
        if target.state != "forwarded":
            yield Obstacle("not_forwarded", "F-01")

    def perform(self, work: Work, target: Task) -> Result:
        """Leave the list as an internal note, counted for that VPA."""
        vpa = target.delegated_by or target.vpa_id
        write_note(work, target, sent_back(work, target, vpa, self.gap), "return", vpa)
        decide(work, target, state="offen", vpa=vpa)
        return task_result(work, target)
