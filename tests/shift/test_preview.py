"""Four weeks ahead, and who has how much to do: what is shown, and what is not (A-09, A-22, R-01, R-05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from models.shift.preview.coming import Coming
from models.shift.preview.preview import preview
from models.shift.preview.workload import workload
from models.tables.people import Absence
from tests.support.cases import away, customer, day, flag, in_charge, left, reminder, team, vpa
from tests.support.world import World


@pytest.fixture
def desk(world: World) -> World:
    """The team on Wednesday 5 November 2025: V1 and K1, and nothing in charge of anything yet."""
    return team(world)


def absent(key: str, vpa: str, first: str, last: str, **more: Any) -> None:
    """An absence of a VPA."""
    Absence.create(id=key, vpa=vpa, start=day(first), end=day(last), entered_on=day("2025-10-01"), **more)


def task(key: str, deadline: str, **more: Any) -> None:
    """A task of K1."""
    from models.tables.task import Task

    values = {"customer": "K1", "title": "Messeliste", "folded": "messeliste", "state": "offen", **more}
    Task.create(id=key, deadline=day(deadline), **values)


def rows(world: World, group: str) -> Iterator[Coming]:
    """All rows of a group."""
    return (row for week in preview(world.session().work()) for row in getattr(week, group).rows)


def test_four_weeks_from_today_as_calendar_weeks(desk: World) -> None:
    weeks = [one.week for one in preview(desk.session().work())]
    assert [week.number for week in weeks] == [45, 46, 47, 48, 49]
    assert (weeks[0].first, weeks[0].last) == (day("2025-11-05"), day("2025-11-09"))
    assert (weeks[-1].first, weeks[-1].last) == (day("2025-12-01"), day("2025-12-02"))
    monday = preview(desk.session(now="2025-11-03T09:00").work())
    assert [one.week.number for one in monday] == [45, 46, 47, 48]


def test_a09_who_enters_which_stage_on_which_day(desk: World) -> None:
    for key, start, more in (
        ("NEU", "2025-11-20", {}), ("DREI", "2025-08-10", {}), ("ZWOELF", "2024-12-02", {}),
        ("HEUTE", "2025-05-05", {}), ("GESTERN", "2025-05-04", {}), ("SPAETER", "2025-08-31", {}),
        ("MONATSENDE", "2024-11-30", {}), ("ZU-SPAET", "2025-12-03", {}), ("WEG", "2025-08-10", {"gone": True}),
        ("HATTE", "2025-08-10", {}),
    ):  # fmt: skip
        vpa(key, f"VPA {key}", start=day(start), **more)
    flag("3-6", "HATTE", state="removed")
    assert [(row.name, row.stage, row.day.isoformat()) for row in rows(desk, "stages")] == [
        ("VPA HEUTE", "6-9", "2025-11-05"),
        ("VPA DREI", "3-6", "2025-11-10"),
        ("VPA NEU", "0-3", "2025-11-20"),
        ("VPA SPAETER", "3-6", "2025-11-30"),
        ("VPA MONATSENDE", ">12", "2025-11-30"),
        ("VPA ZWOELF", ">12", "2025-12-02"),
    ]


def test_more_than_a_screenful_is_counted(desk: World) -> None:
    for number in range(7):
        vpa(f"N{number}", "Neu", start=day("2025-11-06" if number < 4 else "2025-11-07"))
        reminder(due="2025-11-08")
    week = preview(desk.session().work(), most=3)[0]
    assert (week.stages.count, [row.subject for row in week.stages.rows]) == (7, ["vpa:N0", "vpa:N1", "vpa:N2"])
    assert (week.reminders.count, len(week.reminders.rows)) == (7, 3)


def test_absences_meet_the_deadlines_of_the_vpas_customers(desk: World) -> None:
    vpa("V2", "Can Demir")
    customer("K2", "Praxis")
    in_charge("K1", "V2", "2024-01-01", "2025-10-31")
    in_charge("K1", "V1", "2025-11-01")
    in_charge("K2", "V2", "2024-01-01")
    absent("A1", "V1", "2025-11-10", "2025-11-12")
    absent("A2", "V2", "2025-11-10", "2025-11-14", withdrawn=True)
    for key, when, more in (
        ("T-first", "2025-11-10", {}), ("T-last", "2025-11-12", {"vpa": "V1"}), ("T-after", "2025-11-13", {}),
        ("T-over", "2025-11-11", {"state": "erledigt"}), ("T-other", "2025-11-11", {"vpa": "V2"}),
        ("T-K2", "2025-11-11", {"customer": "K2"}),
    ):  # fmt: skip
        task(key, when, **more)
    late = reminder("customer:K1", due="2025-11-12T23:30")
    reminder("customer:K1", due="2025-11-13T00:00")
    reminder("customer:K1", due="2025-11-11", state="done")
    reminder("vpa:V1", due="2025-11-11")
    reminder("customer:K2", due="2025-11-11")
    found = list(rows(desk, "absences"))
    assert [row.about for row in found] == ["task:T-first", f"reminder:{late.id}", "task:T-last"]
    assert {(row.subject, row.who, row.until, row.why) for row in found} == {
        ("customer:K1", "Mira Keller", day("2025-11-12"), "absence")
    }
    assert [row.day for row in found] == [day("2025-11-10"), day("2025-11-12"), day("2025-11-12")]
    assert found[0].text == "Messeliste"


def test_reminders_on_a_free_day_or_while_their_owner_is_away(desk: World) -> None:
    away("TOM", "2025-11-13", "2025-11-14", "sick")
    left("LIA")
    for owner, due in (
        ("ANN", "2025-11-07T23:59"), ("ANN", "2025-11-08"), ("ANN", "2025-11-09T23:59"), ("ANN", "2025-11-10"),
        ("TOM", "2025-11-12T23:59"), ("TOM", "2025-11-13"), ("TOM", "2025-11-14T23:59"), ("TOM", "2025-11-15"),
        ("LIA", "2025-11-17"), ("ANN", "2025-12-06"),
    ):  # fmt: skip
        reminder(owner=owner, due=due)
    reminder(due="2025-11-08", state="done")
    assert [(row.day.day, row.who, row.why) for row in rows(desk, "reminders")] == [
        (8, "ANN", "weekend"), (9, "ANN", "weekend"), (13, "TOM", "sick"), (14, "TOM", "sick"),
        (15, "TOM", "weekend"), (17, "LIA", "left"),
    ]  # fmt: skip
    assert next(rows(desk, "reminders")).name == "Mira Keller"


def test_a22_a_public_holiday_is_a_free_day_too(desk: World) -> None:
    reminder(due="2025-12-25")
    reminder("customer:K1", due="2025-12-24")
    found = [row for week in preview(desk.session(now="2025-12-10T09:00").work()) for row in week.reminders.rows]
    assert [(row.why, row.name) for row in found] == [("holiday", "Mira Keller")]


def test_the_workload_counts_each_members_days(desk: World) -> None:
    away("TOM", "2025-11-06", "2025-11-09")
    left("LIA")
    left("SAM")
    for owner, due in (
        ("ANN", "2025-11-04T23:59"), ("ANN", "2025-11-05"), ("ANN", "2025-11-05T23:59"), ("ANN", "2025-11-08"),
        ("ANN", "2025-11-10T10:00"), ("TOM", "2025-11-06"), ("LIA", "2025-11-07"), ("ANN", "2025-12-24"),
    ):  # fmt: skip
        reminder(owner=owner, due=due)
    reminder(due="2025-11-06", state="done")
    found = workload(desk.session().work(), 4)
    assert [one.day for one in found.days] == [5, 6, 7, 10]
    loads = {load.kuerzel: load for load in found.members}
    assert (loads["ANN"].overdue, loads["ANN"].due) == (1, (2, 0, 0, 2))
    assert (loads["TOM"].due, loads["TOM"].away) == ((0, 1, 0, 0), (False, True, True, False))
    assert loads["LIA"].away == (True,) * 4
    assert "SAM" not in loads
    assert loads["VIO"].due == (0, 0, 0, 0)
    assert found.most == 2
    saturday = workload(desk.session(now="2025-11-08T09:00").work(), 1)
    assert saturday.days == (dt.date(2025, 11, 10),)
    assert next(load.due for load in saturday.members if load.kuerzel == "ANN") == (2,)


def test_the_command_tells_the_same_in_json_and_in_words(desk: World) -> None:
    in_charge("K1", "V1", "2025-11-01")
    absent("A1", "V1", "2025-11-10", "2025-11-12")
    task("T1", "2025-11-11")
    vpa("V2", "Can Demir", start=day("2025-08-06"))
    row = reminder(due="2025-11-08")
    shown = desk.cli("shift", "preview").json
    assert (shown["from"], shown["until"]) == ("2025-11-05", "2025-12-02")
    first, second = shown["weeks"][:2]
    assert first["stages"] == {"count": 1, "rows": [
        {"day": "2025-11-06", "subject": "vpa:V2", "name": "Can Demir", "about": None, "text": "", "stage": "3-6",
         "why": None, "who": None, "until": None}]}  # fmt: skip
    assert [one["about"] for one in first["reminders"]["rows"]] == [f"reminder:{row.id}"]
    assert [one["about"] for one in second["absences"]["rows"]] == ["task:T1"]
    assert next(one["days"][3] for one in shown["workload"] if one["member"] == "ANN") == {
        "day": "2025-11-10", "due": 1, "away": False,
    }  # fmt: skip
    text = desk.cli("shift", "preview", "--limit", "0", json=False).stdout
    assert "Neue Phasen · 1" in text
    assert "… und 1 weiterer" in text
    assert "Can Demir" not in text
    text = desk.cli("shift", "preview", json=False).stdout
    assert "weg bis 12.11.: Mira Keller" in text
    assert "ANN · Samstag" in text
