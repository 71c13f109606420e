"""Reminders that come again, and who sees first what an absent member has due."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ground.workdays import Workdays
from models.reminder.pages import reminder_listing
from models.shared.recurring import EVERY, next_day
from models.tables.people import Leave, Member
from models.tables.reminder import Reminder
from tests.support import office as lay
from tests.support.world import World

DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
LOG = ("--log", "erledigt", "--log-file", "oteam", "--log-kind", "other")


@pytest.fixture
def office(world: World) -> World:
    """The small office; TOM acts."""
    return lay.settle(world)


@given(every=st.sampled_from(EVERY), due=DAYS, late=st.integers(0, 200))
def test_the_next_one_lies_ahead_and_on_a_working_day(every: str, due: dt.date, late: int) -> None:
    workdays, today = Workdays(), due + dt.timedelta(days=late)
    day = next_day(every, due, today, workdays)
    assert day > today
    assert workdays.is_workday(day)
    longest = {"1d": 8, "1w": 14, "2w": 21, "1m": 38, "3m": 100}[every]
    assert (day - today).days <= longest


@pytest.mark.parametrize(
    ("every", "day"),
    [("1d", "2025-11-21"), ("1w", "2025-11-27"), ("2w", "2025-12-04"), ("1m", "2025-12-22"), ("3m", "2026-02-20")],
)
def test_closing_one_sets_the_next_and_undo_takes_both_back(office: World, every: str, day: str) -> None:
    """The 20th of December 2025 is a Saturday."""
    set_ = ("reminder", "set", "--customer", "K001", "--due", "2025-11-20T09:30", "--reason", "anrufen")
    assert office.cli(*set_, "--every", every).ok().json["every"] == every
    office.cli("reminder", "done", "1", "--outcome", "solved", *LOG, now="2025-11-20T11:00").ok()
    old, new = Reminder.select().order_by(Reminder.id)
    assert (old.state, new.state, new.owner, new.reason, new.every) == ("done", "open", "TOM", "anrufen", every)
    shown = office.cli("reminder", "show", str(new.id)).ok().json
    assert shown["due"] == f"{day}T09:30:00+01:00"
    office.cli("undo", now="2025-11-20T11:00").ok()
    assert [reminder.state for reminder in Reminder.select()] == ["open"]


def test_another_rhythm_is_wrong_usage_and_without_one_nothing_comes_again(office: World) -> None:
    set_ = ("reminder", "set", "--customer", "K001", "--due", "2025-11-20", "--reason", "x")
    assert office.cli(*set_, "--every", "5d").exit_code == 2
    assert "every" not in office.cli(*set_).ok().json
    office.cli("reminder", "done", "1", "--outcome", "solved", *LOG).ok()
    assert Reminder.select().count() == 1


def test_the_deputy_sees_first_what_falls_due_r_05(office: World) -> None:
    """While the owner is away, behind what is one's own; taking stays one key."""
    office.cli("member", "set", "KIM", "--deputy", "TOM", as_="ANB").ok()
    for owner, due in (("SAL", "2025-11-01"), ("KIM", "2025-11-03"), ("TOM", "2025-11-04")):
        lay.reminder(owner=owner, due=due)

    def seen() -> list[str]:
        found = reminder_listing(office.session().work()).page(None, "from", 10)
        return [row[6] for _, row in found.rows]

    assert seen() == ["TOM", "SAL", "KIM"]
    Leave.create(member="KIM", reason="sick", start=dt.date(2025, 11, 5), end=dt.date(2025, 11, 7))
    assert seen() == ["TOM", "KIM", "SAL"]
    office.cli("reminder", "take", "2").ok()
    assert Member.get_by_id("KIM").show()["deputy"] == "TOM"
    office.cli("member", "set", "KIM", "--deputy", "-", as_="ANB").ok()
    assert "deputy" not in Member.get_by_id("KIM").show()
    assert office.cli("member", "set", "KIM", "--deputy", "KIM", as_="ANB").exit_code == 2
    assert office.cli("member", "set", "KIM", "--deputy", "XXX", as_="ANB").exit_code == 2


def test_who_leaves_hands_everything_over_at_once_r_05(office: World) -> None:
    for due in ("2025-11-01", "2025-11-30"):
        lay.reminder(owner="KIM", due=due)
    lay.reminder(owner="KIM", state="done")
    assert office.cli("member", "leave", "KIM", "--to", "KIM", as_="ANB").exit_code == 2
    Leave.create(member="SAL", reason="sick", start=dt.date(2025, 11, 5), end=dt.date(2025, 11, 7))
    refused = office.cli("member", "leave", "KIM", "--to", "SAL", as_="ANB")
    assert refused.codes == ["receiver_away"]
    left = office.cli("member", "leave", "KIM", "--to", "TOM", as_="ANB").ok().json
    assert (left["handed_over"], left["open_reminders"]) == (2, 0)
    assert sorted((r.owner, r.state) for r in Reminder.select()) == [("KIM", "done"), ("TOM", "open"), ("TOM", "open")]
    assert len(office.cli("history").ok().lines[-1]["after"]["also"]) == 2
