"""Looking at the shift (D-03) and sealing the day (D-01)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from peewee import fn

from models import clock
from models.action.base import Action, Result
from models.action.work import Session, Work
from models.case.table import Case
from models.errors import AlreadyDoneError, NotFoundError, Obstacle
from models.journey.stages import raise_flags
from models.journey.table import Flag
from models.reminder.table import Reminder
from models.shift.queries import glance, leftovers
from models.shift.table import Day, Look


def look(session: Session, *, dry_run: bool = False) -> dict[str, Any]:
    """The shift check: raises due flags, stamps that the member looked, answers what is due (D-03).

    Without an acting member it only reads.
    """
    work = session.work()
    if work.member is None:
        return glance(work)
    with session.store.db.atomic() as transaction:
        work = session.work(locking=True)
        raise_flags(work)
        answer = glance(work)
        Look.create(member=work.me, at=work.now, own_due=answer["own_due"])
        if dry_run:
            transaction.rollback()
    return {**answer, "dry_run": True} if dry_run else answer


@dataclass(frozen=True, kw_only=True)
class CloseDay(Action):
    """Seal the daily run of the dashlet (D-01)."""

    code: ClassVar[str] = "day.close"
    label: ClassVar[str] = "Tag abschließen"
    done: ClassVar[str] = "Tag abgeschlossen"
    help: ClassVar[str] = "Besiegelt den Schichtlauf: Dashlet bearbeitet. Ab nachmittags an Arbeitstagen."
    undoable: ClassVar[bool] = False

    def load(self, work: Work) -> None:
        """Once a day."""
        day = find_day(work.today)
        if day is not None:
            raise AlreadyDoneError(
                f"{day.sealed_by} hat den Tag schon abgeschlossen ({clock.german_moment(day.sealed_at)})."
            )

    def obstacles(self, work: Work, target: Any) -> Iterator[Obstacle]:
        """In the afternoon of a working day; leftovers only with a reason."""
        if not work.workdays.is_workday(work.today) or work.now.time() < work.settings.afternoon:
            yield Obstacle("too_early_to_seal", "D-01")
        left = leftovers(work)
        for code, count in (("case_left", left.cases), ("reminder_left", left.reminders), ("flag_left", left.flags)):
            if count:
                yield Obstacle(code, "D-01", "warn", detail=str(count))

    def perform(self, work: Work, target: Any) -> Result:
        """Write the seal, with what was done by whom and what is left."""
        left = leftovers(work)
        kinds = (("case", left.cases), ("reminder", left.reminders), ("flag", left.flags))
        day = work.insert(
            Day,
            date=work.today,
            sealed_by=work.me,
            sealed_at=work.now,
            counts=counts_of(work.today),
            leftovers=[{"kind": kind, "count": count, "reason": work.despite} for kind, count in kinds if count],
        )
        return Result(f"day:{work.today.isoformat()}", day.show(), clock.german_date(work.today))


def counts_of(day: dt.date) -> dict[str, dict[str, int]]:
    """What was worked through on a Berlin day, per part and member (D-04)."""
    start, end = clock.start_of_day(day), clock.start_of_day(day + dt.timedelta(days=1))
    parts = {
        "cases": (Case, Case.resolved_at, Case.resolved_by),
        "reminders": (Reminder, Reminder.done_at, Reminder.done_by),
        "flags": (Flag, Flag.removed_at, Flag.removed_by),
    }
    counts: dict[str, dict[str, int]] = {}
    for part, (model, moment, member) in parts.items():
        query = model.select(member, fn.COUNT(model.id)).where(moment >= start, moment < end, member.is_null(False))
        counts[part] = {kuerzel: count for kuerzel, count in query.group_by(member).order_by(member).tuples()}
    return counts


def find_day(date: dt.date) -> Day | None:
    """The sealed day, or None."""
    day: Day | None = Day.get_or_none(Day.date == date)
    return day


def show_day(work: Work, date: dt.date) -> dict[str, Any]:
    """The sealed day; a day that is not sealed shows its Zwischenstand with nobody as sealer."""
    day = find_day(date)
    if day is not None:
        return day.show()
    if date > work.today:
        raise NotFoundError(f"Der {clock.german_date(date)} liegt noch vor uns.")
    left = leftovers(work) if date == work.today else None
    kinds = (("case", left.cases), ("reminder", left.reminders), ("flag", left.flags)) if left else ()
    return {
        "date": date,
        "sealed_by": None,
        "sealed_at": None,
        "counts": counts_of(date),
        "leftovers": [{"kind": kind, "count": count, "reason": None} for kind, count in kinds if count],
    }
