"""What happened to a member's cases while they were away: by whom, when, and what is still with a stand-in (R-05).

Theirs are the Reminders they own, owned first or hold for somebody, the VPAs and customers those hang on, the VPAs
whose buddy they are, and the Cases in which they made contact. The things are found first, then the history is asked
about these alone.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import SQL

from models.action.work import Work
from models.reminder.pages import away_members
from models.shared.entry_rules import readable_files
from models.shift.digest.last_absence import Away, tail
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.history import History
from models.tables.people import BUDDY, Customer, Member, Vpa
from models.tables.reminder import MOVED, Reminder
from models.tables.task import Task

MOST = 2_000
"""Things of one kind that are looked after."""

CHUNK = 500
"""Keys asked about at once."""

CASE = (Case.id, Case.vpa, Case.kind, Case.state, Case.opened_at)
REMINDER = (
    Reminder.id, Reminder.subject, Reminder.reason, Reminder.state, Reminder.version, Reminder.owner,
    Reminder.original_owner, Reminder.owners,
)  # fmt: skip
"""Columns that are read: whole rows of thousands take longer to build than to find."""


@dataclass(frozen=True)
class Event:
    """One thing that somebody did."""

    at: dt.datetime
    by: str | None
    """Kürzel, or author of an entry; None for what the program or an import did by itself."""
    action: str
    """Code of the action; `entry` for a file entry, `case` for a new Case."""
    text: str = ""
    """Beginning of an entry."""

    def show(self) -> dict[str, Any]:
        """One line of `events` in `shift digest`."""
        return {"at": self.at, "by": self.by, "action": self.action, "text": self.text or None}


@dataclass
class Thing:
    """A Reminder, a Case or another thing of the member's, and what became of it."""

    subject: str
    """`reminder:…`, `case:…`, `vpa:…` …"""
    belongs_to: str
    """`vpa:…` or `customer:…` whose file tells more."""
    name: str = ""
    text: str = ""
    """Reason of the Reminder, kind of the Case, title of the task."""
    state: str = ""
    holder: str | None = None
    """Who has the Reminder now."""
    owner: str | None = None
    """Whose it was at first."""
    way: str = ""
    """How it gets back: `take` from a stand-in who is away, `take_reason` for a VPA manager, `give_back` what one holds
    for somebody who is there, `ask` the stand-in to give it back.
    """
    version: int = 0
    events: list[Event] = field(default_factory=list)

    @property
    def newest(self) -> dt.datetime | None:
        """When something happened last."""
        return self.events[-1].at if self.events else None

    def show(self) -> dict[str, Any]:
        """One row of `shift digest`."""
        return {
            "subject": self.subject,
            "belongs_to": self.belongs_to,
            "name": self.name,
            "text": self.text or None,
            "state": self.state or None,
            "owner": self.holder,
            "original_owner": self.owner,
            "back_by": self.way or None,
            "events": [event.show() for event in self.events],
        }


def digest(work: Work, member: str, away: Away) -> list[Thing]:
    """What happened, newest first; before all what is still with a stand-in, or held for somebody who is back."""
    things = {thing.subject: thing for thing in _reminders(work, member, away)}
    about = sorted({thing.belongs_to for thing in things.values()} | _buddied(member))
    for thing in _others(work, member, about, away):
        things.setdefault(thing.subject, thing)
    _tell(things, member, away)
    _read_entries(work, things, about, member, away)
    shown = [thing for thing in things.values() if thing.way or thing.events]
    _name(shown)
    long_ago = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
    shown.sort(key=lambda thing: (thing.newest or long_ago, thing.subject), reverse=True)
    return sorted(shown, key=lambda thing: not thing.way)


# Whose things


def _reminders(work: Work, member: str, away: Away) -> Iterator[Thing]:
    """The member's own, those taken from them, those they hold; open ones, and those closed meanwhile."""
    absent = away_members(work.today)
    found = Member.find(member)
    manager = found is not None and found.has("vpa_manager")
    for row in _theirs(member, away):
        thing = Thing(f"reminder:{row.id}", row.subject, text=row.reason, state=row.state, version=row.version)
        thing.holder, thing.owner = row.owner, row.original_owner
        if row.state == "open":
            thing.way = _way(row, member, absent, manager)
        yield thing


def _theirs(member: str, away: Away) -> list[Any]:
    """The newest of them; each way of being theirs is a stretch of an index."""
    listed = Reminder.owners.cast("TEXT").contains(json.dumps(member, ensure_ascii=False))
    own, moved = (Reminder.owner == member,), (SQL(f"({MOVED.sql})"), (Reminder.original_owner == member) | listed)
    closed = (Reminder.state == "done", Reminder.done_at >= away.since)
    keys: set[int] = set()
    for theirs in (own, moved):
        for lasting in ((Reminder.state == "open",), closed):
            query: Any = Reminder.select(Reminder.id).where(*theirs, *lasting)
            keys |= {key for (key,) in query.order_by(Reminder.id.desc()).limit(MOST).tuples()}
    newest = _in(REMINDER, Reminder.id, sorted(keys, reverse=True)[:MOST])
    return sorted(newest, key=lambda row: row.id, reverse=True)


