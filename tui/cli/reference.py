"""The handbook's page about commands, made from the code: `make befehle` writes docs/befehle.md anew.

Exit codes come from the errors, commands and options from Click, the fields of `--json` from answers on the demo's
data.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from models.ground import clock
from models.ground.clock import FixedClock
from models.ground.errors import SchichtError
from tui.cli.commands import root, run
from tui.cli.german import Global, record_of
from tui.cli.titles import TITLES

PAGE = Path(__file__).parents[2] / "docs" / "befehle.md"
"""Where the page stands in a checkout."""

MOMENT = "2025-11-26T14:00"
"""The demo's now while the page is made: the same answers every time."""

MEANINGS: Mapping[str, str] = {
    "defect": "ein Fehler des Programms; das Protokoll weiß mehr. Oder die Antwort ließ sich nicht schreiben",
    "usage": "falsch aufgerufen, oder ein Wert, der keiner ist",
    "not_found": "eine Nummer oder ein Kürzel, das es nicht gibt",
    "refused": "eine Regel verbietet es; `obstacles` sagt, welche und was fehlt",
    "bad_data": "die Datei hat Fehler, nichts ist geändert; `problems` nennt jeden mit Datei, Zeile und Spalte",
    "database": "die Datenbank ist nicht nutzbar; der Satz nennt die Ursache",
    "conflict": "jemand hat es inzwischen geändert",
    "already_done": "es ist schon getan, oder gibt es schon",
}
"""What each `error.code` means."""

VARIABLES: Mapping[str, str] = {
    "SCHICHT_DB": "die Datenbank, wie `--db`",
    "SCHICHT_AS": "wer handelt, wie `--as`; gilt nicht, solange das Team noch niemanden hat",
    "SCHICHT_NOW": "der Zeitpunkt, wie `--now`; nur im Sandkasten",
    "SCHICHT_TEMPLATES": "Ordner mit den Chatvorlagen des Teams; `-`: keine",
    "XDG_DATA_HOME": "wo deine eigene Datenbank liegt (`schicht/schicht.db`)",
    "XDG_CONFIG_HOME": "wo deine Einstellungen liegen (`schicht/settings.toml`)",
    "XDG_STATE_HOME": "wo das Protokoll liegt (`schicht/schicht.log`)",
    "NO_COLOR": "gesetzt: keine Farben",
    "ESCDELAY": "Millisekunden, in denen zu Esc noch etwas gehören kann; mehr auf langsamen Leitungen",
    "PGPASSFILE": "die Datei mit den Passwörtern für PostgreSQL statt `~/.pgpass`; die übrigen von libpq gelten auch",
    "_SCHICHT_COMPLETE": "damit fragt die Shell nach Vorschlägen (README)",
}
"""Variables that are read, and what they do."""

HEAD = """\
# Befehle

Diese Seite ist aus dem Programm gemacht (`make befehle`); was hier steht, gilt für genau diese Fassung. Wie man
arbeitet, steht im [Handbuch](handbuch.md).

Ein Datum schreibst du als `2025-12-24`, `24.12.2025`, `24.12.`, `heute`, `morgen`, `gestern`, `+3`, `-1` oder `mo`;
wo eine Uhrzeit dazugehört, kommt sie dahinter: `"morgen 14:00"`, `2025-12-24T14:00`.
"""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [HEAD, _exit_codes(), _variables(), "## Alle Befehle\n"]
    ctx = click.Context(root, info_name="schicht")
    parts.append(f"### Bei jedem Befehl\n\n{_options(root, ctx, shared=True)}")
    with _demo() as url:
        known = dict(_answers(url))
    for name, command, inner in leaves(root, ctx):
        parts.append(_command(name, command, inner, known.get(name)))
    return "\n".join(parts)


