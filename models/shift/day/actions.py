"""Looking at the shift (D-03) and sealing the day (D-01)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from peewee import fn

from models.action.base import Action, Result
from models.action.run import require_actor
from models.action.work import Session, Work
from models.ground import clock
from models.ground.errors import AlreadyDoneError, NotFoundError
from models.journey.stages import raise_flags
from models.outbox.queries import open_count
from models.playbook.refusals import Hint, Obstacle
from models.shift.day.overview import Leftovers, glance, leftovers
from models.tables.case import Case
from models.tables.day import Day, Look
from models.tables.flag import Flag
from models.tables.history import append
from models.tables.reminder import Reminder


def look(session: Session, *, dry_run: bool = False) -> dict[str, Any]:
    """The shift check: raises due flags, stamps that the member looked, answers what is due (D-03).

    Without an acting member it only reads.
    """
    work = session.work()
    if work.member is None:
        return glance(work)
    with session.writing() as transaction:
        work = session.work(locking=True)
        require_actor(work)
        _raise(work)
        answer = glance(work)
        work.insert(Look, member=work.me, at=work.now, own_due=answer["own_due"])
        _record(work, "check", changes=[list(change) for change in work.changes])
        if dry_run:
            transaction.rollback()
    return {**answer, "dry_run": True} if dry_run else answer


def raise_due_flags(session: Session) -> int:
    """Raise the Neu-Flags of today, as every start of the full screen does (CONTRACT §6); how many were new."""
    with session.writing():
        return _raise(session.work(locking=True))


def _raise(work: Work) -> int:
    """The flags are the program's own doing: the history names no member for them."""
    raised = raise_flags(work)
    if raised:
        _record(work, "journey.raise", by_itself=True, extra={"flags": raised})
    return raised


def _record(work: Work, action: str, *, by_itself: bool = False, **columns: Any) -> None:
    stamp = replace(work.stamp, member=None) if by_itself else work.stamp
    route = "auto" if by_itself else "do"
    columns = {"subject": None, "changes": [], **columns}
    append(stamp, action=action, command=str(uuid.uuid4()), route=route, **columns)


@dataclass(frozen=True, kw_only=True)
class CloseDay(Action):
    """Seal the daily run of the dashlet (D-01)."""

    code: ClassVar[str] = "day.close"
    label: ClassVar[str] = "Tag abschließen"
    done: ClassVar[str] = "Tag abgeschlossen"
    help: ClassVar[str] = (
        "Besiegelt den Tag mit seinen Zahlen und dem, was liegen bleibt; an Arbeitstagen ab dem Nachmittag."
    )
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

    def hints(self, work: Work, target: Any) -> Iterator[Hint]:
        """In every shift each member looks whether an own Reminder is due (D-03)."""
        looked = Look.select().where(Look.member == work.me, Look.at >= clock.start_of_day(work.today))
        if not looked.exists():
            yield Hint("D-03", "Du hast heute noch nicht nachgesehen, ob ein eigener Reminder fällig ist.")
        if work.settings.way_back and (left := open_count(work)):
            mine = open_count(work, mine=True)
            yield Hint("X-01", f"Im Ausgang {'liegt' if left == 1 else 'liegen'} noch {left}, davon {mine} von dir.")

    def perform(self, work: Work, target: Any) -> Result:
        """Write the seal, with what was done by whom and what is left."""
        day = work.insert(
            Day,
            date=work.today,
            sealed_by=work.me,
            sealed_at=work.now,
            counts=counts_of(work.today),
            leftovers=listed(leftovers(work), work.despite),
        )
        return Result(f"day:{work.today.isoformat()}", day.show(), clock.german_date(work.today))


def listed(left: Leftovers, reason: str | None) -> list[dict[str, Any]]:
    """What is left, per kind, with why it was left."""
    kinds = (("case", left.cases), ("reminder", left.reminders), ("flag", left.flags))
    return [{"kind": kind, "count": count, "reason": reason} for kind, count in kinds if count]


def counts_of(day: dt.date) -> dict[str, dict[str, int]]:
    """What was worked through on a Berlin day, per part and member (D-04)."""
    start, end = clock.start_of_day(day), clock.start_of_day(day + dt.timedelta(days=1))
    parts: dict[str, tuple[Any, Any, Any]] = {
        "cases": (Case, Case.resolved_at, Case.resolved_by),
        "reminders": (Reminder, Reminder.done_at, Reminder.done_by),
        "flags": (Flag, Flag.removed_at, Flag.removed_by),
    }
    counts: dict[str, dict[str, int]] = {}
    for part, (model, moment, member) in parts.items():
        query = model.select(member, fn.COUNT(model.id)).where(moment >= start, moment < end, member.is_null(False))
        counts[part] = dict(query.group_by(member).order_by(member).tuples())
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
    return {
        "date": date,
        "sealed_by": None,
        "sealed_at": None,
        "counts": counts_of(date),
        "leftovers": listed(leftovers(work), None) if date == work.today else [],
    }
