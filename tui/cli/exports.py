"""`schicht import`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tui.cli.context import Invocation
from tui.cli.german import GermanCommand


@click.command("import", cls=GermanCommand, help="Übernimmt einen Export oder eine eigene Tabelle (Profil).")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PFAD…")
@click.option("--baseline", is_flag=True, help="Alles gilt als bekannt: keine Cases, keine Neu-Flags.")
@click.option("--partial", is_flag=True, help="Nur ein Teil: was in den Dateien fehlt, bleibt, wie es ist.")
@click.option("--profile", "profiles", multiple=True, metavar="NAME", help="Nur diese Profile; sonst alle, die passen.")
@click.option("--timezone", metavar="ZONE", help="Wo die Uhr der Dateien steht, etwa UTC; sonst Berlin.")
@click.option("--despite", metavar="GRUND", help="Übergeht Warnungen; der Grund bleibt im Verlauf.")
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts ändern.")
@click.option(
    "--watch",
    type=click.Path(path_type=Path),
    metavar="ORDNER",
    help="Nimmt, was in den Ordner gelegt wird, bis Strg+C.",
)
@click.option("--every", type=click.FloatRange(0.1, 86_400), metavar="SEKUNDEN", help="Wie oft --watch nachsieht: 5.")
def import_command(
    paths: tuple[Path, ...], timezone: str | None, watch: Path | None, every: float | None, **how: Any
) -> None:
    """Take an export, or whatever comes into a folder."""
    from models.importing.importer import take

    invocation = Invocation.current()
    if watch is not None:
        _watch(invocation, paths, watch, every, {**how, "timezone": timezone or ""})
        return
    if not paths or every is not None:
        raise click.UsageError("Nenne, was importiert werden soll, oder mit --watch einen Ordner; --every gehört dazu.")
    answer = take(invocation.session(), paths, timezone=timezone or "", **how)
    invocation.emit(answer, _sentence(answer))


def _watch(
    invocation: Invocation, paths: tuple[Path, ...], folder: Path, every: float | None, how: dict[str, Any]
) -> None:
    from tui.cli.watching import EVERY, watch

    if paths or how.pop("despite") is not None or how.pop("dry_run") or how["baseline"]:
        raise click.UsageError(
            "--watch steht ohne PFAD, --despite, --dry-run und --baseline: Es übergeht keine Warnung."
        )
    watch(invocation, folder, EVERY if every is None else every, how)


def _sentence(answer: dict[str, Any]) -> str:
    from screens.importing.words import erased_words, file_words, raised_words, vanished_words

    lines = ["Nur geprüft, nichts geändert."] if answer.get("dry_run") else []
    lines += [f"  {file['file']:<14} {file_words(file)}" for file in answer["files"]]
    lines += [f"{raised_words(answer)}.", f"{vanished_words(answer, bool(answer.get('dry_run')))}."]
    lines += erased_words(answer)
    if answer["ignored"]:
        lines.append(f"Übergangen: {', '.join(answer['ignored'])}")
    return "\n".join(lines)
