"""`schicht check` and `schicht day …`."""

from __future__ import annotations

import click

from models.shift.day.actions import look, show_day
from tui.cli.actions import add_actions
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand, GermanGroup
from tui.cli.options import day
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
