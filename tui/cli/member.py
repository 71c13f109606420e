"""`schicht member …` and `schicht setting …`."""

from __future__ import annotations

import click

from models.playbook import playbook
from models.tables.people import Member
from models.tables.setting import Settings
from tui.cli.actions import add_actions
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import limit_option

member_command = GermanGroup("member", help="Mitglieder, ihre Rollen und Abwesenheiten.")
add_actions(member_command, "member", "models.team.actions")

setting_command = GermanGroup("setting", help="Einstellungen des Teams.")
add_actions(setting_command, "setting", "models.team.settings")


@member_command.command("list", help="Zeigt das Team.")
@limit_option
def list_members(limit: int | None) -> None:
    """List members."""
    invocation = Invocation.current()
    invocation.session()
    rows = (member.show() for member in Member.select().order_by(Member.key))
    invocation.emit_all(rows, ("kuerzel", "name", "roles", "login", "away", "left_on"), limit)


@setting_command.command("list", help="Zeigt alle Einstellungen.")
@limit_option
def list_settings(limit: int | None) -> None:
    """List settings."""
    invocation = Invocation.current()
    invocation.session()
    settings = Settings.read()
    rows = (settings.show(key) for key in playbook().settings)
    invocation.emit_all(rows, ("key", "value", "label"), limit)


@setting_command.command("get", help="Zeigt eine Einstellung.")
@click.argument("key")
def get_setting(key: str) -> None:
    """Show one setting."""
    invocation = Invocation.current()
    invocation.session()
    shown = Settings.read().show(key)
    invocation.emit(shown, str(shown["value"]))
