"""`schicht profile …`: how tables of the team's own are read."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.actions import add_actions, command_with
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand, GermanGroup
from tui.cli.options import limit_option

profile_command = GermanGroup("profile", help="Profile: wie eigene Tabellen eingelesen werden.")
add_actions(profile_command, "profile", "models.importing.profiles.actions")


@profile_command.command("list", help="Zeigt die Profile des Teams.")
@limit_option
def list_profiles(limit: int | None) -> None:
    """List profiles."""
    from models.tables.profile import StoredProfile

    invocation = Invocation.current()
    invocation.session()
    rows = (row.show() for row in StoredProfile.select().order_by(StoredProfile.id))
    invocation.emit_all(rows, ("name", "set_at", "set_by"), limit)


@profile_command.command("show", help="Zeigt ein Profil als TOML.")
@click.argument("name")
def show_profile(name: str) -> None:
    """Show one profile as TOML."""
    from models.importing.profiles.known import stored_profile

    invocation = Invocation.current()
    invocation.session()
    row = stored_profile(name)
    invocation.emit(row.show(), row.toml)


@profile_command.command("set", cls=GermanCommand, help="Speichert ein Profil; eines gleichen Namens wird ersetzt.")
@click.argument("path", type=click.Path(path_type=Path), metavar="DATEI.toml")
@click.option("--dry-run", is_flag=True, help="Nur prüfen, nichts ändern.")
@click.option("--command-id", hidden=True)
def set_profile(path: Path, dry_run: bool, command_id: str | None) -> None:
    """Keep what a file says."""
    from models.action.run import run
    from models.importing.profiles.actions import SetProfile
    from models.importing.profiles.parsing import read_file
    from tui.cli.actions import sentence

    invocation = Invocation.current()
    session = invocation.session()
    action = SetProfile(toml=read_file(path), source=path.name)
    outcome = run(session, action, dry_run=dry_run, command=command_with(command_id))
    invocation.emit(outcome.show(), sentence(SetProfile, outcome))


@profile_command.command("suggest", cls=GermanCommand, help="Schlägt ein Profil für eine eigene Tabelle vor.")
@click.argument("path", type=click.Path(path_type=Path), metavar="PFAD")
@click.option("--sheet", metavar="BLATT", help="Welches Blatt einer Arbeitsmappe; sonst das, was am besten passt.")
@click.option("--file", metavar="TABELLE", help="Als welche unserer Tabellen, etwa vpas; sonst die wahrscheinlichste.")
def suggest_profile(path: Path, sheet: str | None, file: str | None) -> None:
    """Suggest one."""
    from models.importing.profiles.suggest.suggestion import suggest

    invocation = Invocation.current()
    shown = suggest(invocation.session(), path, sheet, file).show()
    invocation.emit(shown, shown["toml"])
