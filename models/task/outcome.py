"""How a task ends or grows: declined, booked, complained about, supported (1.6, F-13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from models.action.args import arg
from models.action.base import Result
from models.action.work import Work
from models.playbook import playbook
from models.playbook.refusals import Hint, Obstacle
from models.reminder.queries import show_reminder
from models.shared.entry import write_entry
from models.shared.entry_rules import vpa_text_obstacles
from models.shared.follow_up import set_reminder, somebody_with_role
from models.tables.task import Task
from models.task.base import OnTask, already, decide
from models.task.chat import clock_of, messages_of, rely_on, write_message, write_note
from models.task.letters import booked, complained
from models.task.result import task_result
from models.task.rules import clock_obstacles, release_obstacles

ADDONS = ("shift", "phone_system", "phone_factor", "package")


def _log(
    work: Work,
    task: Task,
    kind: str,
    situation: str,
    *,
    response: str | None = None,
    next_steps: str | None = None,
    tags: Sequence[str] = (),
) -> None:
    """The entry in the customer's O-Team Kundenakte, with the link to the task (A-25)."""
    face = playbook().kind("entry_oteam", kind)
    write_entry(
        work,
        file="oteam",
        subject=f"customer:{task.customer_id}",
        kind=kind,
        situation=situation,
        link=task.link,
        response=response,
        next_steps=next_steps,
        tags=tags or [face.tag or face.label],
    )


@dataclass(frozen=True, kw_only=True)
class ReleaseTask(OnTask):
    """Approve that a large task may be declined (T-15)."""

    code: ClassVar[str] = "task.release"
    label: ClassVar[str] = "Ablehnen freigeben"
    done: ClassVar[str] = "Ablehnen freigegeben"
    help: ClassVar[str] = "Freigabe, eine große Aufgabe abzulehnen; ab wie vielen Stunden, sagt eine Einstellung."

    def settled(self, task: Task) -> str:
        """Once is enough, and nothing is left to release on a declined task."""
        if task.state == "abgelehnt":
            return already(task, DeclineTask.code, "Die Aufgabe ist schon abgelehnt")
        return f"{task.released_by} hat das Ablehnen schon freigegeben." if task.released_by else ""

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """An approver's own decision."""
        if not work.has_role("approver"):
            yield Obstacle("role_approver", "T-15")

    def perform(self, work: Work, target: Task) -> Result:
        """Note who and when."""
        decide(work, target, released_by=work.me, released_at=work.now)
        return task_result(work, target)


@dataclass(frozen=True, kw_only=True)
class DeclineTask(OnTask):
    """Decline a task: tell the customer and leave the entry, all in one (T-14 to T-16)."""

    code: ClassVar[str] = "task.decline"
    label: ClassVar[str] = "Aufgabe ablehnen"
    done: ClassVar[str] = "Aufgabe abgelehnt"
    help: ClassVar[str] = "Lehnt die Aufgabe ab, sagt es dem Kunden und schreibt den Akteneintrag."

    text: str | None = arg("Text an den Kunden", "long")
    why_impossible: str | None = arg("warum unmöglich", "long", help="Was ohne die Antwort des Kunden nicht geht.")

    def reader(self, field: str) -> str:
        """The text goes into the chat; the reason may reach a VPA too."""
        return "kunde" if field == "text" else "vpa"

    def settled(self, task: Task) -> str:
        """Declined is declined."""
        return already(task, self.code, "Die Aufgabe ist schon abgelehnt") if task.state == "abgelehnt" else ""

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """What a VPA may read, texts, the clock of the reminders, the release, the link."""
        yield from vpa_text_obstacles([self.text, self.why_impossible])
        if not self.text:
            yield Obstacle("text_missing", "T-14")
        if not self.why_impossible:
            yield Obstacle("reason_missing", "T-14")
        yield from clock_obstacles(work, target)
        yield from release_obstacles(work, target)
        if not target.link:
            yield Obstacle("link_missing", "T-16")

    def perform(self, work: Work, target: Task) -> Result:
        """Message, entry and state together."""
        messages = messages_of(target)
        state = clock_of(work, messages)
        assert state.question is not None
        rely_on(work, self.code, (messages[place] for place in (state.question, *state.reminders)))
        write_message(work, target, "at", self.text or "", ["sonstiges"])
        situation = f"Aufgabe „{target.title}“ abgelehnt: {self.why_impossible}"
        _log(work, target, "task_declined", situation, response=self.text)
        decide(work, target, state="abgelehnt", declined_at=work.now)
        return task_result(work, target)


