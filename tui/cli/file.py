"""`schicht file …`."""

from __future__ import annotations

import click

from models.errors import UsageError
from models.file.queries import list_entries
from tui.cli.actions import add_actions
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import choice, limit_option
from tui.cli.search import file_search_command

file_command = GermanGroup("file", help="Akten lesen und schreiben.")
add_actions(file_command, "file", "models.file.actions")
file_command.add_command(file_search_command)


@file_command.command("show", help="Zeigt die Einträge einer Akte, die ältesten zuerst.")
@click.option("--customer", help="Kunde.")
@click.option("--vpa", help="VPA.")
@click.option("--file", help="oteam, vpa_kunde oder vpa_akte.")
@limit_option
def show_command(customer: str | None, vpa: str | None, file: str | None, limit: int | None) -> None:
    """Show the entries of a file."""
    if bool(customer) == bool(vpa):
        raise UsageError("Nenn einen Kunden (--customer) oder einen VPA (--vpa).")
    choice("--file", file, ("vpa_akte",) if vpa else ("oteam", "vpa_kunde"))
    invocation = Invocation.current()
    work = invocation.work()
    subject = work.subject("vpa" if vpa else "customer", vpa or customer or "")
    rows = (entry.show() for entry in list_entries(work, subject, file))
    invocation.emit_all(rows, ("id", "created_at", "file", "kind", "author", "situation", "tags"), limit)
