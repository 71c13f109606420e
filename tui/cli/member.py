"""`schicht member …` and `schicht setting …`."""

from __future__ import annotations

import sys
from typing import Any

import click

from models.action.subjects import name_of
from models.ground import clock
from models.playbook import playbook
from models.tables.people import Member
from models.tables.reminder import Reminder
from models.tables.setting import Settings
from tui.cli.actions import add_actions
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import limit_option
from tui.cli.output import print_text

LISTED = 10
"""Things left that are named before it is asked who gets them."""

member_command = GermanGroup("member", help="Mitglieder, ihre Rollen und Abwesenheiten.")
add_actions(member_command, "member", "models.team.actions", "models.erasure.actions")

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


def _ask_for_successor(leave: click.Command) -> None:
    """On a terminal `member leave` without --to lists what is left and asks who gets it."""
    perform = leave.callback
    assert perform is not None

    def asking(**given: Any) -> Any:
        if not given["to"] and not given["dry_run"] and _is_watched():
            given["to"] = _successor(given["kuerzel"])
        return perform(**given)

    leave.callback = asking


def _is_watched() -> bool:
    return not Invocation.current().json and sys.stdin.isatty() and sys.stdout.isatty()


def _successor(kuerzel: str) -> str | None:
    invocation = Invocation.current()
    invocation.session()
    member = Member.find(kuerzel)
    mine = Reminder.select().where(Reminder.owner == member.kuerzel, Reminder.state == "open") if member else ()
    left = list(mine)
    if not left:
        return None
    print_text("\n".join([f"Bei {kuerzel} ist noch offen:", *(_line(reminder) for reminder in left[:LISTED])]))
    if len(left) > LISTED:
        print_text(f"  … und {len(left) - LISTED} weitere")
    given: str = click.prompt("Wer bekommt das? (Kürzel; leer: bleibt beim Team)", default="", show_default=False)
    return given.strip() or None


def _line(reminder: Reminder) -> str:
    return f"  {clock.german_start(reminder.due)}  {name_of(reminder.subject)}: {' '.join(reminder.reason.split())}"


_ask_for_successor(member_command.commands["leave"])
