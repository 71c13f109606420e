"""The Vorschau as a calm list: three groups, each with its heading, over all weeks or one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from models.action.work import Session
from models.shift.ahead import Week
from models.shift.coming import Group
from models.shift.preview import GROUPS as READ
from models.shift.preview import weeks_ahead
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

FIRST, *OTHERS = READ
"""What is shown at once, and what arrives while one looks at it."""


class Outlook(NamedTuple):
    """What the list shows, as far as it is read."""

    today: dt.date
    weeks: list[Week]
    groups: dict[str, list[Group]]
    """Week by week; a group that is still being read is missing."""

    def having(self, group: str, found: list[Group]) -> Outlook:
        """With this group too."""
        return self._replace(groups={**self.groups, group: found})


def read_outlook(session: Session) -> Outlook:
    """The weeks with the first group, which is there at once; in a thread, with a connection."""
    work = session.work()
    return Outlook(work.today, weeks_ahead(work), {FIRST: READ[FIRST](work)})


def read_group(session: Session, group: str) -> list[Group]:
    """Another group; in a thread, with a connection."""
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
        waiting = waiting or group not in outlook.groups
        if not waiting:
            weeks = outlook.groups[group]
            rows += _group_rows(group, weeks if week is None else weeks[week : week + 1], outlook.today)
        else:
            rows.append(Row(f"wait {group}", ("", (f"{GROUPS[group]} · …", "muted"), "", "")))
    return rows


def _group_rows(group: str, weeks: Sequence[Group], today: dt.date) -> list[Row]:
    count, found = gathered(weeks)
    rows = [Row(f"head {group} {count}", ("", (heading(group, count), "strong" if count else "muted"), "", ""))]
    for place, row in enumerate(found):
        cells = (day_word(row.day, today), row.name, what(row), why(row, today))
        rows.append(Row(f"{group} {place} {row.day} {row.subject} {row.about}", cells, data=row))
    if count > len(found):
        rows.append(Row(f"rest {group} {count}", ("", (rest_word(count, len(found)), "muted"), "", "")))
    return rows
