"""Opening the full screen."""

from __future__ import annotations

from tui.cli.context import Invocation


def open_screen() -> int:
    """Run the full screen; its exit status. Without a terminal: a sentence and exit 2."""
    from tui.app.ending import watch

    watch("Der ganze Bildschirm braucht ein Terminal. `schicht --help` zeigt die Befehle.")
    invocation = Invocation.current()
    from tui.welcome.welcome import is_first_start

    exists = not is_first_start(invocation.url)
    importing = False
    if not exists or _is_unused(invocation):
        answer = _welcomed(invocation, exists)
        if answer is None:
            return invocation.status
        importing = answer == "import"
    session = invocation.session()
    from tui.app.run import run_app

    return run_app(session, importing=importing)


def _is_unused(invocation: Invocation) -> bool:
    """Whether nobody has ever worked in the database. A start by somebody who is known asks nothing more."""
    from models.ground.errors import SchichtError
    from tui.welcome.welcome import has_nobody

    try:
        if invocation.session().kuerzel is not None:
            return False
        nobody = has_nobody(invocation.session().store)
    except SchichtError:
        store = invocation.store()
        if not has_nobody(store):
            raise
        store.db.close()
        nobody = True
    if nobody:
        invocation.forget()
    return nobody


def _welcomed(invocation: Invocation, exists: bool) -> str | None:
    """How to go on; None where somebody left, or looked at the demo and is done."""
    from models.database.store import spare_drivers
    from tui.welcome.welcome import welcome

    spare_drivers(invocation.url)
    answer = welcome(invocation.url, invocation.member, exists=exists)
    if answer == "demo":
        from tui.cli.demo import play

        invocation.status = play()
        return None
    return answer
