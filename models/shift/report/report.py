"""The shift report for the hand-over: who did what, what is left, what to watch."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from models.action.catalogue import load_all
from models.action.work import Work
from models.case.pages import case_listing
from models.ground import clock
from models.ground.errors import NotFoundError
from models.journey.pages import flag_listing
from models.outbox.pages import outbox_lines, outbox_listing
from models.outbox.queries import open_count
from models.shared.entry_rules import READERS
from models.shift.day.actions import find_day, show_day
from models.shift.day.overview import CHUNK, leftovers
from models.shift.report.naming import deed_label, names_of
from models.shift.report.watch import absences, declines, inactive, leaves
from models.tables.history import History
from models.tables.people import Member
from models.tables.reminder import Reminder

OLDEST = 20
"""Open things of a kind that are named; the others are counted."""

Doings = dict[str, dict[str, list[str]]]
"""Subjects by member and action, in the order of doing."""


def shift_report(work: Work, day: dt.date | None = None) -> dict[str, Any]:
    """The report of a Berlin day, by default today. What is left and what to watch is only known of today; of an
    earlier day the seal says what was left. `NotFoundError` for a day to come.
    """
    day = day or work.today
    if day > work.today:
        raise NotFoundError(f"Der {clock.german_date(day)} liegt noch vor uns.")
    shown = show_day(work, day)
    today = day == work.today
    return {
        "day": day,
        "made_at": work.now,
        "made_by": work.member.kuerzel if work.member else None,
        "readers": list(READERS["vpa_akte"]),
        "sealed_by": shown["sealed_by"],
        "sealed_at": shown["sealed_at"],
        "sealed_leftovers": shown["leftovers"] if find_day(day) else [],
        "done": done_by_members(day),
        "left": left_open(work) if today else None,
        "watch": watched(work) if today else None,
    }


def watched(work: Work) -> dict[str, Any]:
    """What the next shift should watch."""
    return {
        "declines": declines(work),
        "absences": absences(work),
        "leaves": leaves(work),
        "inactive": inactive(work),
    }


def left_open(work: Work) -> dict[str, dict[str, Any]]:
    """What `day close` would count as left: how many of each kind, and the oldest of them (D-01)."""
    left = leftovers(work)
    outbox = {"outbox": _outbox(work)} if work.settings.way_back else {}
    return {
        "reminder": {"count": left.reminders, "oldest": _oldest_reminders(work)},
        "case": {"count": left.cases, "oldest": _oldest_cases(work)},
        "flag": {"count": left.flags, "oldest": _oldest_flags(work)},
        **outbox,
    }


def _outbox(work: Work) -> dict[str, Any]:
    """What the platform still has to be told (X-01)."""
    found = outbox_listing(work).page(None, "from", OLDEST)
    lines = outbox_lines(row for _, row in found.rows)
    oldest = [{"name": line.name, "since": line.made_at, "owner": line.made_by, "kind": line.kind} for line in lines]
    return {"count": open_count(work), "oldest": oldest}


def _oldest_reminders(work: Work) -> list[dict[str, Any]]:
    """Everybody's due ones: the whole team's hand-over."""
    query = Reminder.select().where(Reminder.state == "open", Reminder.due <= work.now)
    rows = list(query.order_by(Reminder.due, Reminder.id).limit(OLDEST))
    names = names_of(row.subject for row in rows)
    return [
        {"id": row.id, "name": names[row.subject], "since": row.due, "owner": row.owner, "text": row.reason}
        for row in rows
    ]


def _oldest_cases(work: Work) -> list[dict[str, Any]]:
    found = case_listing(work, "left").page(None, "from", OLDEST).rows
    return [{"id": row[0], "name": row[4], "since": row[5], "kind": row[2]} for _, row in found]


def _oldest_flags(work: Work) -> list[dict[str, Any]]:
    found = flag_listing(work, "left").page(None, "from", OLDEST).rows
    return [{"id": row[0], "name": row[3], "since": row[5], "stage": row[4]} for _, row in found]


# Who did what


def done_by_members(day: dt.date) -> list[dict[str, Any]]:
    """For each member what was done on a Berlin day and not taken back: counts per action, the subjects named."""
    doings = _doings(day)
    names = names_of(subject for actions in doings.values() for some in actions.values() for subject in some)
    known = {member.kuerzel: member.name for member in Member.select().where(Member.kuerzel.in_(list(doings)))}
    return [
        {"member": member, "name": known.get(member, member), "actions": _actions(doings[member], names)}
        for member in sorted(doings)
    ]


def _actions(actions: dict[str, list[str]], names: dict[str, str]) -> list[dict[str, Any]]:
    """The actions of a member, the most frequent first."""
    shown = []
    for code, subjects in sorted(actions.items(), key=lambda one: (-len(one[1]), one[0])):
        named = list(dict.fromkeys(subject for subject in subjects if subject))
        label = deed_label(code)
        about = {"action": code, "label": label, "count": len(subjects), "subjects": named}
        shown.append({**about, "names": list(dict.fromkeys(names[subject] for subject in named))})
    return shown


def _doings(day: dt.date) -> Doings:
    load_all()
    start, end = clock.start_of_day(day), clock.start_of_day(day + dt.timedelta(days=1))
    query: Any = History.select(History.id, History.member, History.action, History.subject)
    query = query.where(History.at >= start, History.at < end, History.route == "do", History.member.is_null(False))
    rows = list(query.order_by(History.id).tuples())
    gone = _taken_back([row[0] for row in rows])
    doings: Doings = defaultdict(lambda: defaultdict(list))
    for key, member, action, subject in rows:
        if key not in gone:
            doings[member][action].append(subject or "")
    return doings


def _taken_back(keys: list[int]) -> set[int]:
    """Those history rows whose newest undo or redo is an undo."""
    last: dict[int, str] = {}
    for start in range(0, len(keys), CHUNK):
        query: Any = History.select(History.target, History.route).where(
            History.target.in_(keys[start : start + CHUNK])
        )
        last |= dict(query.order_by(History.id).tuples())
    return {key for key, route in last.items() if route == "undo"}
