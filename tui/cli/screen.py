"""Opening the full screen."""

from __future__ import annotations

import sys

from models.errors import UsageError
from tui.cli.context import Invocation


def open_screen() -> int:
    """Run the full screen; its exit status. Without a terminal: a sentence and exit 2."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("Der ganze Bildschirm braucht ein Terminal. `schicht --help` zeigt die Befehle.")
    session = Invocation.current().session()
    session.store.db.close()
    from tui.app import run_app

    return run_app(session)
