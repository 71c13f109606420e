"""`schicht import` and `schicht export`."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from models.ground.errors import UsageError
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand
from tui.cli.progress import working

PIPED = Path("-")


@click.command(
    "import",
    cls=GermanCommand,
    help="Übernimmt einen Export oder eine eigene Tabelle (Profil); - liest eine Datei von der Standardeingabe.",
)
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
        raise UsageError("Nenne, was importiert werden soll, oder mit --watch einen Ordner; --every gehört dazu.")
    with _readable(paths) as found, working("Importiere") as told:
        answer = take(invocation.session(), found, timezone=timezone or "", progress=told, **how)
    invocation.emit(answer, _sentence(answer))


def _watch(
    invocation: Invocation, paths: tuple[Path, ...], folder: Path, every: float | None, how: dict[str, Any]
) -> None:
    from tui.cli.watching import EVERY, watch

    if paths or how.pop("despite") is not None or how.pop("dry_run") or how["baseline"]:
        raise UsageError("--watch steht ohne PFAD, --despite, --dry-run und --baseline: Es übergeht keine Warnung.")
    watch(invocation, folder, EVERY if every is None else every, how)


@contextlib.contextmanager
def _readable(paths: tuple[Path, ...]) -> Iterator[tuple[Path, ...]]:
    """The paths themselves, or for `-` what comes by standard input, kept as a file for as long as it is read."""
    if PIPED not in paths:
        yield paths
        return
    if len(paths) > 1:
        raise UsageError("„-“ ist die Standardeingabe: eine Datei, und keine weiteren daneben.")
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("„-“ liest von der Standardeingabe: schicht import - < DATEI")
    from models.importing.piped import save_piped

    with tempfile.TemporaryDirectory(prefix="schicht-") as folder:
        yield (save_piped(sys.stdin.buffer, Path(folder)),)


def _sentence(answer: dict[str, Any]) -> str:
    from screens.importing.words import erased_words, file_words, raised_words, vanished_words

    lines = ["Nur geprüft, nichts geändert."] if answer.get("dry_run") else []
    lines += [f"  {file['file']:<14} {file_words(file)}" for file in answer["files"]]
    lines += [f"{raised_words(answer)}.", f"{vanished_words(answer, bool(answer.get('dry_run')))}."]
    lines += erased_words(answer)
    if answer["ignored"]:
        lines.append(f"Übergangen: {', '.join(answer['ignored'])}")
    return "\n".join(lines)


@click.command("export", cls=GermanCommand, help="Schreibt alles im Format der Plattform: Ordner, .zip oder .xlsx.")
@click.argument("path", type=click.Path(path_type=Path), metavar="PFAD")
@click.option("--since", metavar="ZEIT", help="Akten, Chats, Cases und Verlauf erst ab dann; Fakten immer ganz.")
@click.option("--replace", is_flag=True, help="Ersetzt einen früheren Export.")
@click.option("--dry-run", is_flag=True, help="Nur prüfen und zählen, nichts schreiben.")
def export_command(path: Path, since: str | None, replace: bool, dry_run: bool) -> None:
    """Write everything."""
    from models.exporting.export import export
    from tui.cli.options import moment

    invocation = Invocation.current()
    since_then = moment("--since", since, invocation.work().now)
    with working("Exportiere") as progress:
        answer = export(
            invocation.session(),
            path,
            since=since_then,
            replace=replace,
            dry_run=dry_run,
            progress=progress,
        )
    lines = [f"  {file['file']:<16} {file['rows']:>9} Zeilen" for file in answer["files"]]
    invocation.emit(answer, "\n".join([f"{'Nur geprüft' if dry_run else 'Geschrieben'}: {path}", *lines]))
