"""CONTRACT §2: undo and redo over all rooms, the seal of a day with its leftovers, the numbers of `check`, history."""

from __future__ import annotations

from tests.acceptance.house import House, vpas


def clear(house: House) -> None:
    """Work off everything of Wednesday, each Case with the measure that it needs."""
    for case in house.rows("case", "list"):
        ways = {
            "schedule": ("--measure", "contacted", "--answer", "x", "--decision", "not_needed", "--note", "n"),
            "absence": ("--measure", "contacted", "--answer", "x"),
            "class": ("--measure", "checked", "--cause", "x"),
            "inactive": ("--measure", "reminder"),
        }
        house.do("case", "resolve", str(case["id"]), *ways[case["kind"]])
    given = (
        "--onboarding-call",
        "2025-11-05",
        "--appointment",
        "2025-11-10T10:00",
        "--buddy",
        "BEN",
        "--class-checked",
        "--measures",
        "x",
        "--agreed-with",
        "VIO",
        "--discussed-on",
        "2025-11-05",
        "--contacted-on",
        "2025-11-05",
    )
    for flag in house.rows("journey", "list"):
        house.do("journey", "remove", str(flag["id"]), *given, as_="VIO")


def test_undo_back_to_the_beginning_and_redo_to_the_end(house: House) -> None:
    opened = house.rows("case", "list"), house.rows("reminder", "list"), house.rows("file", "show", "--customer", "K1")
    steps = (
        (
            "case",
            "resolve",
            "1",
            "--measure",
            "checked",
            "--decision",
            "not_needed",
            "--note",
            "x",
            "--answer",
            "x",
            "--cause",
            "x",
            "--measure",
            "contacted",
            "--log",
            "a",
        ),
        ("reminder", "set", "--vpa", "V1", "--due", "2025-11-07", "--reason", "x"),
        (
            "file",
            "log",
            "--customer",
            "K1",
            "--file",
            "oteam",
            "--kind",
            "lead",
            "--situation",
            "x",
            "--tag",
            "x",
            "--reminder",
            "2025-11-10",
        ),
        ("customer", "status", "K1", "--to", "prio", "--reason", "x"),
        ("task", "message", "T1", "--from", "kunde", "--text", "x"),
        ("task", "note", "T1", "--text", "x"),
        ("task", "check", "T1", "--item", "instruction=present"),
        ("task", "return", "T1", "--gap", "x"),
        ("handover", "open", "--customer", "K1", "--vpa", "V1", "--reason-kind", "need_changed", "--reason", "x"),
        ("assign", "--customer", "K4", "--vpa", "V7", "--kind", "new_offer", "--text", "x"),
        ("watchlist", "approach", "--customer", "K1", "--deadline", "2025-11-12", "--text", "x"),
        ("handover", "escalate", "--customer", "K2", "--text", "x"),
    )
    for step in steps:
        house.do(*step)
    state = house.rows("reminder", "list"), house.rows("task", "list"), house.rows("customer", "list")
    for step in reversed(steps):
        house.do("undo"), step
    assert house.fails("undo") == (6, "already_done")
    assert (
        house.rows("case", "list"),
        house.rows("reminder", "list"),
        house.rows("file", "show", "--customer", "K1"),
    ) == opened
    assert house.rows("handover", "list") == []
    assert house.do("customer", "show", "K4")["vpa"] is None
    for step in steps:
        house.do("redo"), step
    assert house.fails("redo") == (6, "already_done")
    assert (house.rows("reminder", "list"), house.rows("task", "list"), house.rows("customer", "list")) == state
    assert house.run("history", "verify").exit_code == 0


def test_undo_passes_over_what_cannot_be_undone_and_is_each_members_own(house: House) -> None:
    house.do("customer", "status", "K1", "--to", "prio", "--reason", "x")
    house.do("check")
    house.do("member", "set", "ANN", "--name", "Anna", as_="VIO")
    house.do("setting", "set", "long_days", "30", as_="VIO")
    house.take("2025-11-05T15:00", vpas=vpas())
    assert house.fails("undo", as_="TOM") == (6, "already_done")
    house.do("undo")
    assert house.do("customer", "show", "K1")["status"] == "aktiv"


