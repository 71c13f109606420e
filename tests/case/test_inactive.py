"""Inactive VPAs: when they may be judged and written to (D-40 to D-45), by `case resolve` and `case contact`."""

from __future__ import annotations

from typing import Any

import pytest

from models.case.actions import ContactCase, ResolveCase
from models.ground import clock
from models.playbook.refusals import RefusedError
from models.shared.inactivity import contact_light
from models.tables.case import Case
from models.tables.reminder import Reminder
from tests.support.cases import case, change_vpa, refused, vpa, wants, went_inactive_again
from tests.support.world import World


def resolve(of: Case, measure: str, **more: Any) -> ResolveCase:
    return ResolveCase(id=str(of.id), measure=measure, **more)


def contact(of: Case, **more: Any) -> ContactCase:
    return ContactCase(id=str(of.id), **more)


def test_d40_no_contact_on_the_day_itself_but_from_the_next_working_day(desk: World) -> None:
    tuesday = case("inactive", opened="2025-11-04T08:00")
    for step in (resolve(tuesday, "contacted", list_checked=True), contact(tuesday, list_checked=True)):
        assert wants(desk, step, now="2025-11-04T23:59") == ["too_early D-40"]
        assert wants(desk, step, now="2025-11-05T00:00") == []
    assert wants(desk, resolve(tuesday, "list_checked"), now="2025-11-04T23:59") == ["too_early D-40"]
    assert wants(desk, resolve(tuesday, "list_checked"), now="2025-11-05T00:00") == []


@pytest.mark.parametrize(
    ("went", "early", "late"),
    [
        ("2025-10-31", "2025-11-03T11:59", "2025-11-03T12:00"),  # Friday → Monday noon
        ("2025-10-24", "2025-10-27T11:59", "2025-10-27T12:00"),  # the clock goes back in between
        ("2026-03-27", "2026-03-30T11:59", "2026-03-30T12:00"),  # the clock goes forward in between
        ("2025-10-02", "2025-10-06T11:59", "2025-10-06T12:00"),  # a Friday holiday before the weekend
        ("2026-05-13", "2026-05-15T11:59", "2026-05-15T12:00"),  # Ascension Day: the Friday after it is a *Monday*
        ("2026-04-02", "2026-04-07T11:59", "2026-04-07T12:00"),  # Easter Monday is none, the Tuesday is one
    ],
)
def test_d44_the_first_working_day_after_a_break_begins_at_noon(desk: World, went: str, early: str, late: str) -> None:
    found = case("inactive", opened=f"{went}T08:00")
    for step in (resolve(found, "list_checked"), contact(found, list_checked=True)):
        assert wants(desk, step, now=early) == ["too_early D-40", "monday_morning D-44"]
        assert wants(desk, step, now=late) == []


def test_d44_holds_for_a_case_that_has_waited_for_long(desk: World) -> None:
    found = case("inactive", opened="2025-10-28T08:00")
    assert wants(desk, resolve(found, "list_checked"), now="2025-11-03T09:00") == ["monday_morning D-44"]
    assert wants(desk, resolve(found, "list_checked"), now="2025-11-04T09:00") == []


def test_d44_a_holiday_on_a_monday_is_no_monday_itself(desk: World) -> None:
    found = case("inactive", opened="2026-04-01T08:00")
    assert wants(desk, resolve(found, "list_checked"), now="2026-04-06T09:00") == []
    assert wants(desk, resolve(found, "list_checked"), now="2026-04-07T09:00") == ["monday_morning D-44"]


def test_d44_the_morning_ends_when_the_team_says(desk: World) -> None:
    from models.tables.setting import Setting

    found = case("inactive", opened="2025-10-28T08:00")
    Setting.create(key="afternoon", value="13:00")
    assert wants(desk, resolve(found, "list_checked"), now="2025-11-03T12:59") == ["monday_morning D-44"]
    assert wants(desk, resolve(found, "list_checked"), now="2025-11-03T13:00") == []


