"""`case contact`: who wrote to the VPA and when, and the Reminder that brings the Case back."""

from __future__ import annotations

from typing import Any

import pytest

from models.case.actions import ContactCase, ResolveCase
from models.ground import clock
from models.tables.case import Case
from models.tables.reminder import Reminder
from tests.support.cases import already_done, case, everything, moment, refused, wants
from tests.support.world import World


def contact(of: Case, **more: Any) -> ContactCase:
    return ContactCase(id=str(of.id), **more)


def test_a_contact_is_recorded_and_the_case_stays_open(desk: World) -> None:
    found = case("absence", "long")
    shown = desk.run(contact(found, note="Nach der Vertretung gefragt"))
    assert (shown["state"], shown["contacted_by"], shown["measure"]) == ("open", "ANN", None)
    assert shown["contacted_at"].isoformat() == "2025-11-05T14:00:00+01:00"
    row = Reminder.get()
    assert shown["reminders"] == [row.id]
    assert (row.subject, row.about, row.owner, row.created_by) == ("vpa:V1", f"case:{found.id}", "ANN", "ANN")
    assert Case.get().details == {"contact": {"note": "Nach der Vertretung gefragt"}}


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2025-11-05T14:00", "2025-11-06T00:00:00+01:00"),
        ("2025-11-07T14:00", "2025-11-10T00:00:00+01:00"),  # a *Monday*, and still at midnight
        ("2026-03-27T14:00", "2026-03-30T00:00:00+02:00"),  # the clock goes forward in between
        ("2025-10-24T14:00", "2025-10-27T00:00:00+01:00"),  # and back
        ("2026-04-02T14:00", "2026-04-07T00:00:00+02:00"),  # Easter
        ("2025-11-08T14:00", "2025-11-10T00:00:00+01:00"),  # on a Saturday
    ],
)
def test_the_reminder_is_due_at_midnight_of_the_next_working_day(desk: World, now: str, due: str) -> None:
    desk.run(contact(case("schedule", opened="2025-10-20T08:00")), now=now)
    assert clock.iso(Reminder.get().due) == due


def test_the_reminder_may_be_due_when_one_says(desk: World) -> None:
    desk.run(contact(case("schedule"), due=moment("2025-11-12T09:30")))
    assert clock.iso(Reminder.get().due) == "2025-11-12T09:30:00+01:00"


def test_r01_but_not_before_today(desk: World) -> None:
    found = case("schedule")
    assert refused(desk, contact(found, due=moment("2025-11-04T23:59"))) == ["due_past R-01"]
    assert wants(desk, contact(found, due=moment("2025-11-05T00:00"))) == []


def test_d40_the_inactivity_rules_stand_before_the_date(desk: World) -> None:
    found = case("inactive", opened="2025-11-05T08:00")
    assert refused(desk, contact(found, due=moment("2025-11-04"))) == [
        "too_early D-40", "list_unchecked D-42", "due_past R-01",
    ]  # fmt: skip


def test_d40_other_kinds_are_written_to_at_any_time(desk: World) -> None:
    for kind in ("schedule", "absence", "class"):
        assert wants(desk, contact(case(kind, opened="2025-11-03T08:00")), now="2025-11-03T08:30") == []


def test_proofs_are_kept_for_an_inactive_vpa_and_passed_over_for_others(desk: World) -> None:
    proofs = {"list_checked": True, "activity_proof": "Chat", "customer_report": "K1 rief an"}
    desk.run(contact(case("inactive", "mobile_app", "part_time"), **proofs))
    desk.run(contact(case("class", "worse"), **proofs))
    kept = {row.kind: row.details["contact"] for row in Case.select()}
    assert kept == {"inactive": proofs, "class": {}}


def test_a_second_contact_is_another_one(desk: World) -> None:
    found = case("class", "worse")
    desk.run(contact(found))
    shown = desk.run(contact(found), as_="TOM", now="2025-11-06T10:00")
    assert shown["contacted_by"] == "TOM"
    assert len(shown["reminders"]) == 2


def test_a_closed_case_takes_no_contact(desk: World) -> None:
    found = case("schedule")
    desk.run(ResolveCase(id=str(found.id), measure="checked"), as_="TOM")
    assert "TOM" in already_done(desk, contact(found))


def test_r02_a_contact_has_a_kuerzel(desk: World) -> None:
    desk.me = None
    assert refused(desk, contact(case("inactive"))) == ["kuerzel_missing R-02"]


def test_a_dry_run_changes_nothing(desk: World) -> None:
    found = case("schedule")
    before = everything()
    shown = desk.run(contact(found), dry_run=True)
    assert (shown["dry_run"], shown["contacted_by"]) == (True, "ANN")
    assert everything() == before
