"""Whose period has passed (P-05): proposals, nothing is erased by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from peewee import fn

from models.action.work import Work
from models.ground import clock
from models.tables.case import Case
from models.tables.day import Day
from models.tables.people import ERASED, Customer, Vpa
from models.tables.task import Message, Task

WHY = {
    "vpa": "nicht mehr auf der Plattform, Frist {} Monate",
    "customer": "letzte Buchung oder Nachricht, Frist {} Monate",
    "day": "abgeschlossener Tag, Frist {} Monate",
}


def list_due(work: Work) -> Iterator[dict[str, Any]]:
    """VPAs who are gone, customers nobody hears of, sealed days; the longest due first within each."""
    for kind, setting, found in (
        ("vpa", "keep_gone_months", _gone()),
        ("customer", "keep_customer_months", _customers()),
        ("day", "keep_days_months", _days()),
    ):
        months = work.settings.number(setting)
        for since, key in sorted(found):
            if clock.add_months(since, months) < work.today:
                yield {"subject": f"{kind}:{key}", "since": since, "why": WHY[kind].format(months)}


def _gone() -> Iterator[tuple[dt.date, str]]:
    """Since they were missed, else since they were last active, else since they began."""
    missed: Any = Case.select(Case.vpa, fn.MAX(Case.changed_on)).where(Case.kind == "gone").group_by(Case.vpa)
    days = dict(missed.tuples())
    for vpa in Vpa.select().where(Vpa.gone, Vpa.name != ERASED):
        last = clock.day_of(vpa.last_activity) if vpa.last_activity else vpa.start
        yield _day(days.get(vpa.id)) or last, vpa.id


def _customers() -> Iterator[tuple[dt.date, str]]:
    """Since the last booking or message; who has neither is not proposed."""
    newest: Any = (
        Message.select(Task.customer, fn.MAX(Message.at)).join(Task).group_by(Task.customer)
    )  # as the driver gives it: text or a moment
    spoken = {key: _moment(at) for key, at in newest.tuples()}
    for customer in Customer.select().where(Customer.name != ERASED):
        known = [day for day in (customer.last_booking, spoken.get(customer.id)) if day is not None]
        if known:
            yield max(known), customer.id


def _days() -> Iterator[tuple[dt.date, str]]:
    for day in Day.select(Day.date):
        yield day.date, day.date.isoformat()


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> dt.date | None:
    found = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return clock.day_of(found) if found is not None else None
