"""All actions on a task; chat, tags, internal notes and the Starterkit check are defined here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.ground.errors import ConflictError, UsageError
from models.playbook.refusals import Hint, Obstacle
from models.shared.entry_rules import vpa_text_obstacles
from models.tables.task import ITEMS, JUDGEMENTS, SENDERS, TAGS, Message, Task
from models.task.base import GATED, OnTask, decide, gated_actions
from models.task.chat import messages_of, write_message, write_note
from models.task.forward import AssignTask, OfferTask, ReturnTask
from models.task.outcome import BookAddOn, Complain, DeclineTask, ReleaseTask, SupportTask
from models.task.result import task_result
from models.task.rules import contract_words, description_since_offer, message_hints, note_hints, unknown_tags

__all__ = [
    "AssignTask", "BookAddOn", "CheckTask", "Complain", "CorrectTags", "DeclineTask", "NoteTask", "OfferTask",
    "ReleaseTask", "ReturnTask", "SupportTask", "WriteMessage", "gated_actions",
]  # fmt: skip

GATED[:] = [OfferTask, ReturnTask, AssignTask, ReleaseTask, DeclineTask, BookAddOn, Complain, SupportTask]


@dataclass(frozen=True, kw_only=True)
class WriteMessage(OnTask):
    """Record a message of the Aufgabenchat (T-02, T-07)."""

    code: ClassVar[str] = "task.message"
    label: ClassVar[str] = "Nachricht im Aufgabenchat"
    done: ClassVar[str] = "Nachricht festgehalten"
    help: ClassVar[str] = "Hält eine Nachricht des Aufgabenchats fest, mit ihren Aufgabentags."

    sender: str | None = arg(
        "von", "choice", option="from", choices="sender", values=SENDERS, strict=True, required=True
    )
    text: str | None = arg("Text", "long", required=True)
    tag: tuple[str, ...] = arg("Aufgabentags", "choice", many=True, choices="task_tag", values=TAGS)

    def reader(self, field: str) -> str:
        """Customer and VPA read the chat."""
        return "kunde" if field == "text" else "intern"

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """Ours are tagged on a Neukunde task, name no class and hold no placeholder."""
        untagged = self.sender == "at" and target.new_customer and not self.tag
        if untagged or unknown_tags(self.tag):
            yield Obstacle("tag_missing", "T-07")
        if self.sender == "at":
            yield from vpa_text_obstacles([self.text])

    def hints(self, work: Work, target: Task) -> Iterator[Hint]:
        """Adapt templates, answer every question (T-17, T-18)."""
        if self.sender == "at" and self.text:
            yield from message_hints(self.text, messages_of(target))

    def perform(self, work: Work, target: Task) -> Result:
        """Put it into the chat."""
        message = write_message(work, target, self.sender or "", self.text or "", self.tag)
        return Result(f"task:{target.id}", message.show(), target.title)


@dataclass(frozen=True, kw_only=True)
class CorrectTags(Action):
    """Replace the tags of a message (T-08)."""

    code: ClassVar[str] = "task.tag"
    label: ClassVar[str] = "Aufgabentags berichtigen"
    done: ClassVar[str] = "Aufgabentags berichtigt"
    help: ClassVar[str] = "Ersetzt die Aufgabentags einer Nachricht durch die genannten."

    id: str = arg("Nachricht", "id", positional=True, required=True)
    tag: tuple[str, ...] = arg("Aufgabentags", "choice", many=True, choices="task_tag", values=TAGS, column="tags")

    def load(self, work: Work) -> Message:
        """The message."""
        message = work.get(Message, self.id, "Die Nachricht")
        if self.seen is not None and message.version != self.seen:
            raise ConflictError("Die Aufgabentags dieser Nachricht hat inzwischen jemand geändert. Lade neu.")
        return message

    def obstacles(self, work: Work, target: Message) -> Iterator[Obstacle]:
        """At least one, and only known ones."""
        if not self.tag or unknown_tags(self.tag):
            yield Obstacle("tag_missing", "T-08")

    def perform(self, work: Work, target: Message) -> Result:
        """Put the tags in place of the old ones."""
        work.update(target, tags=list(dict.fromkeys(self.tag)))
        return Result(f"task:{target.task_id}", target.show(), str(target.task.title))


@dataclass(frozen=True, kw_only=True)
class NoteTask(OnTask):
    """Write an internal note: read by VPA and Admin-Team, not by the customer (T-20)."""

    code: ClassVar[str] = "task.note"
    label: ClassVar[str] = "Interne Notiz"
    done: ClassVar[str] = "Interne Notiz geschrieben"
    help: ClassVar[str] = "Schreibt eine interne Notiz: liest VPA und AT, nicht der Kunde."

    text: str | None = arg("Notiz", "long", required=True)

    def reader(self, field: str) -> str:
        """The VPA reads it, the customer does not."""
        return "note"

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """No class and no placeholder; contract content with a reason only, but where T-24 asks for that note."""
        yield from vpa_text_obstacles([self.text])
        spoken = contract_words(work, self.text or "")
        if spoken and not description_since_offer(target, messages_of(target)):
            yield Obstacle("contract_content", "T-21", "warn", detail=", ".join(spoken))

    def hints(self, work: Work, target: Task) -> Iterator[Hint]:
        """Notes are no chat (T-22, T-23)."""
        yield from note_hints(target, self.text or "")

    def perform(self, work: Work, target: Task) -> Result:
        """Write the note."""
        write_note(work, target, self.text or "")
        return task_result(work, target)


@dataclass(frozen=True, kw_only=True)
class CheckTask(OnTask):
    """Judge the five Starterkit points and the tags (T-05, T-06)."""

    code: ClassVar[str] = "task.check"
    label: ClassVar[str] = "Aufgabe prüfen"
    done: ClassVar[str] = "Aufgabe geprüft"
    help: ClassVar[str] = "Hält fest, was vorhanden ist, was fehlt, und ob die Aufgabentags stimmen."

    item: tuple[str, ...] = arg(
        "Starterkit",
        "choice",
        many=True,
        choices="starterkit_item",
        help=f"Punkt=Urteil; Punkte: {', '.join(ITEMS)}; Urteile: {', '.join(JUDGEMENTS)}.",
    )
    tags_checked: bool = arg("Aufgabentags geprüft", "flag")

    @property
    def judged(self) -> dict[str, str]:
        """Item → judgement; the last one given counts."""
        return {item: judgement for item, _, judgement in (given.partition("=") for given in self.item)}

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """Tags are checked once."""
        return ["item"] if target.tags_checked else ["item", "tags_checked"]

    def load(self, work: Work) -> Task:
        """The task; wrong usage where nothing was checked, or something that is no item."""
        task: Task = super().load(work)
        for item, judgement in self.judged.items():
            if item not in ITEMS or judgement not in JUDGEMENTS:
                raise UsageError(f"„{item}={judgement}“ gibt es nicht. Schreib zum Beispiel --item lists=missing.")
        if not self.item and not self.tags_checked:
            raise UsageError("Sag, was du geprüft hast: --item oder --tags-checked.")
        return task

    def obstacles(self, work: Work, target: Task) -> Iterator[Obstacle]:
        """An exact instruction is always needed."""
        if self.judged.get("instruction") == "not_needed":
            yield Obstacle("instruction_missing", "T-05")

    def hints(self, work: Work, target: Task) -> Iterator[Hint]:
        """What is missing has to be asked for (T-02, T-05)."""
        if "missing" in self.judged.values():
            yield Hint("T-05", "Es fehlt etwas: Gib die Aufgabe mit der Liste der Lücken zurück.")

    def perform(self, work: Work, target: Task) -> Result:
        """Write the judgements; who and when stands in the history."""
        checked = target.tags_checked or self.tags_checked
        decide(work, target, checklist={**target.checklist, **self.judged}, tags_checked=checked)
        return task_result(work, target)
