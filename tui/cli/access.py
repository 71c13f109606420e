"""`schicht access …`."""

from __future__ import annotations

import click

from models.persons.access import list_access
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import day, limit_option

access_command = GermanGroup("access", help="Wer eine VPA-Akte geöffnet oder Daten mitgenommen hat.")


@access_command.command("list", help="Zeigt, wer wann was geöffnet oder mitgenommen hat.")
@click.option("--of", "subject", metavar="SUBJEKT", help="Nur zu dieser Person, etwa vpa:V001.")
@click.option("--member", "opened_by", metavar="KÜRZEL", help="Nur von diesem Mitglied.")
@click.option("--since", metavar="DATUM", help="Erst ab diesem Tag.")
@limit_option
def list_command(subject: str | None, opened_by: str | None, since: str | None, limit: int | None) -> None:
    """List who has read what."""
    invocation = Invocation.current()
    work = invocation.work()
    rows = list_access(work, subject, opened_by, day("--since", since, work.today))
    invocation.emit_all(rows, ("at", "member", "account", "what", "subject"), limit)
