"""`schicht.1`: the manual page, made from the commands themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click

from tui.cli import VERSION, root

EXITS = (
    ("0", "getan"),
    ("1", "ein Fehler im Programm"),
    ("2", "falscher Aufruf, oder es gibt nicht, was genannt ist"),
    ("3", "eine Regel erlaubt es nicht; was fehlt, steht dabei"),
    ("4", "die Datei taugt nicht; geändert ist nichts"),
    ("5", "die Datenbank ist nicht zu gebrauchen"),
    ("6", "jemand anderes war schneller, oder es ist schon getan"),
)
"""Exit statuses and what they say (CONTRACT §1)."""
VARIABLES = (
    ("SCHICHT_DB", "die Datenbank, wie --db"),
    ("SCHICHT_AS", "wer handelt, wie --as"),
    ("SCHICHT_NOW", "der Zeitpunkt, wie --now"),
)
"""Variables of the environment and what they say."""


def manual(day: dt.date) -> str:
    """The whole page as roff."""
    ctx = click.Context(root, info_name="schicht")
    lines = [f'.TH SCHICHT 1 "{day:%Y-%m-%d}" "Schicht {VERSION}" "Schicht"']
    lines += [".SH NAME", "schicht \\- die Schicht des Admin\\-Teams im Terminal"]
    lines += [".SH SYNTAX", ".B schicht", "[OPTIONEN] [BEFEHL …]"]
    lines += [".SH BESCHREIBUNG", roff(root.help or ""), ".SH OPTIONEN", *options(root, ctx)]
    lines += [".SH BEFEHLE", *(line for name in root.list_commands(ctx) for line in command(name, ctx))]
    lines += [".SH STATUS", *pairs(EXITS), ".SH UMGEBUNG", *pairs(VARIABLES)]
    lines += [".SH DATEIEN", "Wo Datenbank, Einstellungen und Protokoll liegen, sagt", '.BR "schicht doctor" .']
    lines += ['.SH "SIEHE AUCH"', "Das Handbuch: /usr/share/doc/schicht/handbuch.md"]
    return "\n".join([*lines, ""])


def command(name: str, parent: click.Context) -> Iterator[str]:
    """A command with its options, then those beneath it."""
    assert isinstance(parent.command, click.Group)
    found = parent.command.get_command(parent, name)
    assert found is not None
    ctx = click.Context(found, info_name=name, parent=parent)
    if isinstance(found, click.Group):
        for below in found.list_commands(ctx):
            yield from command(below, ctx)
        return
    usage = " ".join(piece for piece in found.collect_usage_pieces(ctx) if piece != "[OPTIONS]")
    yield f'.SS "{roff(f"{ctx.command_path} {usage}".strip())}"'
    yield roff(found.help or "")
    yield from options(found, ctx)


def options(found: click.Command, ctx: click.Context) -> Iterator[str]:
    """Its options with what they mean."""
    records = [param.get_help_record(ctx) for param in found.get_params(ctx) if isinstance(param, click.Option)]
    yield from pairs([record for record in records if record and record[0] != "--help"])


def pairs(records: Iterator[tuple[str, str]] | list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Terms in bold with their meaning."""
    for term, meaning in records:
        yield from (".TP", f".B {roff(term)}", roff(meaning))


def roff(text: str) -> str:
    """Text that roff takes for text."""
    plain = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("…", "...")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
