"""`schicht outbox …`."""

from __future__ import annotations

import click

from models.outbox.actions import WHAT
from models.outbox.queries import list_items
from models.shared.entry_rules import require_reader
from models.tables.outbox import KINDS, STATES, Outbox
from tui.cli.actions import add_actions
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import choice, limit_option

outbox_command = GermanGroup("outbox", help="Der Ausgang: was die Plattform noch erfahren muss.")
add_actions(outbox_command, "outbox", "models.outbox.actions")
outbox_command.commands.pop("filed")  # `export --done` does that


@outbox_command.command("list", help="Zeigt den Ausgang, das Älteste zuerst.")
@click.option("--state", default="open", help="open, carried, not_needed oder all.")
@click.option("--of", "subject", metavar="SUBJEKT", help="Nur zu diesem Kunden, VPA, Eintrag, dieser Aufgabe.")
@click.option("--kind", help="|".join(KINDS))
@click.option("--mine", is_flag=True, help="Nur eigenes.")
@limit_option
def list_command(state: str, subject: str | None, kind: str | None, mine: bool, limit: int | None) -> None:
    """List items."""
    choice("--state", state, (*STATES, "all"))
    choice("--kind", kind, KINDS)
    invocation = Invocation.current()
    rows = (item.show() for item in list_items(invocation.work(), state, subject, kind, mine).iterator())
    invocation.emit_all(rows, ("id", "made_at", "subject", "kind", "text", "made_by", "state"), limit)


@outbox_command.command("show", help="Zeigt, was zu übertragen ist.")
@click.argument("id")
def show_command(id: str) -> None:  # noqa: A002
    """Show one item."""
    invocation = Invocation.current()
    work = invocation.work()
    item = work.get(Outbox, id, WHAT)
    if item.file is not None:
        require_reader(work, item.file)
    invocation.emit(item.show())
