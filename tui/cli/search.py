"""`schicht search …` and `schicht file search …`."""

from __future__ import annotations

import click

from tui.cli.context import Invocation
from tui.cli.german import GermanCommand
from tui.cli.options import limit_option


@click.command(
    "search", cls=GermanCommand, help="Sucht in VPAs, Kunden, Aufgaben und Akten, die besten Treffer zuerst."
)
@click.argument("words", nargs=-1, required=True, metavar="WÖRTER…")
@limit_option
def search_command(words: tuple[str, ...], limit: int | None) -> None:
    """Search everything."""
    from models.questions.search import search_everything

    invocation = Invocation.current()
    hits = search_everything(invocation.work(), " ".join(words), limit)
    invocation.emit_all(hits, ("type", "id", "title"))


@click.command("search", cls=GermanCommand, help="Sucht Einträge nach ganzen Wörtern und Wortanfängen.")
@click.argument("words", nargs=-1, required=True, metavar="WÖRTER…")
@limit_option
def file_search_command(words: tuple[str, ...], limit: int | None) -> None:
    """Search the entries of all files that the member reads."""
    from models.questions.entries import found_entries

    invocation = Invocation.current()
    hits = found_entries(invocation.work(), " ".join(words), limit)
    rows = ({**entry.show(), "score": score} for entry, score in hits)
    invocation.emit_all(rows, ("id", "created_at", "subject", "file", "kind", "author", "situation"))
