"""Four weeks ahead: new stages of the VPA-Journey, deadlines whose VPA is away, Reminders on days without their owner.

Each group of each week holds at most some rows, and the number of all; each group can be read by itself, since the
screen shows the first one while the others are still counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from models import clock
from models.action.work import Work
from models.journey.stages import latest_start
from models.journey.table import BORDERS, STAGES, Flag
from models.people import Vpa
from models.shift.ahead import DAY, Week, weeks_from
from models.shift.coming import MOST, Coming, Group
from models.shift.deadlines import deadlines
from models.shift.untimely import untimely

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
    return [_stages(week, most) for week in weeks_ahead(work)]


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


def _stages(week: Week, most: int) -> Group:
    """Those whose start lies so many months back: for each stage a narrow stretch of an index."""
    count, rows = 0, []
    for stage, months in zip(STAGES, BORDERS, strict=True):
        after, upto = latest_start(months, week.first - DAY), latest_start(months, week.last)
        query: Any = Vpa.select(Vpa.id, Vpa.name, Vpa.start, fn.COUNT(SQL("*")).over()).where(
            Vpa.gone == False,  # noqa: E712  SQLite looks a value up in an index, but not a NOT
            Vpa.start > after,
            Vpa.start <= upto,
            ~fn.EXISTS(Flag.select(SQL("1")).where(Flag.vpa == Vpa.id, Flag.stage == stage)),
        )
        found = list(query.order_by(Vpa.start, Vpa.id).limit(max(most, 1)).tuples())
        count += int(found[0][3]) if found else 0
        rows += [
            Coming(clock.add_months(start, months), f"vpa:{key}", name, stage=stage) for key, name, start, _ in found
        ]
    rows.sort(key=lambda row: (row.day, STAGES.index(row.stage or ""), row.subject))
    return Group(count, tuple(rows[:most]))
