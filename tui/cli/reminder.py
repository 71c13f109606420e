"""`schicht reminder …`."""

from __future__ import annotations

import click

from models.reminder.queries import list_reminders, show_reminder
from models.tables.reminder import Reminder
from tui.cli.actions import add_actions
from tui.cli.completion import Offering
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import choice, limit_option

reminder_command = GermanGroup("reminder", help="Reminder setzen, verschieben, übernehmen, entfernen.")
add_actions(reminder_command, "reminder", "models.reminder.actions")


@reminder_command.command("list", help="Zeigt Reminder: eigene fällige, andere fällige, dann nach Datum.")
@click.option("--state", default="open", type=Offering(("open", "done", "all")), help="open, done oder all.")
@click.option("--due", is_flag=True, help="Nur fällige.")
@click.option("--mine", is_flag=True, help="Nur eigene.")
@limit_option
def list_command(state: str, due: bool, mine: bool, limit: int | None) -> None:
    """List Reminders."""
    choice("--state", state, ("open", "done", "all"))
    invocation = Invocation.current()
    work = invocation.work()
    rows = (show_reminder(work, row) for row in list_reminders(work, state, due, mine).iterator())
    invocation.emit_all(rows, ("id", "due", "subject", "reason", "owner", "days_overdue", "state"), limit)


@reminder_command.command("show", help="Zeigt einen Reminder.")
@click.argument("id")
def show_command(id: str) -> None:  # noqa: A002
    """Show one Reminder."""
    invocation = Invocation.current()
    work = invocation.work()
    invocation.emit(show_reminder(work, work.get(Reminder, id, "Den Reminder")))