def _way(row: Any, member: str, absent: set[str], manager: bool) -> str:
    if row.owner == member:
        held = row.original_owner != member and row.owners
        return "give_back" if held and row.owners[-1] not in absent else ""
    if member not in (row.original_owner, *row.owners):
        return ""
    if row.owner in absent:
        return "take"
    return "take_reason" if manager else "ask"


def _buddied(member: str) -> set[str]:
    query: Any = Vpa.select(Vpa.id).where(BUDDY == member, ~Vpa.gone).limit(MOST)  # noqa: SIM300  a column
    return {f"vpa:{key}" for (key,) in query.tuples()}


def _others(work: Work, member: str, about: Sequence[str], away: Away) -> Iterator[Thing]:
    """What else hangs on these VPAs and customers, and the Cases in which the member made contact."""
    vpas, customers = _keys(about, "vpa"), _keys(about, "customer")
    contacted = _keys(_contacted(member), "case")
    for case in _in(CASE, Case.vpa, vpas) + _in(CASE, Case.id, [int(key) for key in contacted]):
        thing = Thing(f"case:{case.id}", f"vpa:{case.vpa}", text=case.kind, state=case.state)
        if away.since <= case.opened_at < away.until:
            thing.events.append(Event(case.opened_at, None, "case"))
        yield thing
    for flag in _in((Flag.id, Flag.vpa, Flag.stage, Flag.state), Flag.vpa, vpas):
        yield Thing(f"flag:{flag.id}", f"vpa:{flag.vpa}", text=flag.stage, state=flag.state)
    for task in _in((Task.id, Task.customer, Task.title, Task.state), Task.customer, customers):
        yield Thing(f"task:{task.id}", f"customer:{task.customer}", text=task.title, state=task.state)
    for handover in _in((Handover.id, Handover.customer, Handover.state), Handover.customer, customers):
        yield Thing(f"handover:{handover.id}", f"customer:{handover.customer}", state=handover.state)
    for subject in about:
        yield Thing(subject, subject)


def _contacted(member: str) -> list[str]:
    query: Any = History.select(History.subject).where(
        History.member == member, History.id > tail(), History.action == "case.contact"
    )
    return [subject for (subject,) in query.distinct().limit(MOST).tuples()]


def _keys(subjects: Iterable[str], kind: str) -> list[str]:
    return [subject.partition(":")[2] for subject in subjects if subject.startswith(f"{kind}:")]


def _in(columns: Sequence[Any], column: Any, keys: Sequence[Any]) -> list[Any]:
    """These columns of the newest rows with these keys; the first column is the primary key."""
    found: list[Any] = []
    for place in range(0, len(keys), CHUNK):
        query = column.model.select(*columns).where(column.in_(keys[place : place + CHUNK]))
        found += list(query.order_by(columns[0].desc()).limit(MOST).namedtuples())
    return found


# What happened


def _tell(things: dict[str, Thing], member: str, away: Away) -> None:
    """What others did, oldest first; what was taken back again has not happened."""
    rows, subjects = [], list(things)
    for place in range(0, len(subjects), CHUNK):
        query: Any = History.select(
            History.id, History.at, History.member, History.action, History.subject, History.route, History.target
        ).where(
            History.subject.in_(subjects[place : place + CHUNK]),
            History.id > tail(),
            History.at >= away.since,
            History.at < away.until,
            History.route.in_(("do", "undo", "redo")),
        )
        rows += list(query.tuples())
    done = {row[0]: row for row in rows if row[5] == "do"}
    gone: set[int] = set()
    for _, _, _, _, _, route, target in sorted(rows):
        if route != "do":
            (gone.add if route == "undo" else gone.discard)(target)
    for key, at, by, action, subject, *_ in sorted(done.values()):
        if by != member and key not in gone:
            things[subject].events.append(Event(at, by, action))


def _read_entries(work: Work, things: dict[str, Thing], about: Sequence[str], member: str, away: Away) -> None:
    """New entries in the files that the acting member may read."""
    files = readable_files(work.member)
    for place in range(0, len(about), CHUNK):
        query: Any = Entry.select(Entry.subject, Entry.created_at, Entry.author, Entry.situation).where(
            Entry.subject.in_(about[place : place + CHUNK]),
            Entry.created_at >= away.since,
            Entry.created_at < away.until,
            Entry.author != member,
            Entry.withdrawn_at.is_null(),
            Entry.file.in_(files or [""]),
        )
        for entry in query.order_by(Entry.created_at, Entry.id).limit(MOST).namedtuples():
            event = Event(entry.created_at, entry.author, "entry", entry.situation.strip().partition("\n")[0])
            things[entry.subject].events.append(event)
    for subject in about:
        things[subject].events.sort(key=lambda event: event.at)


def _name(things: Sequence[Thing]) -> None:
    names: dict[str, str] = {}
    about = sorted({thing.belongs_to for thing in things})
    for kind, model in (("vpa", Vpa), ("customer", Customer)):
        for row in _in((model.id, model.name), model.id, _keys(about, kind)):
            names[f"{kind}:{row.id}"] = row.name
    for thing in things:
        thing.name = names.get(thing.belongs_to, thing.belongs_to.partition(":")[2])
