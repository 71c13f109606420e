"""Numbers over time (CONTRACT §20, L-01): the same from SQL and from plain Python over every row, on both engines."""

from __future__ import annotations

import datetime as dt
import random
import statistics
from collections.abc import Iterable
from typing import Any

import pytest

from models.ground import clock
from models.tables.case import Case
from models.tables.day import Day
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.people import Assignment, Customer
from models.tables.reminder import Reminder
from models.tables.task import Note, Task
from tests.support import cases as lay
from tests.support.world import World

FIRST, LAST = dt.date(2025, 9, 8), dt.date(2025, 11, 4)
GIVEN = ("--since", FIRST.isoformat(), "--until", LAST.isoformat())


@pytest.fixture
def team(world: World) -> World:
    """ANN and her team on Wednesday 5 November 2025, 14:00; three VPAs, two customers."""
    lay.team(world)
    for key in ("V2", "V3"):
        lay.vpa(key, f"Mira {key}")
    for key in ("K1", "K2"):
        if Customer.get_or_none(Customer.id == key) is None:
            lay.customer(key, f"Bäckerei {key}")
    return world


def moment(chance: random.Random, since: dt.date = dt.date(2025, 8, 1)) -> dt.datetime:
    """Some moment up to now, often around the change of the clocks and around midnight."""
    day = since + dt.timedelta(days=chance.randrange((dt.date(2025, 11, 5) - since).days))
    if chance.random() < 0.2:
        day = dt.date(2025, 10, 25) + dt.timedelta(days=chance.randrange(3))
    return clock.berlin_moment(day, dt.time(chance.choice((0, 0, 12, 23)), chance.choice((0, 30, 59))))


def fill(seed: int) -> None:
    """Something of everything at any time."""
    chance = random.Random(seed)
    who, vpas, customers = ("ANN", "KIM", "TOM"), ("V1", "V2", "V3"), ("K1", "K2")
    for number in range(40):
        vpa, customer, member = chance.choice(vpas), chance.choice(customers), chance.choice(who)
        begin, later = sorted((moment(chance), moment(chance)))
        over = chance.random() < 0.6
        subject = chance.choice((f"vpa:{vpa}", f"customer:{customer}"))
        Case.create(
            kind=f"class{number}", vpa=vpa, vpa_name="M", vpa_folded="m", opened_at=begin,
            state="resolved" if over else "open",
            changed_on=clock.day_of(begin), resolved_at=later if over else None, resolved_by=member if over else None,
        )  # fmt: skip
        Reminder.create(
            subject=subject, due=moment(chance, dt.date(2025, 9, 1)), reason="x", owner=member, original_owner=member,
            created_by=chance.choice(who), created_at=begin, state="done" if over else "open",
            done_at=later if over else None, done_by=member if over else None,
        )  # fmt: skip
        file = "vpa_akte" if subject.startswith("vpa:") else chance.choice(("oteam", "vpa_kunde"))
        Entry.create(
            file=file, subject=subject, kind=chance.choice(("other", "task_declined")), situation="x", author=member,
            account="", created_at=begin, withdrawn_at=later if chance.random() < 0.2 else None,
        )  # fmt: skip
        Task.create(
            id=f"T{number}", customer=customer, vpa=vpa, title="x", folded="x", state="offen",
            forwarded_at=begin if over else None, offered_at=later if over else None, offered_by=member,
            declined_at=begin if not over else None,
        )  # fmt: skip
        kind = chance.choice(("return", "note"))
        Note.create(task=f"T{number}", at=begin, author=member, text="x", kind=kind, vpa=vpa)
        Handover.create(
            customer=customer, vpa=vpa, opened_at=begin, opened_by=member, closed_by=member, closed_at=later,
            state=chance.choice(("finished", "rejected")),
        )  # fmt: skip
        start = clock.day_of(begin)
        key = (Assignment.customer == customer, Assignment.vpa == vpa, Assignment.start == start)
        if not Assignment.get_or_none(*key):
            end = start - dt.timedelta(days=chance.randrange(2))
            Assignment.create(customer=customer, vpa=vpa, start=start, end=end)
        if Day.get_or_none(Day.date == clock.day_of(later)) is None:
            Day.create(date=clock.day_of(later), sealed_by=member, sealed_at=later)
    for vpa in vpas:
        for stage in ("0-3", "3-6"):
            begin, later = sorted((moment(chance), moment(chance)))
            state = chance.choice(("open", "removed", "baseline"))
            over = state == "removed"
            Flag.create(
                vpa=vpa, vpa_name="M", vpa_folded="m", stage=stage, raised_on=clock.day_of(begin), state=state,
                removed_at=later if over else None, removed_by="ANN" if over else None,
            )  # fmt: skip


