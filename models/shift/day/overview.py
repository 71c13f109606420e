"""The shift at a glance: what is due, open and new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import fn

from models.action.work import Work
from models.reminder.pages import away_members
from models.reminder.queries import deferred_subjects, due_count
from models.shared.workable import waiting_case, waiting_reminder
from models.tables.case import Case
from models.tables.day import Day
from models.tables.flag import Flag
from models.tables.people import Import
from models.tables.reminder import Reminder


@dataclass(frozen=True)
class Leftovers:
    """How many are neither closed nor deferred: open Cases, Reminders that are due, open flags."""

    cases: int
    reminders: int
    flags: int

    @property
    def none(self) -> bool:
        """Whether the daily run is complete."""
        return not (self.cases or self.reminders or self.flags)


def leftovers(work: Work) -> Leftovers:
    """Counts of what `day close` would warn about (D-01); what is not workable yet is none of it (D-44)."""
    due = Reminder.due <= work.now
    return Leftovers(
        _undeferred(work, Case) - _undeferred(work, Case, waiting_case(work)),
        _undeferred(work, Reminder, due, ~waiting_reminder(work)),
        _undeferred(work, Flag),
    )


def _undeferred(work: Work, model: Any, *where: Any) -> int:
    """Open ones without an open Reminder about them that is due later."""
    kind = f"{model._meta.table_name}:"
    key = fn.SUBSTR(Reminder.about, len(kind) + 1).cast("integer")
    later = deferred_subjects(work.now).select(key).where(Reminder.about.startswith(kind))
    still_open = model.select().where(model.state == "open", *where)
    # The state is hidden from its index: the few that are deferred are found by their ids, the open ones are many.
    deferred = model.select().where(fn.COALESCE(model.state, "") == "open", *where, model.id.in_(later))
    return int(still_open.count() - deferred.count())


CHUNK = 500
"""Keys asked about at once."""


def stand_in_due(work: Work) -> int:
    """Due Reminders whose owner is away (R-05)."""
    query = Reminder.select().where(
        Reminder.state == "open", Reminder.due <= work.now, Reminder.owner.in_(sorted(away_members(work.today)) or [""])
    )
    return int(query.count())


def last_import(work: Work) -> Import | None:
    """The newest import that stands."""
    return Import.newest_standing()


def glance(work: Work) -> dict[str, Any]:
    """The answer of `check` (CONTRACT §2); reads only."""
    left = leftovers(work)
    day = Day.get_or_none(Day.date == work.today)
    newest = last_import(work)
    return {
        "now": work.now,
        "member": work.member.kuerzel if work.member else None,
        "own_due": due_count(work.now, work.member.kuerzel) if work.member else None,
        "all_due": due_count(work.now),
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
