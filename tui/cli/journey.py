"""`schicht journey …`."""

from __future__ import annotations

import click

from models.journey.queries import list_flags, show_flag
from models.tables.flag import Flag
from tui.cli.actions import add_actions
from tui.cli.completion import Offering
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import choice, limit_option

journey_command = GermanGroup("journey", help="VPA-Journey: Neu-Flags ansehen und entfernen.")
add_actions(journey_command, "journey", "models.journey.actions")


@journey_command.command("list", help="Zeigt Neu-Flags, die ältesten zuerst.")
@click.option("--state", default="open", type=Offering(("open", "removed", "all")), help="open, removed oder all.")
@limit_option
def list_command(state: str, limit: int | None) -> None:
    """List flags."""
    choice("--state", state, ("open", "removed", "all"))
    invocation = Invocation.current()
    work = invocation.work()
    rows = (show_flag(work, flag) for flag in list_flags(state).iterator())
    invocation.emit_all(rows, ("id", "raised_on", "vpa_name", "stage", "state", "overdue"), limit)


@journey_command.command("show", help="Zeigt ein Neu-Flag.")
@click.argument("id")
def show_command(id: str) -> None:  # noqa: A002
    """Show one flag."""
    invocation = Invocation.current()
    work = invocation.work()
    invocation.emit(show_flag(work, work.get(Flag, id, "Das Neu-Flag")))
