"""`schicht task …`."""

from __future__ import annotations

import click

from models.people import Customer, Vpa
from models.task.chat import messages_of
from models.task.queries import list_tasks, show_task
from models.task.table import STATES, TAGS, Task
from tui.cli.actions import add_actions
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import choice, limit_option

task_command = GermanGroup("task", help="Aufgaben prüfen, anbieten, zurückgeben, ablehnen.")
add_actions(task_command, "task", "models.task.actions")


@task_command.command("list", help="Zeigt Aufgaben, ohne Angabe die offenen.")
@click.option("--state", default="open", help=f"{', '.join(STATES)}, open oder all.")
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
    invocation.emit(show_task(work, work.get(Task, id, "Die Aufgabe")))


@task_command.command("messages", help="Zeigt den Aufgabenchat, auf Wunsch nur Nachrichten mit einem Tag.")
@click.argument("id")
@click.option("--tag", help=", ".join(TAGS))
@limit_option
def messages_command(id: str, tag: str | None, limit: int | None) -> None:  # noqa: A002
    """Show the chat."""
    choice("--tag", tag, TAGS)
    invocation = Invocation.current()
    task = invocation.work().get(Task, id, "Die Aufgabe")
    rows = (message.show() for message in messages_of(task, tag))
    invocation.emit_all(rows, ("id", "at", "from", "tags", "text"), limit)
