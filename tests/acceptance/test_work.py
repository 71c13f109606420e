"""CONTRACT §§4–7 across rooms: Cases with every measure, Reminders, Journey, files."""

from __future__ import annotations

import pytest

from tests.acceptance.house import House, vpas

THURSDAY = "2025-11-06T10:00"
NUMBERS = ("--list-checked", "--activity-proof", "Chat vom Morgen", "--customer-report", "K3 hat sich gemeldet")


def number(house: House, kind: str, of: str) -> str:
    return str(house.case(kind, of)["id"])


def flag(house: House, of: str) -> str:
    return next(str(each["id"]) for each in house.rows("journey", "list") if each["vpa"] == of)


# §4


def test_measure_missing_and_every_other_obstacle_in_order_of_the_table(house: House) -> None:
    v1, v2, v3 = (number(house, kind, of) for kind, of in (("schedule", "V1"), ("schedule", "V2"), ("class", "V3")))
    assert house.wants("case", "resolve", v1) == ["measure_missing D-05", "decision_missing D-12"]
    assert house.wants("case", "resolve", v1, "--measure", "praised") == [
        "measure_missing D-05", "decision_missing D-12",
    ]  # fmt: skip
    assert house.wants("case", "resolve", v1, "--measure", "checked", "--odd") == [
        "decision_missing D-12", "contact_missing D-10", "answer_missing D-10",
    ]  # fmt: skip
    assert house.wants("case", "resolve", v2, "--measure", "checked") == ["contact_missing D-10", "answer_missing D-10"]
    assert house.wants("case", "resolve", v2, "--measure", "contacted") == ["answer_missing D-10"]
    assert house.wants("case", "resolve", v3, "--measure", "checked") == ["cause_missing D-30"]
    for of, rule in (("V7", "D-21"), ("V8", "D-23"), ("V9", "D-24")):
        case = number(house, "absence", of)
        assert house.wants("case", "resolve", case) == [
            "measure_missing D-05", f"contact_missing {rule}", f"answer_missing {rule}",
        ]  # fmt: skip


@pytest.mark.parametrize(
    "extra",
    [
        (), ("--decision", "prio"), ("--decision", "prio", "--agreed-with", "TOM"),
        ("--decision", "no_prio", "--agreed-with", "XXX"), ("--decision", "vielleicht", "--note", "x"),
        ("--agreed-with", "VIO"),
    ],
)  # fmt: skip
def test_d12_decision_refused(house: House, extra: tuple[str, ...]) -> None:
    case = number(house, "schedule", "V1")
    assert house.wants("case", "resolve", case, "--measure", "agreed", *extra) == ["decision_missing D-12"]


@pytest.mark.parametrize(
    "extra",
    [
        ("--decision", "prio", "--agreed-with", "vio"),
        ("--decision", "not_needed", "--note", "Nur im Urlaub"),
        ("--decision", "not_needed"),  # V1 takes less: nobody asks why there is no Prio
    ],
)
def test_d12_decision_allowed(house: House, extra: tuple[str, ...]) -> None:
    case = number(house, "schedule", "V1")
    shown = house.do("case", "resolve", case, "--measure", "agreed", *extra)
    assert (shown["state"], shown["measure"], shown["resolved_by"]) == ("resolved", "agreed", "ANN")
    assert shown["resolved_at"] == "2025-11-05T14:00:00+01:00"
    assert house.fails("case", "resolve", case, "--measure", "agreed", *extra) == (6, "already_done")


def test_several_ids_each_get_their_own_verdict_in_the_order_given(house: House) -> None:
    ids = [number(house, "class", "V6"), "999", number(house, "class", "V3"), number(house, "absence", "V6")]
    result = house.run("case", "resolve", *ids, "--measure", "checked")
    first, second, third, fourth = result.lines
    assert (str(first["id"]), first["state"]) == (ids[0], "resolved")
    assert set(second) == {"id", "error"}
    assert str(second["id"]) == "999"
    assert second["error"]["code"] == "not_found"
    assert str(third["id"]) == ids[2]
    assert third["error"]["code"] == "refused"
    assert fourth["state"] == "resolved"
    assert result.exit_code == 2
    assert house.run("case", "resolve", ids[2], "999", "--measure", "checked").exit_code == 3


