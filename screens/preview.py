"""The Vorschau as a calm list: three groups, each with its heading, over all weeks or one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from models.action.work import Session
from models.shift.preview import WeekAhead, preview
from models.shift.workload import Workload, workload
from screens.preview_words import GROUPS, gathered, heading, rest_word, what, why
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row
from screens.words import day_word

COLUMNS = (
    Column("day", "Tag", 9, sortable=False),
    Column("name", "VPA/Kunde", 23, flex=2, most=32, sortable=False),
    Column("what", "Was", 18, flex=3, sortable=False),
    Column("why", "Warum", 19, flex=2, most=36, priority=1, sortable=False),
)


class Outlook(NamedTuple):
    """All that the screen shows, read at once."""

    today: dt.date
    weeks: list[WeekAhead]
    load: Workload


def read_outlook(session: Session) -> Outlook:
    """Read it; in a thread, with a connection."""
    work = session.work()
    return Outlook(work.today, preview(work), workload(work))


def outlook_rows(outlook: Outlook, week: int | None = None) -> list[Row]:
    """The rows of all weeks, or of the one at this place; a heading has no data."""
    weeks: Sequence[WeekAhead] = outlook.weeks if week is None else outlook.weeks[week : week + 1]
    rows: list[Row] = []
    for group in GROUPS:
        count, found = gathered(weeks, group)
        if rows:
            rows.append(Row(f"air {group}", ("", "", "", "")))
        rows.append(Row(f"head {group} {count}", ("", (heading(group, count), "strong" if count else "muted"), "", "")))
        for place, row in enumerate(found):
            cells = (day_word(row.day, outlook.today), row.name, what(row), why(row, outlook.today))
            rows.append(Row(f"{group} {place} {row.day} {row.subject} {row.about}", cells, data=row))
        if count > len(found):
            rows.append(Row(f"rest {group} {count}", ("", (rest_word(count, len(found)), "muted"), "", "")))
    return rows
