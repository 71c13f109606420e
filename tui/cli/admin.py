"""`schicht init`, `backup`, `restore` and `doctor`."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from models.backup import is_empty, read_backup, write_backup
from models.clock import SystemClock
from models.database import SCHEMA, connect
from models.errors import SchichtError
from models.history import Stamp, verify
from models.schema import initialise, is_sandbox
from models.schema import version as schema_version
from tui.cli import VERSION
from tui.cli.acting import account
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand
from tui.log import log_folder


def _stamp() -> Stamp:
    invocation = Invocation.current()
    member = invocation.given_member or os.environ.get("SCHICHT_AS") or None
    return Stamp(SystemClock().now(), member, account())


@click.command("init", cls=GermanCommand, help="Legt die Datenbank an oder bringt sie auf den neuen Stand.")
@click.option("--sandbox", is_flag=True, help="Zum Üben: hier lässt sich die Uhr stellen (--now).")
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts ändern.")
def init_command(sandbox: bool, dry_run: bool) -> None:
    """Create or migrate."""
    invocation = Invocation.current()
    if dry_run:
        changed = _would_change()
        invocation.emit({"engine": _engine(), "schema": SCHEMA, "sandbox": sandbox, "changed": changed, "dry_run": True})
        return
    store = invocation.store(create=True)
    stamp = Stamp(SystemClock().now(), None, account())
    changed = initialise(store, stamp, sandbox=sandbox)
    shown = {"engine": store.engine, "schema": SCHEMA, "sandbox": is_sandbox(), "changed": changed}
    what = "ist angelegt" if changed else "ist auf dem neuesten Stand"
    kind = " (Sandkasten)" if is_sandbox() else ""
    invocation.emit(shown, f"Die Datenbank {store.label}{kind} {what}.")


def _engine() -> str:
    from models.database import is_postgres

    return "postgres" if is_postgres(Invocation.current().url) else "sqlite"


def _would_change() -> bool:
    from models.database import sqlite_path

    invocation = Invocation.current()
    if _engine() == "sqlite" and not sqlite_path(invocation.url).exists():
        return True
    return schema_version(invocation.store()) < SCHEMA


@click.command("backup", cls=GermanCommand, help="Sichert die Datenbank in eine neue SQLite-Datei.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts schreiben.")
def backup_command(file: Path, dry_run: bool) -> None:
    """Back up."""
    invocation = Invocation.current()
    session = invocation.session()
    rows = None if dry_run else write_backup(session.store, file)
    shown: dict[str, Any] = {"file": str(file), "rows": rows}
    invocation.emit({**shown, "dry_run": True} if dry_run else shown, f"Gesichert in {file}: {rows} Zeilen.")


@click.command("restore", cls=GermanCommand, help="Spielt eine Sicherung ein.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Ersetzt, was in der Datenbank steht.")
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts ändern.")
def restore_command(file: Path, replace: bool, dry_run: bool) -> None:
    """Restore."""
    invocation = Invocation.current()
    store = invocation.store(create=True)
    rows = read_backup(store, file, _stamp(), replace=replace, dry_run=dry_run)
    shown: dict[str, Any] = {"file": str(file), "rows": rows}
    invocation.emit({**shown, "dry_run": True} if dry_run else shown, f"Eingespielt aus {file}: {rows} Zeilen.")


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
        "engine": store.engine,
        "engine_version": _engine_version(store),
        "database": store.label,
        "schema": schema_version(store),
        "schema_expected": SCHEMA,
        "log": str(log_folder()),
        "platform": sys.platform,
    }
    if shown["schema"] == SCHEMA:
        shown.update(sandbox=is_sandbox(), empty=is_empty(store), integrity=_integrity(store), history=_history())
    invocation.emit(shown)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _engine_version(store: Any) -> str:
    sql = "SELECT sqlite_version()" if store.engine == "sqlite" else "SHOW server_version"
    return str(store.db.execute_sql(sql).fetchone()[0])


def _integrity(store: Any) -> str:
    if store.engine == "postgres":
        return "ok"  # the server looks after its own pages
    return str(store.db.execute_sql("PRAGMA integrity_check(1)").fetchone()[0])


def _history() -> str:
    try:
        verify()
    except SchichtError as error:
        return error.message
    return "ok"