def test_log_writes_the_entry_in_the_same_action_and_undo_takes_both(house: House) -> None:
    case = number(house, "class", "V6")
    before = house.rows("file", "show", "--vpa", "V6")
    house.do("case", "resolve", case, "--measure", "praised", "--log", "Gelobt", "--note", "fein")
    (written,) = [each for each in house.rows("file", "show", "--vpa", "V6") if each not in before]
    assert (written["file"], written["kind"], written["situation"]) == ("vpa_akte", "class", "Gelobt")
    assert written["tags"]
    assert written["author"] == "ANN"
    house.do("undo")
    assert house.rows("file", "show", "--vpa", "V6") == before
    assert house.do("case", "show", case)["state"] == "open"
    assert house.rows("file", "search", "Gelobt") == []
    house.do("redo")
    assert house.do("case", "show", case)["state"] == "resolved"
    assert [each["situation"] for each in house.rows("file", "search", "Gelobt")] == ["Gelobt"]


def test_inactivity_part_time_and_mobile_app(house: House) -> None:
    case = number(house, "inactive", "V4")
    assert house.wants("case", "resolve", case, "--measure", "contacted") == [
        "too_early D-40", "list_unchecked D-42", "activity_proof_missing D-43", "customer_report_missing D-45",
    ]  # fmt: skip
    assert house.wants("case", "contact", case) == [
        "too_early D-40", "list_unchecked D-42", "activity_proof_missing D-43", "customer_report_missing D-45",
    ]  # fmt: skip
    assert house.wants("case", "resolve", case, "--measure", "list_checked") == ["too_early D-40"]
    assert house.wants("case", "resolve", case, "--measure", "active_again") == ["still_inactive D-41"]
    ok = house.do("case", "resolve", case, "--measure", "active_again", "--activity-proof", "Login")
    assert ok["measure"] == "active_again"


def test_monday_morning_and_the_reminder_of_an_inactive_case(house: House) -> None:
    answer = house.take("2025-11-07T09:00", vpas=vpas(V3={"aktiv": "nein"}))  # a Friday
    assert answer["cases"] == 1
    case = number(house, "inactive", "V3")
    assert house.do("case", "show", case)["workable_from"] == "2025-11-10T12:00:00+01:00"
    morning = "2025-11-10T09:00"
    assert house.wants("case", "resolve", case, "--measure", "list_checked", now=morning) == [
        "too_early D-40", "monday_morning D-44",
    ]  # fmt: skip
    house.do("case", "resolve", case, "--measure", "reminder", now=morning)
    (made,) = house.rows("reminder", "list")
    assert made["due"] == "2025-11-10T12:00:00+01:00"
    assert (made["about"], made["subject"], made["owner"]) == (f"case:{case}", "vpa:V3", "ANN")
    assert house.do("case", "show", case)["reminders"]
    later = "2025-11-17T08:00"  # another Monday: no follow-up moment, still no morning
    what = ("--outcome", "contacted", "--list-checked", "--answer", "Urlaub", "--log", "Geschrieben")
    done = ("reminder", "done", str(made["id"]), *what)
    assert house.wants(*done, now=later) == ["monday_morning D-44"]
    assert (
        house.wants("reminder", "done", str(made["id"]), "--outcome", "solved", now=later)[0] == "outcome_missing R-04"
    )
    shown = house.do(*done, now="2025-11-17T12:00")
    assert (shown["state"], shown["outcome"], shown["done_by"]) == ("done", "contacted", "ANN")
    assert shown["entry"] == house.rows("file", "show", "--vpa", "V3")[-1]["id"]


def test_reminder_of_an_old_inactive_case_falls_on_the_next_working_day(house: House) -> None:
    case = number(house, "inactive", "V5")
    house.do("case", "resolve", case, "--measure", "reminder", now="2025-11-07T15:00")
    assert house.rows("reminder", "list")[0]["due"] == "2025-11-10T12:00:00+01:00"