def test_a_new_action_ends_redo(house: House) -> None:
    house.do("customer", "status", "K1", "--to", "prio", "--reason", "x")
    house.do("undo")
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-07", "--reason", "x")
    assert house.fails("redo")[0] == 6


def test_undo_meets_an_import_that_built_on_it(house: House) -> None:
    case = house.case("class", "V6")
    house.do("case", "contact", str(case["id"]))
    house.take("2025-11-06T09:00", vpas=vpas(V6={"rising_star": "nein"}))
    assert house.fails("undo") == (6, "conflict")


def test_undo_of_a_resolve_after_a_new_case_of_that_vpa_was_raised(house: House) -> None:
    case = house.case("class", "V6")
    house.do("case", "resolve", str(case["id"]), "--measure", "praised")
    assert house.take("2025-11-06T09:00", vpas=vpas(V6={"klasse": "A"}))["cases"] == 1
    assert house.fails("undo") == (6, "conflict")  # one open Case per VPA and kind
    assert len(house.rows("case", "list", "--kind", "class", "--vpa", "V6")) == 1


def test_day_close_too_early(house: House) -> None:
    assert house.wants("day", "close", now="2025-11-06T11:59")[0] == "too_early_to_seal D-01"
    assert house.wants("day", "close", now="2025-11-08T14:00")[0] == "too_early_to_seal D-01"  # Saturday
    assert house.wants("day", "close", now="2025-12-25T14:00", as_="VIO")[0] == "too_early_to_seal D-01"


def test_day_close_with_leftovers_deferred_and_handled(house: House) -> None:
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "x")
    assert [c.split()[0] for c in house.wants("day", "close")] == ["case_left", "reminder_left", "flag_left"]
    weights = {o["weight"] for o in house.run("day", "close").json["error"]["obstacles"]}
    assert weights == {"warn"}
    house.do("reminder", "postpone", "1", "--due", "2025-11-06", "--reason", "x")
    assert [c.split()[0] for c in house.wants("day", "close")] == ["case_left", "flag_left"]
    for flag in house.rows("journey", "list"):
        house.do("reminder", "set", "--about", f"flag:{flag['id']}", "--due", "2025-11-07", "--reason", "x")
    assert [c.split()[0] for c in house.wants("day", "close")] == ["case_left"]
    answer = house.do("check")
    assert (answer["new_flags"], answer["open_cases"], answer["complete"]) == (0, 10, False)
    sealed = house.do("day", "close", "--despite", "Morgen geht es weiter")
    assert (sealed["sealed_by"], sealed["sealed_at"]) == ("ANN", "2025-11-05T14:00:00+01:00")
    assert "Morgen geht es weiter" in str(sealed["leftovers"])
    assert house.fails("day", "close") == (6, "already_done")
    house.take("2025-11-05T15:00", vpas=vpas(V7={"klasse": "D"}))
    assert house.do("day", "show")["sealed_by"] == "ANN"
    assert house.do("check")["day"] == {
        "date": "2025-11-05", "sealed_by": "ANN", "sealed_at": "2025-11-05T14:00:00+01:00",
    }  # fmt: skip
    assert house.do("day", "show", "--date", "04.11.2025")["sealed_by"] is None


