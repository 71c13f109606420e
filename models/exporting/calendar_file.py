"""What is coming as a calendar file (RFC 5545, CONTRACT §17): to be subscribed to, with nothing internal in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from icalendar import Calendar, Event, Timezone

from models.action.subjects import name_of
from models.action.work import Work
from models.ground import clock
from models.tables.flag import Flag
from models.tables.history import History
from models.tables.people import Customer, Leave, Member, Vpa
from models.tables.reminder import Reminder
from models.tables.task import Task

ZONE = "Europe/Berlin"
BERLIN = f"""BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")
"""The rules by which Berlin changes its clocks."""

KEPT = 31
"""Days for which what is over stays in the calendar."""

CALL = "3-6"
"""Stage of the VPA-Journey that has a Check-in Call (J-02)."""


def calendar(work: Work, *, names: bool = False, team: bool = False) -> bytes:
    """The calendar of the acting member, or with `team` of everybody; with `names` it says of whom."""
    whole = Calendar()
    whole.add("prodid", "-//Schicht//Kalender//DE")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", "Schicht: Team" if team else f"Schicht: {work.me}")
    whole.add_component(Timezone.from_ical(BERLIN))
    members = list(Member.select().where(Member.left_on.is_null())) if team else [work.member]
    for event in events(work, [member for member in members if member is not None], names):
        event.add("dtstamp", work.now.astimezone(dt.UTC).replace(tzinfo=dt.UTC, microsecond=0))
        whole.add_component(event)
    return bytes(whole.to_ical())


def events(work: Work, members: Iterable[Member], names: bool) -> Iterator[Event]:
    """All of these members, each thing once."""
    known = {member.kuerzel: member for member in members}
    yield from _reminders(known, names)
    yield from _calls(work, known, names)
    yield from _absences(work, known)
    yield from _deadlines(known, names)


def _event(uid: str, start: dt.date, title: str, end: dt.date | None = None) -> Event:
    """A whole day where `start` is a date, else a time in Berlin."""
    event = Event()
    event.add("uid", f"{uid}@schicht")
    event.add("summary", title)
    if isinstance(start, dt.datetime):
        local = clock.in_berlin(start)
        event.add("dtstart", dt.datetime.combine(local.date(), local.time()), parameters={"TZID": ZONE})
        return event
    event.add("dtstart", start)
    event.add("dtend", (end or start) + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _reminders(known: dict[str, Member], names: bool) -> Iterator[Event]:
    mine = Reminder.select().where(Reminder.state == "open", Reminder.owner.in_(list(known))).order_by(Reminder.id)
    for row in mine.iterator():
        due = clock.in_berlin(row.due)
        whom = name_of(row.subject) if names else row.subject.partition(":")[2]
        start = due.date() if due.time() == clock.MIDNIGHT else due
        yield _event(f"reminder-{row.id}", start, f"Reminder {row.id} ({row.owner}): {whom}")


def _calls(work: Work, known: dict[str, Member], names: bool) -> Iterator[Event]:
    """Check-in Calls that a member has agreed, or is Buddy of."""
    ours = {word.casefold() for member in known.values() for word in (member.kuerzel, member.name)}
    for flag in Flag.select(Flag, Vpa).join(Vpa).where(Flag.stage == CALL).order_by(Flag.id).iterator():
        moment = flag.details.get("appointment")
        buddy = str(flag.details.get("buddy") or flag.vpa.buddy or "").strip().casefold()
        if not moment or not (flag.removed_by in known or buddy in ours):
            continue
        start = clock.parse_moment(moment)
        if clock.day_of(start) >= work.today - dt.timedelta(days=KEPT):
            yield _event(f"flag-{flag.id}", start, f"Check-in Call: {flag.vpa.name if names else flag.vpa_id}")


def _absences(work: Work, known: dict[str, Member]) -> Iterator[Event]:
    """Never why somebody is away."""
    since = work.today - dt.timedelta(days=KEPT)
    for leave in Leave.select().where(Leave.member.in_(list(known)), Leave.end >= since).order_by(Leave.id):
        yield _event(f"leave-{leave.id}", leave.start, f"{leave.member_id} abwesend", leave.end)


def _deadlines(known: dict[str, Member], names: bool) -> Iterator[Event]:
    """Forwarded tasks that one of them has checked last."""
    tasks: Any = (
        Task.select(Task, Customer).join(Customer).where(Task.state == "forwarded", Task.deadline.is_null(False))
    )
    for task in tasks.order_by(Task.id).iterator():
        if _checked_last(task.id) in known:
            whom = f"{task.title} ({task.customer.name})" if names else task.id
            yield _event(f"task-{task.id}", task.deadline, f"Deadline: {whom}")


def _checked_last(task: str) -> str | None:
    """Kürzel of who has checked it last, if that was not undone."""
    checks = (History.subject == f"task:{task}", History.action == "task.check", History.route == "do")
    for row in History.select().where(*checks).order_by(History.id.desc()):
        later = History.select(History.route).where(History.target == row.id).order_by(History.id.desc()).first()
        if later is None or later.route == "redo":
            return str(row.member)
    return None
