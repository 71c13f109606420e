"""Tasks by hand (S-02), and delegating one on the VPA's behalf (F-01, F-10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import models.task.actions  # noqa: F401  # the gates that a task is shown with
from models.action.args import arg
from models.action.base import Action, Result
from models.action.subjects import show
from models.action.work import Work
from models.ground import clock
from models.importing.by_hand import read_cells, say
from models.importing.cells import written_number
from models.importing.columns import AUFGABEN
from models.playbook import playbook
from models.playbook.refusals import Obstacle
from models.records.ids import new_id, standing
from models.tables.people import Assignment, Customer, Vpa
from models.tables.task import Task
from models.task.base import OnTask, decide

COLUMNS = {
    "title": "titel", "vpa": "vpa_id", "hours": "stunden", "deadline": "deadline", "link": "link",
    "new_customer": "neukunde",
}  # fmt: skip
"""Fields of the action and the columns of the export that say the same."""

REASONS = {"competence": "kompetenz", "time": "zeit"}
"""Why a VPA delegates, and how the platform calls it."""


@dataclass(frozen=True, kw_only=True)
class WithFacts(Action):
    """What is known of a task."""

    title: str | None = arg("Titel")
    vpa: str | None = arg("VPA", "vpa", help="Ohne Angabe der VPA des Kunden.")
    hours: str | None = arg("Stunden", help="Wie 7,5.")
    deadline: dt.date | None = arg("Deadline", "date")
    link: str | None = arg("Link")
    new_customer: bool | None = arg("Neukunde", "yes_no", strict=True)

    def said(self, work: Work) -> dict[str, Any]:
        """What was given, by column; `NotFoundError` for an unknown VPA."""
        given = {column: getattr(self, field) for field, column in COLUMNS.items()}
        if self.vpa:
            given["vpa_id"] = standing(work, Vpa, self.vpa, "Den VPA").id
        return {column: value for column, value in given.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class AddTask(WithFacts):
    """A task that no export has named yet."""

    code: ClassVar[str] = "task.add"
    label: ClassVar[str] = "Aufgabe anlegen"
    done: ClassVar[str] = "Aufgabe angelegt"
    help: ClassVar[str] = "Legt eine offene Aufgabe eines Kunden an."

    id: str | None = arg("Id", positional=True, asked=True, help="Ohne Angabe die nächste freie: H1, H2, …")
    customer: str = arg("Kunde", "customer", required=True)

    @classmethod
    def relevant(cls, target: Any) -> list[str]:
        """In the order of thinking."""
        return ["customer", "title", "vpa", "hours", "deadline", "link", "new_customer", "id"]

    def load(self, work: Work) -> tuple[str, Customer]:
        """Its id, and the customer; `AlreadyDoneError` for an id that exists."""
        customer = standing(work, Customer, self.customer, "Den Kunden")
        read_cells(AUFGABEN, self.said(work))
        return new_id(work, Task, AUFGABEN, self.id, "Die Aufgabe"), customer

    def obstacles(self, work: Work, target: tuple[str, Customer]) -> Iterator[Obstacle]:
        """A title (S-02)."""
        if not self.title:
            yield Obstacle("title_missing", "S-02")

    def perform(self, work: Work, target: tuple[str, Customer]) -> Result:
        """Write it, for the customer's VPA where none was named."""
        key, customer = target
        given = {"aufgabe_id": key, "kunden_id": customer.id, "status": "offen", **self.said(work)}
        current = Assignment.current(customer.id, work.today)
        if current is not None:
            given.setdefault("vpa_id", current.vpa_id)
        say(work, AUFGABEN, key, read_cells(AUFGABEN, given))
        return _result(work, key)


@dataclass(frozen=True, kw_only=True)
class SetTask(WithFacts):
    """Change what is known of a task."""

    code: ClassVar[str] = "task.set"
    label: ClassVar[str] = "Aufgabe ändern"
    done: ClassVar[str] = "Aufgabe geändert"
    help: ClassVar[str] = "Ändert, was du angibst."

    id: str = arg("Aufgabe", "id", positional=True, required=True)
    topic: str = ""
    """The one field that a form is opened for; all where it is empty."""

    def asked(self, target: Any) -> list[str]:
        """What belongs to the topic."""
        return [self.topic] if self.topic else list(COLUMNS)

    def load(self, work: Work) -> Task:
        """The task."""
        read_cells(AUFGABEN, self.said(work))
        task = work.get(Task, self.id, "Die Aufgabe")
        work.check_seen(task, f"task:{task.id}", self.seen)
        return task

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """Something to change."""
        if not self.said(work):
            yield Obstacle("nothing_given", "S-02")

    def perform(self, work: Work, target: Task) -> Result:
        """Write what differs."""
        say(work, AUFGABEN, target.id, read_cells(AUFGABEN, self.said(work)))
        return _result(work, target.id)

    def presets(self, work: Work, target: Any) -> dict[str, Any]:
        """What is known now."""
        if not isinstance(target, Task) or self.topic:
            return {}
        return {
            "title": target.title,
            "vpa": target.vpa_id or "",
            "hours": written_number(target.hours) if target.hours is not None else "",
            "deadline": clock.german_date(target.deadline) if target.deadline else "",
            "link": target.link or "",
            "new_customer": "yes" if target.new_customer else "no",
        }


@dataclass(frozen=True, kw_only=True)
class DelegateTask(OnTask):
    """„An TL delegieren“ on the VPA's behalf (F-01); why counts in the next distribution (F-10, F-11)."""

    code: ClassVar[str] = "task.delegate"
    label: ClassVar[str] = "An TL delegieren"
    done: ClassVar[str] = "An TL delegiert"
    help: ClassVar[str] = "Gibt eine Aufgabe für den VPA nach Forwarded."

    by: str = arg("VPA", "vpa", required=True, help="Für wen du das tust.")
    reason: str = arg(
        "Grund", "choice", choices="delegation", values=tuple(REASONS), strict=True, required=True
    )  # fmt: skip
    comment: str | None = arg("Kommentar", "long", help="Warum, in einem Satz.")

    def settled(self, task: Task) -> str:
        """Not what is in Forwarded, or over."""
        if task.state in ("forwarded", "abgelehnt", "erledigt"):
            return f"Die Aufgabe {task.id} ist schon {playbook().label('task_state', task.state)}."
        return ""

    def load(self, work: Work) -> Task:
        """The task; `NotFoundError` for an unknown VPA."""
        standing(work, Vpa, self.by, "Den VPA")
        task: Task = super().load(work)
        return task

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """A comment (F-10)."""
        if not self.comment:
            yield Obstacle("comment_missing", "F-10")

    def perform(self, work: Work, target: Task) -> Result:
        """Into Forwarded; the customer stays his VPA's (F-02)."""
        decide(
            work,
            target,
            state="forwarded",
            forwarded_at=work.now,
            delegated_by=self.by,
            delegation_reason=REASONS[self.reason],
            delegation_comment=self.comment,
        )
        return _result(work, target.id)

    @classmethod
    def relevant(cls, target: Any) -> list[str]:
        """All but the task itself."""
        return ["by", "reason", "comment"]

    def presets(self, work: Work, target: Any) -> dict[str, Any]:
        """Mostly whoever has the task."""
        return {"by": target.vpa_id} if isinstance(target, Task) and target.vpa_id else {}


def _result(work: Work, key: str) -> Result:
    task = work.get(Task, key, "Die Aufgabe")
    return Result(f"task:{key}", show(work, task), task.title)
