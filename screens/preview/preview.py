"""The Vorschau as a calm list: three groups, each with its heading, over all weeks or one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from models.action.work import Session
from models.shift.preview.ahead import Week
from models.shift.preview.coming import Group
from models.shift.preview.preview import GROUPS as READ
from models.shift.preview.preview import stages_in, weeks_ahead
from screens.preview.words import GROUPS, gathered, heading, rest_word, what, why
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row
from screens.words import day_word

COLUMNS = (
    Column("day", "Tag", 9, sortable=False),
    Column("name", "VPA/Kunde", 23, flex=2, most=32, sortable=False),
    Column("what", "Was", 18, flex=3, sortable=False),
    Column("why", "Warum", 19, flex=2, most=36, priority=1, sortable=False),
)

FIRST = next(iter(READ))
"""Of this group the first rows are shown at once; the rest arrives while one looks at them."""


class Outlook(NamedTuple):
    """What the list shows, as far as it is read."""

    today: dt.date
    weeks: list[Week]
    groups: dict[str, list[Group]]
    """Week by week; a group that is still being read is missing, of the first one later weeks may be."""

    def having(self, group: str, found: list[Group]) -> Outlook:
        """With this group too."""
        return self._replace(groups={**self.groups, group: found})


def read_outlook(session: Session) -> Outlook:
    """The weeks, and the first group up to the first week that brings anything; in a thread, with a connection."""
    work = session.work()
    weeks = weeks_ahead(work)
    found: list[Group] = []
    for week in weeks:
        found += stages_in([week])
        if found[-1].count:
            break
    return Outlook(work.today, weeks, {FIRST: found})


def read_group(session: Session, group: str) -> list[Group]:
    """A whole group; in a thread, with a connection."""
    return READ[group](session.work())


def outlook_rows(outlook: Outlook, week: int | None = None) -> list[Row]:
    """The rows of all weeks, or of the one at this place; a heading has no data.

    A group waits for those above it: what arrives may only stand below what somebody is reading.
    """
    rows: list[Row] = []
    waiting = False
    for group in GROUPS:
        if rows:
            rows.append(Row(f"air {group}", ("", "", "", "")))
        weeks = outlook.groups.get(group, [])
        if weeks and not waiting and (week is None or week < len(weeks)):
            more = week is None and len(weeks) < len(outlook.weeks)
            rows += _group_rows(group, weeks if week is None else weeks[week : week + 1], outlook.today, more)
        else:
            rows.append(Row(f"wait {group}", ("", (f"{GROUPS[group]} · …", "muted"), "", "")))
        waiting = waiting or len(weeks) < len(outlook.weeks)
    return rows


def _group_rows(group: str, weeks: Sequence[Group], today: dt.date, more: bool) -> list[Row]:
    """With `more` the number of all is still on its way."""
    count, found = gathered(weeks)
    title = f"{GROUPS[group]} · …" if more else heading(group, count)
    rows = [Row(f"head {group}", ("", (title, "strong" if count else "muted"), "", ""))]
    for place, row in enumerate(found):
        cells = (day_word(row.day, today), row.name, what(row), why(row, today))
        rows.append(Row(f"{group} {place} {row.day} {row.subject} {row.about}", cells, data=row))
    if count > len(found) and not more:
        rows.append(Row(f"rest {group} {count}", ("", (rest_word(count, len(found)), "muted"), "", "")))
    return rows
