"""Customers whose VPA Kundenakte nobody keeps, riskiest first (K-27, K-29): a few flat queries for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from peewee import Case as SqlCase
from peewee import Value, fn

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
    """Points: days of age, coming absence, customer class, changes."""
    days: int | None = None
    """Days since then."""
    away: int = 0
    """Days on which the VPA will be away within `AHEAD`."""
    klasse: str | None = None
    changes: int = 0
    """VPA-Wechsel in 12 months."""

    def points(self) -> dict[str, int]:
        """What the risk is made of."""
        return {
            "age": self.days or 0,
            "away": PER_DAY_AWAY * self.away,
            "class": PER_CLASS.get(self.klasse, 0),
            "changes": PER_CHANGE * self.changes,
        }

    def show(self) -> dict[str, Any]:
        """The shape of CONTRACT §10."""
        return {
            "customer": self.customer,
            "vpa": self.vpa,
            "last_entry": self.last_entry,
            "weeks": self.weeks,
            "risk": self.risk,
        }


def watchlist(work: Work) -> list[Watched]:
    """All of them, riskiest first; those whose file no VPA ever kept come last."""
    cutoff = work.today - dt.timedelta(weeks=work.settings.number("stale_weeks"))
    changes, away = _changes(work), _days_away(work.today)
    today, day_of = work.today.toordinal(), cache(Customer.kept_on.python_value)  # many were kept on the same day
    found: list[Watched] = []
    never: list[Watched] = []
    for key, name, status, klasse, kept_on, kept_by, moment, vpa in _not_kept_since(cutoff, work.today):
        last = day_of(kept_on) if kept_by == "vpa" else None
        if moment is not None:
            day = _berlin_day(moment)
            last = day if last is None or day > last else last
        if last is not None and last > cutoff:
            continue
        days = today - last.toordinal() if last else None
        gone, changed = away.get(vpa, 0) if vpa else 0, changes.get(key, 0)
        risk = (days or 0) + PER_DAY_AWAY * gone + PER_CLASS.get(klasse, 0) + PER_CHANGE * changed
        weeks = None if days is None else days // 7
        one = Watched(key, name, status, vpa, last, weeks, risk, days, gone, klasse, changed)
        (never if last is None else found).append(one)
    for rows in (found, never):
        rows.sort(key=_CUSTOMER)
        rows.sort(key=_RISK, reverse=True)  # leaves equals in the order of their ids
    return found + never


_CUSTOMER, _RISK = attrgetter("customer"), attrgetter("risk")


def _not_kept_since(cutoff: dt.date, today: dt.date) -> Any:
    """Customers that no VPA kept after that day, going by what the platform says; their newest entry, as the engine
    stores its moment, may say otherwise; and their VPA.
    """
    kept = (Customer.kept_by == "vpa") & (Customer.kept_on > cutoff)
    columns = (Customer.id, Customer.name, Customer.status, Customer.klasse, Customer.kept_on, Customer.kept_by)
    about = Value("customer:").concat(Customer.id)
    newest = Entry.select(fn.MAX(Entry.created_at)).where(Entry.subject == about, OF_VPA)
    query = Customer.select(*columns, newest, _in_charge(today)).where(~fn.COALESCE(kept, False))
    return _rows(query.where(Customer.merged_into.is_null()))


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


def _days_away(today: dt.date) -> dict[str, int]:
    """Coming days of absence of each VPA; overlapping ones count once."""
    last = today + dt.timedelta(days=AHEAD - 1)
    query: Any = Absence.select(Absence.vpa, Absence.start, Absence.end).where(
        Absence.end >= today, Absence.start <= last, ~Absence.withdrawn
    )
    days: dict[str, set[int]] = {}
    for vpa, start, end in query.tuples():
        days.setdefault(vpa, set()).update(range(max(start, today).toordinal(), min(end, last).toordinal() + 1))
    gone: Any = Vpa.select(Vpa.id).where(Vpa.gone).tuples()
    return {key: len(there) for key, there in days.items()} | {key: AHEAD for (key,) in gone}
