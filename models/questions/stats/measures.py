"""What is counted, and whose each thing is: a line for each number made from a moment or a day (CONTRACT §20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

By = Literal["week", "member", "vpa", "customer"]
GROUPS: tuple[By, ...] = ("week", "member", "vpa", "customer")


@dataclass(frozen=True)
class Measure:
    """Things of one kind that happened at a time."""

    part: str
    """Such as `cases`."""
    name: str
    """Such as `raised`."""
    source: str
    """The table, or a join."""
    when: str
    """Column with the moment, or with the day."""
    is_day: bool = False
    where: str = ""
    """What else must hold, in SQL of both engines."""
    member: str = ""
    """Column with the Kürzel of who did it; empty: nobody of the team."""
    vpa: str = ""
    """Column with the VPA it is about; empty: none."""
    customer: str = ""
    """Column with the customer it is about; empty: none."""

    def key(self, by: By) -> str:
        """The column by which it is told apart; empty where it belongs to none of these."""
        return {"member": self.member, "vpa": self.vpa, "customer": self.customer}.get(by, "")


SUBJECT = {"vpa": "SUBSTR({0}subject, 5)", "customer": "SUBSTR({0}subject, 10)"}
"""The id in a subject, `vpa:…` or `customer:…`; what it holds for the other kind names nobody."""

_FIRST = (
    "EXISTS (SELECT 1 FROM assignment b WHERE b.customer = a.customer AND "
    '(b.start < a.start OR (b.start = a.start AND b.id < a.id))) AND (a."end" IS NULL OR a."end" >= a.start)'
)


def _of_subject(part: str, name: str, source: str, when: str, member: str, where: str = "") -> Measure:
    """Something whose subject is a VPA or a customer."""
    return Measure(
        part, name, source, when, where=where, member=member,
        vpa=SUBJECT["vpa"].format(""), customer=SUBJECT["customer"].format(""),
    )  # fmt: skip


MEASURES = (
    Measure("cases", "raised", '"case"', "opened_at", vpa="vpa"),
    Measure("cases", "resolved", '"case"', "resolved_at", member="resolved_by", vpa="vpa"),
    _of_subject("reminders", "set", "reminder", "created_at", "created_by"),
    _of_subject("reminders", "done", "reminder", "done_at", "done_by"),
    Measure("flags", "raised", "flag", "raised_on", is_day=True, where="state <> 'baseline'", vpa="vpa"),
    Measure("flags", "removed", "flag", "removed_at", where="state <> 'baseline'", member="removed_by", vpa="vpa"),
    Measure("tasks", "forwarded", "task", "forwarded_at", vpa="vpa", customer="customer"),
    Measure(
        "tasks", "returned", "note n JOIN task t ON t.id = n.task", "n.at", where="n.kind = 'return'",
        member="n.author", vpa="n.vpa", customer="t.customer",
    ),
    Measure("tasks", "declined", "task", "declined_at", vpa="vpa", customer="customer"),
    Measure("tasks", "offered", "task", "offered_at", member="offered_by", vpa="vpa", customer="customer"),
    Measure("handovers", "opened", "handover", "opened_at", member="opened_by", vpa="vpa", customer="customer"),
    Measure(
        "handovers", "finished", "handover", "closed_at", where="state = 'finished'", member="closed_by", vpa="vpa",
        customer="customer",
    ),
    Measure("handovers", "changes", "assignment a", "a.start", is_day=True, where=_FIRST, vpa="a.vpa",
            customer="a.customer"),
    Measure("days", "sealed", "day", "date", is_day=True, member="sealed_by"),
    *(
        _of_subject("entries", file, "entry", "created_at", "author", f"file = '{file}' AND withdrawn_at IS NULL")
        for file in ("oteam", "vpa_kunde", "vpa_akte")
    ),
)  # fmt: skip
"""In the order of CONTRACT §20."""

DECLINED_BY = Measure(
    "tasks", "declined", "entry", "created_at",
    where="file = 'oteam' AND kind = 'task_declined' AND withdrawn_at IS NULL AND platform_id IS NULL", member="author",
)  # fmt: skip
"""Who declined stands in the entry that goes with it (T-16), not in the task."""


@dataclass(frozen=True)
class Stock:
    """Things that are open for a time: from their beginning to their end."""

    part: str
    source: str
    begin: str
    end: str
    vpa: str
    is_day: bool = False
    """Whether the beginning is a day."""
    where: str = ""


STOCKS = (
    Stock("cases", '"case"', "opened_at", "resolved_at", "vpa"),
    Stock("flags", "flag", "raised_on", "removed_at", "vpa", is_day=True, where="state <> 'baseline'"),
)
"""What `open` counts at the end of a time."""
