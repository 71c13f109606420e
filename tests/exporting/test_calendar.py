"""What is coming as a calendar (CONTRACT §17)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from models.tables.people import Leave
from tests.support import office as lay
from tests.support.world import World


@pytest.fixture
def busy(world: World) -> World:
    """TOM has a day and a time, a call, a holiday and a task that he has checked."""
    lay.settle(world)
    for due, reason in (("2025-11-20", "geheim"), ("2025-11-21T09:30", "geheim")):
        world.cli("reminder", "set", "--customer", "K001", "--due", due, "--reason", reason).ok()
    world.cli("reminder", "set", "--vpa", "V001", "--due", "2025-11-20", "--reason", "x", as_="KIM").ok()
    lay.flag(stage="3-6", details={"appointment": "2025-11-12T10:00:00+01:00", "buddy": "tom"})
    lay.flag(vpa="V002", stage="3-6", details={"appointment": "2025-11-12T11:00:00+01:00", "buddy": "KIM"})
    Leave.create(member="TOM", reason="sick", start=dt.date(2025, 11, 6), end=dt.date(2025, 11, 7))
    lay.task("T2", state="forwarded", deadline=dt.date(2025, 11, 28))
    world.cli("task", "check", "T2", "--tags-checked").ok()
    return world


def shown(text: str) -> dict[str, Any]:
    """Start and title by UID."""
    events = Calendar.from_ical(text).walk("VEVENT")
    return {str(event["uid"]): (event.decoded("dtstart"), str(event["summary"])) for event in events}


def test_own_things_by_their_ids_alone(busy: World) -> None:
    text = busy.cli("calendar", json=False).ok().stdout
    found = shown(text)
    assert sorted(found) == ["flag-1@schicht", "leave-1@schicht", "reminder-1@schicht", "reminder-2@schicht",
                             "task-T2@schicht"]  # fmt: skip
    assert found["reminder-1@schicht"] == (dt.date(2025, 11, 20), "Reminder 1 (TOM): K001")
    assert found["reminder-2@schicht"][0].isoformat() == "2025-11-21T09:30:00+01:00"
    assert "DTSTART;TZID=Europe/Berlin:20251121T093000" in text
    assert found["task-T2@schicht"] == (dt.date(2025, 11, 28), "Deadline: T2")
    for word in ("geheim", "Sommer", "Mira", "Messeliste", "sick", "krank"):
        assert word not in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert len({line for line in text.splitlines() if line.startswith("DTSTAMP")}) == 1


def test_with_names_and_for_the_team(busy: World, tmp_path: Path) -> None:
    path = tmp_path / "team.ics"
    for _ in range(2):
        busy.cli("calendar", "--names", "--team", "--out", str(path)).ok()
    found = shown(path.read_text(encoding="utf-8"))
    assert found["reminder-3@schicht"][1] == "Reminder 3 (KIM): Mira Keller"
    assert found["flag-2@schicht"][1] == "Check-in Call: Jonas Äpfel"
    assert found["task-T2@schicht"][1] == "Deadline: Messeliste (Bäckerei Sommer)"
    assert "geheim" not in path.read_text(encoding="utf-8")


def test_ids_stay_and_what_is_done_goes(busy: World) -> None:
    before = set(shown(busy.cli("calendar", json=False).ok().stdout))
    busy.cli("undo").ok()
    log = ("--log", "erledigt", "--log-file", "oteam", "--log-kind", "other")
    busy.cli("reminder", "done", "1", "--outcome", "solved", *log).ok()
    after = set(shown(busy.cli("calendar", json=False).ok().stdout))
    assert before - after == {"reminder-1@schicht", "task-T2@schicht"}


def test_lines_end_and_fold_as_the_standard_says(busy: World) -> None:
    text = busy.cli("calendar").ok().json["ics"]
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
