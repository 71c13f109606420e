"""Who could take a customer over: VPAs ranked, with the reason for each rank (W-10, F-11, F-14)."""

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
from models.tables.handover import Handover
from models.tables.people import AREAS, AREAS_HEAD, Absence, Vpa
from models.tables.task import Task
from models.task.experts import knows

AHEAD = 56
"""Days ahead in which an absence weighs; one later than that only decides between equals."""


@dataclass(frozen=True)
class Candidate:
    """What speaks for and against a VPA as the successor."""

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

    @property
    def rank_key(self) -> tuple[Any, ...]:
        """Smaller is better: shared areas, then capacity, then coming absence, then delegations; names last."""
        free = sum(_weight(flag) for flag in (self.new_customers, self.orders))
        handed_on = sum(count for _, count in self.delegated)
        return (-len(self.shared), -free, self.away_soon, self.away, handed_on, self.folded, self.vpa)

    def reasons(self) -> list[str]:
        """German sentences, in the order in which they decide."""
        return [_areas(self.shared), _capacity(self.new_customers, self.orders), self._absence(), self._record()]

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


def best_successors(work: Work, handover: Handover, count: int) -> list[Candidate]:
    """The first so many of `successors`; a few are found without a close look at every VPA of a large platform."""
    if count > FEW:
        return successors(work, handover)[:count]
    best: list[Candidate] = []
    everybody = _groups(handover)
    for tier in sorted({group.tier for group in everybody}, reverse=True):
        here, away = _tier(handover, tier, everybody), _away(work.today)
        best += successors(work, handover, _free(here.where(~away), count - len(best)))
        if len(best) < count:  # whoever has an absence ahead comes after everybody who has none
            best += successors(work, handover, here.where(away))[: count - len(best)]
        if len(best) == count:
            break
    return best


class Group(NamedTuple):
    """VPAs who know the same areas and have the same capacity."""

    tier: Tier
    head: str
    """The beginning of their list of areas, as the index has it."""
    size: int


def _groups(handover: Handover) -> list[Group]:
    """Everybody on the platform, counted in an index; only lists too long for it are read themselves."""
    wanted, flags = (handover.vpa.areas if handover.vpa else []), (Vpa.new_customers, Vpa.orders)
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


def _tier(handover: Handover, tier: Tier, everybody: list[Group]) -> Any:
    """Ids of everybody in a tier, as a query: areas lead to the few of a small one, names through a large one."""
    inside = [group for group in everybody if group.tier == tier]
    size, heads = sum(group.size for group in inside), {group.head for group in inside}
    room = _room(Vpa.new_customers) + _room(Vpa.orders)
    rows = Vpa.select(Vpa.id).where(Vpa.id != (handover.vpa_id or ""), _shared(handover) == tier[0], room == tier[1])
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


def _shared(handover: Handover) -> Any:
    """Number of areas shared with the present VPA, as the database counts them."""
    wanted = handover.vpa.areas if handover.vpa else []
    return sum((_as_number(knows(area)) for area in wanted), Value(0))


def _as_number(condition: Any) -> Any:
    return Case(None, [(condition, 1)], 0)


def _room(flag: Any) -> Any:
    """The weight of a flag (`_weight`) as the database counts it."""
    return Case(None, [(flag.is_null(), 1), (flag == Value(True), 2)], 0)


def successors(work: Work, handover: Handover, among: Among = None) -> list[Candidate]:
    """All VPAs on the platform but the present one (or these of them), best first."""
    wanted = handover.vpa.areas if handover.vpa else []
    horizon = work.today + dt.timedelta(days=AHEAD - 1)
    absences, delegations = _coming_absences(work.today, among), _delegations(among)
    rows: Any = Vpa.select(Vpa.id, Vpa.name, Vpa.folded, Vpa.areas, Vpa.new_customers, Vpa.orders).where(~Vpa.gone)
    if among is not None:
        rows = rows.where(Vpa.id.in_(among))
    found = []
    for key, name, folded, areas, new_customers, orders in rows.tuples():
        if key == handover.vpa_id:
            continue
        away = absences.get(key, [])
        shared = tuple(area for area in wanted if area in areas)
        soon, ever = _days_away(away, work.today, horizon), _days_away(away, work.today, dt.date.max)
        record = tuple(sorted(delegations.get(key, {}).items()))
        coming = away[0] if away else None
        found.append(Candidate(key, name, folded, shared, new_customers, orders, soon, ever, coming, record))
    return sorted(found, key=lambda candidate: candidate.rank_key)


def show_successors(work: Work, handover: Handover, count: int | None = None) -> Iterator[dict[str, Any]]:
    """The first so many (or all) in the shape of CONTRACT §9."""
    ranked = successors(work, handover) if count is None else best_successors(work, handover, count)
    return ({"vpa": one.vpa, "rank": rank, "reasons": one.reasons()} for rank, one in enumerate(ranked, start=1))


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
