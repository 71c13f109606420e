"""Pages of the Cases list, and what stands behind one Case."""

from __future__ import annotations

import datetime as dt
from operator import itemgetter
from typing import Any, NamedTuple

from peewee import SQL, Value, fn

from models.action.work import Work
from models.case.leaving import gone_findings, left_behind
from models.database.fields import proxy
from models.database.keyset import Listing, Part, begins_word
from models.ground.text import matches, words
from models.playbook import playbook
from models.shared.workable import waiting_case
from models.tables.case import KINDS, Case
from models.tables.reminder import Reminder

VIEWS = {
    "open": "alle offenen",
    "mine": "meine",
    "deferred": "vertagt",
    "left": "nicht vertagt",
    "waiting": "noch nicht dran",
    "resolved": "erledigt",
}
"""What members look for, by code."""

ORDERS = {
    "since": (Case.opened_at, Case.id),
    "vpa": (Case.vpa_folded, Case.id),
    "kind": (Case.kind, Case.opened_at, Case.id),
}
"""Columns one can sort by."""


class CaseLine(NamedTuple):
    """One Case as a list shows it."""

    id: int
    version: int
    kind: str
    vpa: str
    vpa_name: str
    opened_at: dt.datetime
    findings: list[str]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    workable_from: dt.datetime | None
    contacted_by: str | None
    state: str
    resolved_by: str | None
    absence: str | None


COLUMNS = (
    Case.id, Case.version, Case.kind, Case.vpa, Case.vpa_name, Case.opened_at, Case.findings, Case.before, Case.after,
    Case.workable_from, Case.contacted_by, Case.state, Case.resolved_by, Case.absence,
)  # fmt: skip


def case_listing(
    work: Work, view: str = "open", text: str = "", sort: str = "since", descending: bool = False
) -> Listing:
    """The Cases of a view that match what was typed, oldest first unless sorted otherwise."""
    where: list[Any] = [Case.state == ("resolved" if view == "resolved" else "open")]
    if view in ("deferred", "left"):
        later = _about_case(Reminder.due > work.now)
        where += [later] if view == "deferred" else [~later, ~waiting_case(work)]
    elif view == "waiting":
        where.append(waiting_case(work))
    elif view == "mine":
        me = work.member.kuerzel if work.member else ""
        where.append((Case.contacted_by == me) | _about_case(Reminder.owner == me))
    where += [_matches(word) for word in words(text)]
    # In the order of the shift what is not workable yet stands apart, at the end (D-44).
    apart = sort == "since" and not descending and view in ("open", "mine")
    parts = ((~waiting_case(work),), (waiting_case(work),)) if apart else ((),)
    return Listing(Case.select(*COLUMNS), Case.id, [Part((*where, *part), ORDERS[sort], descending) for part in parts])


def judged_lines(work: Work, lines: list[CaseLine]) -> list[CaseLine]:
    """Lines about VPAs who left, by what is still theirs today (S-04)."""
    leaving = [line for line in lines if line.kind == "gone" and line.state == "open"]
    if not leaving:
        return lines
    left = left_behind((line.vpa for line in leaving), work.today)
    return [
        line._replace(findings=gone_findings(left[line.vpa], "returned" not in line.findings))
        if line in leaving
        else line
        for line in lines
    ]


def _about_case(condition: Any) -> Any:
    """Whether an open Reminder about the Case meets a condition."""
    subject = Value("case:").concat(Case.id.cast("text"))
    return fn.EXISTS(Reminder.select(SQL("1")).where(Reminder.state == "open", Reminder.about == subject, condition))


def _matches(word: str) -> Any:
    kinds = [kind for kind in KINDS if matches(word, playbook().label("case_kind", kind))]
    named = begins_word(Case.vpa_folded, word)
    return named | Case.kind.in_(kinds) if kinds else named


def holders(cases: list[int]) -> dict[int, tuple[str, dt.datetime]]:
    """For Cases with an open Reminder about them: whose it is, and when it is due (the soonest)."""
    if not cases:
        return {}
    # The state is looked at here: asked for in SQL it leads SQLite to walk all open Reminders. By hand: making a query
    # of a hundred keys takes Peewee longer than answering it takes the database.
    query = f"SELECT about, owner, due, state FROM reminder WHERE about IN ({', '.join([proxy.param] * len(cases))})"
    found = proxy.execute_sql(query, [f"case:{key}" for key in cases]).fetchall()
    moment: Any = Reminder.due.python_value
    open_ones = [(about, owner, moment(due)) for about, owner, due, state in found if state == "open"]
    rows = sorted(open_ones, key=itemgetter(2))
    return {int(about.partition(":")[2]): (owner, due) for about, owner, due in reversed(rows)}