class Oracle:
    """The same numbers, counted row by row."""

    def __init__(self, world: World, first: dt.date, last: dt.date, by: str = "", key: str = "") -> None:
        self.work, self.first, self.last, self.by, self.key = world.session().work(), first, last, by, key

    def inside(self, when: Any) -> bool:
        """Whether a moment or day lies in the time."""
        if when is None:
            return False
        return self.first <= (clock.day_of(when) if isinstance(when, dt.datetime) else when) <= self.last

    def mine(self, row: Any, member: str = "") -> bool:
        """Whether a row belongs to the one who is asked for; `member` names the column of who did it."""
        if not self.by:
            return True
        if self.by == "member":
            return bool(member) and getattr(row, member) == self.key
        subject = getattr(row, "subject", "")
        if subject:
            return bool(subject == f"{self.by}:{self.key}")
        return bool(getattr(row, f"{self.by}_id", getattr(row, self.by, None)) == self.key)

    def count(self, rows: Iterable[Any], when: str, member: str = "") -> int:
        """How many of them happened in the time."""
        return sum(self.inside(getattr(row, when)) and self.mine(row, member) for row in rows)

    def open_at_the_end(self, rows: Iterable[Any], begin: str, end: str) -> list[Any]:
        """Those of a VPA, or of all, that are open when the time is over."""
        found = []
        for row in rows:
            since, until = getattr(row, begin), getattr(row, end)
            day = clock.day_of(since) if isinstance(since, dt.datetime) else since
            if day <= self.last and (until is None or clock.day_of(until) > self.last):
                found.append(row)
        return [row for row in found if self.by in ("", "vpa") and self.mine(row)]

    def numbers(self) -> dict[str, dict[str, Any]]:
        """In the shape of CONTRACT §20, without `days.missing`."""
        finished = [row for row in Handover.select() if row.state == "finished"]
        return {
            "cases": self.cases(list(Case.select())),
            "reminders": self.reminders(list(Reminder.select())),
            "flags": self.flags([flag for flag in Flag.select() if flag.state != "baseline"]),
            "tasks": self.tasks(list(Task.select())),
            "handovers": {
                "opened": self.count(Handover.select(), "opened_at", "opened_by"),
                "finished": self.count(finished, "closed_at", "closed_by"),
                "changes": self.count(self.begun(), "start"),
            },
            "days": {"sealed": self.count(Day.select(), "date", "sealed_by")},
            "entries": {
                file: self.count([e for e in self.entries() if e.file == file], "created_at", "author")
                for file in ("oteam", "vpa_kunde", "vpa_akte")
            },
        }

    def cases(self, rows: list[Case]) -> dict[str, Any]:
        """Numbers of Cases."""
        over = [row for row in rows if self.inside(row.resolved_at) and self.mine(row, "resolved_by")]
        took = [(clock.day_of(row.resolved_at) - clock.day_of(row.opened_at)).days for row in over]
        stock = self.open_at_the_end(rows, "opened_at", "resolved_at")
        return {
            "raised": self.count(rows, "opened_at"),
            "resolved": len(over),
            "open": len(stock),
            "median_days": statistics.median(took) if took else None,
            "oldest_days": max(((self.last - clock.day_of(row.opened_at)).days for row in stock), default=None),
        }

    def reminders(self, rows: list[Reminder]) -> dict[str, Any]:
        """Numbers of Reminders."""
        due = [self.lateness(row) for row in rows if self.inside(row.due) and self.mine(row, "owner")]
        late = [days for days in due if days > 0]
        return {
            "set": self.count(rows, "created_at", "created_by"),
            "done": self.count(rows, "done_at", "done_by"),
            "late": len(late),
            "median_late_days": statistics.median(late) if late else None,
        }

    def flags(self, rows: list[Flag]) -> dict[str, int]:
        """Numbers of Neu-Flags."""
        return {
            "raised": self.count(rows, "raised_on"),
            "removed": self.count(rows, "removed_at", "removed_by"),
            "open": len(self.open_at_the_end(rows, "raised_on", "removed_at")),
        }

    def tasks(self, rows: list[Task]) -> dict[str, int]:
        """Numbers of tasks; who declined stands in the entry."""
        declines = [entry for entry in self.entries() if (entry.kind, entry.file) == ("task_declined", "oteam")]
        returns: list[Any] = [note for note in Note.select() if note.kind == "return"]
        for note in returns:
            note.customer = note.task.customer_id
        by_member = self.by == "member"
        return {
            "forwarded": self.count(rows, "forwarded_at"),
            "returned": self.count(returns, "at", "author"),
            "declined": self.count(*((declines, "created_at", "author") if by_member else (rows, "declined_at"))),
            "offered": self.count(rows, "offered_at", "offered_by"),
        }

    def entries(self) -> list[Entry]:
        """Those that stand."""
        return [entry for entry in Entry.select() if entry.withdrawn_at is None]

    def lateness(self, row: Reminder) -> int:
        """Days behind the due day."""
        return ((clock.day_of(row.done_at) if row.done_at else self.work.today) - clock.day_of(row.due)).days

    def begun(self) -> list[Assignment]:
        """Assignments that took effect and are not the customer's first."""
        found: list[Assignment] = []
        for customer in ("K1", "K2"):
            mine = Assignment.select().where(Assignment.customer == customer)
            ordered = list(mine.order_by(Assignment.start, Assignment.id))
            found += [a for a in ordered[1:] if a.end is None or a.end >= a.start]
        return found