def leaves(group: click.Group, ctx: click.Context) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command that does something: its words, itself, its context."""
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=ctx)
        words = inner.command_path.removeprefix("schicht ")
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield words, command, inner
        if isinstance(command, click.Group):
            yield from leaves(command, inner)


def _exit_codes() -> str:
    kinds: set[type[SchichtError]] = {SchichtError, *_below(SchichtError)}
    codes = sorted({(kind.exit_code, kind.code) for kind in kinds})
    rows = [f"| {status} | `{code}` | {MEANINGS[code]} |" for status, code in codes]
    head = ["## Womit ein Befehl endet\n", "| Status | `error.code` | wann |", "|---|---|---|", "| 0 | | getan |"]
    ends = ["| 129, 130, 143 | | das Terminal ist weg, Strg+C, SIGTERM |", ""]
    told = (
        'Mit `--json` steht ein Fehler als `{"error": {"code", "message", "obstacles", "problems"}}` auf der Ausgabe.\n'
    )
    return "\n".join([*head, *rows, *ends, told])


def _below(kind: type[SchichtError]) -> Iterator[type[SchichtError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _variables() -> str:
    rows = [f"| `{name}` | {meaning} |" for name, meaning in VARIABLES.items()]
    return "\n".join(["## Variablen\n", "| Variable | Bedeutung |", "|---|---|", *rows, ""])


def _command(words: str, command: click.Command, ctx: click.Context, fields: list[str] | None) -> str:
    usage = " ".join(piece.replace("[OPTIONS]", "[OPTIONEN]") for piece in command.collect_usage_pieces(ctx))
    parts = [f"### `{words}`\n", f"`schicht {words} {usage}`\n", f"{(command.help or '').strip()}\n"]
    if options := _options(command, ctx, shared=False):
        parts.append(options)
    if fields:
        named = ", ".join(f"`{field}`{f' ({TITLES[field]})' if field in TITLES else ''}" for field in fields)
        parts.append(f"`--json`: {named}\n")
    return "\n".join(parts)


def _options(command: click.Command, ctx: click.Context, *, shared: bool) -> str:
    params = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    records = [record_of(param, ctx) for param in params if isinstance(param, Global) is shared]
    rows = [f"| `{_cell(record[0])}` | {_cell(record[1])} |" for record in records if record is not None]
    return "\n".join(["| Option | |", "|---|---|", *rows, ""]) if rows else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


@contextlib.contextmanager
def _demo() -> Iterator[str]:
    """The address of a database with the demo's data."""
    from tui.demo.play import set_stage

    with tempfile.TemporaryDirectory(prefix="schicht-befehle-") as folder:
        session = set_stage(Path(folder), FixedClock(clock.parse_moment(MOMENT)))
        session.store.db.close()
        yield str(Path(folder) / "demo.db")


def _answers(url: str) -> Iterator[tuple[str, list[str]]]:
    """The fields of every answer that needs nothing, and of the first thing of each list, shown."""
    for words, command, ctx in list(leaves(root, click.Context(root, info_name="schicht"))):
        needed = [param for param in command.get_params(ctx) if param.required]
        names = {param.name for param in command.get_params(ctx)}
        if ("dry_run" in names and words != "check") or words == "demo":
            continue
        noun, _, verb = words.rpartition(" ")
        if not needed and (shown := _ask(url, words.split())):
            yield words, list(shown)
        elif verb == "show" and len(needed) == 1 and (first := _first(url, noun)):
            yield words, list(_ask(url, [*words.split(), first]))


def _first(url: str, noun: str) -> str:
    shown = _ask(url, [noun, "list"])
    return str(shown.get("id") or "")


def _ask(url: str, words: list[str]) -> dict[str, Any]:
    """The first object that a command answers; empty where it refuses."""
    from tui.demo.story import ACTING

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        status = run(["--db", url, "--now", MOMENT, "--as", ACTING, "--json", *words])
    lines = said.getvalue().splitlines()
    found: dict[str, Any] = json.loads(lines[0]) if status == 0 and lines else {}
    return found


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE} ist neu geschrieben.\n")
