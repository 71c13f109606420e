"""Setting and moving Reminders (R-01, R-02, R-05, R-06, R-08)."""

from __future__ import annotations

from typing import Any

import pytest

from models.ground import clock
from models.ground.errors import NotFoundError, UsageError
from models.reminder.actions import PostponeReminder, SetReminder
from models.tables.history import History
from models.tables.reminder import Reminder
from tests.support.cases import (
    already_done,
    away,
    case,
    entry,
    everything,
    flag,
    left,
    moment,
    refused,
    reminder,
    wants,
)
from tests.support.world import World

DUE = moment("2025-11-12")


def setting(**more: Any) -> SetReminder:
    return SetReminder(**{"vpa": "V1", "due": DUE, "reason": "Nachfragen", **more})


def test_a_reminder_shows_who_whose_and_what_for(desk: World) -> None:
    shown = desk.run(setting(due=moment("2025-11-12T09:30")))
    assert shown == {
        "id": 1, "subject": "vpa:V1", "about": None, "due": moment("2025-11-12T09:30"), "reason": "Nachfragen",
        "owner": "ANN", "original_owner": "ANN", "created_by": "ANN", "created_at": moment("2025-11-05T14:00"),
        "state": "open", "overdue": False, "days_overdue": 0, "outcome": None, "note": None, "entry": None,
        "accepted_at": None, "done_at": None, "done_by": None, "answer": None,
    }  # fmt: skip


def test_r06_it_hangs_on_a_vpa_a_customer_or_what_caused_it(desk: World) -> None:
    found, mark = case("class", "worse"), flag("0-3")
    written = entry("customer:K1")
    subjects = {
        f"case:{found.id}": "vpa:V1", f"flag:{mark.id}": "vpa:V1", f"entry:{written.id}": "customer:K1",
        f"reminder:{reminder('customer:K1').id}": "customer:K1",
    }  # fmt: skip
    for about, subject in subjects.items():
        shown = desk.run(setting(vpa=None, about=about))
        assert (shown["subject"], shown["about"]) == (subject, about)
    assert desk.run(setting(vpa=None, customer="K1"))["subject"] == "customer:K1"
    assert refused(desk, setting(vpa=None)) == ["subject_missing R-06"]


def test_r06_a_person_as_the_cause_is_the_subject(desk: World) -> None:
    for about, subject in (("vpa:V1", "vpa:V1"), ("customer:K1", "customer:K1")):
        shown = desk.run(setting(vpa=None, about=about))
        assert (shown["subject"], shown["about"]) == (subject, None)
    assert desk.run(setting(about="vpa:V1"))["about"] is None
    assert desk.run(setting(vpa=None, customer="K1", about="vpa:V1"))["about"] == "vpa:V1"


def test_the_cause_is_kept_as_it_is_looked_up_later(desk: World) -> None:
    found = case("class", "worse")
    assert desk.run(setting(vpa=None, about=f" case:{found.id} "))["about"] == f"case:{found.id}"
    with pytest.raises(NotFoundError):
        desk.run(setting(vpa=None, about=f"case:0{found.id}"))


def test_r06_unknown_ones_are_not_found_two_are_wrong_usage(desk: World) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"vpa": "V9"}, {"vpa": None, "customer": "K9"}, {"about": "case:9"}, {"about": "nix:1"}, {"about": "case:"},
        {"receiver": "NIX"},
    )  # fmt: skip
    for more in wrong:
        with pytest.raises(NotFoundError):
            desk.run(setting(**more))
    with pytest.raises(UsageError):
        desk.run(setting(customer="K1"))


def test_r01_a_date_today_or_later(desk: World) -> None:
    assert wants(desk, setting(due=None)) == ["due_missing R-01"]
    assert wants(desk, setting(due=moment("2025-11-04T23:59"))) == ["due_past R-01"]
    assert wants(desk, setting(due=moment("2025-11-05"))) == []
    assert wants(desk, setting(due=moment("2025-11-04T23:30+00:00"))) == []  # half past midnight in Berlin


def test_r05_a_reason(desk: World) -> None:
    assert refused(desk, setting(reason=None)) == ["reason_missing R-05"]


def test_r05_nobody_who_is_away_gets_one(desk: World) -> None:
    away("TOM", "2025-11-05", "2025-11-07")
    left("LIA")
    assert refused(desk, setting(receiver="TOM")) == ["receiver_away R-05"]
    assert refused(desk, setting(receiver="LIA")) == ["receiver_away R-05"]
    assert wants(desk, setting(receiver="TOM"), now="2025-11-04T23:59") == []
    assert wants(desk, setting(receiver="TOM"), now="2025-11-07T23:59") == ["receiver_away R-05"]
    assert wants(desk, setting(receiver="TOM"), now="2025-11-08T00:00") == []
    assert desk.run(setting(receiver="wim"))["owner"] == "WIM"


