"""`schicht case …`."""

from __future__ import annotations

import click

from models.case.queries import list_cases, show_case, show_cases
from models.tables.case import KINDS, Case
from tui.cli.actions import add_actions
from tui.cli.completion import Offering
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import choice, limit_option

case_command = GermanGroup("case", help="Cases ansehen und erledigen.")
add_actions(case_command, "case", "models.case.actions")


@case_command.command("list", help="Zeigt Cases, die ältesten zuerst.")
@click.option("--state", default="open", type=Offering(("open", "resolved", "all")), help="open, resolved oder all.")
@click.option("--kind", type=Offering(KINDS, group="case_kind"), help=f"{', '.join(KINDS)}.")
@click.option("--vpa", help="Nur dieser VPA.")
@limit_option
def list_command(state: str, kind: str | None, vpa: str | None, limit: int | None) -> None:
    """List Cases."""
    choice("--state", state, ("open", "resolved", "all"))
    choice("--kind", kind, KINDS)
    invocation = Invocation.current()
    invocation.session()
    cases = show_cases(invocation.work().today, list_cases(state, kind, vpa).iterator())
    invocation.emit_all(cases, ("id", "opened_at", "vpa_name", "kind", "findings", "state"), limit)


@case_command.command("show", help="Zeigt einen Case.")
@click.argument("id")
def show_command(id: str) -> None:  # noqa: A002
    """Show one Case."""
    invocation = Invocation.current()
    work = invocation.work()
    invocation.emit(show_case(work, work.get(Case, id, "Den Case")))
