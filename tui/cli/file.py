"""`schicht file …`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from models.file.as_vpa import vpa_view
from models.file.as_vpa_export import FORMATS, export, format_of, write
from models.file.queries import list_entries
from models.ground.errors import UsageError
from models.persons.access import note_opened
from tui.cli.actions import add_actions
from tui.cli.completion import Offering
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
@click.option("--file", type=Offering(("oteam", "vpa_kunde", "vpa_akte")), help="oteam, vpa_kunde oder vpa_akte.")
@limit_option
def show_command(customer: str | None, vpa: str | None, file: str | None, limit: int | None) -> None:
    """Show the entries of a file."""
    if bool(customer) == bool(vpa):
        raise UsageError("Nenn einen Kunden (--customer) oder einen VPA (--vpa).")
    choice("--file", file, ("vpa_akte",) if vpa else ("oteam", "vpa_kunde"))
    invocation = Invocation.current()
    work = invocation.work()
    subject = work.subject("vpa" if vpa else "customer", vpa or customer or "")
    entries = list_entries(work, subject, file)
    if vpa:
        note_opened(invocation.session(), subject.partition(":")[2])
    rows = (entry.show() for entry in entries)
    invocation.emit_all(rows, ("id", "created_at", "file", "kind", "author", "situation", "tags"), limit)


@file_command.command("export", help="Zeigt genau das, was ein VPA vom Kunden sehen darf („Ansicht als VPA“).")
@click.argument("customer", metavar="KUNDE")
@click.option(
    "--format",
    "form",
    type=Offering(FORMATS),
    metavar="text|markdown",
    help="Form des Textes; sonst nach der Endung der Datei.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="DATEI", help="Schreibt in eine neue Datei.")
@click.option("--despite", metavar="GRUND", help="Übergeht Warnungen.")
def export_command(customer: str, form: str | None, out: Path | None, despite: str | None) -> None:
    """Export what a VPA may see; refused while an entry names a class."""
    choice("--format", form, FORMATS)
    form = form or (format_of(out) if out else "text")
    invocation = Invocation.current()
    work = invocation.work()
    view = vpa_view(work, customer)
    text = export(view, form, work.now, despite)
    shown: dict[str, Any] = view.show()
    if out is None:
        invocation.emit(shown, text)
        return
    write(out, text)
    invocation.emit({**shown, "out": str(out), "format": form}, f"VPA-Ansicht von {view.name} geschrieben: {out}")