def test_case_contact_keeps_the_case_open_and_gives_a_later_contacted(house: House) -> None:
    case = number(house, "absence", "V7")
    shown = house.do("case", "contact", case, "--note", "Gefragt")
    assert (shown["state"], shown["contacted_by"], shown["contacted_at"]) == (
        "open",
        "ANN",
        "2025-11-05T14:00:00+01:00",
    )
    (made,) = house.rows("reminder", "list")
    assert (made["due"], made["about"]) == ("2025-11-06T00:00:00+01:00", f"case:{case}")
    assert house.do("case", "show", case)["reminders"] == [made["id"]]
    assert house.wants("case", "resolve", case, "--measure", "contacted") == ["answer_missing D-21"]
    assert house.do("case", "resolve", case, "--measure", "contacted", "--answer", "Keine kam")["state"] == "resolved"


def test_case_contact_of_an_inactive_gives_list_check_and_proofs(house: House) -> None:
    case = number(house, "inactive", "V4")
    house.do("case", "contact", case, *NUMBERS, now=THURSDAY)
    assert house.do("case", "resolve", case, "--measure", "contacted", now=THURSDAY)["measure"] == "contacted"


def test_case_contact_on_friday_falls_due_on_monday_at_midnight(house: House) -> None:
    house.do("case", "contact", number(house, "absence", "V7"), now="2025-11-07T15:00")
    assert house.rows("reminder", "list")[0]["due"] == "2025-11-10T00:00:00+01:00"


def test_dry_run_of_every_sort_changes_nothing(house: House) -> None:
    before = house.dump()
    for args in (
        ("case", "resolve", number(house, "class", "V6"), "--measure", "praised", "--log", "x"),
        ("case", "contact", number(house, "absence", "V7")),
        ("reminder", "set", "--vpa", "V1", "--due", "2025-11-07", "--reason", "x"),
        ("journey", "inform", flag(house, "V13")),
        ("file", "log", "--customer", "K1", "--file", "oteam", "--kind", "lead", "--situation", "x", "--tag", "x"),
        ("customer", "status", "K1", "--to", "prio", "--reason", "x"),
        ("task", "return", "T1", "--gap", "x"), ("task", "note", "T1", "--text", "x"),
        ("task", "message", "T1", "--from", "kunde", "--text", "x"),
        ("handover", "escalate", "--customer", "K1", "--text", "x"),
        ("handover", "open", "--customer", "K1", "--vpa", "V1", "--reason-kind", "other", "--reason", "x"),
        ("watchlist", "approach", "--customer", "K1", "--text", "Bitte pflegen", "--deadline", "2025-11-10"),
        ("assign", "--customer", "K4", "--vpa", "V5", "--kind", "new_regular", "--text", "Alles Gute",
         "--despite", "x"),
        ("day", "close", "--despite", "geht"), ("member", "set", "ANN", "--name", "Anna"),
    ):  # fmt: skip
        answer = house.run(*args, "--dry-run", as_="VIO" if args[0] == "member" else None)
        assert answer.exit_code == 0, (args, answer.stdout)
        assert answer.json["dry_run"] is True, args
    assert house.dump() == before
    assert house.wants("case", "resolve", number(house, "class", "V3"), "--measure", "checked", "--dry-run")
    assert house.dump() == before


# §5


def test_reminder_obstacles(house: House) -> None:
    assert house.wants("reminder", "set") == ["subject_missing R-06", "due_missing R-01", "reason_missing R-05"]
    assert house.wants("reminder", "set", "--vpa", "V1", "--due", "2025-11-04", "--reason", " ") == [
        "due_past R-01", "reason_missing R-05",
    ]  # fmt: skip
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "heute geht")
    assert house.fails("reminder", "set", "--vpa", "V99", "--due", "2025-11-07", "--reason", "x") == (2, "not_found")
    assert house.fails("reminder", "set", "--vpa", "V1", "--due", "31.02.2026", "--reason", "x") == (2, "usage")
    house.world.me = None
    assert house.wants("reminder", "set") == ["kuerzel_missing R-02"]


