"""`schicht outbox …`."""

from __future__ import annotations

from pathlib import Path

import click

from models.outbox.actions import WHAT
from models.outbox.queries import list_items
from models.shared.entry_rules import require_reader
from models.tables.outbox import KINDS, STATES, Outbox
from tui.cli.actions import add_actions
from tui.cli.completion import Offering
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import choice, limit_option

outbox_command = GermanGroup("outbox", help="Der Ausgang: was die Plattform noch erfahren muss.")
add_actions(outbox_command, "outbox", "models.outbox.actions")
outbox_command.commands.pop("filed")  # `export --done` does that


@outbox_command.command("list", help="Zeigt den Ausgang, das Älteste zuerst.")
@click.option("--state", default="open", type=Offering((*STATES, "all")), help="open, carried, not_needed oder all.")
@click.option("--of", "subject", metavar="SUBJEKT", help="Nur zu diesem Kunden, VPA, Eintrag, dieser Aufgabe.")
@click.option("--kind", metavar="|".join(KINDS), help="Nur was so zurückgeht.")
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


@outbox_command.command("export", help="Schreibt, was offen ist, als Dateien im Format der Plattform.")
@click.argument("path", type=click.Path(path_type=Path), metavar="PFAD")
@click.option("--done", is_flag=True, help="Hakt es damit ab.")
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts schreiben.")
def export_command(path: Path, done: bool, dry_run: bool) -> None:
    """Write the open items as files."""
    from models.exporting.outbox import export_outbox

    invocation = Invocation.current()
    answer = export_outbox(invocation.session(), path, done=done, dry_run=dry_run)
    told = f"Geschrieben: {path}, {answer['items']} Einträge." if answer["files"] else "Im Ausgang ist nichts offen."
    if dry_run:
        told = f"Nur geprüft: {answer['items']} Einträge."
    left = f" {answer['left']} bleiben offen: Für sie hat die Plattform keine Datei." if answer["left"] else ""
    invocation.emit(answer, f"{told}{left}")
