"""Four weeks ahead: new stages of the VPA-Journey, deadlines whose VPA is away, Reminders on days without their owner.

Each group of each week holds at most some rows, and the number of all; each group can be read by itself, since the
screen shows the first one while the others are still counted.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from models.action.work import Work
from models.ground import clock
from models.journey.stages import latest_start
from models.shift.preview.ahead import DAY, Week, weeks_from
from models.shift.preview.coming import MOST, Coming, Group
from models.shift.preview.deadlines import deadlines
from models.shift.preview.off_duty import untimely
from models.tables.flag import BORDERS, STAGES, Flag
from models.tables.people import Vpa

THERE = Vpa.gone == False  # noqa: E712
"""Whether a VPA is there; SQLite looks a value up in an index, but not a NOT."""

DAYS = 28
"""How far one looks, today included."""


@dataclass(frozen=True)
class WeekAhead:
    """What one week brings."""

    week: Week
    stages: Group
    absences: Group
    reminders: Group

    def show(self) -> dict[str, Any]:
        """The shape of `shift preview`."""
        return {
            "week": self.week.number,
            "from": self.week.first,
            "until": self.week.last,
            "stages": self.stages.show(),
            "absences": self.absences.show(),
            "reminders": self.reminders.show(),
        }


def weeks_ahead(work: Work) -> list[Week]:
    """The weeks, today first."""
    return weeks_from(work.today, DAYS)


def stages_ahead(work: Work, most: int = MOST) -> list[Group]:
    """Who enters which stage, week by week; at most `most` rows in each."""
    return stages_in(weeks_ahead(work), most)


def stages_in(weeks: Sequence[Week], most: int = MOST) -> list[Group]:
    """The same in some weeks that follow each other."""
    counts = _entering(weeks)
    shown = [
        _shown(sorted(entry for entry in counts if week.first <= entry[0] <= week.last), counts, most) for week in weeks
    ]
    named = _named([entry for entries in shown for entry in entries])
    return [
        Group(
            sum(number for entry, number in counts.items() if week.first <= entry[0] <= week.last),
            tuple(row for row in named if week.first <= row.day <= week.last)[:most],
        )
        for week in weeks
    ]


def deadlines_ahead(work: Work, most: int = MOST) -> list[Group]:
    """Whose deadline meets an absence, week by week; at most `most` rows in each."""
    return [deadlines(work, week, most) for week in weeks_ahead(work)]


def reminders_ahead(work: Work, most: int = MOST) -> list[Group]:
    """Which Reminders nobody is there for, week by week; at most `most` rows in each."""
    return [untimely(work, week, most) for week in weeks_ahead(work)]


GROUPS = {"stages": stages_ahead, "absences": deadlines_ahead, "reminders": reminders_ahead}
"""The groups, in the order in which they are shown: what is read soonest comes first."""


def preview(work: Work, most: int = MOST) -> list[WeekAhead]:
    """The weeks ahead, today first; at most `most` rows in each group of each week."""
    groups = (read(work, most) for read in GROUPS.values())
    return [WeekAhead(*parts) for parts in zip(weeks_ahead(work), *groups, strict=True)]


# Who enters which stage

Entry = tuple[dt.date, str, dt.date]
"""Day on which a stage begins, the stage, and the start of those who enter it."""


def _entering(weeks: Sequence[Week]) -> dict[Entry, int]:
    """How many enter; their start lies so many months back, in a narrow stretch of an index."""
    counts: dict[Entry, int] = {}
    for stage, months in zip(STAGES, BORDERS, strict=True):
        after, upto = latest_start(months, weeks[0].first - DAY), latest_start(months, weeks[-1].last)
        query: Any = Vpa.select(Vpa.start, fn.COUNT(SQL("*"))).where(
            THERE, Vpa.start > after, Vpa.start <= upto, ~_flagged(stage)
        )
        for start, number in query.group_by(Vpa.start).tuples():
            counts[clock.add_months(start, months), stage, start] = int(number)
    return counts


def _flagged(stage: str) -> Any:
    """Whether the VPA has had the flag of this stage already."""
    return fn.EXISTS(Flag.select(SQL("1")).where(Flag.vpa == Vpa.id, Flag.stage == stage))


def _shown(entries: Sequence[Entry], counts: dict[Entry, int], most: int) -> list[Entry]:
    """The first of these, as many as `most` rows need."""
    wanted: list[Entry] = []
    room = most
    for entry in entries:
        if room <= 0:
            break
        wanted.append(entry)
        room -= counts[entry]
    return wanted


def _named(wanted: Sequence[Entry]) -> list[Coming]:
    """The VPAs of these entries by their names, in the order of their days; one query for all."""
    if not wanted:
        return []
    entries = {start: (day, stage) for day, stage, start in wanted}
    chosen = (
        THERE & Vpa.start.in_([start for _, its, start in wanted if its == stage]) & ~_flagged(stage)
        for stage in sorted({stage for _, stage, _ in wanted})
    )
    query: Any = Vpa.select(Vpa.id, Vpa.name, Vpa.start).where(functools.reduce(operator.or_, chosen))
    rows = [
        Coming(entries[start][0], f"vpa:{key}", name, stage=entries[start][1]) for key, name, start in query.tuples()
    ]
    return sorted(rows, key=lambda row: (row.day, STAGES.index(row.stage or ""), row.subject))