def test_d44_holidays_of_a_land_count_where_the_team_says(desk: World) -> None:
    from models.tables.setting import Setting

    found = case("inactive", opened="2025-10-28T08:00")
    step = resolve(found, "list_checked")
    assert wants(desk, step, now="2026-01-07T09:00") == []
    Setting.create(key="holidays", value="DE-BY")  # Epiphany, 6 January
    assert wants(desk, step, now="2026-01-07T09:00") == ["monday_morning D-44"]


def test_d42_d43_d45_what_has_to_be_looked_at_before_a_contact(desk: World) -> None:
    found = case("inactive", "mobile_app", "part_time")
    everything = {"list_checked": True, "activity_proof": "Chat vom Montag", "customer_report": "K1 rief an"}
    wanted = {
        "list_checked": "list_unchecked D-42",
        "activity_proof": "activity_proof_missing D-43",
        "customer_report": "customer_report_missing D-45",
    }
    for step in (lambda **more: resolve(found, "contacted", **more), lambda **more: contact(found, **more)):
        assert wants(desk, step()) == list(wanted.values())
        assert wants(desk, step(**everything)) == []
        for name, code in wanted.items():
            assert wants(desk, step(**{k: v for k, v in everything.items() if k != name})) == [code]
    assert wants(desk, resolve(found, "list_checked")) == []


def test_d43_d45_no_proof_without_mobile_app_no_report_without_part_time(desk: World) -> None:
    found = case("inactive")
    assert wants(desk, contact(found, list_checked=True)) == []
    assert wants(desk, resolve(found, "contacted", list_checked=True)) == []


def test_all_five_rules_are_listed_in_the_order_of_the_contract(desk: World) -> None:
    found = case("inactive", "mobile_app", "part_time", opened="2025-10-31T08:00")
    five = [
        "too_early D-40", "monday_morning D-44", "list_unchecked D-42", "activity_proof_missing D-43",
        "customer_report_missing D-45",
    ]  # fmt: skip
    assert refused(desk, contact(found), now="2025-11-03T08:00") == five
    assert refused(desk, resolve(found, "contacted"), now="2025-11-03T08:00") == five


def test_d41_active_again_only_when_the_newest_export_says_so(desk: World) -> None:
    found = case("inactive")
    assert refused(desk, resolve(found, "active_again")) == ["still_inactive D-41"]
    assert wants(desk, resolve(found, "active_again", activity_proof="Login")) == ["still_inactive D-41"]
    change_vpa(active=True)
    assert wants(desk, resolve(found, "active_again")) == []
    change_vpa(active=None)
    assert wants(desk, resolve(found, "active_again")) == []


def test_d41_the_mobile_app_may_be_wrong_where_somebody_has_looked(desk: World) -> None:
    found = case("inactive", "mobile_app")
    assert wants(desk, resolve(found, "active_again")) == ["still_inactive D-41"]
    assert wants(desk, resolve(found, "active_again", activity_proof="Chat von heute")) == []


def test_d41_active_again_may_be_seen_at_any_time(desk: World) -> None:
    found = case("inactive", "active_again", opened="2025-10-31T08:00")
    change_vpa(active=True)
    assert wants(desk, resolve(found, "active_again"), now="2025-11-03T08:00") == []


def test_d40_reminder_resolves_the_case_and_carries_the_matter_on(desk: World) -> None:
    friday = case("inactive", opened="2025-10-31T08:00")
    shown = desk.run(resolve(friday, "reminder"), now="2025-10-31T15:00")
    assert (shown["state"], shown["measure"], shown["resolved_by"]) == ("resolved", "reminder", "ANN")
    row = Reminder.get()
    assert shown["reminders"] == [row.id]
    assert (row.subject, row.about, row.owner, row.state) == ("vpa:V1", f"case:{friday.id}", "ANN", "open")
    assert clock.iso(row.due) == "2025-11-03T12:00:00+01:00"


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2025-11-05T14:00", "2025-11-06T00:00:00+01:00"),
        ("2025-11-07T14:00", "2025-11-10T12:00:00+01:00"),  # Friday → Monday noon
        ("2026-03-27T14:00", "2026-03-30T12:00:00+02:00"),
        ("2025-12-24T14:00", "2025-12-29T12:00:00+01:00"),  # Christmas, then the weekend
    ],
)
def test_d40_reminder_when_the_following_day_has_passed(desk: World, now: str, due: str) -> None:
    desk.run(resolve(case("inactive"), "reminder"), now=now)
    assert clock.iso(Reminder.get().due) == due


