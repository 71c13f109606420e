"""`schicht imports …`: what was imported, and taking the newest back."""

from __future__ import annotations

from tui.cli.actions import add_actions
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import limit_option

imports_command = GermanGroup("imports", help="Importe ansehen, den neuesten zurücknehmen.")
add_actions(imports_command, "imports", "models.importing.revert.actions")


@imports_command.command("list", help="Zeigt die Importe, den neuesten zuerst.")
@limit_option
def list_all(limit: int | None) -> None:
    """List imports."""
    from models.importing.revert.listing import list_imports

    invocation = Invocation.current()
    invocation.session()
    columns = ("id", "at", "member", "cases", "flags", "baseline", "profile", "reverted_at", "reverted_by")
    invocation.emit_all(list_imports(), columns, limit)
