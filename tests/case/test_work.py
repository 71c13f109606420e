"""The work, corrected (CONTRACT §19): Cases, Reminders and the VPA-Journey."""

from __future__ import annotations

import datetime as dt

import pytest

from models.case.actions import ContactCase, ResolveCase
from models.journey.actions import RemoveFlag
from models.reminder.close import CloseReminder
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.people import Vpa
from models.tables.reminder import Reminder
from tests.support.cases import case, entry, flag, refused, reminder, undo, wants
from tests.support.world import World

BEFORE, AFTER = {"neukunden": True, "auftraege": True}, {"neukunden": False, "auftraege": False}


def resolve(found: Case, **given: object) -> ResolveCase:
    return ResolveCase(id=str(found.id), **given)  # type: ignore[arg-type]


# What was given is read back


def test_details_are_read_back_as_given(desk: World) -> None:
    found = case("schedule", "new_vpa_declines")
    shown = desk.run(resolve(found, measure="contacted", answer="Umzug", odd=True))
    assert shown["details"] == {"answer": "Umzug", "odd": True}
    (listed,) = desk.cli("case", "list", "--state", "resolved").ok().lines
    assert listed["details"] == shown["details"]
    assert desk.cli("case", "show", str(found.id)).ok().json["details"] == shown["details"]


def test_a_contact_stands_in_the_details_with_its_proofs(desk: World) -> None:
    found = case("inactive", "mobile_app", opened="2025-11-03T08:00")
    given = {"list_checked": True, "activity_proof": "Chat um 9", "note": "geschrieben"}
    shown = desk.run(ContactCase(id=str(found.id), **given))  # type: ignore[arg-type]
    assert shown["details"] == {"contact": given}
    assert desk.cli("case", "show", str(case("class").id)).ok().json["details"] == {}


# D-12


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (BEFORE, AFTER, []),
        ({"neukunden": True}, {"neukunden": False}, []),
        ({"neukunden": False}, {"neukunden": True}, ["decision_missing D-12"]),
        ({"neukunden": True, "auftraege": False}, {"neukunden": False, "auftraege": True}, ["decision_missing D-12"]),
        ({"neukunden": None}, {"neukunden": False}, ["decision_missing D-12"]),
    ],
)
def test_d_12_who_takes_less_needs_no_word_why_not(
    desk: World, before: dict[str, object], after: dict[str, object], wanted: list[str]
) -> None:
    found = case("schedule", "priority_to_agree", before=before, after=after)
    assert wants(desk, resolve(found, measure="checked", decision="not_needed")) == wanted
    assert wants(desk, resolve(found, measure="checked", decision="not_needed", note="Kein Bedarf")) == []


# without an answer nothing is solved


def test_r_04_an_inactive_vpa_who_did_not_answer_is_not_settled(desk: World) -> None:
    found = case("inactive", opened="2025-11-03T08:00")
    row = reminder(about=f"case:{found.id}")
    entry()
    close = CloseReminder(id=str(row.id), outcome="contacted", list_checked=True)
    assert refused(desk, close) == ["not_solved R-04"]
    done = desk.run(CloseReminder(id=str(row.id), outcome="contacted", list_checked=True, answer="Ist wieder da"))
    assert done["answer"] == "Ist wieder da"


def test_r_04_no_answer_is_wanted_of_who_is_active_again_or_of_others(desk: World) -> None:
    found = case("inactive", opened="2025-11-03T08:00")
    row = reminder(about=f"case:{found.id}")
    entry()
    Vpa.update(active=True).execute()
    assert wants(desk, CloseReminder(id=str(row.id), outcome="contacted", list_checked=True)) == []
    other = reminder(about=f"case:{case('class').id}", after_entry=0)
    assert wants(desk, CloseReminder(id=str(other.id), outcome="contacted")) == []
    assert desk.cli("reminder", "show", str(other.id)).ok().json["answer"] is None


# D-45: a customer waits


def test_d_45_a_customers_report_makes_the_hour_a_warning(desk: World) -> None:
    found = case("inactive", "part_time", opened="2025-11-05T08:00")
    contact = {"list_checked": True, "customer_report": "K1 fragt nach"}
    early = ContactCase(id=str(found.id), **contact)  # type: ignore[arg-type]
    result = desk.cli("case", "contact", str(found.id), "--list-checked", "--customer-report", "K1 fragt nach")
    assert [(o["code"], o["weight"]) for o in result.json["error"]["obstacles"]] == [("too_early", "warn")]
    assert desk.run(early, despite="Der Kunde wartet")["contacted_by"] == "ANN"


