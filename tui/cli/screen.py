"""Opening the full screen."""

from __future__ import annotations

import sys

from models.errors import UsageError
from tui.cli.context import Invocation


def open_screen() -> int:
    """Run the full screen; its exit status. Without a terminal: a sentence and exit 2."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("Der ganze Bildschirm braucht ein Terminal. `schicht --help` zeigt die Befehle.")
    invocation = Invocation.current()
    from tui.welcome import is_first_start

    if is_first_start(invocation.url) and not _welcomed(invocation):
        return invocation.status
    session = invocation.session()
    session.store.db.close()
    from tui.app import run_app

    return run_app(session)


def _welcomed(invocation: Invocation) -> bool:
    """Whether a database was made; else whoever looked at the demo or left is done."""
    from models.database import spare_postgres_driver
    from tui.welcome import welcome

    spare_postgres_driver(invocation.url)
    answer = welcome(invocation.url, invocation.member)
    if answer == "demo":
        from tui.cli.demo import play

        invocation.status = play()
    return answer == "made"
