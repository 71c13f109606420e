"""`schicht stats`: how the work goes (L-01)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from models.ground.errors import UsageError
from models.questions.stats.measures import GROUPS
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand
from tui.cli.options import choice, day, limit_option

COLUMNS = (
    "key", "name", "cases_raised", "cases_resolved", "cases_open", "reminders_done", "reminders_late", "flags_removed",
    "handovers_finished", "entries_written",
)  # fmt: skip
"""What a table for a person has room for; `--json` has every number."""


@click.command("stats", cls=GermanCommand, help="Auswertung: aufgekommen, erledigt, verspätet, je Woche oder Mitglied.")
@click.option("--weeks", metavar="N", help="So viele Wochen, die laufende mitgezählt; ohne Angabe acht.")
@click.option("--since", help="Ab diesem Tag statt der Wochen.")
@click.option("--until", help="Bis zu diesem Tag; ohne Angabe heute.")
@click.option("--by", metavar="|".join(GROUPS), help="Eine Zeile je Woche, Mitglied, VPA oder Kunde.")
@limit_option
def stats_command(weeks: str | None, since: str | None, until: str | None, by: Any, limit: int | None) -> None:
    """The numbers over time."""
    from models.questions.stats.stats import span_of, stats

    choice("--by", by, GROUPS)
    invocation = Invocation.current()
    work = invocation.work()
    first, last = day("--since", since, work.today), day("--until", until, work.today)
    span = span_of(work, _weeks(weeks), first, last)
    if span.last < span.first:
        raise UsageError("--since liegt nach --until: So ist kein Tag dazwischen.")
    found = stats(work, span, by)
    if by is None:
        invocation.emit(next(iter(found)))
    else:
        invocation.emit_all(found if invocation.json else _flat(found), COLUMNS, limit)


def _weeks(text: str | None) -> int | None:
    """A number of weeks from 1 to 520."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 520):
        raise UsageError("--weeks braucht eine ganze Zahl von 1 bis 520.")
    return int(text)


def _flat(lines: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each number under the name of its part and its own."""
    for line in lines:
        flat = {"key": line["key"], "name": line["name"], "entries_written": sum(line["entries"].values())}
        parts = {part: numbers for part, numbers in line.items() if isinstance(numbers, dict)}
        yield flat | {f"{part}_{name}": value for part, numbers in parts.items() for name, value in numbers.items()}
