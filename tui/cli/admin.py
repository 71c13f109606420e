"""`schicht init`, `backup`, `restore` and `doctor`."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from models.admin.backup import check_backup, is_empty, read_backup, write_backup
from models.admin.gaps import MISSING, ROLES, gaps
from models.admin.rights import is_installed
from models.admin.schema import initialise, is_sandbox, needs_init
from models.admin.schema import version as schema_version
from models.admin.triggers import missing_triggers
from models.admin.verify import verify
from models.database.store import SCHEMA, Store, connect, is_postgres, sqlite_path
from models.erasure.again import ErasingAgain, erased_here, read_erasures
from models.erasure.disk import clear_disk
from models.ground.errors import AlreadyDoneError, DatabaseUnusableError, SchichtError
from models.ground.log import log_folder
from models.persons.access import note_taken
from models.tables.history import Stamp
from tui.cli import VERSION
from tui.cli.acting import account, acting, clock_of
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand, cleaned
from tui.cli.output import as_text
from tui.cli.progress import working


def _exists() -> bool:
    """Whether there is something to open; a server is always asked."""
    url = Invocation.current().url
    return is_postgres(url) or os.path.exists(sqlite_path(url))  # noqa: PTH110  # never raises


def _existing_sandbox() -> bool:
    return _exists() and schema_version(Invocation.current().store()) == SCHEMA and is_sandbox()


@click.command("init", cls=GermanCommand, help="Legt die Datenbank an oder bringt sie auf den neuen Stand.")
@click.option("--sandbox", is_flag=True, help="Zum Üben: hier lässt sich die Uhr stellen (--now).")
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts ändern.")
def init_command(sandbox: bool, dry_run: bool) -> None:
    """Create or migrate."""
    invocation = Invocation.current()
    now = clock_of(invocation.now, sandbox or (invocation.now is not None and _existing_sandbox())).now()
    if dry_run:
        changes = not _exists() or needs_init(invocation.store(), sandbox=sandbox)
        shown = {**_state(sandbox or _existing_sandbox()), "changed": changes, "dry_run": True}
        invocation.emit(shown, "Die Datenbank würde angelegt." if changes else "Es ist nichts zu tun.")
        return
    store = invocation.store(create=True)
    with store.connected():
        before = schema_version(store)
    with working("Richte ein"):
        changed = initialise(store, Stamp(now, None, account()), sandbox=sandbox)
    what = "ist angelegt" if changed and not before else "ist auf dem neuesten Stand"
    kind = " (Sandkasten)" if is_sandbox() else ""
    rights = store.engine == "postgres" and is_installed(store.db)
    told = f"Die Datenbank {store.label}{kind} {what}."
    if store.engine == "postgres":
        told += "\nRollen und Rechte des Teams sind eingerichtet." if rights else f"\n{ROLES}"
    invocation.emit({**_state(is_sandbox()), "changed": changed, "rights": rights}, told)


def _state(sandbox: bool) -> dict[str, Any]:
    engine = "postgres" if is_postgres(Invocation.current().url) else "sqlite"
    return {"engine": engine, "schema": SCHEMA, "sandbox": sandbox}


@click.command("backup", cls=GermanCommand, help="Sichert die Datenbank in eine neue SQLite-Datei.")
@click.argument("file", type=click.Path(path_type=Path), metavar="DATEI")
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts schreiben.")
def backup_command(file: Path, dry_run: bool) -> None:
    """Back up."""
    invocation = Invocation.current()
    cleaned(str(file))  # SQLite knows no other names than those in UTF-8
    session = invocation.session()
    if dry_run:
        if file.exists():
            raise AlreadyDoneError(f"„{file}“ gibt es schon. Nimm einen neuen Namen.")
        invocation.emit({"file": str(file), "rows": None, "dry_run": True}, "Nur geprüft, nichts geschrieben.")
        return
    with working("Sichere"):
        rows = write_backup(session.store, file)
    note_taken(session, "backup")
    invocation.emit({"file": str(file), "rows": rows}, f"Gesichert in {file}: {rows} Zeilen.")


@click.command("restore", cls=GermanCommand, help="Spielt eine Sicherung ein.")
@click.argument("file", type=click.Path(path_type=Path), metavar="DATEI")
@click.option("--replace", is_flag=True, help="Ersetzt, was in der Datenbank steht.")
@click.option(
    "--erasures",
    type=click.Path(path_type=Path),
    metavar="DATEI",
    help="Löscht noch einmal, wer in dieser Datei von `erasures export` steht; wer hier gelöscht ist, ohnehin.",
)
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts ändern.")
def restore_command(file: Path, replace: bool, erasures: Path | None, dry_run: bool) -> None:
    """Restore; who was erased stays erased."""
    invocation = Invocation.current()
    cleaned(str(file))
    rows = check_backup(file)  # before a database is made for something that is none
    wanted = read_erasures(erasures) if erasures else []
    erased: list[str] = []
    if _exists() or not dry_run:
        store = invocation.store(create=not dry_run)
        with working("Spiele ein"):
            stamp = _restorer(store)
            here = [] if is_empty(store) else erased_here()
            watcher = ErasingAgain(stamp, [*here, *wanted])
            read_backup(store, file, stamp, replace=replace, dry_run=dry_run, watcher=watcher)
            erased = watcher.erased
            if erased:
                clear_disk(store)
    shown: dict[str, Any] = {"file": str(file), "rows": rows, "erased_again": erased}
    if dry_run:
        invocation.emit({**shown, "dry_run": True}, f"Nur geprüft, nichts geändert: {rows} Zeilen.")
    else:
        again = f" Noch einmal gelöscht: {', '.join(erased)}." if erased else ""
        invocation.emit(shown, f"Eingespielt aus {file}: {rows} Zeilen.{again}")


def _restorer(store: Store) -> Stamp:
    """Who restores; an empty database knows nobody yet, so a given Kürzel is judged when the content is there."""
    invocation = Invocation.current()
    empty = is_empty(store)
    member = invocation.member or (None if empty else acting(None))
    now = clock_of(invocation.now, not empty and is_sandbox()).now()
    return Stamp(now, member, account())


@click.command("doctor", cls=GermanCommand, help="Prüft Programm und Datenbank; zeigt keine Daten von Personen.")
def doctor_command() -> None:
    """Check the installation."""
    invocation = Invocation.current()
    store = invocation.store()
    connect(store)
    shown: dict[str, Any] = {
        "schicht": VERSION,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in ("textual", "peewee", "pendulum", "click")},
        "platform": sys.platform,
        "engine": store.engine,
        "engine_version": _engine_version(store),
        "database": _at_home(sqlite_path(store.url).absolute()) if store.engine == "sqlite" else store.label,
        "log": _at_home(log_folder()),
        "schema": schema_version(store),
        "schema_expected": SCHEMA,
    }
    if shown["schema"] == SCHEMA:
        with working("Prüfe"):
            shown.update(sandbox=is_sandbox(), empty=is_empty(store), integrity=_integrity(store), history=_history())
        shown["unprotected"] = gaps(store)
    faults = list(_faults(shown))
    told = as_text({name: value for name, value in shown.items() if name != "unprotected"})
    told = "\n".join([told, "", *(f"! {gap}" for gap in shown.get("unprotected", ()))])
    if not faults:
        invocation.emit(shown, told)
        return
    broken = DatabaseUnusableError(" ".join(faults))
    invocation.status = broken.exit_code
    invocation.emit({**shown, "error": broken.as_json()}, told)
    if not invocation.json:
        invocation.fail(broken)


def _faults(shown: dict[str, Any]) -> Iterator[str]:
    """What has to be put right before anybody relies on it."""
    if shown["schema"] < SCHEMA:
        yield "Die Datenbank ist leer oder hat einen älteren Stand. `schicht init` bringt sie auf den neuen."
    if shown["schema"] > SCHEMA:
        yield "Die Datenbank ist neuer als dieses Programm. Aktualisiere Schicht auf diesem Rechner."
    if shown.get("integrity", "ok") != "ok":
        yield f"Die Datenbank ist nicht heil: {shown['integrity']}"
    if shown.get("history", "ok") != "ok":
        yield str(shown["history"])
    yield from (gap for gap in shown.get("unprotected", ()) if gap.startswith(MISSING.partition(":")[0]))


def _at_home(path: Path) -> str:
    """The path, without the name of whose home it lies in."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # the one of pathlib raises for a user without a home
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _engine_version(store: Any) -> str:
    sql = "SELECT sqlite_version()" if store.engine == "sqlite" else "SHOW server_version"
    return str(store.db.execute_sql(sql).fetchone()[0])


def _integrity(store: Store) -> str:
    """`ok`, or what is wrong. A server looks after its own pages."""
    if missing := missing_triggers(store.db):
        return f"Es fehlen Trigger: {', '.join(missing)}"
    if store.engine == "postgres":
        return "ok"
    found = str(store.db.execute_sql("PRAGMA integrity_check(1)").fetchone()[0])
    if found == "ok" and store.db.execute_sql("PRAGMA foreign_key_check").fetchone() is not None:
        return "Eine Zeile verweist auf etwas, das es nicht gibt."
    return found


def _history() -> str:
    try:
        verify()
    except SchichtError as error:
        return error.message
    return "ok"
