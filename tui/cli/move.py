"""`schicht move`: a team's whole database to another place, such as from the file to the server."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import click

from models.admin.backup import is_empty, require_replaceable
from models.admin.move import Moved, move, survey
from models.admin.schema import is_sandbox
from models.database.fields import proxy
from models.database.store import Store, connect, is_postgres, open_store, sqlite_path
from models.ground.errors import UsageError
from models.tables.history import Stamp
from tui.cli.acting import account, acting, clock_of
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand
from tui.cli.progress import working


@click.command("move", cls=GermanCommand, help="Zieht mit allem um: von der Datei auf den Server und zurück.")
@click.option("--from", "origin", metavar="DATENBANK", help="Woher: Pfad, sqlite:///… oder postgresql://…")
@click.option("--to", "destination", metavar="DATENBANK", help="Wohin, ebenso.")
@click.option("--replace", is_flag=True, help="Ersetzt, was im Ziel steht.")
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts ändern.")
def move_command(origin: str | None, destination: str | None, replace: bool, dry_run: bool) -> None:
    """Move."""
    invocation = Invocation.current()
    if not origin or not destination:
        raise UsageError("Nenne mit --from, woher, und mit --to, wohin es geht.")
    for address in (origin, destination):
        invocation.warn_of_password(address)
    source = open_store(origin)
    there = is_postgres(destination) or os.path.exists(sqlite_path(destination))  # noqa: PTH110  # never raises
    if dry_run:
        if there:
            target = _target(destination, create=False)
            require_replaceable(target, _mover(target), "Datenbank umziehen", replace=replace)
        with working("Ziehe um") as told:
            moved = survey(source, told)
        sentence = f"Nur geprüft, nichts geändert: {moved.rows} Zeilen."
    else:
        with _nothing_left(destination, there):
            _require_source(source)  # before a file is made for what never comes
            target = _target(destination, create=True)
            with working("Ziehe um") as told:
                moved = move(source, target, _mover(target), told, replace=replace)
        sentence = (
            f"Umgezogen nach {target.label}: {moved.rows} Zeilen, Zeile für Zeile verglichen. "
            f"Arbeitet ab jetzt alle dort; {source.label} bleibt, wie es war."
        )
    invocation.emit(_shown(moved, dry_run), sentence)


def _shown(moved: Moved, dry_run: bool) -> dict[str, object]:
    return {"rows": moved.rows, "hash": moved.hash, **({"dry_run": True} if dry_run else {})}


def _require_source(source: Store) -> None:
    with source.connected():
        pass


def _target(url: str, *, create: bool) -> Store:
    """Opened and connected; from here on all tables are bound to it."""
    store = open_store(url, create=create)
    connect(store)
    return store


def _mover(target: Store) -> Stamp:
    """Who moves; an empty target knows nobody yet, so a given Kürzel is judged when the content is there."""
    invocation = Invocation.current()
    empty = is_empty(target)
    member = invocation.member or (None if empty else acting(None))
    return Stamp(clock_of(invocation.now, not empty and is_sandbox()).now(), member, account())


@contextlib.contextmanager
def _nothing_left(url: str, was_there: bool) -> Iterator[None]:
    """A file that was made for a move that failed is taken away again."""
    try:
        yield
    except BaseException:
        if not was_there:
            if not proxy.obj.is_closed():
                proxy.obj.close()
            path = sqlite_path(url)
            for name in (path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", "-journal"))):
                name.unlink(missing_ok=True)
        raise