def test_reminder_is_no_measure_of_another_kind(desk: World) -> None:
    assert wants(desk, resolve(case("class"), "reminder")) == ["measure_missing D-05"]


def test_a_contact_on_record_is_taken_as_given_with_its_proofs(desk: World) -> None:
    found = case("inactive", "mobile_app", "part_time")
    desk.run(contact(found, list_checked=True, activity_proof="Chat", customer_report="K1 rief an"))
    assert wants(desk, resolve(found, "contacted"), now="2025-11-06T09:00") == []
    shown = desk.run(ResolveCase(id=str(found.id)), now="2025-11-06T09:00")
    assert (shown["measure"], shown["contacted_by"]) == ("contacted", "ANN")


def test_d40_the_first_contact_may_be_on_the_stroke_of_the_hour(desk: World) -> None:
    found = case("inactive", opened="2025-10-31T08:00")
    desk.run(contact(found, list_checked=True), now="2025-11-03T12:00")
    assert wants(desk, resolve(found, "contacted"), now="2025-11-03T12:00") == []


def test_a_refusal_says_from_when(desk: World) -> None:
    found = case("inactive", opened="2025-10-31T08:00")
    with pytest.raises(RefusedError) as caught:
        desk.run(resolve(found, "list_checked"), now="2025-11-03T09:00")
    assert "ab Mo 03.11.2025 12:00" in caught.value.message
    assert "ab 12:00" in caught.value.obstacles[1].message


def test_each_further_contact_needs_its_own_proofs(desk: World) -> None:
    found = case("inactive", "mobile_app")
    desk.run(contact(found, list_checked=True, activity_proof="Chat"))
    assert wants(desk, contact(found), now="2025-11-06T09:00") == ["list_unchecked D-42", "activity_proof_missing D-43"]


def test_a_contact_from_before_the_vpa_went_inactive_again_is_none(desk: World) -> None:
    found = case("inactive")
    desk.run(contact(found, list_checked=True), now="2025-11-05T09:00")
    went_inactive_again(found, "2025-11-05")
    assert wants(desk, resolve(found, "contacted", list_checked=True), now="2025-11-05T15:00") == ["too_early D-40"]
    assert wants(desk, resolve(found, "contacted"), now="2025-11-06T09:00") == ["list_unchecked D-42"]
    assert wants(desk, ResolveCase(id=str(found.id)), now="2025-11-06T09:00") == ["measure_missing D-05"]


def test_a_contact_on_record_does_not_stand_for_another_measure(desk: World) -> None:
    found = case("inactive")
    desk.run(contact(found, list_checked=True))
    shown = desk.run(resolve(found, "list_checked"), now="2025-11-06T09:00")
    assert shown["measure"] == "list_checked"


def test_the_light_says_when_it_turns(desk: World) -> None:
    friday = case("inactive", "mobile_app", opened="2025-10-31T08:00")
    vpa("V2", "Can Demir")
    plain = case("inactive", vpa="V2", opened="2025-10-28T08:00")

    def light(of: Case, now: str) -> tuple[str, str | None]:
        seen = contact_light(desk.session(now=now).work(), of)
        return seen.answer, clock.iso(seen.green_from) if seen.green_from else None

    assert light(friday, "2025-10-31T15:00") == ("nein", "2025-11-03T12:00:00+01:00")
    assert light(friday, "2025-11-03T12:00") == ("vielleicht", None)
    assert light(plain, "2025-11-03T09:00") == ("nein", "2025-11-03T12:00:00+01:00")
    assert light(plain, "2025-10-28T09:00") == ("nein", "2025-10-29T00:00:00+01:00")
    Case.update(contacted_at=clock.parse_moment("2025-11-03T12:30"), contacted_by="ANN").execute()
    assert light(Case.get_by_id(plain.id), "2025-11-03T13:00") == ("ja", None)
