"""`schicht history`, `undo` and `redo`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from models.action.catalogue import load_all
from models.action.run import Outcome
from models.action.undo import redo, undo
from models.admin.verify import verify
from models.ground.errors import NotFoundError
from models.questions.history import list_history
from models.questions.history_touching import is_known
from tui.cli.actions import command_with
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand, GermanGroup
from tui.cli.options import limit_option
from tui.cli.progress import working


@click.group("history", cls=GermanGroup, invoke_without_command=True, help="Der Verlauf: wer hat wann was getan.")
@click.option("--of", "subject", metavar="SUBJECT", help="Nur dieser Gegenstand, etwa case:12 oder vpa:V001.")
@limit_option
@click.pass_context
def history_command(ctx: click.Context, subject: str | None, limit: int | None) -> None:
    """The audit trail."""
    if ctx.invoked_subcommand is not None:
        return
    invocation = Invocation.current()
    work = invocation.work()
    if subject is not None and not is_known(work, subject):
        raise NotFoundError(f"„{subject}“ gibt es nicht.")
    rows = list_history(work, subject)
    invocation.emit_all(rows, ("id", "at", "member", "action", "subject"), limit)


@history_command.command("verify", help="Prüft, ob jemand den Verlauf verändert hat.")
def verify_command() -> None:
    """Verify the chain."""
    invocation = Invocation.current()
    invocation.session()
    with working("Prüfe"):
        rows = verify()
    invocation.emit({"ok": True, "rows": rows}, f"Der Verlauf ist unversehrt: {rows} Zeilen.")


def _route(name: str, step: Callable[..., Outcome], help_text: str) -> click.Command:
    def go(dry_run: bool, command_id: str | None) -> None:
        load_all()
        invocation = Invocation.current()
        outcome = step(invocation.session(), dry_run=dry_run, command=command_with(command_id))
        done = "Rückgängig gemacht" if name == "undo" else "Wiederholt"
        if dry_run:
            done = f"Nur geprüft, nichts geändert. {done}"
        invocation.emit(outcome.show(), f"{done}: {outcome.result.title} ({outcome.result.subject})")

    params: list[Any] = [
        click.Option(["dry_run", "--dry-run"], is_flag=True, help="Nur prüfen, nichts ändern."),
        click.Option(["command_id", "--command-id"], hidden=True),
    ]
    return GermanCommand(name, params=params, callback=go, help=help_text)


undo_command = _route("undo", undo, "Macht deine letzte Aktion rückgängig, mit allem, was sie geschrieben hat.")
redo_command = _route("redo", redo, "Wiederholt, was du zuletzt rückgängig gemacht hast.")
