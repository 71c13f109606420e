"""`check` (CONTRACT §2, D-03): numbers, flags raised, the look stamped."""

from __future__ import annotations

import datetime as dt

from models.admin.verify import verify
from models.shift.day.actions import raise_due_flags
from models.tables.day import Look
from models.tables.people import Import, Leave
from tests.support import office as lay
from tests.support.world import World

SHAPE = [
    "now", "member", "own_due", "all_due", "stand_in_due", "open_cases", "new_flags", "day", "complete", "last_import",
]  # fmt: skip


def test_numbers_of_the_shift(office: World) -> None:
    """R-10: what is overdue counts as due; a Reminder due this minute is due."""
    lay.reminder(due="2025-09-01")
    lay.reminder(due="2025-11-05T14:00")
    lay.reminder(due="2025-11-05T14:01")
    lay.reminder(owner="KIM")
    lay.reminder(owner="SAL")
    lay.reminder(owner="TOM", state="done")
    Leave.create(member="KIM", reason="sick", start=dt.date(2025, 11, 5), end=dt.date(2025, 11, 5))
    lay.case()
    lay.case(kind="class", state="resolved")
    Import.create(at=lay.moment("2025-11-04T17:00"), member="TOM")
    lay.flag(stage=">12")
    lay.flag("V002", stage=">12", state="removed")
    shown = office.cli("check").ok().json
    assert list(shown) == SHAPE
    assert shown == {
        "now": "2025-11-05T14:00:00+01:00", "member": "TOM", "own_due": 2, "all_due": 4, "stand_in_due": 1,
        "open_cases": 1, "new_flags": 1, "day": {"date": "2025-11-05", "sealed_by": None, "sealed_at": None},
        "complete": False, "last_import": "2025-11-04T17:00:00+01:00",
    }  # fmt: skip


def test_a_look_is_stamped_and_in_the_history(office: World) -> None:
    """D-03: who, when, how many were due."""
    lay.reminder()
    office.cli("check").ok()
    (look,) = Look.select()
    assert (look.member, look.own_due) == ("TOM", 1)
    rows = office.cli("history").lines[1:]
    assert [(row["action"], row["member"]) for row in rows] == [("journey.raise", None), ("check", "TOM")]
    assert rows[1]["after"]["own_due"] == 1
    assert rows[0]["after"] == {"flags": 2}
    assert verify() == 3


def test_flags_are_raised_once(office: World) -> None:
    """J-00: for the current stage, once per VPA and stage, what the program does by itself has no member."""
    assert office.cli("check").json["new_flags"] == 2
    assert office.cli("check").json["new_flags"] == 2
    assert raise_due_flags(office.session()) == 0
    lay.vpa("V003", "Nina Neu", start=dt.date(2025, 11, 1))
    lay.vpa("V004", "Gerd Gone", start=dt.date(2025, 11, 1), gone=True)
    lay.vpa("V005", "Theo Später", start=dt.date(2025, 11, 6))
    assert raise_due_flags(office.session()) == 1
    assert [row["after"] for row in office.cli("history").lines if row["action"] == "journey.raise"] == [
        {"flags": 2}, {"flags": 1},
    ]  # fmt: skip


def test_without_acting_member_it_only_reads(office: World) -> None:
    office.me = None
    before = lay.content()
    shown = office.cli("check").ok().json
    assert (shown["member"], shown["own_due"], shown["new_flags"]) == (None, None, 0)
    assert lay.content() == before


def test_a_dry_run_raises_and_stamps_nothing(office: World) -> None:
    before = lay.content()
    assert office.cli("check", "--dry-run").json["new_flags"] == 2
    assert lay.content() == before


def test_new_flags_are_open_and_not_deferred_of_gone_vpas_too(office: World) -> None:
    lay.vpa("V004", "Gerd Gone", gone=True)
    flags = [lay.flag(stage=">12"), lay.flag("V002", stage=">12"), lay.flag("V004", stage="0-3")]
    lay.reminder(about=f"flag:{flags[0].id}", due="2025-11-06")
    lay.reminder(about=f"flag:{flags[1].id}", due="2025-11-05T14:00")
    assert office.cli("check").json["new_flags"] == 2


def test_complete_means_that_day_close_finds_nothing(office: World) -> None:
    office.cli("check", as_="KIM").ok()
    assert office.cli("check").json["complete"] is False
    for flag in (1, 2):
        lay.reminder(about=f"flag:{flag}", due="2025-11-06")
    assert office.cli("check").json["complete"] is True
    office.cli("day", "close").ok()
    assert office.cli("check").json["day"] == {
        "date": "2025-11-05", "sealed_by": "TOM", "sealed_at": "2025-11-05T14:00:00+01:00",
    }  # fmt: skip


def test_no_other_command_raises_flags(office: World) -> None:
    for args in (["vpa", "show", "V001"], ["journey", "list"], ["day", "show"], ["setting", "list"]):
        office.cli(*args).ok()
    assert office.cli("journey", "list").lines == []
