"""The shift at a glance: what is due, open and new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.action.work import Work
from models.case.table import Case
from models.journey.table import Flag
from models.people import Import, Leave, Member
from models.reminder.queries import deferred_subjects, due_count
from models.reminder.table import Reminder
from models.shift.table import Day


@dataclass(frozen=True)
class Leftovers:
    """What is neither closed nor deferred: ids of Cases and flags, Reminders that are due."""

    cases: int
    reminders: int
    flags: int

    @property
    def none(self) -> bool:
        """Whether the daily run is complete."""
        return not (self.cases or self.reminders or self.flags)


def leftovers(work: Work) -> Leftovers:
    """Counts of what `day close` would warn about (D-01)."""
    return Leftovers(_undeferred(work, "case"), due_count(work.now), _undeferred(work, "flag"))


def _undeferred(work: Work, kind: str) -> int:
    """Open Cases or flags without an open Reminder about them that is due later."""
    model: Any = Case if kind == "case" else Flag
    later = {about for (about,) in deferred_subjects(work.now).where(Reminder.about.startswith(f"{kind}:")).tuples()}
    keys = [int(about.partition(":")[2]) for about in later]
    count = model.select().where(model.state == "open").count()
    deferred = sum(
        model.select().where(model.state == "open", model.id.in_(keys[start : start + 500])).count()
        for start in range(0, len(keys), 500)
    )
    return int(count - deferred)


def stand_in_due(work: Work) -> int:
    """Due Reminders whose owner is away (R-05)."""
    away = Leave.select(Leave.member).where(Leave.start <= work.today, Leave.end >= work.today)
    gone = Member.select(Member.kuerzel).where(Member.left_on.is_null(False))
    me = work.member.kuerzel if work.member else ""
    query = Reminder.select().where(
        Reminder.state == "open",
        Reminder.due <= work.now,
        Reminder.owner.in_(away) | Reminder.owner.in_(gone),
        Reminder.owner != me,
    )
    return int(query.count())


def last_import(work: Work) -> Import | None:
    """The newest import."""
    found: Import | None = Import.select().order_by(Import.id.desc()).first()
    return found


def glance(work: Work) -> dict[str, Any]:
    """The answer of `check` (CONTRACT §2); reads only."""
    left = leftovers(work)
    day = Day.get_or_none(Day.date == work.today)
    newest = last_import(work)
    return {
        "now": work.now,
        "member": work.member.kuerzel if work.member else None,
        "own_due": due_count(work.now, work.member.kuerzel) if work.member else None,
        "all_due": left.reminders,
        "stand_in_due": stand_in_due(work),
        "open_cases": Case.select().where(Case.state == "open").count(),
        "new_flags": left.flags,
        "day": {
            "date": work.today,
            "sealed_by": day.sealed_by if day else None,
            "sealed_at": day.sealed_at if day else None,
        },
        "complete": left.none,
        "last_import": newest.at if newest else None,
    }
