"""`schicht calendar`."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import click

from models.action.run import require_actor
from models.exporting.calendar_file import calendar
from models.ground.errors import UsageError
from models.ground.os_errors import why_not
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand


@click.command("calendar", cls=GermanCommand, help="Schreibt Reminder, Termine und Deadlines als Kalender (.ics).")
@click.option("--out", type=click.Path(path_type=Path), metavar="DATEI.ics", help="Ersetzt diese Datei; sonst Ausgabe.")
@click.option("--names", is_flag=True, help="Mit Namen; sonst stehen nur Nummern darin.")
@click.option("--team", is_flag=True, help="Von allen im Team.")
def calendar_command(out: Path | None, names: bool, team: bool) -> None:
    """Write the calendar."""
    invocation = Invocation.current()
    work = invocation.work()
    require_actor(work)
    text = calendar(work, names=names, team=team)
    events = text.count(b"BEGIN:VEVENT")
    if out is None:
        told = text.decode("utf-8")
        invocation.emit({"out": None, "events": events, "ics": told}, told)
        return
    _replace(out, text)
    invocation.emit({"out": str(out), "events": events}, f"Geschrieben: {out}, {events} Termine.")


def _replace(path: Path, text: bytes) -> None:
    """In one step: who subscribes to the file never reads half of it."""
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.teil")
    try:
        with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123
            file.write(text)
        part.replace(path)
    except OSError as error:
        raise UsageError(f"„{path}“ lässt sich nicht schreiben ({why_not(error)}).") from error
    finally:
        part.unlink(missing_ok=True)
