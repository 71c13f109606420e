"""What speaks against giving a VPA a customer or a task: inactive, away for long, full, had this customer before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Value, fn

from models.action.work import Work
from models.ground import clock
from models.playbook.refusals import Obstacle
from models.tables.people import Absence, Assignment, Vpa

SOON = 7
"""Days ahead within which an absence begins that counts."""

LONG = 5
"""Working days from which an absence is too long."""


@dataclass(frozen=True)
class Job:
    """What somebody is wanted for."""

    customer: str
    capacity: str
    """The column that says whether a VPA takes more: `new_customers` or `orders`."""


WORDS = {"new_customers": "nimmt keine Neukunden", "orders": "nimmt keine Aufträge"}


def fitness_obstacles(work: Work, vpa: Vpa, job: Job, rule: str) -> Iterator[Obstacle]:
    """Gone is gone; what else speaks against a VPA needs a reason (K-21, F-14, W-10)."""
    if vpa.gone:
        yield Obstacle("vpa_gone", rule, detail=vpa.name)
    elif reasons := unfit_reasons(work, vpa, job):
        yield Obstacle("vpa_unfit", rule, "warn", detail=f"{vpa.name}: {'; '.join(reasons)}")


def unfit_reasons(work: Work, vpa: Vpa, job: Job) -> list[str]:
    """The very reasons, in German; none for one who fits."""
    away = _long_absences(work, [vpa.id]).get(vpa.id)
    before = vpa.id in _earlier(work, job, [vpa.id])
    return reasons_of(vpa.active, getattr(vpa, job.capacity), away, before, job)


def reasons_of(
    active: bool | None, flag: bool | None, away: tuple[dt.date, dt.date] | None, before: bool, job: Job
) -> list[str]:
    """Why somebody does not fit, in German."""
    found = ["ist inaktiv"] if active is False else []
    if away is not None:
        found.append(f"ist abwesend vom {clock.german_date(away[0])} bis {clock.german_date(away[1])}")
    if flag is False:
        found.append(WORDS[job.capacity])
    return [*found, "hatte diesen Kunden schon"] if before else found


@dataclass(frozen=True)
class Unfit:
    """Who of some VPAs is away for long, and who had the customer before."""

    away: dict[str, tuple[dt.date, dt.date]]
    before: frozenset[str]


def unfit_among(work: Work, job: Job, among: Any = None) -> Unfit:
    """For these VPAs (ids or a query of them), or for all."""
    return Unfit(_long_absences(work, among), frozenset(_earlier(work, job, among)))


def unfit(work: Work, job: Job) -> Any:
    """The condition that a VPA does not fit, as the database judges it."""
    capacity = getattr(Vpa, job.capacity)
    away = Absence.select(SQL("1")).where(Absence.vpa == Vpa.id, _long_away(work), ~Absence.withdrawn)
    before = Assignment.select(SQL("1")).where(Assignment.vpa == Vpa.id, *_had(work, job))
    return (
        (fn.COALESCE(Vpa.active, Value(True)) == Value(False))
        | (fn.COALESCE(capacity, Value(True)) == Value(False))
        | fn.EXISTS(away)
        | fn.EXISTS(before)
    )


def _long_away(work: Work) -> Any:
    """The condition that an absence holds today or begins soon and still lasts so many working days."""
    days = [work.today + dt.timedelta(days=ahead) for ahead in range(SOON + 1)]
    first = (Absence.start <= work.today) & (Absence.end >= _last(work, work.today))
    later = [(Absence.start == day) & (Absence.end >= _last(work, day)) for day in days[1:]]
    for condition in later:
        first = first | condition
    return first


def _last(work: Work, start: dt.date) -> dt.date:
    """The day until which an absence must last, to hold so many working days from its start."""
    return work.workdays.add_workdays(start - dt.timedelta(days=1), LONG)


def _long_absences(work: Work, among: Any) -> dict[str, tuple[dt.date, dt.date]]:
    """The first such absence of each."""
    query: Any = Absence.select(Absence.vpa, Absence.start, Absence.end).where(_long_away(work), ~Absence.withdrawn)
    if among is not None:
        query = query.where(Absence.vpa.in_(among))
    rows = query.order_by(Absence.start.desc(), Absence.end.desc(), Absence.id.desc()).tuples()
    return {vpa: (start, end) for vpa, start, end in rows}


def _had(work: Work, job: Job) -> tuple[Any, ...]:
    """The conditions that an assignment of the customer took effect and is another one's turn now."""
    current = Assignment.current(job.customer, work.today)
    own = current.vpa_id if current is not None else ""
    began = Assignment.end.is_null() | (Assignment.end >= Assignment.start)
    return (Assignment.customer == job.customer, Assignment.vpa != own, Assignment.start <= work.today, began)


def _earlier(work: Work, job: Job, among: Any) -> set[str]:
    query: Any = Assignment.select(Assignment.vpa).where(*_had(work, job))
    if among is not None:
        query = query.where(Assignment.vpa.in_(among))
    return {vpa for (vpa,) in query.tuples()}