@dataclass(frozen=True, kw_only=True)
class BookAddOn(OnTask):
    """Confirm an Add-On in the chat and post it to the file, all in one (T-10 to T-13)."""

    code: ClassVar[str] = "task.book"
    label: ClassVar[str] = "Add-On buchen"
    done: ClassVar[str] = "Add-On gebucht"
    help: ClassVar[str] = "Bestätigt dem Kunden die Buchung im Aufgabenchat und schreibt den Akteneintrag."

    addon: str | None = arg("Add-On", "choice", choices="addon", values=ADDONS, strict=True, required=True)
    option: str | None = arg("gewählte Option")
    schedule: str | None = arg("Tage und Uhrzeit")
    minimum: str | None = arg("Mindestzeit je Tag")
    notice: str | None = arg("Kündigungsfrist")

    PARTS: ClassVar[tuple[str, ...]] = ("option", "schedule", "minimum", "notice")

    def reader(self, field: str) -> str:
        """All of it stands in the confirmation."""
        return "kunde"

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """What a VPA may read, the four parts of a confirmation, and the link."""
        yield from vpa_text_obstacles([getattr(self, part) for part in self.PARTS])
        for part in self.PARTS:
            if not getattr(self, part):
                yield Obstacle(f"{part}_missing", "T-11")
        if not target.link:
            yield Obstacle("link_missing", "T-13")

    def hints(self, work: Work, target: Task) -> Iterator[Hint]:
        """The options were sent by Chatvorlage first (T-11)."""
        if not any(m.sender != "kunde" and "buchung" in m.tags for m in messages_of(target)):
            yield Hint("T-11", "Im Aufgabenchat steht noch keine Nachricht mit den Optionen (Tag Buchung).")

    def perform(self, work: Work, target: Task) -> Result:
        """Confirmation, tag and entry together."""
        parts = {
            "option": self.option or "", "zeiten": self.schedule or "", "mindestzeit": self.minimum or "",
            "kuendigungsfrist": self.notice or "",
        }  # fmt: skip
        write_message(work, target, "at", booked(work, self.addon or "", parts), ["aufgabenbeschreibung"])
        face = playbook().kind("addon", self.addon or "")
        details = f"{self.schedule} · mindestens {self.minimum} · Kündigungsfrist {self.notice}"
        situation = f"Buchung Add-On {face.label}: {self.option}"
        _log(work, target, "booking", situation, response=f"Im Aufgabenchat bestätigt: {details}",
             tags=[face.tag or face.label])  # fmt: skip
        return task_result(work, target)


@dataclass(frozen=True, kw_only=True)
class Complain(OnTask):
    """Tell the VPA about a complaint and leave the entry (T-25)."""

    code: ClassVar[str] = "task.complain"
    label: ClassVar[str] = "Beschwerde aufnehmen"
    done: ClassVar[str] = "Beschwerde aufgenommen"
    help: ClassVar[str] = "Sagt dem VPA in einer internen Notiz Grund und Vorgehen und schreibt den Akteneintrag."

    reason: str | None = arg("Grund der Beschwerde", "long")
    next_steps: str | None = arg("Nächste Schritte", "long")

    def reader(self, field: str) -> str:
        """The VPA reads both."""
        return "note"

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """Reason and next steps, in words that a VPA may read."""
        yield from vpa_text_obstacles([self.reason, self.next_steps])
        if not self.reason:
            yield Obstacle("reason_missing", "T-25")
        if not self.next_steps:
            yield Obstacle("next_steps_missing", "T-25")

    def hints(self, work: Work, target: Task) -> Iterator[Hint]:
        """Somebody has to read the note."""
        if target.vpa_id is None:
            yield Hint("T-25", "Die Aufgabe hat gerade keinen VPA, der die Notiz liest.")

    def perform(self, work: Work, target: Task) -> Result:
        """Note and entry together."""
        text = complained(work, target, self.reason or "", self.next_steps or "")
        write_note(work, target, text, "complaint", target.vpa_id)
        _log(work, target, "complaint", self.reason or "", next_steps=self.next_steps,
             response="VPA mit interner Notiz informiert.")  # fmt: skip
        return task_result(work, target)


@dataclass(frozen=True, kw_only=True)
class SupportTask(OnTask):
    """The customer's volume grows: a VPA manager sees to a TA or help in project management (F-13)."""

    code: ClassVar[str] = "task.support"
    label: ClassVar[str] = "Umfang wächst"
    done: ClassVar[str] = "VPA Manager informiert"
    help: ClassVar[str] = "Bittet einen VPA Manager um einen TA oder Hilfe im Projektmanagement."

    text: str | None = arg("Was wächst, was wird gebraucht", "long")

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """Say what is needed."""
        if not self.text:
            yield Obstacle("text_missing", "F-13")

    def perform(self, work: Work, target: Task) -> Result:
        """A Reminder for them, due now."""
        reminder = set_reminder(
            work,
            subject=f"customer:{target.customer_id}",
            about=f"task:{target.id}",
            due=work.now,
            reason=self.text or "",
            owner=somebody_with_role(work, "vpa_manager", "VPA Manager").kuerzel,
        )
        return task_result(work, target, reminder=show_reminder(work, reminder))
