"""`schicht shift preview` and `schicht shift digest`."""

from __future__ import annotations

import click

from tui.cli.context import Invocation
from tui.cli.german import GermanCommand
from tui.cli.options import day, limit_option


@click.command("preview", cls=GermanCommand, help="Vorschau: vier Wochen voraus, und wer wie viel zu tun hat.")
@limit_option
def preview_command(limit: int | None) -> None:
    """Four weeks ahead; `--limit` holds for each group of each week."""
    from models.shift.preview.coming import MOST
    from models.shift.preview.preview import preview
    from models.shift.preview.workload import workload
    from screens.preview.load import load_text
    from screens.preview.words import as_text

    invocation = Invocation.current()
    work = invocation.work()
    weeks, load = preview(work, MOST if limit is None else limit), workload(work)
    shown = {
        "from": weeks[0].week.first,
        "until": weeks[-1].week.last,
        "weeks": [ahead.show() for ahead in weeks],
        "workload": load.show(),
    }
    invocation.emit(shown, f"{as_text(weeks, work.today)}\n\n{load_text(load)}")


@click.command("digest", cls=GermanCommand, help="Was geschah mit meinen Fällen, während ich weg war.")
@click.option("--since", help="Ab diesem Tag; ohne Angabe die letzte Abwesenheit.")
@limit_option
def digest_command(since: str | None, limit: int | None) -> None:
    """What happened to one's cases."""
    from models.action.catalogue import load_all
    from models.action.run import require_actor
    from models.shift.digest.digest import digest
    from models.shift.digest.last_absence import away_since, last_away
    from screens.digest.words import as_text

    invocation = Invocation.current()
    work = invocation.work()
    require_actor(work)
    load_all()
    begin = day("--since", since, work.today)
    away = away_since(work, begin) if begin else last_away(work, work.me)
    things = digest(work, work.me, away)[:limit]
    shown = {
        "member": work.me,
        "from": away.since,
        "until": away.until,
        "things": [thing.show() for thing in things],
    }
    invocation.emit(shown, as_text(work.me, away, things, work.today))