def test_reminder_lists_own_due_other_due_then_by_date(house: House) -> None:
    for who, due in (
        ("TOM", "2025-11-05T10:00"),
        ("ANN", "2025-11-20"),
        ("ANN", "2025-11-05T13:00"),
        ("TOM", "06.11.2025"),
    ):
        house.do("reminder", "set", "--vpa", "V1", "--due", due, "--reason", "x", as_=who)
    assert [r["id"] for r in house.rows("reminder", "list")] == [3, 1, 4, 2]
    assert [r["id"] for r in house.rows("reminder", "list", as_="TOM")] == [1, 3, 4, 2]
    assert [r["id"] for r in house.rows("reminder", "list", "--due")] == [3, 1]
    assert [r["id"] for r in house.rows("reminder", "list", "--mine")] == [3, 2]
    today = house.do("reminder", "show", "3")
    assert (today["overdue"], today["days_overdue"]) == (False, 0)
    tomorrow = house.do("reminder", "show", "3", now="2025-11-06T00:00")
    assert (tomorrow["overdue"], tomorrow["days_overdue"]) == (True, 1)


def test_take_give_back_hand_over(house: House) -> None:
    house.do("reminder", "set", "--customer", "K1", "--due", "2025-11-05", "--reason", "x", as_="TOM")
    for command in (
        ("done", "1", "--outcome", "solved", "--log", "x", "--log-file", "oteam"),
        ("postpone", "1", "--due", "2025-11-08", "--reason", "x"),
        ("hand-over", "1", "--to", "BEN", "--reason", "x"),
    ):
        assert house.wants("reminder", *command)[0] == "not_owner R-03", command
    assert house.fails("reminder", "give-back", "1") == (6, "already_done")  # nobody took it
    assert house.wants("reminder", "take", "1") == ["owner_present R-05"]
    assert house.wants("reminder", "take", "1", as_="VIO") == ["reason_missing R-05"]
    assert house.fails("reminder", "take", "1", as_="TOM") == (6, "already_done")
    house.do("member", "away", "TOM", "--reason", "sick", "--from", "2025-11-05", "--until", "2025-11-05", as_="VIO")
    assert house.do("check")["stand_in_due"] == 1
    taken = house.do("reminder", "take", "1")
    assert (taken["owner"], taken["original_owner"]) == ("ANN", "TOM")
    assert house.wants("reminder", "give-back", "1", as_="BEN") == ["not_owner R-03"]
    assert house.do("reminder", "give-back", "1")["owner"] == "TOM"
    assert house.fails("reminder", "give-back", "1", as_="TOM") == (6, "already_done")
    assert house.wants("reminder", "set", "--vpa", "V1", "--due", "2025-11-07", "--reason", "x", "--for", "TOM") == [
        "receiver_away R-05",
    ]  # fmt: skip
    moved = house.do("reminder", "hand-over", "1", "--to", "ANN", "--reason", "x", as_="TOM")
    assert (moved["owner"], moved["original_owner"]) == ("ANN", "TOM")
    assert house.wants("reminder", "hand-over", "1", "--to", "ann", "--reason", "x") == ["receiver_away R-05"]


def test_entries_in_the_right_file_close_a_reminder(house: House) -> None:
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "x")
    done = ("reminder", "done", "1", "--outcome", "solved")
    house.do("file", "log", "--customer", "K1", "--file", "oteam", "--kind", "lead", "--situation", "x", "--tag", "x")
    assert house.wants(*done) == ["entry_missing R-04"]
    logged = house.do("file", "log", "--vpa", "V1", "--kind", "contact", "--situation", "x", "--tag", "x", as_="TOM")
    house.do("undo", as_="TOM")
    assert house.wants(*done) == ["entry_missing R-04"]
    house.do("redo", as_="TOM")
    corrected = house.do("file", "correct", str(logged["id"]), "--situation", "besser")
    assert house.do(*done)["entry"] == corrected["id"]
    assert house.fails("undo", as_="TOM") == (6, "conflict")


