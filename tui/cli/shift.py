"""`schicht check` and `schicht day …`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import click

from models.shift.day.actions import look, show_day
from tui.cli.actions import add_actions
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand, GermanGroup
from tui.cli.options import day, limit_option
from tui.cli.outlook import digest_command, preview_command

day_command = GermanGroup("day", help="Tag abschließen und ansehen.")
add_actions(day_command, "day", "models.shift.day.actions")


@click.command("check", cls=GermanCommand, help="Schichtcheck: was fällig, offen und neu ist.")
@click.option("--dry-run", is_flag=True, help="Nur lesen.")
def check_command(dry_run: bool) -> None:
    """The shift check."""
    invocation = Invocation.current()
    invocation.emit(look(invocation.session(), dry_run=dry_run))


@day_command.command("show", help="Zeigt einen abgeschlossenen Tag.")
@click.option("--date", "date", help="Datum; ohne Angabe heute.")
def show_day_command(date: str | None) -> None:
    """Show a day."""
    invocation = Invocation.current()
    work = invocation.work()
    invocation.emit(show_day(work, day("--date", date, work.today) or work.today))


@day_command.command("missing", help="Arbeitstage, die niemand abgeschlossen hat, die neuesten zuerst.")
@click.option("--since", help="Ab diesem Tag; ohne Angabe die letzten 30 Tage.")
@limit_option
def missing_days_command(since: str | None, limit: int | None) -> None:
    """Working days without a seal."""
    from models.shared.seals import missing_seals

    invocation = Invocation.current()
    work = invocation.work()
    first = day("--since", since, work.today) or work.today - dt.timedelta(days=30)
    days: Iterator[dict[str, Any]] = (
        {"date": one, "sealed_by": None, "leftovers": []} for one in missing_seals(work, first, work.today)
    )
    invocation.emit_all(days, ("date", "sealed_by"), limit)


shift_command = GermanGroup("shift", help="Die Schicht übergeben.")


@shift_command.command("report", help="Schichtbericht als Markdown: wer hat was getan, was ist offen, worauf achten.")
@click.option("--day", "date", help="Datum; ohne Angabe heute.")
def report_command(date: str | None) -> None:
    """The shift report."""
    from models.shift.report.report import shift_report
    from models.shift.report.text import as_markdown

    invocation = Invocation.current()
    work = invocation.work()
    report = shift_report(work, day("--day", date, work.today))
    invocation.emit(report, as_markdown(report))


shift_command.add_command(preview_command)
shift_command.add_command(digest_command)
