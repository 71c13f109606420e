"""The detail of a task."""

from __future__ import annotations

from typing import Any

from models.action.work import Session, Work
from models.people_pages import customer_facts
from models.playbook import playbook
from models.task.chat import messages_of, notes_of
from models.task.inbox import arrivals
from models.task.queries import gates
from models.task.table import Task
from screens.detail import Detail, Section
from screens.vpa_view import customer_lines, entry_lines, facts_for
from screens.widgets.checklist import Point
from screens.words import day_word, first_line, joined, label, moment_word, short

GATES = {
    "offer": "Ausschreiben", "assign": "Zuteilen", "return": "Zurückgeben", "decline": "Ablehnen", "book": "Add-On buchen",
}  # fmt: skip
NEWEST = 8
"""Messages that are shown."""


def task_detail(session: Session, key: str) -> Detail | None:
    """Read in a thread with a connection; None where it is unknown."""
    work = session.work()
    task = work.find(Task, key)
    if task is None:
        return None
    customer = customer_facts(work, task.customer_id, 4)
    messages, notes = messages_of(task), notes_of(task)
    found = gates(work, task) if work.member else {}
    lines = [f"{moment_word(m.at, work.today)} {short('sender', m.sender)}: {first_line(m.text)}{_tags(m.tags)}" for m in messages]
    internal = [f"{moment_word(n.at, work.today)} {n.author}: {first_line(n.text)}" for n in notes]
    return Detail(
        title=task.title,
        aside=task.id,
        facts=(*_facts(work, task), *customer_lines(customer, work.today)),
        before=(
            Section("Vorgehen", tuple(_guidance(work, task, found))),
            Section("Prüfung nach Starterkit", tuple(_checklist(task)), "list"),
        ),
        points=_points(task, found),
        entries_title="Zuletzt in beiden Akten (■ O-Team intern, ▲ VPA)",
        entries=entry_lines(customer.entries, work.today),
        after=(
            Section("Aufgabenchat (liest: Kunde + VPA)", tuple(lines[-NEWEST:])),
            Section("Interne Notizen (liest: VPA + AT, nicht Kunde)", tuple(internal[-NEWEST:])),
            Section("Was möglich ist (x)", tuple(_gate_lines(found)), "list"),
        ),
        copy=joined([task.title, task.link or ""]),
        copied="Aufgabe",
    )


def _facts(work: Work, task: Task) -> list[str]:
    hours = "Stunden unbekannt" if task.hours is None else f"{task.hours:g} Stunden".replace(".", ",")
    deadline = f"Deadline {day_word(task.deadline, work.today)}" if task.deadline else "ohne Deadline"
    first = joined([label("task_state", task.state), hours, deadline, "Neukunde" if task.new_customer else ""])
    lines = [first, f"Kunde {task.customer.name}" + (f" · VPA {task.vpa.name}" if task.vpa else "")]
    if task.delegated_by:
        reason = label("delegation_reason", task.delegation_reason)
        lines.append(f"delegiert von {task.delegated_by}, {reason or 'ohne Grund'}: {task.delegation_comment or 'kein Kommentar'}")
    if task.link:
        lines.append(task.link)
    return lines


def _guidance(work: Work, task: Task, found: dict[str, Any]) -> list[str]:
    if task.state != "forwarded":
        return playbook().guidance("task.new_customer", (), facts_for(work, None)) if task.new_customer else []
    findings = [obstacle["code"] for obstacle in found.get("offer", ())]
    return playbook().guidance("task.forwarded", findings, facts_for(work, None))


def _checklist(task: Task) -> list[str]:
    judged = task.judged
    lines = [f"{short('starterkit', item)}: {label('starterkit_state', judged.get(item)) or 'noch nicht beurteilt'}" for item in playbook().labels("starterkit")]
    return [*lines, f"Aufgabentags geprüft: {'ja' if task.tags_checked else 'nein'}"]


def _points(task: Task, found: dict[str, Any]) -> tuple[Point, ...]:
    """What keeps a forwarded task from being offered; with an arrival everything is asked."""
    if task.state != "forwarded":
        return ()
    ready = arrivals([task])[task.id].ready
    points = [
        Point(f"{playbook().obstacle(one['code'], one['rule']).missing} ({one['rule']})", key="x", hint="Schritte", warn=one["weight"] == "warn")
        for one in found.get("offer", ())
    ]
    return tuple(points) if not ready or points else ()


def _gate_lines(found: dict[str, Any]) -> list[str]:
    return [f"{title}: {_gate(found[verb])}" for verb, title in GATES.items() if verb in found]


def _gate(obstacles: list[dict[str, Any]]) -> str:
    if not obstacles:
        return "offen"
    if obstacles[0]["code"] == "already_done":
        return "schon geschehen"
    missing = [playbook().obstacle(one["code"], one["rule"]).missing for one in obstacles]
    return "es fehlt " + ", ".join(dict.fromkeys(missing))


def _tags(tags: list[str]) -> str:
    return f" [{', '.join(label('task_tag', tag) for tag in tags)}]" if tags else ""
