"""What a VPA who leaves would leave behind (S-04): customers, open tasks, open Reminders."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from models.tables.case import Case
from models.tables.people import Assignment
from models.tables.reminder import Reminder
from models.tables.task import OPEN_STATES, Task

BEFORE, AFTER = {"gone": False}, {"gone": True}
"""What such a Case is about."""

TOGETHER = 300
"""VPAs asked for by one question."""

Facts = dict[str, list[Any]]
"""Ids of `customers`, `tasks` and `reminders`."""


def left_behind(vpas: Iterable[str], today: dt.date) -> dict[str, Facts]:
    """By VPA, what is still his."""
    found: dict[str, Facts] = {}
    rest = iter(vpas)
    while part := list(islice(rest, TOGETHER)):
        customers, tasks, reminders = _customers(part, today), _tasks(part), _reminders(part)
        for vpa in part:
            found[vpa] = {"customers": customers[vpa], "tasks": tasks[vpa], "reminders": reminders[vpa]}
    return found


def judged_now(today: dt.date, case: Case) -> dict[str, Any]:
    """Findings and facts of a Case about a VPA who left, by what is his today; nothing for another kind."""
    if case.kind != "gone":
        return {}
    facts = left_behind([case.vpa_id], today)[case.vpa_id]
    return {"findings": gone_findings(facts, case.vpa.gone), "facts": facts}


def gone_findings(facts: Facts, gone: bool) -> list[str]:
    """`has_customers`, `has_reminders`, `has_tasks`; of one who is back `returned` alone."""
    if not gone:
        return ["returned"]
    return sorted(f"has_{name}" for name, ids in facts.items() if ids)


def _customers(vpas: Sequence[str], today: dt.date) -> dict[str, list[str]]:
    """Whom each of them is in charge of: nobody who came later is."""
    lasting = Assignment.end.is_null() | (Assignment.end >= today)
    mine = Assignment.select(Assignment.customer).where(Assignment.vpa.in_(vpas), lasting)
    every = Assignment.alias()
    rows: Any = (
        every.select(every.customer, every.vpa)
        .where(every.customer.in_(mine), every.end.is_null() | (every.end >= today))
        .order_by(every.start, every.id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for customer, vpa in sorted(dict(rows.tuples()).items()):
        found[vpa].append(customer)
    return found


def _tasks(vpas: Sequence[str]) -> dict[str, list[str]]:
    rows: Any = Task.select(Task.vpa, Task.id).where(Task.vpa.in_(vpas), Task.state.in_(OPEN_STATES)).order_by(Task.id)
    return _grouped(rows.tuples())


def _reminders(vpas: Sequence[str]) -> dict[str, list[int]]:
    subjects = [f"vpa:{vpa}" for vpa in vpas]
    rows: Any = Reminder.select(Reminder.subject, Reminder.id).where(
        Reminder.subject.in_(subjects), Reminder.state == "open"
    )
    return _grouped((subject.removeprefix("vpa:"), key) for subject, key in rows.order_by(Reminder.id).tuples())


def _grouped(rows: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for vpa, key in rows:
        found[vpa].append(key)
    return found
