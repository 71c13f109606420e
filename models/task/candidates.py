"""Who could take a customer or a task: VPAs ranked, with the reason for each rank (W-10, F-11, F-14)."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import SQL, Case, ModelSelect, Value, fn

from models.action.work import Work
from models.ground import clock
from models.playbook import playbook
from models.shared.fitness import Job, Unfit, reasons_of, unfit, unfit_among
from models.tables.people import AREAS, AREAS_HEAD, Absence, Vpa
from models.tables.task import Task
from models.task.experts import knows

AHEAD = 56
"""Days ahead in which an absence weighs; one later than that only decides between equals."""


@dataclass(frozen=True)
class Search:
    """For what somebody is looked for."""

    job: Job
    areas: tuple[str, ...]
    """Areas that the work is about: those of whoever gives it away."""
    but: frozenset[str]
    """Ids of VPAs who are out of the question."""


def task_search(work: Work, task: Task) -> Search:
    """Somebody other than who gave the task away or has it, who knows the same areas and takes orders (F-14)."""
    giver = work.find(Vpa, task.delegated_by or task.vpa_id or "")
    others = frozenset(key for key in (task.delegated_by, task.vpa_id) if key)
    return Search(Job(task.customer_id, "orders"), tuple(giver.areas) if giver else (), others)


@dataclass(frozen=True)
class Candidate:
    """What speaks for and against a VPA."""

    vpa: str
    name: str
    folded: str
    shared: tuple[str, ...]
    new_customers: bool | None
    orders: bool | None
    away_soon: int
    """Days of absence within the next `AHEAD` days."""
    away: int
    """All coming days of absence."""
    next_absence: tuple[dt.date, dt.date] | None
    delegated: tuple[tuple[str, int], ...]
    """How often tasks were handed on, by reason (F-11)."""
    unfit: tuple[str, ...] = ()
    """Why it should be somebody else (`vpa_unfit`)."""

    @property
    def rank_key(self) -> tuple[Any, ...]:
        """Smaller is better: who fits, shared areas, capacity, coming absence, delegations; names last."""
        free = sum(_weight(flag) for flag in (self.new_customers, self.orders))
        handed_on = sum(count for _, count in self.delegated)
        return (bool(self.unfit), -len(self.shared), -free, self.away_soon, self.away, handed_on, self.folded, self.vpa)

    def reasons(self) -> list[str]:
        """German sentences, in the order in which they decide."""
        why_not = [f"passt nicht: {', '.join(self.unfit)}"] if self.unfit else []
        speaks = [_areas(self.shared), _capacity(self.new_customers, self.orders), self._absence(), self._record()]
        return why_not + speaks

    def _absence(self) -> str:
        if self.next_absence is None:
            return "keine Abwesenheit eingetragen"
        first, last = self.next_absence
        return f"abwesend {clock.german_date(first)} bis {clock.german_date(last)}"

    def _record(self) -> str:
        if not self.delegated:
            return "hat noch keine Aufgabe delegiert"
        book = playbook()
        parts = (f"{count} × {book.label('delegation_reason', kind) or 'ohne Grund'}" for kind, count in self.delegated)
        return f"hat Aufgaben delegiert: {', '.join(parts)}"


Among = list[str] | ModelSelect | None
"""Some VPAs, by their ids or by a query of them; None for all."""

Tier = tuple[int, int]
"""Number of shared areas and weight of the capacity: what decides before everything else."""


FEW = 200
"""Up to so many the database finds the best; for more, looking at all of them is as quick."""


def best(work: Work, search: Search, count: int) -> list[Candidate]:
    """The first so many of `ranked`; a few are found without a close look at every VPA of a large platform."""
    if count > FEW:
        return ranked(work, search)[:count]
    found: list[Candidate] = []
    everybody = _groups(search)
    tiers, out = sorted({group.tier for group in everybody}, reverse=True), unfit(work, search.job)
    for fits in (True, False):  # whoever does not fit comes after everybody who does
        for tier in tiers if len(found) < count else ():
            here = _tier(search, tier, everybody).where(~out if fits else out)
            found += _best_of(work, search, here, count - len(found), fits)
    return found


def _best_of(work: Work, search: Search, here: Any, count: int, fits: bool) -> list[Candidate]:
    """The first so many of a tier."""
    away = _away(work.today)
    found = _ranked(work, search, _free(here.where(~away), count), fits) if count else []
    if len(found) < count:  # whoever has an absence ahead comes after everybody who has none
        found += _ranked(work, search, here.where(away), fits)[: count - len(found)]
    return found


class Group(NamedTuple):
    """VPAs who know the same areas and have the same capacity."""

    tier: Tier
    head: str
    """The beginning of their list of areas, as the index has it."""
    size: int


def _groups(search: Search) -> list[Group]:
    """Everybody on the platform, counted in an index; only lists too long for it are read themselves."""
    wanted, flags = search.areas, (Vpa.new_customers, Vpa.orders)
    here: Any = Vpa.select().where(Vpa.gone == Value(False))
    counted = here.select(AREAS, *flags, fn.COUNT(SQL("*"))).group_by(AREAS, *flags)
    rows = list(counted.tuples())
    long = {head for head, *_ in rows if len(head) == AREAS_HEAD}
    found = [(head, json.loads(head), *row) for head, *row in rows if head not in long]
    if long:
        whole = here.select(Vpa.areas, *flags, fn.COUNT(SQL("*"))).where(AREAS.in_(long)).group_by(Vpa.areas, *flags)
        found += [(str(Vpa.areas.db_value(areas))[:AREAS_HEAD], areas, *row) for areas, *row in whole.tuples()]
    return [
        Group((sum(area in areas for area in wanted), sum(_weight(flag) for flag in capacity)), head, count)
        for head, areas, *capacity, count in found
    ]


def _tier(search: Search, tier: Tier, everybody: list[Group]) -> Any:
    """Ids of everybody in a tier, as a query: areas lead to the few of a small one, names through a large one."""
    inside = [group for group in everybody if group.tier == tier]
    size, heads = sum(group.size for group in inside), {group.head for group in inside}
    room = _room(Vpa.new_customers) + _room(Vpa.orders)
    rows = Vpa.select(Vpa.id).where(Vpa.id.not_in([*search.but, ""]), _shared(search) == tier[0], room == tier[1])
    if size * size > sum(group.size for group in everybody):
        return rows.where(fn.COALESCE(Vpa.gone, Value(True)) == Value(False))  # hidden from the indexes
    return rows.where(Vpa.gone == Value(False), AREAS.in_(heads))


def _free(here: Any, count: int) -> list[str]:
    """Ids of the best of those without an absence: who never handed a task on comes first (F-11), then by name."""
    handed_on: Any = Task.select(fn.COUNT(SQL("*"))).where(Task.delegated_by == Vpa.id)
    ever = fn.EXISTS(Task.select(SQL("1")).where(Task.delegated_by == Vpa.id))
    found = [key for (key,) in here.where(~ever).order_by(Vpa.folded, Vpa.id).limit(count).tuples()]
    if len(found) < count:
        others = here.where(ever).order_by(handed_on, Vpa.folded, Vpa.id).limit(count - len(found))
        found += [key for (key,) in others.tuples()]
    return found


def _away(today: dt.date) -> Any:
    """Whether an absence of a VPA lies ahead; asked for each, so that of a long list only theirs are read."""
    return fn.EXISTS(Absence.select(SQL("1")).where(Absence.vpa == Vpa.id, Absence.end >= today, ~Absence.withdrawn))


def _shared(search: Search) -> Any:
    """Number of areas that the work is about, as the database counts them."""
    return sum((_as_number(knows(area)) for area in search.areas), Value(0))


def _as_number(condition: Any) -> Any:
    return Case(None, [(condition, 1)], 0)


def _room(flag: Any) -> Any:
    """The weight of a flag (`_weight`) as the database counts it."""
    return Case(None, [(flag.is_null(), 1), (flag == Value(True), 2)], 0)


def ranked(work: Work, search: Search, among: Among = None) -> list[Candidate]:
    """All VPAs on the platform who are not out of the question (or these of them), best first."""
    return _ranked(work, search, among, fits=False)


def _ranked(work: Work, search: Search, among: Among, fits: bool) -> list[Candidate]:
    """The same; who is known to fit needs no look at what speaks against it."""
    horizon = work.today + dt.timedelta(days=AHEAD - 1)
    absences, delegations = _coming_absences(work.today, among), _delegations(among)
    against = Unfit({}, frozenset()) if fits else unfit_among(work, search.job, among)
    columns = (Vpa.id, Vpa.name, Vpa.folded, Vpa.areas, Vpa.new_customers, Vpa.orders, Vpa.active)
    rows: Any = Vpa.select(*columns).where(~Vpa.gone)
    if among is not None:
        rows = rows.where(Vpa.id.in_(among))
    found = []
    for key, name, folded, areas, new_customers, orders, active in rows.tuples():
        if key in search.but:
            continue
        away = absences.get(key, [])
        shared = tuple(area for area in search.areas if area in areas)
        soon, ever = _days_away(away, work.today, horizon), _days_away(away, work.today, dt.date.max)
        record = tuple(sorted(delegations.get(key, {}).items()))
        coming = away[0] if away else None
        flag = new_customers if search.job.capacity == "new_customers" else orders
        not_for = tuple(reasons_of(active, flag, against.away.get(key), key in against.before, search.job))
        found.append(Candidate(key, name, folded, shared, new_customers, orders, soon, ever, coming, record, not_for))
    return sorted(found, key=lambda candidate: candidate.rank_key)


def show_ranked(work: Work, search: Search, count: int | None = None) -> Iterator[dict[str, Any]]:
    """The first so many (or all) in the shape of CONTRACT §9."""
    found = ranked(work, search) if count is None else best(work, search, count)
    return ({"vpa": one.vpa, "rank": rank, "reasons": one.reasons()} for rank, one in enumerate(found, start=1))


def _coming_absences(today: dt.date, among: Among) -> dict[str, list[tuple[dt.date, dt.date]]]:
    query: Any = Absence.select(Absence.vpa, Absence.start, Absence.end).where(Absence.end >= today, ~Absence.withdrawn)
    if among is not None:
        query = query.where(Absence.vpa.in_(among))
    found: dict[str, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for vpa, start, end in query.order_by(Absence.start, Absence.end).tuples():
        found[vpa].append((start, end))
    return found


def _delegations(among: Among) -> dict[str, Counter[str]]:
    query: Any = Task.select(Task.delegated_by, Task.delegation_reason).where(Task.delegated_by.is_null(False))
    if among is not None:
        query = query.where(Task.delegated_by.in_(among))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for vpa, reason in query.tuples():
        found[vpa][reason or ""] += 1
    return found


def _days_away(spans: list[tuple[dt.date, dt.date]], first: dt.date, last: dt.date) -> int:
    """Days between two days on which somebody is away; days in two absences count once. Spans are in order."""
    days, free_from = 0, first
    for start, end in spans:
        start, end = max(start, free_from), min(end, last)
        if end >= start:
            days += (end - start).days + 1
            free_from = end + dt.timedelta(days=1)
    return days


def _weight(flag: bool | None) -> int:
    """A yes counts more than not knowing, not knowing more than a no."""
    return 1 if flag is None else 2 if flag else 0


def _areas(shared: tuple[str, ...]) -> str:
    return f"gemeinsame Bereiche: {', '.join(shared)}" if shared else "kein gemeinsamer Bereich"


def _capacity(new_customers: bool | None, orders: bool | None) -> str:
    return f"{_takes('Neukunden', new_customers)}, {_takes('Aufträge', orders)}"


def _takes(what: str, flag: bool | None) -> str:
    return f"{what} unbekannt" if flag is None else f"nimmt {what}" if flag else f"nimmt keine {what}"
