"""The detail of an Aufgabe: who gave it and what is missing, the clock of a decline, what is possible, the chat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from models.action.args import args_of, option_of
from models.action.work import Session, Work
from models.ground import clock
from models.playbook import playbook
from models.playbook.refusals import Obstacle
from models.questions.people_pages import customer_facts
from models.tables.entry import Entry
from models.tables.people import Vpa
from models.tables.task import Message, Note, Task
from models.task.actions import gated_actions
from models.task.base import OnTask
from models.task.chat import clock_of, messages_of, notes_of, open_questions
from models.task.clock import DeclineClock
from models.task.inbox import Arrival, arrivals
from models.task.pages import unjudged
from models.task.queries import returns_of
from models.task.rules import delegation_hints, telling_messages
from screens.detail.detail import Detail, Section
from screens.detail.vpa import customer_lines, entry_lines, facts_for, points_of
from screens.tasks.words import hours_word, item_word
from screens.widgets.checklist import Point
from screens.words import counted, day_word, first_line, joined, label, moment_word, short

JUDGING = ("information_missing", "tags_unchecked")
"""What a check supplies, as long as somebody has to judge."""
BACK = ("comment_missing", "customer_not_informed", "deadline_not_offered", "information_missing")
"""What only the VPA can supply."""
SIGNS = {"present": "●", "not_needed": "●", "missing": "○", None: "○"}
GATES = {
    "offer": "Ausschreiben", "assign": "Zuteilen", "return": "Zurück an VPA", "decline": "Ablehnen",
    "book": "Add-On buchen", "complain": "Beschwerde", "support": "Hilfe anfordern",
}  # fmt: skip
WAITING, OVER = ("offen", "vergeben"), ("abgelehnt", "erledigt")
WANTED = {
    "information_missing": "Angaben", "tags_unchecked": "Tags", "customer_not_informed": "Kunde informiert",
    "comment_missing": "Kommentar", "deadline_not_offered": "neue Deadline", "question_missing": "Rückfrage",
    "reminders_missing": "Erinnerungen", "release_missing": "Freigabe", "link_missing": "Link",
}  # fmt: skip
"""What is in the way, in a word."""
FROM_FORWARDED = ("offer", "assign", "return")
NEWEST = 6
"""Messages and notes that are shown; `l` opens all of them."""


def task_detail(session: Session, key: str) -> Detail | None:
    """Read in a thread with a connection; None where it is unknown."""
    work = session.work()
    task = work.find(Task, key)
    if task is None:
        return None
    customer = customer_facts(work, task.customer_id, 4)
    messages, notes = messages_of(task), notes_of(task)
    arrival = arrivals([task])[str(task.id)] if task.state == "forwarded" else None
    missing = _missing(work, task)
    return Detail(
        title=task.title,
        aside=task.id,
        facts=tuple(_facts(work, task)),
        before=(
            Section(_arrival_title(task), tuple(_arrival(work, task, arrival, messages))),
            Section("Starterkit", tuple(_starterkit(task)), "list"),
            Section("Uhr für das Ablehnen (T-14)", tuple(_clock(work, task, messages)), "list"),
            Section("Vorgehen", tuple(_guidance(work, task, messages, missing))),
        ),
        points=_points(task, missing),
        after=(
            Section("Aufgabenchat · liest: Kunde + VPA · l zeigt alles", tuple(_chat(work, messages)), "list"),
            Section("Interne Notizen · liest: VPA + AT, nicht Kunde", tuple(_notes(work, notes)), "list"),
            Section("Möglich ist (x)", tuple(_gates(task, missing)), "list"),
            Section(f"Kunde {task.customer.name}", customer_lines(customer, work.today)),
            Section(
                "Zuletzt in beiden Akten (■ O-Team intern, ▲ VPA)", tuple(_entries(work, customer.entries)), "list"
            ),
        ),
        copy=joined([task.title, task.link or ""]),
        copied="Aufgabe",
    )


def _facts(work: Work, task: Task) -> list[str]:
    deadline = f"Deadline {day_word(task.deadline, work.today)}" if task.deadline else "ohne Deadline"
    late = task.deadline is not None and task.deadline < work.today
    state = label("task_state", task.state)
    if task.state == "umfrage":
        state = joined(["Umfrage", f"seit {moment_word(task.offered_at, work.today)}" if task.offered_at else ""])
    vpa = f"VPA {task.vpa.name}" if task.vpa else "zurzeit ohne VPA"
    lines = [
        joined([state, hours_word(task.hours), deadline + (" überschritten" if late else "")]),
        joined([f"{'Neukunde' if task.new_customer else 'Kunde'} {task.customer.name}", vpa]),
    ]
    if task.link:
        lines.append(task.link)
    if task.released_by:
        lines.append(f"Ablehnen freigegeben: {task.released_by}, {moment_word(task.released_at, work.today)}")
    return lines


# Delegated: told, said why, complete?


def _arrival_title(task: Task) -> str:
    if not task.delegated_by:
        return playbook().say("In Forwarded") if task.state == "forwarded" else ""
    reason = label("delegation_reason", task.delegation_reason) or "ohne Grund"
    return f"Delegiert von {_name(task.delegated_by)} · {reason}"


def _arrival(work: Work, task: Task, arrival: Arrival | None, messages: Sequence[Message]) -> Iterator[str]:
    if task.delegated_by:
        comment = (task.delegation_comment or "").strip()
        yield f"„{comment}“" if comment else "○ kein Kommentar"
    if arrival is None:
        return
    if arrival.told is not None:
        told = telling_messages(messages)
        yield f"● Kunde informiert {moment_word(told[-1].at, work.today)}" if told else "○ Kunde noch nicht informiert"
    if arrival.deadline_offered is not None:
        yield "● neue Deadline angeboten" if arrival.deadline_offered else "! keine neue Deadline angeboten"
    yield f"○ Infos: {_state_of_infos(task, arrival)}" if arrival.missing else "● Infos vollständig"
    yield from (f"! {hint.message} ({hint.rule})" for hint in delegation_hints(task, messages))
    if task.delegated_by and (back := returns_of(task.delegated_by)):
        yield f"Schon {counted(back, 'Mal', 'Mal')} an diesen VPA zurückgegeben."


def _state_of_infos(task: Task, arrival: Arrival) -> str:
    return f"fehlt noch: {', '.join(arrival.missing)}" if task.checklist else "noch nicht geprüft"


def _name(vpa: str) -> str:
    row: Vpa | None = Vpa.get_or_none(Vpa.id == vpa)
    return row.name if row else vpa


def _starterkit(task: Task) -> Iterator[str]:
    """The five points, once somebody has judged one of them."""
    if task.checklist:
        for item, judgement in task.judged.items():
            state = label("starterkit_state", judgement) or "noch nicht beurteilt"
            yield f"{SIGNS[judgement]} {item_word(item):<12} {state}"
        yield "● Aufgabentags geprüft" if task.tags_checked else "○ Aufgabentags noch nicht geprüft"


# Declining


def _clock(work: Work, task: Task, messages: Sequence[Message]) -> Iterator[str]:
    """The Rückfrage and its Erinnerungen with their days, then what is due when."""
    state = clock_of(work, messages)
    if state.question is None or task.state not in ("forwarded", *WAITING):
        return

    def day(place: int) -> str:
        return day_word(clock.day_of(messages[place].at), work.today)

    yield f"● Rückfrage     {day(state.question)}"
    before = clock.day_of(messages[state.question].at)
    for number, place in enumerate(state.reminders, 1):
        sent = clock.day_of(messages[place].at)
        yield f"● Erinnerung {number}  {day(place)}, nach {_workdays(work, before, sent)}"
        before = sent
    for place in state.early:
        yield f"! zu früh, zählt nicht: Erinnerung {day(place)}"
    if state.answer is not None:
        yield f"Der Kunde hat {day(state.answer)} geantwortet. Die Uhr beginnt mit der nächsten Rückfrage."
    else:
        yield from _ahead(work, state)


def _ahead(work: Work, state: DeclineClock) -> Iterator[str]:
    if state.next_reminder_from is not None:
        due = state.next_reminder_from <= work.today
        when = "jetzt fällig" if due else f"ab {_ahead_of(work, state.next_reminder_from)}"
        yield f"○ Erinnerung {len(state.reminders) + 1}  {when}"
    if state.ready:
        yield "Ablehnen ist möglich, wenn es ohne Antwort wirklich nicht geht."
    elif state.decline_from is not None:
        yield f"○ Ablehnen      ab {_ahead_of(work, state.decline_from)}"


def _ahead_of(work: Work, day: dt.date) -> str:
    """`Mi 25.11., in 2 Arbeitstagen`"""
    return f"{day_word(day, work.today)}, in {_workdays(work, work.today, day)}"


def _workdays(work: Work, first: dt.date, last: dt.date) -> str:
    """How many working days the second day is after the first."""
    number = work.workdays.count_between(first, last) + work.workdays.is_workday(last)
    return counted(number, "Arbeitstag", "Arbeitstagen")


# Gates


def _missing(work: Work, task: Task) -> dict[str, list[Obstacle]]:
    """For each action what it would meet, without what its own form asks; actions that are done are left out."""
    found = {}
    for kind in gated_actions():
        action: OnTask = kind(id=str(task.id))
        if work.member is not None and not action.settled(task):
            own = {option_of(name, spec) for name, spec in args_of(kind).items()}
            obstacles = action.obstacles(work, task)
            found[kind.code.partition(".")[2]] = [o for o in obstacles if _option(o) not in own]
    return found


def _option(obstacle: Obstacle) -> str:
    return obstacle.text.option.partition(" ")[0].removeprefix("--") or "-"


def _points(task: Task, missing: dict[str, list[Obstacle]]) -> tuple[Point, ...]:
    """What keeps a task in Forwarded."""
    if task.state != "forwarded":
        return ()
    judging = bool(unjudged(task.checklist)) or not task.tags_checked
    keys = dict.fromkeys(BACK, ("x" if judging else "e", "Zurück an VPA"))
    if judging:
        keys |= dict.fromkeys(JUDGING, ("e", "Prüfen"))
    points = points_of(missing.get("offer", ()), keys)
    if task.checklist:
        return points
    whole = Point("Die fünf Punkte des Starterkits beurteilen (F-03)", key="e", hint="Prüfen")
    return tuple(whole if "F-03" in point.text else point for point in points)


def _guidance(work: Work, task: Task, messages: Sequence[Message], missing: dict[str, list[Obstacle]]) -> list[str]:
    facts = {**facts_for(work, None), "grenze": work.settings.number("decline_hours")}
    if task.state == "forwarded":
        found = {obstacle.code for obstacle in missing.get("offer", ())}
        general, *special = playbook().guidance(
            "task.forwarded", found if task.checklist else found - {"information_missing"}, facts
        )
        if not task.checklist:
            return [general, *special]
        return special or playbook().guidance("task.offer", (), facts)
    if task.state == "umfrage":
        return playbook().guidance("task.offer", (), facts)
    if task.state in WAITING and clock_of(work, messages).question is not None:
        return playbook().guidance("task.decline", [o.code for o in missing.get("decline", ())], facts)
    return playbook().guidance("task.new_customer", (), facts) if task.new_customer and task.state in WAITING else []


def _gates(task: Task, missing: dict[str, list[Obstacle]]) -> Iterator[str]:
    """Each action, and beside it what is in its way."""
    for verb, title in GATES.items():
        if task.state in OVER or verb not in missing or (task.state != "forwarded" and verb in FROM_FORWARDED):
            continue
        wanted = dict.fromkeys(WANTED.get(o.code, o.text.missing) for o in missing[verb])
        yield f"○ {title:<15}fehlt: {', '.join(wanted)}" if wanted else f"● {title}"


def _entries(work: Work, entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entry_lines(entries, work.today):
        yield f"{entry.day:<9} {entry.author[:4]:<4} {entry.symbol} {entry.text}"


# Chat and notes


def _chat(work: Work, messages: Sequence[Message]) -> Iterator[str]:
    if not messages:
        yield "noch keine Nachricht"
    if len(messages) > NEWEST:
        yield f"… {len(messages) - NEWEST} ältere"
    for message in messages[-NEWEST:]:
        tags = ", ".join(short("task_tag", tag) for tag in message.tags) or "ohne Tag"
        yield f"{moment_word(message.at, work.today)} · {short('sender', message.sender)} · {tags}"
        yield f"  {first_line(message.text)}"
    if asked := open_questions(messages):
        yield f"! {counted(len(asked), 'Frage', 'Fragen')} des Kunden ohne Antwort (T-18)"


def _notes(work: Work, notes: Sequence[Note]) -> Iterator[str]:
    for note in notes[-NEWEST:]:
        unseen = "" if note.watched else " · nicht im Blick"
        yield f"{moment_word(note.at, work.today)} · {note.author}{unseen}"
        yield f"  {first_line(note.text)}"
