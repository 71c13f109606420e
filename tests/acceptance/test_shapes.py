"""CONTRACT §§1, 2, 4–10: exact key sets of what every list and `show` answers, order of lists, `--limit`."""

from __future__ import annotations

import json

from tests.acceptance.house import House

CASE = (
    "id kind vpa vpa_name absence opened_at findings facts state before after workable_from contacted_at contacted_by "
    "reminders measure note resolved_at resolved_by details"
)
REMINDER = (
    "id subject about due reason owner original_owner created_by created_at state overdue days_overdue outcome note "
    "entry accepted_at done_at done_by answer"
)
FLAG = "id vpa vpa_name stage raised_on state overdue informed_at informed_by details removed_at removed_by"
ENTRY = (
    "id file subject kind situation link response next_steps tags author account created_at corrects withdrawn_at "
    "origin"
)
TASK = "id title customer vpa state hours deadline link"
MESSAGE = "id task at from text tags"
CHECK = "now member own_due all_due stand_in_due open_cases new_flags day complete last_import"


def same(shown: dict[str, object], wanted: str) -> None:
    """Exactly these keys; a hint may come along."""
    assert set(shown) - {"hints"} == set(wanted.split())


def test_import_raised_what_the_contract_says(house: House) -> None:
    found = {(case["kind"], case["vpa"]): case["findings"] for case in house.rows("case", "list")}
    assert found == {
        ("schedule", "V1"): ["priority_to_agree"],
        ("schedule", "V2"): ["new_vpa_declines"],
        ("class", "V3"): ["worse"],
        ("class", "V6"): ["better", "rising_star"],
        ("inactive", "V4"): ["mobile_app", "part_time"],
        ("inactive", "V5"): [],
        ("absence", "V7"): ["long"],
        ("absence", "V8"): ["frequent"],
        ("absence", "V9"): ["short_notice"],
        ("absence", "V6"): [],
    }
    flags = {flag["vpa"]: flag["stage"] for flag in house.rows("journey", "list")}
    assert flags == {"V2": "0-3", "V10": "3-6", "V11": "6-9", "V12": "9-12", "V13": ">12"}
    assert house.rows("reminder", "list") == []  # K-25: not at baseline


def test_case_shape(house: House) -> None:
    for line in house.rows("case", "list"):
        same(line, CASE)
        same(house.do("case", "show", str(line["id"])), CASE)
    schedule = house.case("schedule", "V1")
    assert (schedule["before"], schedule["after"]) == ({"auftraege": True}, {"auftraege": False})
    assert schedule["absence"] is None
    assert schedule["reminders"] == []
    assert schedule["state"] == "open"
    assert schedule["opened_at"] == "2025-11-05T09:00:00+01:00"
    assert schedule["workable_from"] is None
    absence = house.case("absence", "V7")
    assert absence["absence"] == "A3"
    assert absence["before"] is None
    assert absence["after"] == {"von": "2025-12-01", "bis": "2025-12-22", "eingetragen_am": "2025-11-04"}
    assert absence["facts"] == {"days": 22, "starts_90_days": 1}
    assert house.case("absence", "V8")["facts"] == {"days": 2, "starts_90_days": 3}
    star = house.case("class", "V6")
    assert star["before"] == {"klasse": "C", "rising_star": False}
    assert star["after"] == {"klasse": "B", "rising_star": True}
    inactive = house.case("inactive", "V5")
    assert (inactive["before"], inactive["after"]) == ({"aktiv": True}, {"aktiv": False})
    assert inactive["workable_from"] == "2025-11-06T00:00:00+01:00"


