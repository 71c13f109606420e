"""What stands against the actions on tasks (CONTRACT §8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from models.action.work import Work
from models.ground import clock
from models.ground.text import fold, words
from models.playbook import playbook
from models.playbook.entries import PLACEHOLDER
from models.playbook.refusals import Hint, Obstacle
from models.tables.task import ITEMS, TAGS, Message, Note, Task
from models.task.chat import clock_of, messages_of, open_questions
from models.task.clock import DeclineClock

NO_CONTRACT = ("reich", "lang")
"""Endings that make a contract word an everyday one: umfangreich, stundenlang."""


def unknown_tags(tags: Sequence[str]) -> list[str]:
    """Those that are no Aufgabentags."""
    return [tag for tag in tags if tag not in TAGS]


# Forwarded: offering and assigning


def forward_obstacles(task: Task, messages: Sequence[Message]) -> Iterator[Obstacle]:
    """Before a task is offered or assigned, in the order of the contract's table."""
    if task.delegated_by:
        yield from _delegation_obstacles(task, messages)
    if task.state != "forwarded":
        yield Obstacle("not_forwarded", "F-01")
    if gaps := missing_items(task.checklist):
        yield Obstacle("information_missing", "F-03", detail=", ".join(gaps))
    if not task.tags_checked:
        yield Obstacle("tags_unchecked", "T-06")


def _delegation_obstacles(task: Task, messages: Sequence[Message]) -> Iterator[Obstacle]:
    if not has_comment(task):
        yield Obstacle("comment_missing", "F-10")
    if not telling_messages(messages):
        yield Obstacle("customer_not_informed", "F-05")
    if task.delegation_reason == "zeit" and not any("deadline" in m.tags for m in messages):
        yield Obstacle("deadline_not_offered", "F-07", "warn")


def has_comment(task: Task) -> bool:
    """Whether the VPA said why (F-10)."""
    return bool((task.delegation_comment or "").strip())


def telling_messages(messages: Sequence[Message]) -> list[Message]:
    """The messages by which the VPA told the customer that the team looks for somebody (F-05)."""
    return [message for message in messages if message.sender == "vpa" and "weiterleitung" in message.tags]


def missing_items(checklist: Mapping[str, str]) -> list[str]:
    """German names of the Starterkit items that are missing or not judged yet (F-03)."""
    return [playbook().kind("starterkit", item).short for item in ITEMS if checklist.get(item) in (None, "missing")]


def delegation_hints(task: Task, messages: Sequence[Message]) -> Iterator[Hint]:
    """What the VPA should have tried before delegating (F-08, F-09)."""
    if not task.delegated_by:
        return
    if not any("rueckfrage" in m.tags and m.sender == "vpa" for m in messages):
        yield Hint("F-08", "Der VPA hat dem Kunden vorher keine Rückfrage gestellt.")
    others = Task.select().where(Task.delegated_by == task.delegated_by, Task.id != task.id).count()
    if others:
        more = "eine andere Aufgabe" if others == 1 else f"{others} andere Aufgaben"
        yield Hint("F-09", f"Dieser VPA hat schon {more} abgegeben. Ging es diesmal wirklich nicht anders?")


def changed_description(messages: Sequence[Message], notes: Sequence[Note]) -> bool:
    """Whether the description changed and no internal note since tells the applicants (T-24)."""
    descriptions = [message for message in messages if "aufgabenbeschreibung" in message.tags]
    return len(descriptions) > 1 and not any(note.at >= descriptions[-1].at for note in notes)


def description_since_offer(task: Task, messages: Sequence[Message]) -> bool:
    """Whether the description of a task in the Umfrage is newer than that: T-24 asks to say so in a note (T-21).

    Where nobody knows when it was offered, a second description is the newer one.
    """
    if task.state != "umfrage":
        return False
    described = [message.at for message in messages if "aufgabenbeschreibung" in message.tags]
    return len(described) > 1 if task.offered_at is None else any(at > task.offered_at for at in described)


# Declining


def clock_obstacles(work: Work, task: Task) -> Iterator[Obstacle]:
    """One question, two reminders, no answer (T-14)."""
    messages = messages_of(task)
    state = clock_of(work, messages)
    if state.question is None:
        yield Obstacle("question_missing", "T-14")
    elif not state.ready:
        yield Obstacle("reminders_missing", "T-14", detail=_what_next(state, messages))


def _what_next(state: DeclineClock, messages: Sequence[Message]) -> str:
    if state.answer is not None:
        day = clock.german_date(clock.day_of(messages[state.answer].at))
        return f"der Kunde hat am {day} geschrieben, stell eine neue Rückfrage"
    if state.next_reminder_from is not None:
        day = clock.german_date(state.next_reminder_from)
        return f"Erinnerung {len(state.reminders) + 1} zählt ab {day}"
    assert state.decline_from is not None
    return f"ablehnen ab {clock.german_date(state.decline_from)}"


def release_obstacles(work: Work, task: Task) -> Iterator[Obstacle]:
    """More than ten hours, or nobody knows how many: the approver says yes first (T-15)."""
    limit = work.settings.number("decline_hours")
    if (task.hours is None or task.hours > limit) and task.released_by is None:
        yield Obstacle("release_missing", "T-15")


# Texts


def contract_words(work: Work, text: str) -> list[str]:
    """The words of a note that sound like the contract: they belong into the Aufgabenchat (T-21)."""
    found = []
    for wanted in work.settings.value("contract_words"):
        stem = fold(wanted)
        if any(_is_about(word, stem) for word in words(text)):
            found.append(wanted)
    return found


def _is_about(word: str, stem: str) -> bool:
    """Whether a word is this one, inflected or joined with others."""
    before, there, after = word.partition(stem)
    return bool(there) and (not before or len(after) <= 2) and not after.startswith(NO_CONTRACT)


def note_hints(task: Task, text: str) -> Iterator[Hint]:
    """Notes are no chat with the VPA (T-22), and nobody looks at answers outside of Forwarded (T-23)."""
    if "?" in text:
        yield Hint("T-22", "Interne Notizen sind kein Chat: Frag den VPA im Einzelchat.")
    if task.state != "forwarded":
        said = "Die Aufgabe liegt nicht in Forwarded: Antworten auf diese Notiz hat niemand im Blick."
        yield Hint("T-23", playbook().say(said))


def message_hints(text: str, messages: Sequence[Message]) -> Iterator[Hint]:
    """An unchanged Chatvorlage (T-17); questions of the customer to be answered (T-18)."""
    if label := unchanged_template(text):
        yield Hint("T-17", f"Der Text ist die Chatvorlage „{label}“, ohne Änderung. Pass ihn an die Aufgabe an.")
    if asked := open_questions(messages):
        what = "eine Frage" if len(asked) == 1 else f"{len(asked)} Fragen"
        yield Hint("T-18", f"Der Kunde hat noch {what} offen. Beantwortet dein Text alles?")


def unchanged_template(text: str) -> str | None:
    """Label of the Chatvorlage for tasks of which only the placeholders were filled; None where it was adapted."""
    for template in playbook().templates.values():
        if "task" not in template.subjects:
            continue
        fixed = (re.escape(part) for part in PLACEHOLDER.split(template.text.strip())[::2])
        if re.fullmatch("[^\n]*?".join(fixed), text.strip()):
            return template.label
    return None