def test_outcome_missing_and_all_obstacles_together(house: House) -> None:
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "x")
    assert house.wants("reminder", "done", "1") == ["outcome_missing R-04", "entry_missing R-04"]
    assert house.wants("reminder", "done", "1", "--outcome", "quatsch", as_="TOM") == [
        "outcome_missing R-04", "entry_missing R-04", "not_owner R-03",
    ]  # fmt: skip


# §6


def test_journey_stages(house: House) -> None:
    assert house.wants("journey", "remove", flag(house, "V2")) == ["onboarding_call_missing J-01"]
    assert house.wants("journey", "remove", flag(house, "V2"), "--onboarding-call", "2025-11-06") == [
        "onboarding_call_in_future J-01",
    ]  # fmt: skip
    assert house.do("journey", "remove", flag(house, "V2"), "--onboarding-call", "05.11.2025")["removed_by"] == "ANN"
    assert house.wants("journey", "remove", flag(house, "V10")) == ["appointment_missing J-02", "buddy_missing J-02"]
    house.do("journey", "remove", flag(house, "V10"), "--appointment", "2025-12-01T10:00", "--buddy", "BEN", as_="BEN")
    assert house.wants("journey", "remove", flag(house, "V11")) == [
        "class_check_missing J-03", "measures_missing J-04", "agreement_missing J-04", "discussion_missing J-05",
    ]  # fmt: skip
    given = ("--class-checked", "--measures", "Schulung", "--agreed-with", "TOM", "--discussed-on", "2025-11-06")
    assert house.wants("journey", "remove", flag(house, "V11"), *given) == [
        "agreement_missing J-04", "discussion_in_future J-05",
    ]  # fmt: skip
    given = ("--class-checked", "--measures", "Schulung", "--agreed-with", "VIO", "--discussed-on", "2025-11-05")
    assert house.do("journey", "remove", flag(house, "V11"), *given)["state"] == "removed"
    assert house.wants("journey", "remove", flag(house, "V12")) == [
        "class_check_missing J-03",
        "agreement_missing J-04",
    ]
    assert house.wants("journey", "remove", flag(house, "V13")) == ["role_vpa_manager J-08", "contact_missing J-08"]
    last = flag(house, "V13")
    assert house.wants("journey", "remove", last, "--contacted-on", "2025-11-06", as_="VIO") == [
        "contact_in_future J-08"
    ]
    done = house.do("journey", "remove", last, "--contacted-on", "2025-11-05", as_="VIO")
    assert done["removed_by"] == "VIO"
    assert house.fails("journey", "remove", last, as_="VIO") == (6, "already_done")
    removed = [f["vpa"] for f in house.rows("journey", "list", "--state", "removed")]
    assert sorted(removed) == ["V10", "V11", "V13", "V2"]


def test_journey_inform_sets_a_reminder_for_a_manager(house: House) -> None:
    shown = house.do("journey", "inform", flag(house, "V13"), "--to", "WIM")
    assert shown["informed_by"] == "ANN"
    assert shown["informed_at"]
    (made,) = house.rows("reminder", "list")
    assert (made["owner"], made["about"], made["subject"]) == ("WIM", f"flag:{flag(house, 'V13')}", "vpa:V13")
    assert made["due"] == "2025-11-05T14:00:00+01:00"


def test_flags_are_raised_by_check_alone_and_stay_overdue(house: House) -> None:
    house.rows("journey", "list", now="2026-02-05T14:00")
    assert len(house.rows("journey", "list")) == 5
    assert house.do("check", now="2026-02-05T14:00")["new_flags"] > 5
    shown = {(f["vpa"], f["stage"]): f["overdue"] for f in house.rows("journey", "list", now="2026-02-05T14:00")}
    assert shown[("V10", "3-6")] is True
    assert shown[("V10", "6-9")] is False
    assert house.do("check", now="2026-02-05T15:00")["new_flags"] == len(shown)
