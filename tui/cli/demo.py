"""`schicht demo`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from models.database.store import spare_drivers
from tui.cli.german import GermanCommand


@click.command("demo", cls=GermanCommand, help="Öffnet Schicht mit Beispieldaten; beim Verlassen bleibt nichts zurück.")
@click.pass_context
def demo_command(ctx: click.Context) -> None:
    """Open the demo."""
    from tui.app.ending import watch

    watch("Die Demo braucht ein Terminal.")
    ctx.exit(play())


def play() -> int:
    """Set the demo up in a folder of its own, open it, take everything away again; its exit status."""
    spare_drivers("demo")
    sys.stdout.write("Schicht legt die Beispieldaten an …\n")
    sys.stdout.flush()
    from tui.demo.play import set_stage

    with tempfile.TemporaryDirectory(prefix="schicht-demo-") as folder:
        session = set_stage(Path(folder))
        session.store.db.close()
        from tui.app.run import run_app

        return run_app(session)
