"""Customers whose VPA Kundenakte nobody keeps, riskiest first (K-27, K-29): a few flat queries for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from peewee import SQL, Value, fn
from peewee import Case as SqlCase

from models.action.work import Work
from models.database.fields import proxy
from models.ground import clock
from models.tables.entry import OF_VPA, Entry
from models.tables.people import Absence, Assignment, Customer, Vpa

AHEAD = 56
"""Days ahead in which an absence of the VPA weighs."""

PER_DAY_AWAY = 2
"""Risk of each such day; a day of age is 1. A VPA that has left the platform is away all the time."""

PER_CLASS: Mapping[str | None, int] = {"A": 60, "B": 40, "C": 20, "D": 10, None: 0}
PER_CHANGE = 30
"""Risk of each VPA-Wechsel in 12 months."""

NO_BOOKING = 30
"""Risk of a customer who has not booked for so long that it counts as inactive (`customer_inactive_days`)."""

COMPLAINT, COMPLAINT_DAYS = 40, 90
"""Risk of a Beschwerde, and for how many days it counts."""

AWAY_SOON = 14
"""Days ahead in which an absence of the VPA is named as a reason."""


class Watched(NamedTuple):
    """A customer on the Watchlist."""

    customer: str
    name: str
    status: str
    vpa: str | None
    last_entry: dt.date | None
    weeks: int | None
    """Whole weeks since then."""
    risk: int
    """Points: days of age, coming absence, customer class, changes, no booking, Beschwerde."""
    days: int | None = None
    """Days since then."""
    away: int = 0
    """Days on which the VPA will be away within `AHEAD`."""
    klasse: str | None = None
    changes: int = 0
    """VPA-Wechsel in 12 months."""
    reasons: tuple[str, ...] = ()
    """Codes of CONTRACT §19: what put the customer here, then what else drives the risk."""
    watched_for: str | None = None
    """Why a member put the customer here; None where nobody did."""
    watched_by: str | None = None
    """Kürzel of who did."""

    def points(self) -> dict[str, int]:
        """What the risk is made of."""
        return {
            "age": self.days or 0,
            "away": PER_DAY_AWAY * self.away,
            "class": PER_CLASS.get(self.klasse, 0),
            "changes": PER_CHANGE * self.changes,
            "booking": NO_BOOKING if "no_booking" in self.reasons else 0,
            "complaint": COMPLAINT if "complaint" in self.reasons else 0,
        }

    def show(self) -> dict[str, Any]:
        """The shape of CONTRACT §10."""
        return {
            "customer": self.customer,
            "vpa": self.vpa,
            "last_entry": self.last_entry,
            "weeks": self.weeks,
            "risk": self.risk,
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True)
class Weighing:
    """What the rows are weighed by, the same for all of them."""

    today: dt.date
    cutoff: dt.date
    """The newest day that is too long ago."""
    booked_since: dt.date
    """The oldest day whose booking still counts."""
    changes: dict[str, int]
    away: dict[str, int]
    soon: frozenset[str]
    """VPAs who are away today or soon."""
    gone: frozenset[str]

    @classmethod
    def of(cls, work: Work) -> Weighing:
        """As of today."""
        inactive = dt.timedelta(days=work.settings.number("customer_inactive_days"))
        cutoff = work.today - dt.timedelta(weeks=work.settings.number("stale_weeks"))
        gone: Any = Vpa.select(Vpa.id).where(Vpa.gone).tuples()
        absences = (_changes(work), *_days_away(work.today))
        return cls(work.today, cutoff, work.today - inactive, *absences, frozenset(key for (key,) in gone))


def watchlist(work: Work) -> list[Watched]:
    """All of them, riskiest first; those whose file no VPA ever kept come last."""
    by = Weighing.of(work)
    day_of = cache(Customer.kept_on.python_value)  # many were kept on the same day
    found: list[Watched] = []
    never: list[Watched] = []
    for row in _rows_to_weigh(by):
        one = _weigh(by, row, day_of)
        if one is not None:
            (never if one.last_entry is None else found).append(one)
    for rows in (found, never):
        rows.sort(key=_CUSTOMER)
        rows.sort(key=_RISK, reverse=True)  # leaves equals in the order of their ids
    return found + never


def _weigh(by: Weighing, row: Any, day_of: Callable[[Any], Any]) -> Watched | None:
    """A row of the Watchlist; None where its file is kept well enough and nobody put it there."""
    key, name, status, klasse, kept_on, kept_by, booked, why, who, moment, complaint, vpa = row
    last = day_of(kept_on) if kept_by == "vpa" else None
    if moment is not None:
        day = _berlin_day(moment)
        last = day if last is None or day > last else last
    if last is not None and last > by.cutoff and why is None:
        return None
    reasons = ["never"] if last is None else ["stale"] if last <= by.cutoff else []
    if why is not None:
        reasons.append("by_hand")
    if booked is None or day_of(booked) < by.booked_since:
        reasons.append("no_booking")
    if complaint:
        reasons.append("complaint")
    if vpa in by.soon:
        reasons.append("vpa_away")
    if vpa in by.gone:
        reasons.append("vpa_gone")
    days = by.today.toordinal() - last.toordinal() if last else None
    away = AHEAD if vpa in by.gone else by.away.get(vpa, 0)
    weeks = None if days is None else max(0, days // 7)
    changed = by.changes.get(key, 0)
    one = Watched(key, name, status, vpa, last, weeks, 0, days, away, klasse, changed, tuple(reasons), why, who)
    return one._replace(risk=sum(one.points().values()))


_CUSTOMER, _RISK = attrgetter("customer"), attrgetter("risk")


def _rows_to_weigh(by: Weighing) -> Any:
    """Customers that no VPA kept after the cutoff, going by what the platform says, and those put there by hand; their
    newest entry, as the engine stores its moment, may say otherwise; whether there is a Beschwerde; and their VPA.
    """
    kept = (Customer.kept_by == "vpa") & (Customer.kept_on > by.cutoff)
    columns = (
        Customer.id, Customer.name, Customer.status, Customer.klasse, Customer.kept_on, Customer.kept_by,
        Customer.last_booking, Customer.watched_for, Customer.watched_by,
    )  # fmt: skip
    about = Value("customer:").concat(Customer.id)
    newest = Entry.select(fn.MAX(Entry.created_at)).where(Entry.subject == about, OF_VPA)
    query = Customer.select(*columns, newest, _complained(about, by.today), _in_charge(by.today))
    wanted = ~fn.COALESCE(kept, False) | Customer.watched_for.is_null(False)
    return _rows(query.where(wanted, Customer.merged_into.is_null()))


def _complained(about: Any, today: dt.date) -> Any:
    """Whether the O-Team Kundenakte holds a Beschwerde of the last days, as it stands now."""
    since = clock.start_of_day(today - dt.timedelta(days=COMPLAINT_DAYS))
    newer = Entry.alias()
    replaced = fn.EXISTS(newer.select(SQL("1")).where(newer.corrects == Entry.id, newer.withdrawn_at.is_null()))
    here = Entry.select(SQL("1")).where(Entry.subject == about, Entry.created_at >= since, Entry.withdrawn_at.is_null())
    return fn.EXISTS(here.where(Entry.file == "oteam", Entry.kind == "complaint", ~replaced))


def _rows(query: Any) -> Any:
    """The rows as the driver gives them: a third of the time that Peewee takes for a hundred thousand."""
    return proxy.execute(query)


def _berlin_day(moment: Any) -> dt.date:
    """The Berlin day of a moment as either engine stores it."""
    if isinstance(moment, str) and moment[11:13] < "22":
        return dt.date.fromisoformat(moment[:10])  # stored in UTC: up to 22:00 Berlin has the same day
    return clock.day_of(dt.datetime.fromisoformat(moment) if isinstance(moment, str) else moment)


def _in_charge(today: dt.date) -> Any:
    """The VPA of a customer: the latest start of those not over."""
    running = Assignment.end.is_null() | (Assignment.end >= today)
    query = Assignment.select(Assignment.vpa).where(Assignment.customer == Customer.id, running)
    return query.order_by(Assignment.start.desc(), Assignment.id.desc()).limit(1)


def _changes(work: Work) -> dict[str, int]:
    """Changes in 12 months, where there are any; the very first assignment is none."""
    since, begun = clock.add_months(work.today, -work.settings.number("change_months")), fn.MIN(Assignment.start)
    day = Assignment.start.db_value  # for a function of the column Peewee does not convert
    recent = fn.SUM(SqlCase(None, (((Assignment.start > since) & (Assignment.start <= work.today), 1),), 0))
    first = SqlCase(None, (((begun > day(since)) & (begun <= day(work.today)), 1),), 0)
    query = Assignment.select(Assignment.customer, recent - first).group_by(Assignment.customer)
    return dict(_rows(query.having(recent > first)))


def _days_away(today: dt.date) -> tuple[dict[str, int], frozenset[str]]:
    """Coming days of absence of each VPA, overlapping ones once; and who is away today or soon."""
    last = today + dt.timedelta(days=AHEAD - 1)
    query: Any = Absence.select(Absence.vpa, Absence.start, Absence.end).where(
        Absence.end >= today, Absence.start <= last, ~Absence.withdrawn
    )
    days: dict[str, set[int]] = {}
    soon = set()
    for vpa, start, end in query.tuples():
        days.setdefault(vpa, set()).update(range(max(start, today).toordinal(), min(end, last).toordinal() + 1))
        if start <= today + dt.timedelta(days=AWAY_SOON):
            soon.add(vpa)
    return {key: len(there) for key, there in days.items()}, frozenset(soon)
