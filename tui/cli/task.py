"""`schicht task …`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from models.action.base import CATALOGUE
from models.ground import clock
from models.playbook import playbook
from models.tables.people import Customer, Vpa
from models.tables.task import STATES, TAGS, Task
from models.task.candidates import show_ranked, task_search
from models.task.chat import messages_of
from models.task.queries import list_tasks, show_task
from tui.cli.actions import add_actions
from tui.cli.completion import Offering
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import choice, limit_option

task_command = GermanGroup("task", help="Aufgaben prüfen, anbieten, zurückgeben, ablehnen.")
add_actions(task_command, "task", "models.task.actions", "models.records.actions")


@task_command.command("list", help="Zeigt Aufgaben, ohne Angabe die offenen.")
@click.option(
    "--state", default="open", type=Offering((*STATES, "open", "all")), help=f"{', '.join(STATES)}, open oder all."
)
@click.option("--customer", help="Nur dieser Kunde.")
@click.option("--vpa", help="Nur dieser VPA.")
@limit_option
def list_command(state: str, customer: str | None, vpa: str | None, limit: int | None) -> None:
    """List tasks."""
    choice("--state", state, (*STATES, "open", "all"))
    invocation = Invocation.current()
    work = invocation.work()
    if customer is not None:
        customer = str(work.get(Customer, customer, "Den Kunden").id)
    if vpa is not None:
        vpa = str(work.get(Vpa, vpa, "Den VPA").id)
    rows = (task.show() for task in list_tasks(state, customer, vpa).iterator())
    invocation.emit_all(rows, ("id", "title", "customer", "vpa", "state", "hours", "deadline"), limit)


@task_command.command("show", help="Zeigt eine Aufgabe mit Starterkit, Aufgabenchat, Notizen und allen Sperren.")
@click.argument("id")
def show_command(id: str) -> None:  # noqa: A002
    """Show one task."""
    invocation = Invocation.current()
    work = invocation.work()
    shown = show_task(work, work.get(Task, id, "Die Aufgabe"))
    invocation.emit(shown, None if invocation.json else _in_words(shown))


@task_command.command("messages", help="Zeigt den Aufgabenchat, auf Wunsch nur Nachrichten mit einem Tag.")
@click.argument("id")
@click.option("--tag", type=Offering(TAGS), help=", ".join(TAGS))
@limit_option
def messages_command(id: str, tag: str | None, limit: int | None) -> None:  # noqa: A002
    """Show the chat."""
    choice("--tag", tag, TAGS)
    invocation = Invocation.current()
    task = invocation.work().get(Task, id, "Die Aufgabe")
    rows = (message.show() for message in messages_of(task, tag))
    invocation.emit_all(rows, ("id", "at", "from", "tags", "text"), limit)


@task_command.command("candidates", help="Schlägt VPAs für eine Aufgabe vor, die besten zuerst.")
@click.argument("id")
@limit_option
def candidates_command(id: str, limit: int | None) -> None:  # noqa: A002
    """Rank VPAs for a task."""
    invocation = Invocation.current()
    work = invocation.work()
    rows = show_ranked(work, task_search(work, work.get(Task, id, "Die Aufgabe")), limit)
    invocation.emit_all(rows, ("rank", "vpa", "reasons"), limit)


def _in_words(task: dict[str, Any]) -> str:
    """The whole task for a person."""
    return "\n".join(_lines(task))


def _lines(task: dict[str, Any]) -> Iterator[str]:
    book = playbook()
    hours = "unbekannt" if task["hours"] is None else f"{task['hours']:g}".replace(".", ",")
    deadline = clock.german_date(task["deadline"]) if task["deadline"] else "keine"
    yield f"{task['title']} ({task['id']}) · {book.label('task_state', task['state'])}"
    yield f"Kunde {task['customer']} · VPA {task['vpa'] or 'keiner'} · Stunden: {hours} · Deadline: {deadline}"
    yield task["link"] or "kein Link"
    if (delegation := task["delegation"]) is not None:
        why = book.label("delegation", delegation["reason"] or "") or "ohne Grund"
        yield f"Delegiert von {delegation['by']} ({why}): {delegation['comment'] or 'kein Kommentar'}"
    yield "\nStarterkit"
    for item, judgement in task["checklist"].items():
        said = book.label("starterkit_state", judgement) if judgement else "nicht beurteilt"
        yield f"  {book.label('starterkit', item)}: {said}"
    yield f"  Aufgabentags geprüft: {'ja' if task['tags_checked'] else 'nein'}"
    yield f"\nAufgabenchat ({book.kind('reader', 'kunde').label})"
    for message in task["messages"]:
        tags = ", ".join(book.label("task_tag", tag) for tag in message["tags"]) or "ohne Tag"
        yield f"  {clock.german_moment(message['at'])} {book.label('sender', message['from'])} [{tags}]"
        yield from (f"    {line}" for line in message["text"].splitlines())
    yield f"\nInterne Notizen ({book.kind('reader', 'note').label})"
    for note in task["notes"]:
        yield f"  {clock.german_moment(note['at'])} {note['author']}"
        yield from (f"    {line}" for line in note["text"].splitlines())
    yield "\nWas jetzt geht"
    for action, gate in task["gates"].items():
        yield f"  {CATALOGUE[f'task.{action}'].label}: {'frei' if not gate else ''}".rstrip()
        yield from (f"    {_gate(obstacle)}" for obstacle in gate)


def _gate(obstacle: Mapping[str, Any]) -> str:
    """One point that an action still wants, and what to do about it."""
    text = playbook().obstacle(obstacle["code"], obstacle["rule"])
    sign = "!" if obstacle["weight"] == "warn" else "○"
    return f"{sign} {text.missing[:1].upper()}{text.missing[1:]} ({obstacle['rule']}): {text.way_out}"
