"""When a member was away last, until when that lasted for their work, and whether they are only just back (R-05)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from models.action.work import Work
from models.ground import clock
from models.ground.absences import join
from models.shift.preview.ahead import DAY
from models.tables.history import History, HistoryHead
from models.tables.people import Leave

OFFERED_DAYS = 14
"""Days after the end of an absence in which the digest is offered; also how far it looks back without one."""

TAIL = 100_000
"""Newest rows of the history that are looked through: more than any team does in an absence."""

LOOKING = ("check", "journey.raise", "member.back", "member.away")
"""Actions that change nothing of one's own work: somebody is only back at work with another one."""


@dataclass(frozen=True)
class Away:
    """A member's last absence, as their work saw it."""

    first: dt.date
    last: dt.date | None
    """Last day; None where no absence is on record."""
    since: dt.datetime
    until: dt.datetime
    """The first thing they did themselves afterwards, else now; at most two weeks after the end."""
    acted: bool
    """Whether they have done anything since."""


def last_away(work: Work, member: str) -> Away:
    """The last absence that has begun; without one the last two weeks. Neighbouring absences count as one."""
    query = Leave.select().where(Leave.member == member, Leave.start <= work.today).order_by(Leave.start.desc())
    spans = [(leave.start, leave.end) for leave in query.limit(50)]
    if not spans:
        return away_since(work, work.today - OFFERED_DAYS * DAY)
    first, last = join(spans, work.workdays, gap=0)[-1]
    back = clock.start_of_day(last + DAY)
    own = first_own_action(member, back)
    end = min(work.now, back.add(days=OFFERED_DAYS), *([own] if own else []))
    return Away(first, last, clock.start_of_day(first), end, own is not None)


def away_since(work: Work, day: dt.date) -> Away:
    """As if the member had been away since that day."""
    return Away(day, None, clock.start_of_day(day), work.now, False)


def just_back(work: Work) -> bool:
    """Whether the acting member is back for at most two weeks and has not done anything yet."""
    if work.member is None:
        return False
    away = last_away(work, work.me)
    if away.last is None or away.acted or work.member.is_away(work.today):
        return False
    return 0 < (work.today - away.last).days <= OFFERED_DAYS


def first_own_action(member: str, since: dt.datetime) -> Any:
    """When the member did something of their own from that moment on, or None; looks through the tail only."""
    query: Any = History.select(History.at).where(
        History.member == member,
        History.id > tail(),
        History.at >= since,
        History.action.not_in(LOOKING),
        History.route != "refused",
    )
    found = query.order_by(History.id).limit(1).tuples().first()
    return found[0] if found else None


def tail() -> int:
    """Id after which the history is looked through."""
    return int(HistoryHead.select(HistoryHead.last).scalar() or 0) - TAIL
