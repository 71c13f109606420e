"""`schicht handover …`."""

from __future__ import annotations

import click

from models.care.facts import form_text
from models.care.handover.queries import list_handovers, show_handover
from models.care.handover.successors import successor_search
from models.tables.handover import STATES, Handover
from models.task.candidates import show_ranked
from tui.cli.actions import add_actions
from tui.cli.completion import Offering
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import choice, limit_option

handover_command = GermanGroup("handover", help="VPA-Wechsel von der Anfrage bis zur Einarbeitung.")
add_actions(handover_command, "handover", "models.care.handover.actions")


@handover_command.command("list", help="Zeigt laufende Anfragen, die ältesten zuerst.")
@click.option(
    "--state",
    default="running",
    type=Offering(("running", "all", *STATES)),
    help=f"running, all, {', '.join(STATES[:-1])} oder {STATES[-1]}.",
)
@limit_option
def list_command(state: str, limit: int | None) -> None:
    """List requests."""
    choice("--state", state, ("running", "all", *STATES))
    invocation = Invocation.current()
    work = invocation.work()
    rows = (show_handover(work, row) for row in list_handovers(state).limit(limit))
    invocation.emit_all(rows, ("id", "customer_name", "vpa_name", "state", "opened_at", "opened_by"))


@handover_command.command("show", help="Zeigt eine Anfrage mit allem, was abzuwägen ist.")
@click.argument("id")
def show_command(id: str) -> None:  # noqa: A002
    """Show one request."""
    invocation = Invocation.current()
    work = invocation.work()
    invocation.emit(show_handover(work, work.get(Handover, id, "Den VPA-Wechsel")))


@handover_command.command("text", help="Gibt den Text für AT: Austausch aus.")
@click.argument("id")
def text_command(id: str) -> None:  # noqa: A002
    """Print the form for the channel."""
    invocation = Invocation.current()
    work = invocation.work()
    handover = work.get(Handover, id, "Den VPA-Wechsel")
    text = form_text(work, handover)
    invocation.emit({"id": handover.id, "text": text}, text)


@handover_command.command("successors", help="Schlägt Nachfolger vor, die besten zuerst.")
@click.argument("id")
@limit_option
def successors_command(id: str, limit: int | None) -> None:  # noqa: A002
    """Rank successors."""
    invocation = Invocation.current()
    work = invocation.work()
    rows = show_ranked(work, successor_search(work.get(Handover, id, "Den VPA-Wechsel")), limit)
    invocation.emit_all(rows, ("rank", "vpa", "reasons"), limit)
