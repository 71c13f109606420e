"""`schicht person …`."""

from __future__ import annotations

import click

from models.erasure.mentions import mentions
from models.persons.due import list_due
from models.persons.whom import find_person, require_told
from tui.cli.actions import add_actions
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import limit_option

person_command = GermanGroup("person", help="Rechte der Menschen: Auskunft, einschränken, aufbewahren, fällig.")
add_actions(person_command, "person", "models.persons.actions", "models.persons.report")


@person_command.command("mentions", help="Zeigt jeden Text über andere, der diese Person nennt.")
@click.option("--vpa", help="VPA.")
@click.option("--customer", help="Kunde.")
@limit_option
def mentions_command(vpa: str | None, customer: str | None, limit: int | None) -> None:
    """List the texts that name a person."""
    invocation = Invocation.current()
    work = invocation.work()
    person = find_person(work, vpa, customer)
    require_told(work, person.kind)
    rows = (mention.show(work.member) for mention in mentions(person.subject))
    invocation.emit_all(rows, ("where", "id", "at", "excerpt"), limit)


@person_command.command("due", help="Zeigt, wessen Frist vorbei ist; gelöscht wird nichts von selbst.")
@limit_option
def due_command(limit: int | None) -> None:
    """List whose period has passed."""
    invocation = Invocation.current()
    invocation.emit_all(list_due(invocation.work()), ("subject", "since", "why"), limit)
