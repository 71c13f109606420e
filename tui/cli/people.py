"""`schicht vpa …` and `schicht customer …`."""

from __future__ import annotations

import click

from models.persons.access import note_opened
from models.questions.people import list_customers, list_vpas, show_customer, show_vpa
from models.records.absence import list_absences
from models.tables.people import Customer, Vpa
from tui.cli.actions import add_actions
from tui.cli.completion import Offering
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import choice, limit_option

vpa_command = GermanGroup("vpa", help="VPAs ansehen, anlegen, ändern oder löschen.")
customer_command = GermanGroup("customer", help="Kunden ansehen, anlegen, ändern oder löschen.")
absence_command = GermanGroup("absence", help="Abwesenheiten der VPAs ansehen, eintragen und ändern.")
add_actions(vpa_command, "vpa", "models.records.actions", "models.erasure.actions")
add_actions(
    customer_command, "customer", "models.records.actions", "models.care.assignment.actions", "models.erasure.actions"
)
add_actions(absence_command, "absence", "models.records.actions")


@vpa_command.command("list", help="Zeigt VPAs.")
@click.option(
    "--class",
    "classes",
    multiple=True,
    type=Offering(("A", "B", "C", "D", "N")),
    help="Nur diese Klasse; mehrmals möglich.",
)
@limit_option
def list_vpas_command(classes: tuple[str, ...], limit: int | None) -> None:
    """List VPAs."""
    letters = [letter.strip().upper() for letter in classes]
    for letter in letters:
        choice("--class", letter, ("A", "B", "C", "D", "N"))
    invocation = Invocation.current()
    rows = list_vpas(invocation.work(), letters)
    invocation.emit_all(rows, ("id", "name", "class", "start", "active", "restricted"), limit)


@vpa_command.command("show", help="Zeigt einen VPA.")
@click.argument("id")
def show_vpa_command(id: str) -> None:  # noqa: A002
    """Show one VPA."""
    invocation = Invocation.current()
    work = invocation.work()
    shown = show_vpa(work, work.get(Vpa, id, "Den VPA"))
    if shown["entries"]:
        note_opened(invocation.session(), shown["id"])
    invocation.emit(shown)


@absence_command.command("list", help="Zeigt Abwesenheiten.")
@click.option("--vpa", help="Nur dieser VPA.")
@limit_option
def list_absences_command(vpa: str | None, limit: int | None) -> None:
    """List absences."""
    invocation = Invocation.current()
    rows = list_absences(invocation.work(), vpa)
    invocation.emit_all(rows, ("id", "vpa", "von", "bis", "eingetragen_am", "withdrawn"), limit)


@customer_command.command("list", help="Zeigt Kunden.")
@limit_option
def list_customers_command(limit: int | None) -> None:
    """List customers."""
    invocation = Invocation.current()
    rows = list_customers(invocation.work().today)
    invocation.emit_all(rows, ("id", "name", "status", "vpa", "pattern", "last_booking", "restricted"), limit)


@customer_command.command("show", help="Zeigt einen Kunden.")
@click.argument("id")
def show_customer_command(id: str) -> None:  # noqa: A002
    """Show one customer."""
    invocation = Invocation.current()
    work = invocation.work()
    invocation.emit(show_customer(work, work.get(Customer, id, "Den Kunden")))