def test_a_contacted_case_is_deferred_until_its_reminder_is_due(house: House) -> None:
    case = house.case("absence", "V7")
    house.do("case", "contact", str(case["id"]))
    assert house.do("check")["open_cases"] == 10
    for other in house.rows("case", "list"):
        if other["id"] != case["id"]:
            house.do("reminder", "set", "--about", f"case:{other['id']}", "--due", "2025-11-07", "--reason", "x")
    for flag in house.rows("journey", "list"):
        house.do("reminder", "set", "--about", f"flag:{flag['id']}", "--due", "2025-11-07", "--reason", "x")
    assert house.do("check")["complete"] is True
    assert house.do("day", "close", "--dry-run")["leftovers"] == []
    left = house.wants("day", "close", now="2025-11-06T14:00")
    assert [code.split()[0] for code in left] == ["case_left", "reminder_left"]


def test_complete_is_what_day_close_finds(house: House) -> None:
    clear(house)
    answer = house.do("check")
    assert (answer["open_cases"], answer["new_flags"], answer["own_due"], answer["complete"]) == (0, 0, 0, True)
    sealed = house.do("day", "close")
    assert sealed["leftovers"] == []
    due = house.do("check", now="2025-11-06T14:00")
    assert (due["own_due"], due["all_due"], due["complete"]) == (2, 2, False)  # the two inactive ones
    assert house.wants("day", "close", now="2025-11-06T14:00") == ["reminder_left D-01"]


def test_check_counts_own_all_and_stand_in(house: House) -> None:
    for who in ("ANN", "TOM", "TOM"):
        house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "x", as_=who)
    house.do("member", "away", "TOM", "--reason", "sick", "--from", "2025-11-05", "--until", "2025-11-06", as_="VIO")
    numbers = house.do("check")
    assert (numbers["own_due"], numbers["all_due"], numbers["stand_in_due"]) == (1, 3, 2)
    assert house.do("check", as_="TOM")["own_due"] == 2
    house.do("member", "back", "TOM", as_="VIO")
    assert house.do("check")["stand_in_due"] == 0


def test_history_names_member_action_subject_and_command(house: House) -> None:
    before = len(house.rows("history"))
    house.do("customer", "status", "K1", "--to", "prio", "--reason", "Wächst")
    rows = house.rows("history")[before:]
    assert {(row["member"], row["action"]) for row in rows} == {("ANN", "customer.status")}
    assert "customer:K1" in {row["subject"] for row in rows}
    assert len({row["command"] for row in rows}) == 1
    assert house.rows("history", "--of", "customer:K1")[-1]["id"] in {row["id"] for row in rows}
    house.do("undo")
    assert house.rows("history")[-1]["action"] == "undo"
    assert house.fails("history", "--of", "customer:K99") == (2, "not_found")
    assert house.fails("history", "--of", "quatsch")[0] == 2


def test_flags_raised_by_check_belong_to_nobody(house: House) -> None:
    before = len(house.rows("history"))
    house.do("check", now="2026-02-05T14:00")
    raised, looked = house.rows("history")[before:]
    assert (raised["member"], looked["member"]) == (None, "ANN")
    assert looked["action"] == "check"


def test_history_of_the_vpa_akte_is_for_its_readers(house: House) -> None:
    made = house.do("file", "log", "--vpa", "V1", "--kind", "contact", "--situation", "Geheimnis", "--tag", "x")
    assert "Geheimnis" in house.run("history", "--of", f"entry:{made['id']}").stdout
    assert "Geheimnis" not in house.run("history", "--of", f"entry:{made['id']}", as_="KIM").stdout
    assert "Geheimnis" not in house.run("history", as_="KIM").stdout
    assert "Geheimnis" not in house.run("history", as_="SAM").stdout


def test_an_entry_taken_back_is_gone_from_file_and_search_but_in_history(house: House) -> None:
    made = house.do("file", "log", "--vpa", "V1", "--kind", "contact", "--situation", "Einhorn", "--tag", "x")
    house.do("undo")
    assert house.rows("file", "search", "Einhorn") == []
    assert house.rows("search", "Einhorn") == []
    assert made["id"] not in {each["id"] for each in house.rows("file", "show", "--vpa", "V1")}
    assert "Einhorn" in house.run("history", "--of", f"entry:{made['id']}").stdout
