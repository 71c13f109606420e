"""Questions about Cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from models.action.subjects import shows
from models.action.work import Work
from models.case.leaving import gone_findings, left_behind
from models.database.fields import proxy
from models.ground.errors import NotFoundError
from models.tables.case import Case
from models.tables.people import Vpa

BATCH = 500
"""Cases whose Reminders are looked up at once."""


@shows("case")
def show_case(work: Work, case: Case) -> dict[str, Any]:
    """The shape of CONTRACT §4."""
    return next(show_cases(work.today, [case]))


def _judged(today: dt.date, cases: list[Case]) -> list[Case]:
    leaving = [case for case in cases if case.kind == "gone" and case.state == "open"]
    if leaving:
        left = left_behind((case.vpa_id for case in leaving), today)
        for case in leaving:
            case.facts = left[case.vpa_id]
            case.findings = gone_findings(case.facts, case.vpa.gone)
    return cases


def show_cases(today: dt.date, cases: Iterable[Case]) -> Iterator[dict[str, Any]]:
    """Each in the shape of CONTRACT §4; one question per batch, however many there are."""
    rest = iter(cases)
    while batch := list(islice(rest, BATCH)):
        about: dict[str, list[int]] = {f"case:{case.id}": [] for case in batch}
        # By hand: making it takes Peewee longer than the rest of what shows a Case.
        marks = ", ".join([proxy.param] * len(about))
        query = f"SELECT about, id FROM reminder WHERE about IN ({marks}) ORDER BY id"
        for subject, key in proxy.execute_sql(query, list(about)).fetchall():
            about[subject].append(key)
        yield from (case.show(about[f"case:{case.id}"]) for case in _judged(today, batch))


def list_cases(state: str = "open", kind: str | None = None, vpa: str | None = None) -> Any:
    """Cases, oldest first, as a query. Raises `NotFoundError` for an unknown VPA."""
    if vpa is not None and not Vpa.select().where(Vpa.id == vpa).exists():
        raise NotFoundError(f"Den VPA „{vpa}“ gibt es nicht.")
    query = Case.select().order_by(Case.opened_at, Case.id)
    if state != "all":
        query = query.where(Case.state == state)
    if kind is not None:
        query = query.where(Case.kind == kind)
    return query.where(Case.vpa == vpa) if vpa is not None else query