def test_flag_and_reminder_and_entry_shapes(house: House) -> None:
    for line in house.rows("journey", "list"):
        same(line, FLAG)
        same(house.do("journey", "show", str(line["id"])), FLAG)
        assert (line["raised_on"], line["overdue"], line["state"]) == ("2025-11-05", False, "open")
    same(house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-07", "--reason", "Fragen"), REMINDER)
    same(house.do("reminder", "show", "1"), REMINDER)
    (line,) = house.rows("reminder", "list")
    same(line, REMINDER)
    for line in house.rows("file", "show", "--customer", "K1"):
        same(line, ENTRY)
    logged = house.do(
        "file", "log", "--vpa", "V1", "--kind", "contact", "--situation", "Kurz telefoniert", "--tag", "x"
    )
    same(logged, ENTRY)
    (hit,) = house.rows("file", "search", "telefoniert")
    same(hit, ENTRY + " score")


def test_entries_of_the_platform(house: House) -> None:
    sales, green = house.rows("file", "show", "--customer", "K1")
    if sales["file"] != "oteam":
        sales, green = green, sales
    assert (sales["kind"], sales["origin"], sales["subject"]) == ("lead", "sales", "customer:K1")
    assert (green["kind"], green["origin"], green["tags"]) == ("other", "vpa", ["Stil", "Mail"])
    assert [each["file"] for each in house.rows("file", "show", "--customer", "K1", "--file", "oteam")] == ["oteam"]


def test_task_shapes(house: House) -> None:
    for line in house.rows("task", "list"):
        same(line, TASK)
    shown = house.do("task", "show", "T4")
    same(shown, TASK + " delegation checklist tags_checked messages notes gates")
    assert shown["hours"] == 10
    assert shown["deadline"] == "2025-12-01"
    assert shown["customer"] == "K1"
    for each in shown["messages"]:
        same(each, MESSAGE)
    assert [each["id"] for each in house.rows("task", "messages", "T4")] == ["M1", "M2", "M3"]
    assert [each["id"] for each in house.rows("task", "messages", "T4", "--tag", "erinnerung")] == ["M2", "M3"]
    assert house.do("task", "show", "T2")["hours"] == 6.5


def test_check_shape_and_numbers(house: House) -> None:
    answer = house.do("check")
    same(answer, CHECK)
    same(answer["day"], "date sealed_by sealed_at")
    assert answer["day"] == {"date": "2025-11-05", "sealed_by": None, "sealed_at": None}
    assert (answer["member"], answer["open_cases"], answer["new_flags"]) == ("ANN", 10, 5)
    assert (answer["own_due"], answer["all_due"], answer["stand_in_due"], answer["complete"]) == (0, 0, 0, False)
    assert answer["now"] == "2025-11-05T14:00:00+01:00"


def test_check_without_member_only_reads(house: House) -> None:
    house.world.me = None
    before = house.dump()
    answer = house.do("check", now="2026-05-05T14:00")
    assert answer["own_due"] is None
    assert answer["member"] is None
    assert house.dump() == before


def test_vpa_and_customer_name_ids(house: House) -> None:
    shown = house.do("vpa", "show", "V1")
    assert shown["returns"] == 0
    customer = house.do("customer", "show", "K1")
    assert (customer["status"], customer["vpa"]) == ("aktiv", "V1")
    assert house.do("customer", "show", "K4")["vpa"] is None
    assert {line["id"] for line in house.rows("vpa", "list", "--class", "C", "--class", "N")} == {
        "V2", "V3", "V11", "V12",
    }  # fmt: skip
    assert {line["id"]: (line["status"], line["vpa"]) for line in house.rows("customer", "list")} == {
        "K1": ("aktiv", "V1"), "K2": ("angebot", "V1"), "K3": ("aktiv", "V4"), "K4": ("bucher", None),
    }  # fmt: skip


def test_history_shape(house: House) -> None:
    rows = house.rows("history")
    for row in rows:
        same(row, "id at member account action subject before after command")
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert [row["action"] for row in rows].count("import") == 2
    assert house.run("history", "verify").exit_code == 0


def test_search_shape(house: House) -> None:
    hits = house.rows("search", "bäckerei", "sommer")
    for hit in hits:
        same(hit, "type id title score")
    assert ("customer", "K1") in {(hit["type"], hit["id"]) for hit in hits}
    assert ("task", "T1") in {(hit["type"], hit["id"]) for hit in house.rows("search", "messeliste")}
    assert ("vpa", "V1") in {(hit["type"], hit["id"]) for hit in house.rows("search", "MIRA")}
    assert "entry" in {hit["type"] for hit in house.rows("search", "Stammgespräch")}


def test_watchlist_shape(house: House) -> None:
    lines = house.rows("watchlist")
    for line in lines:
        same(line, "customer vpa last_entry weeks risk reasons")
    assert {line["customer"]: line["last_entry"] for line in lines if line["last_entry"]} == {"K1": "2025-08-20"}
    assert lines[0]["customer"] == "K1"
    assert lines[0]["weeks"] == 11
    assert [line["last_entry"] for line in lines[1:]] == [None] * (len(lines) - 1)
    assert {"K2", "K3"} <= {line["customer"] for line in lines}


def test_day_shape(house: House) -> None:
    shown = house.do("day", "show")
    same(shown, "date sealed_by sealed_at counts leftovers")
    assert shown["date"] == "2025-11-05"
    assert shown["sealed_by"] is None


def test_limit_and_order(house: House) -> None:
    everything = house.rows("case", "list")
    assert house.rows("case", "list", "--limit", "3") == everything[:3]
    assert [case["opened_at"] for case in everything] == sorted(case["opened_at"] for case in everything)
    for command in (["vpa", "list"], ["customer", "list"], ["task", "list"], ["journey", "list"], ["history"]):
        whole = house.rows(*command)
        assert house.rows(*command, "--limit", "2") == whole[:2], command


def test_a_list_is_json_lines_and_a_thing_one_object(house: House) -> None:
    text = house.run("case", "list").stdout
    assert all(json.loads(line) for line in text.splitlines())
    assert house.run("case", "show", "1").stdout.count("\n") == 1
    assert house.run("handover", "list").stdout == ""