def test_d_44_and_d_40_stop_without_a_report_and_warn_with_one(desk: World) -> None:
    found = case("inactive", opened="2025-11-07T15:00")
    monday = "2025-11-10T09:00"
    bare = desk.cli("case", "resolve", str(found.id), "--measure", "list_checked", now=monday)
    assert [(o["code"], o["weight"]) for o in bare.lines[0]["error"]["obstacles"]] == [
        ("too_early", "stop"), ("monday_morning", "stop"),
    ]  # fmt: skip
    told = ("--measure", "list_checked", "--customer-report", "K1 fragt nach")
    warned = desk.cli("case", "resolve", str(found.id), *told, now=monday)
    assert {o["weight"] for o in warned.lines[0]["error"]["obstacles"]} == {"warn"}
    desk.cli("case", "resolve", str(found.id), *told, "--despite", "Der Kunde wartet", now=monday).ok()


# Reminders go along


def test_r_04_own_reminders_about_a_case_are_closed_with_it(desk: World) -> None:
    found = case("class")
    mine, theirs = reminder(about=f"case:{found.id}"), reminder(about=f"case:{found.id}", owner="TOM")
    assert refused(desk, resolve(found, measure="checked", close_reminders=True)) == ["entry_missing R-04"]
    desk.run(resolve(found, measure="checked", close_reminders=True, log="Alles besprochen"))
    (written,) = Entry.select()
    closed = Reminder.get_by_id(mine.id)
    assert (closed.state, closed.outcome, closed.entry, closed.done_by) == ("done", "solved", written.id, "ANN")
    assert Reminder.get_by_id(theirs.id).state == "open"
    undo(desk)
    assert Reminder.get_by_id(mine.id).state == "open"
    assert Case.get_by_id(found.id).state == "open"


def test_r_04_without_the_option_they_stay_and_without_any_nothing_is_wanted(desk: World) -> None:
    found = case("class")
    assert wants(desk, resolve(found, measure="checked", close_reminders=True)) == []
    row = reminder(about=f"case:{found.id}")
    desk.run(resolve(found, measure="checked"))
    assert Reminder.get_by_id(row.id).state == "open"


def test_r_04_what_came_of_the_case_is_what_came_of_its_reminder(desk: World) -> None:
    found = case("inactive", opened="2025-11-03T08:00")
    row = reminder(about=f"case:{found.id}")
    entry()
    desk.run(resolve(found, measure="contacted", list_checked=True, close_reminders=True))
    assert Reminder.get_by_id(row.id).outcome == "contacted"


def test_r_04_own_reminders_about_a_flag_are_closed_with_it(desk: World) -> None:
    found = flag("0-3")
    row = reminder(about=f"flag:{found.id}")
    given = ("journey", "remove", str(found.id), "--onboarding-call", "2025-10-30", "--close-reminders")
    assert desk.cli(*given).lines[0]["error"]["obstacles"][0]["code"] == "entry_missing"
    desk.cli(*given, "--log", "Onboarding-Call geführt").ok()
    assert Reminder.get_by_id(row.id).state == "done"


# The VPA-Journey


@pytest.mark.parametrize(("call", "wanted"), [("2025-10-30", []), ("2025-01-01", ["onboarding_call_early J-01"])])
def test_j_01_a_call_long_before_the_start_is_asked_about(desk: World, call: str, wanted: list[str]) -> None:
    Vpa.update(start=dt.date(2025, 10, 1)).execute()
    found = flag("0-3")
    assert wants(desk, RemoveFlag(id=str(found.id), onboarding_call=dt.date.fromisoformat(call))) == wanted


@pytest.mark.parametrize(
    ("stage", "day", "wanted"),
    [
        ("6-9", "2025-06-30", ["discussion_too_early J-05"]),
        ("6-9", "2025-07-01", []),
        ("9-12", "2025-09-30", ["discussion_too_early J-06"]),
        ("9-12", "2025-10-01", []),
    ],
)
def test_j_05_and_j_06_a_talk_before_the_stage_does_not_count(
    desk: World, stage: str, day: str, wanted: list[str]
) -> None:
    Vpa.update(start=dt.date(2025, 1, 1), klasse="C").execute()
    found = flag(stage)
    remove = RemoveFlag(
        id=str(found.id), class_checked=True, measures="Schulung", agreed_with="VIO",
        discussed_on=dt.date.fromisoformat(day),
    )  # fmt: skip
    assert wants(desk, remove) == wanted
