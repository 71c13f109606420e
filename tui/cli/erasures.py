"""`schicht erasures …`."""

from __future__ import annotations

from pathlib import Path

import click

from models.tables.person import Erasure
from tui.cli.actions import add_actions
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup, cleaned
from tui.cli.options import limit_option

erasures_command = GermanGroup("erasures", help="Löschanträge ansehen, bestätigen, zurückziehen.")
add_actions(erasures_command, "erasures", "models.erasure.requests")


@erasures_command.command("list", help="Zeigt alle Löschanträge, den ältesten zuerst.")
@limit_option
def list_command(limit: int | None) -> None:
    """List requests."""
    invocation = Invocation.current()
    invocation.session()
    rows = (row.show() for row in Erasure.select().order_by(Erasure.id))
    columns = ("id", "subject", "requested_at", "requested_by", "reason", "state", "done_at", "done_by")
    invocation.emit_all(rows, columns, limit)


@erasures_command.command("export", help="Schreibt, wer gelöscht ist, für `restore --erasures`; nur Nummern.")
@click.argument("out", type=click.Path(path_type=Path), metavar="DATEI")
def export_command(out: Path) -> None:
    """Write who was erased."""
    from models.erasure.again import write_erasures

    invocation = Invocation.current()
    cleaned(str(out))
    invocation.session()
    count = write_erasures(out)
    invocation.emit({"file": str(out), "erasures": count}, f"Geschrieben: {out}, {count} Löschungen.")