def test_a_member_who_is_away_still_works(desk: World) -> None:
    away("ANN", "2025-11-05", "2025-11-07")
    assert desk.run(setting())["owner"] == "ANN"
    assert refused(desk, setting(receiver="ANN")) == ["receiver_away R-05"]


def test_all_obstacles_in_the_order_of_the_contract(desk: World) -> None:
    left("LIA")
    everything_wrong = SetReminder(receiver="LIA")
    assert refused(desk, everything_wrong) == [
        "subject_missing R-06", "due_missing R-01", "reason_missing R-05", "receiver_away R-05",
    ]  # fmt: skip
    desk.me = None
    assert refused(desk, everything_wrong) == ["kuerzel_missing R-02"]


def test_r08_something_urgent_is_better_handed_on_now(desk: World) -> None:
    urgent, calm = entry(tags=["Dringend"]), entry()
    assert [h["rule"] for h in desk.run(setting(about=f"entry:{urgent.id}"))["hints"]] == ["R-08"]
    assert "hints" not in desk.run(setting(about=f"entry:{urgent.id}", due=moment("2025-11-05")))
    assert "hints" not in desk.run(setting(about=f"entry:{calm.id}"))


def test_a_dry_run_changes_nothing(desk: World) -> None:
    row = reminder()
    before = everything()
    assert desk.run(setting(), dry_run=True)["dry_run"] is True
    assert desk.run(PostponeReminder(id=str(row.id), due=DUE, reason="Urlaub"), dry_run=True)["dry_run"] is True
    assert everything() == before


# Postponing


def postpone(row: Reminder, **more: Any) -> PostponeReminder:
    return PostponeReminder(id=str(row.id), **{"due": DUE, "reason": "Erst nach dem Urlaub", **more})


def test_postponing_keeps_why_in_the_history(desk: World) -> None:
    row = reminder(due="2025-11-03")
    shown = desk.run(postpone(row))
    assert (shown["due"], shown["overdue"], shown["reason"]) == (DUE, False, "Nachfragen")
    assert History.select().where(History.action == "reminder.postpone").get().args["reason"] == "Erst nach dem Urlaub"


def test_r01_r05_r03_postponing_wants_date_reason_and_the_owner(desk: World) -> None:
    row = reminder()
    assert wants(desk, postpone(row, due=None)) == ["due_missing R-01"]
    assert wants(desk, postpone(row, due=moment("2025-11-04"))) == ["due_past R-01"]
    assert wants(desk, postpone(row, due=moment("2025-11-05"))) == []
    assert wants(desk, postpone(row, reason=None)) == ["reason_missing R-05"]
    assert wants(desk, postpone(row), as_="TOM") == ["not_owner R-03"]
    assert refused(desk, PostponeReminder(id=str(row.id)), as_="VIO") == [
        "due_missing R-01", "reason_missing R-05", "not_owner R-03",
    ]  # fmt: skip


def test_a_closed_one_is_not_moved(desk: World) -> None:
    row = reminder(state="done", done_by="TOM", done_at=moment("2025-11-05"))
    assert "TOM" in already_done(desk, postpone(row))


# Overdue


def test_r10_overdue_from_the_day_after_by_berlin_dates(desk: World) -> None:
    row = reminder(due="2025-10-26")  # the day on which the clock goes back
    for now, days in (
        ("2025-10-26T00:00", 0), ("2025-10-26T23:59", 0), ("2025-10-27T00:00", 1), ("2025-10-26T23:30+00:00", 1),
        ("2025-11-05T14:00", 10),
    ):  # fmt: skip
        shown = row.show(clock.day_of(moment(now)))
        assert (shown["overdue"], shown["days_overdue"]) == (days > 0, days), now
    late = reminder(due="2026-03-29T23:30")  # the day on which it goes forward
    assert late.show(clock.day_of(moment("2026-03-29T23:45")))["days_overdue"] == 0
    assert late.show(clock.day_of(moment("2026-03-30T00:10")))["days_overdue"] == 1


def test_a_closed_one_is_overdue_no_more(desk: World) -> None:
    row = reminder(due="2025-10-26", state="done", done_by="TOM", done_at=moment("2025-11-05"))
    assert row.show(clock.day_of(moment("2025-11-05")))["overdue"] is False