def bare(line: dict[str, Any]) -> dict[str, Any]:
    """An answer without its head and without the days that are missing."""
    parts = {name: value for name, value in line.items() if isinstance(value, dict)}
    return {**parts, "days": {"sealed": line["days"]["sealed"]}}


@pytest.mark.parametrize("seed", range(4))
def test_the_whole_time_is_what_the_rows_say(team: World, seed: int) -> None:
    fill(seed)
    shown = team.cli("stats", *GIVEN).ok().json
    assert (shown["from"], shown["until"]) == (FIRST.isoformat(), LAST.isoformat())
    assert bare(shown) == Oracle(team, FIRST, LAST).numbers()


@pytest.mark.parametrize("seed", range(2))
def test_each_week_runs_monday_to_sunday_and_is_what_its_rows_say(team: World, seed: int) -> None:
    fill(seed)
    weeks = team.cli("stats", *GIVEN, "--by", "week").ok().lines
    assert [week["key"] for week in weeks][:2] == ["2025-W37", "2025-W38"]
    assert weeks[-1]["until"] == LAST.isoformat()
    for week in weeks:
        first, last = (dt.date.fromisoformat(week[name]) for name in ("from", "until"))
        assert first.weekday() == 0
        assert bare(week) == Oracle(team, first, last).numbers(), week["key"]


@pytest.mark.parametrize("by", ["member", "vpa", "customer"])
def test_each_member_vpa_and_customer_has_a_line(team: World, by: str) -> None:
    fill(7)
    lines = team.cli("stats", *GIVEN, "--by", by).ok().lines
    assert {"ANN", "KIM"} <= {line["key"] for line in lines} or by != "member"
    for line in lines:
        assert line["name"]
        assert bare(line) == Oracle(team, FIRST, LAST, by, line["key"]).numbers(), line["key"]


def test_without_anything_asked_it_is_eight_weeks_up_to_today(team: World) -> None:
    shown = team.cli("stats").ok().json
    assert (shown["from"], shown["until"]) == ("2025-09-15", "2025-11-05")
    assert shown["cases"]["median_days"] is None
    assert team.cli("stats", "--weeks", "1").ok().json["from"] == "2025-11-03"
    assert team.cli("stats", "--weeks", "0").exit_code == 2
    assert team.cli("stats", "--by", "phase").exit_code == 2
    assert team.cli("stats", "--since", "2025-11-05", "--until", "2025-11-04").exit_code == 2


def test_a_day_without_seal_is_missing_once_it_is_past(team: World) -> None:
    Day.create(date=dt.date(2025, 11, 3), sealed_by="ANN", sealed_at=clock.parse_moment("2025-11-03T15:00"))
    assert [line["date"] for line in team.cli("day", "missing", "--since", "2025-10-31").ok().lines] == [
        "2025-11-04", "2025-10-31",
    ]  # fmt: skip
    assert team.cli("stats", "--since", "2025-10-31").ok().json["days"] == {"sealed": 1, "missing": 2}
    assert team.cli("day", "missing", now="2025-11-06T09:00").ok().lines[0] == {
        "date": "2025-11-05", "sealed_by": None, "leftovers": [],
    }  # fmt: skip


def test_a_person_reads_it_in_german(team: World) -> None:
    fill(1)
    text = team.cli("stats", "--by", "member", json=False).ok().stdout
    assert "erledigt" in text
    assert "cases_raised" not in text
