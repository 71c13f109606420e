"""`schicht import`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tui.cli.context import Invocation
from tui.cli.german import GermanCommand


@click.command("import", cls=GermanCommand, help="Übernimmt einen Export: Ordner, .zip, .xlsx, .csv oder .json.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PFAD…")
@click.option("--baseline", is_flag=True, help="Alles gilt als bekannt: keine Cases, keine Neu-Flags.")
@click.option("--despite", metavar="GRUND", help="Übergeht Warnungen; der Grund bleibt im Verlauf.")
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts ändern.")
def import_command(paths: tuple[Path, ...], baseline: bool, despite: str | None, dry_run: bool) -> None:
    """Take an export."""
    from models.importing.importer import take

    invocation = Invocation.current()
    answer = take(invocation.session(), paths, baseline=baseline, despite=despite, dry_run=dry_run)
    invocation.emit(answer, _sentence(answer))


def _sentence(answer: dict[str, Any]) -> str:
    files = "\n".join(
        f"  {f['file']:<14} {f['rows']:>7} Zeilen: {f['new']} neu, {f['changed']} geändert, {f['unchanged']} gleich"
        for f in answer["files"]
    )
    probe = "Nur geprüft, nichts geändert.\n" if answer.get("dry_run") else ""
    ignored = f"\nÜbergangen: {', '.join(answer['ignored'])}" if answer["ignored"] else ""
    return f"{probe}{files}\n{answer['cases']} neue Cases, {answer['flags']} neue Neu-Flags.{ignored}"
