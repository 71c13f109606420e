"""Setting the demo's stage: a sandbox filled through the real import, a day apart, and the team's story."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from models.action.run import run
from models.action.work import Session
from models.admin.schema import initialise
from models.database.store import Store, connect, open_store
from models.ground.clock import Clock, FixedClock, ShiftedClock, SystemClock, berlin_moment
from models.ground.workdays import Workdays
from models.importing.importer import take
from models.reminder.actions import SetReminder, TakeReminder
from models.tables.history import Stamp
from models.tables.people import Leave
from models.team.actions import AddMember, MarkAway
from models.team.settings import ChangeSetting
from tui.demo.export import write_exports
from tui.demo.story import ACTING, FOLLOWS, MEMBERS, FollowData
from tui.demo.story_tasks import play_tasks

ACCOUNT = "demo"
AFTERNOON = dt.time(14, 2)
"""When the demo opens on a day or at an hour at which the day could not be sealed."""


def demo_clock() -> Clock:
    """The real clock on a working day's afternoon; else one set to the next time it is one."""
    now = SystemClock().now()
    workdays = Workdays()
    if workdays.is_workday(now.date()) and now.hour >= 12:
        return SystemClock()
    day = now.date() if workdays.is_workday(now.date()) else workdays.next_workday(now.date())
    return ShiftedClock(berlin_moment(day, AFTERNOON))


def set_stage(folder: Path, clock: Clock | None = None) -> Session:
    """Fill a fresh sandbox in `folder`; the session of the member whose shift it is. Takes about two seconds."""
    clock = clock or demo_clock()
    store = open_store(str(folder / "demo.db"), create=True)
    connect(store)
    today = clock.today()
    evening = berlin_moment(today - dt.timedelta(days=1), dt.time(18))
    long_ago = berlin_moment(today - dt.timedelta(days=60), dt.time(9))
    initialise(store, Stamp(long_ago, None, ACCOUNT), sandbox=True)
    _add_members(store, long_ago)
    before, after = write_exports(folder / "exporte", today, clock.now())
    take(Session(store, FixedClock(evening), ACTING, ACCOUNT), [before], baseline=True)
    for follow in FOLLOWS:
        _set_reminder(store, today, follow)
    _mark_away(store, today)
    manager = Session(store, FixedClock(evening), MEMBERS[0].kuerzel, ACCOUNT)
    run(manager, ChangeSetting(key="way_back", value="on"))
    session = Session(store, clock, ACTING, ACCOUNT)
    take(session, [after])
    play_tasks(store, today, ACCOUNT)
    return session


def _add_members(store: Store, moment: dt.datetime) -> None:
    manager = MEMBERS[0].kuerzel
    for place, member in enumerate(MEMBERS):
        session = Session(store, FixedClock(moment), manager if place else None, ACCOUNT)
        run(session, AddMember(kuerzel=member.kuerzel, name=member.name, role=member.roles))


def _set_reminder(store: Store, today: dt.date, follow: FollowData) -> None:
    then = berlin_moment(today - dt.timedelta(days=follow.set_ago), dt.time(10))
    session = Session(store, FixedClock(then), follow.creator or follow.owner, ACCOUNT)
    kind, _, key = follow.subject.partition(":")
    action = SetReminder(
        vpa=key if kind == "vpa" else None,
        customer=key if kind == "customer" else None,
        due=berlin_moment(today + dt.timedelta(days=follow.due), dt.time(follow.hour)),
        reason=follow.reason,
        receiver=follow.owner,
    )
    outcome = run(session, action)
    if follow.taken_by:
        _take_over(store, today, follow, str(outcome.result.shown["id"]))


def _take_over(store: Store, today: dt.date, follow: FollowData, reminder: str) -> None:
    away = next(member.away for member in MEMBERS if member.kuerzel == follow.owner)
    assert away is not None
    first = berlin_moment(today + dt.timedelta(days=away[1]), dt.time(9))
    mark = MarkAway(kuerzel=follow.owner, reason=away[0], start=first.date(), end=today + dt.timedelta(days=away[2]))
    run(Session(store, FixedClock(first), MEMBERS[0].kuerzel, ACCOUNT), mark)
    run(Session(store, FixedClock(first), follow.taken_by, ACCOUNT), TakeReminder(id=reminder))


def _mark_away(store: Store, today: dt.date) -> None:
    """Members whose absence no take-over has entered yet."""
    for member in MEMBERS:
        if member.away is None or Leave.select().where(Leave.member == member.kuerzel).exists():
            continue
        reason, first, last = member.away
        days = dt.timedelta(days=1)
        action = MarkAway(kuerzel=member.kuerzel, reason=reason, start=today + first * days, end=today + last * days)
        moment = berlin_moment(today + first * days, dt.time(9))
        run(Session(store, FixedClock(moment), MEMBERS[0].kuerzel, ACCOUNT), action)
