"""CONTRACT §3: the second, third and fourth export: local changes, gone VPAs, absence chains, unknown values."""

from __future__ import annotations

import json
import zipfile
from typing import Any

import pytest

from tests.acceptance.house import (
    CUSTOMERS,
    TASKS,
    VPAS,
    House,
    absence,
    absences,
    changed,
    customer,
    entry,
    in_charge,
    message,
    vpa,
    vpas,
)  # fmt: skip

THURSDAY = "2025-11-06T09:00"
FRIDAY = "2025-11-07T09:00"


def counts(answer: dict[str, Any]) -> tuple[int, int]:
    return answer["cases"], answer["flags"]


def test_the_same_export_twice_changes_nothing(house: House) -> None:
    before = house.rows("case", "list", "--state", "all"), house.rows("journey", "list", "--state", "all")
    answer = house.take("2025-11-05T15:00", vpas=vpas(), abwesenheiten=absences())
    assert counts(answer) == (0, 0)
    assert {f["file"]: (f["new"], f["changed"], f["unchanged"]) for f in answer["files"]} == {
        "vpas": (0, 0, 13), "abwesenheiten": (0, 0, 6),
    }  # fmt: skip
    assert (house.rows("case", "list", "--state", "all"), house.rows("journey", "list", "--state", "all")) == before


def test_two_history_rows_of_two_imports_member_and_command(house: House) -> None:
    before = len(house.rows("history"))
    house.take("2025-11-05T15:00", vpas=vpas())
    last = house.rows("history")[before:]
    assert [row["action"] for row in last] == ["import"]
    assert last[0]["member"] == "ANN"


def test_a_local_status_stays_until_the_exports_own_value_changes(house: House) -> None:
    house.do("customer", "status", "K1", "--to", "prio", "--reason", "Wächst")
    assert house.do("customer", "show", "K1")["status"] == "prio"
    house.take(THURSDAY, kunden=CUSTOMERS)
    assert house.do("customer", "show", "K1")["status"] == "prio"
    house.take(FRIDAY, kunden=changed(CUSTOMERS, K1={"name": "Bäckerei Sommer GmbH"}))
    shown = house.do("customer", "show", "K1")
    assert (shown["status"], shown["name"]) == ("prio", "Bäckerei Sommer GmbH")
    house.take("2025-11-10T09:00", kunden=changed(CUSTOMERS, K1={"status": "inaktiv"}))
    assert house.do("customer", "show", "K1")["status"] == "inaktiv"


def test_a_local_task_state_stays_until_the_exports_own_value_changes(house: House) -> None:
    house.do("task", "return", "T2", "--gap", "Logo fehlt")
    assert house.do("task", "show", "T2")["state"] == "offen"
    house.take(THURSDAY, aufgaben=TASKS)
    assert house.do("task", "show", "T2")["state"] == "offen"
    house.take(FRIDAY, aufgaben=changed(TASKS, T2={"status": "umfrage"}))
    assert house.do("task", "show", "T2")["state"] == "umfrage"


def test_known_unknown_known(house: House) -> None:
    house.take(THURSDAY, vpas=vpas(V7={"rising_star": "ja"}))
    assert house.case("class", "V7")["findings"] == ["rising_star"]
    house.do("case", "resolve", str(house.case("class", "V7")["id"]), "--measure", "praised")
    assert counts(house.take(FRIDAY, vpas=vpas(V7={"rising_star": ""}))) == (0, 0)
    assert house.rows("case", "list", "--kind", "class", "--vpa", "V7") == []
    house.take("2025-11-10T09:00", vpas=vpas(V7={"rising_star": "nein"}))
    case = house.case("class", "V7")
    assert case["findings"] == ["rising_star_lost", "worse"]
    assert (case["before"], case["after"]) == ({"rising_star": True}, {"rising_star": False})


def test_reverted_then_changed_again(house: House) -> None:
    case = house.case("class", "V3")
    answer = house.take(THURSDAY, vpas=vpas(V3={"klasse": "B"}))
    assert answer["cases"] == 0
    shown = house.do("case", "show", str(case["id"]))
    assert (shown["findings"], shown["before"], shown["after"], shown["state"]) == (["reverted"], {}, {}, "open")
    house.take(FRIDAY, vpas=vpas(V3={"klasse": "A"}))
    shown = house.do("case", "show", str(case["id"]))
    assert (shown["findings"], shown["before"], shown["after"]) == (["better"], {"klasse": "B"}, {"klasse": "A"})


def test_reverted_needs_no_decision_nor_cause(house: House) -> None:
    house.take(THURSDAY, vpas=vpas(V1={"auftraege": "ja"}, V3={"klasse": "B"}))
    for kind, of in (("schedule", "V1"), ("class", "V3")):
        case = house.case(kind, of)
        assert case["findings"] == ["reverted"]
        assert house.do("case", "resolve", str(case["id"]), "--measure", "checked")["state"] == "resolved"


def test_a_partly_reverted_case_keeps_the_other_field(house: House) -> None:
    house.take(THURSDAY, vpas=vpas(V6={"rising_star": "nein"}))
    case = house.case("class", "V6")
    assert (case["before"], case["after"], case["findings"]) == ({"klasse": "C"}, {"klasse": "B"}, ["better"])


def test_inactive_never_reverts_and_workable_from_counts_from_the_newest_change(house: House) -> None:
    case = house.case("inactive", "V5")
    house.take(THURSDAY, vpas=vpas(V5={"aktiv": "ja"}))
    shown = house.do("case", "show", str(case["id"]))
    assert shown["findings"] == ["active_again"]
    assert (shown["before"], shown["after"]) == ({"aktiv": True}, {"aktiv": False})
    assert house.take(FRIDAY, vpas=vpas(V5={"aktiv": "nein"}))["cases"] == 0
    shown = house.do("case", "show", str(case["id"]))
    assert (shown["findings"], shown["workable_from"]) == ([], "2025-11-10T12:00:00+01:00")


def test_a_gone_vpa_has_no_new_flags_and_comes_back_compared(house: House) -> None:
    house.take(THURSDAY, vpas=[row for row in vpas() if row["vpa_id"] not in ("V6", "V10")])
    assert {flag["vpa"] for flag in house.rows("journey", "list")} >= {"V10"}
    assert house.do("check", now="2026-05-06T14:00")["new_flags"] >= 5  # gone ones count while open
    assert [f["stage"] for f in house.rows("journey", "list", "--state", "all") if f["vpa"] == "V10"] == ["3-6"]
    before = len(house.rows("case", "list", "--state", "all", "--vpa", "V6"))
    house.do("case", "resolve", str(house.case("class", "V6")["id"]), "--measure", "praised")
    house.take(FRIDAY, vpas=vpas(V6={"rising_star": "nein"}))
    assert len(house.rows("case", "list", "--state", "all", "--vpa", "V6")) == before + 1
    assert house.case("class", "V6")["findings"] == ["rising_star_lost", "worse"]


def test_an_absence_first_seen_while_gone_is_raised_on_return(house: House) -> None:
    new = absence("A9", "V5", "2025-12-08", "2025-12-09", "2025-11-06")
    rows = [row for row in vpas() if row["vpa_id"] != "V5"]
    assert house.take(THURSDAY, vpas=rows, abwesenheiten=[*absences(), new])["cases"] == 1  # S-04: that V5 is gone
    assert house.take(FRIDAY, vpas=vpas(), abwesenheiten=[*absences(), new])["cases"] == 1
    assert house.case("absence", "V5")["absence"] == "A9"


def test_journey_remove_gone(house: House) -> None:
    flag = next(f for f in house.rows("journey", "list") if f["vpa"] == "V10")
    wanted = ["appointment_missing J-02", "buddy_missing J-02"]
    assert house.wants("journey", "remove", str(flag["id"]), "--gone") == wanted
    house.take(THURSDAY, vpas=[row for row in vpas() if row["vpa_id"] != "V10"])
    assert house.do("journey", "remove", str(flag["id"]), "--gone")["state"] == "removed"


def test_absence_withdrawn_and_known_again(house: House) -> None:
    case = house.case("absence", "V7")
    house.take(THURSDAY, abwesenheiten=absences(without="A3"))
    shown = house.do("case", "show", str(case["id"]))
    assert (shown["findings"], shown["after"], shown["facts"]) == (["withdrawn"], None, None)
    assert house.take(FRIDAY, abwesenheiten=absences())["cases"] == 0
    shown = house.do("case", "show", str(case["id"]))
    assert shown["findings"] == ["long"]
    assert shown["before"] is None
    assert shown["after"] == {"von": "2025-12-01", "bis": "2025-12-22", "eingetragen_am": "2025-11-04"}


def test_withdrawn_after_resolved_then_back_raises_anew(house: House) -> None:
    case = house.case("absence", "V6")
    house.do("case", "resolve", str(case["id"]), "--measure", "checked")
    assert house.take(THURSDAY, abwesenheiten=absences(without="A6"))["cases"] == 0
    assert house.take(FRIDAY, abwesenheiten=absences())["cases"] == 1
    again = house.case("absence", "V6")
    assert again["id"] != case["id"]
    assert again["before"] is None


def test_no_absences_file_withdraws_nothing(house: House) -> None:
    house.take(THURSDAY, vpas=vpas())
    assert house.case("absence", "V7")["findings"] == ["long"]


def test_an_absence_with_only_another_entered_day_goes_into_no_case(house: House) -> None:
    before = house.case("absence", "V6")
    answer = house.take(THURSDAY, abwesenheiten=absences(A6={"eingetragen_am": "2025-11-06"}))
    assert answer["cases"] == 0
    assert house.case("absence", "V6")["after"] == before["after"]


def test_moved_dates_go_into_the_case_and_back(house: House) -> None:
    case = house.case("absence", "V6")
    house.do("case", "resolve", str(case["id"]), "--measure", "checked")
    assert house.take(THURSDAY, abwesenheiten=absences(A6={"bis": "2026-02-04"}))["cases"] == 1
    shown = house.case("absence", "V6")
    assert (shown["before"], shown["after"]) == ({"bis": "2026-02-03"}, {"bis": "2026-02-04"})
    assert shown["facts"] == {"days": 3, "starts_90_days": 1}
    house.take(FRIDAY, abwesenheiten=absences())
    shown = house.case("absence", "V6")
    assert (shown["findings"], shown["before"], shown["after"]) == (["reverted"], {}, {})


def test_absences_chain_for_length_but_not_for_the_count(house: House) -> None:
    chain = [
        absence("B1", "V5", "2025-12-01", "2025-12-12", "2025-11-05"),  # Mon to Fri of the week after
        absence("B2", "V5", "2025-12-16", "2025-12-23", "2025-11-05"),  # one working day (Mon 15) between
    ]
    assert house.take(THURSDAY, abwesenheiten=[*absences(), *chain])["cases"] == 2
    both = house.rows("case", "list", "--kind", "absence", "--vpa", "V5")
    assert [case["findings"] for case in both] == [["long"], ["long"]]
    assert [case["facts"]["days"] for case in both] == [23, 23]
    assert [case["facts"]["starts_90_days"] for case in both] == [1, 2]


def test_a_withdrawn_link_breaks_the_chain_of_the_open_case(house: House) -> None:
    chain = [
        absence("B1", "V5", "2025-12-01", "2025-12-12", "2025-11-05"),
        absence("B2", "V5", "2025-12-15", "2025-12-23", "2025-11-05"),
    ]
    house.take(THURSDAY, abwesenheiten=[*absences(), *chain])
    house.take(FRIDAY, abwesenheiten=[*absences(), chain[0]])
    first, second = house.rows("case", "list", "--kind", "absence", "--vpa", "V5")
    assert (first["findings"], second["findings"]) == ([], ["withdrawn"])


def test_older_export_is_a_warning_passed_with_a_reason(house: House) -> None:
    old = house.export({"vpas": [{**row, "letzte_aktivitaet": "2025-10-01"} for row in vpas()]})
    assert house.wants("import", str(old), now=THURSDAY)[0].startswith("older_export")
    refusal = house.run("import", str(old), now=THURSDAY).json["error"]["obstacles"]
    assert [each["weight"] for each in refusal] == ["warn"]
    before = house.dump()
    house.run("import", str(old), now=THURSDAY)
    assert house.dump() == before
    house.do("import", str(old), "--despite", "Nachlieferung", now=THURSDAY)
    assert "Nachlieferung" in json.dumps(house.rows("history")[-1], ensure_ascii=False)


def test_an_export_without_the_three_columns_is_not_older(house: House) -> None:
    house.take(THURSDAY, kunden=CUSTOMERS)


def test_baseline_takes_everything_as_known(bare: House) -> None:
    bare.do("member", "add", "ANN", "Anna", "--role", "vpa_manager", now="2025-11-03T08:00")
    bare.world.me = "ANN"
    tables: dict[str, Any] = {
        "vpas": VPAS, "kunden": [customer("K1", "Eins")], "zuordnungen": [in_charge("K1", "V1", "2025-11-01")],
        "abwesenheiten": [absence("A1", "V1", "2025-12-01", "2025-12-31", "2025-11-02")],
    }  # fmt: skip
    answer = bare.take("2025-11-03T08:00", "--baseline", **tables)
    assert counts(answer) == (0, 0)
    assert bare.rows("case", "list", "--state", "all") == []
    assert bare.rows("journey", "list", "--state", "all") == []
    assert bare.rows("reminder", "list", "--state", "all") == []
    assert counts(bare.take("2025-11-04T08:00", **tables)) == (0, 0)


def test_without_baseline_flags_and_absences_come_but_nothing_of_a_change(bare: House) -> None:
    bare.do("member", "add", "ANN", "Anna", "--role", "vpa_manager", now="2025-11-03T08:00")
    bare.world.me = "ANN"
    away = [absence("A1", "V1", "2025-11-01", "2025-11-02", "2025-10-01")]  # over already
    away += [absence("A2", "V1", "2025-10-01", "2025-11-03", "2025-09-01")]  # ends today
    answer = bare.take("2025-11-03T08:00", vpas=VPAS, abwesenheiten=away)
    assert counts(answer) == (1, 12)  # V2 starts the day after tomorrow
    assert bare.rows("case", "list")[0]["absence"] == "A2"
    assert bare.rows("case", "list")[0]["findings"] == ["long"]


def test_imported_assignment_sets_k25_for_the_importing_member(house: House) -> None:
    moved = in_charge("K4", "V5", "2025-11-06")
    house.take(THURSDAY, zuordnungen=[moved], as_="TOM")
    (reminder,) = house.rows("reminder", "list")
    assert (reminder["owner"], reminder["subject"]) == ("TOM", "customer:K4")
    assert reminder["due"] == "2025-12-04T00:00:00+01:00"
    assert house.do("customer", "show", "K4")["vpa"] == "V5"
    house.take(FRIDAY, zuordnungen=[moved], as_="TOM")
    assert len(house.rows("reminder", "list", "--state", "all")) == 1
    done = house.do(
        "reminder", "done", str(reminder["id"]), "--outcome", "solved", "--log", "Akte gepflegt", "--log-file", "oteam",
        as_="TOM", now="2025-12-05T10:00",
    )  # fmt: skip
    assert done["state"] == "done"
    (following,) = house.rows("reminder", "list", now="2025-12-05T10:00")
    assert following["due"] == "2026-01-30T00:00:00+01:00"


def test_platform_entries_count_for_r04_by_their_own_time(house: House) -> None:
    set_ = ("reminder", "set", "--customer", "K1", "--due", "2025-11-07", "--reason", "Fragen")
    house.do(*set_, now="2025-11-05T14:00")
    early = entry("E8", "oteam", "2025-11-05T13:59", "Davor", kunden_id="K1")
    house.take(THURSDAY, akten=[early])
    assert house.wants("reminder", "done", "1", "--outcome", "solved") == ["entry_missing R-04"]
    late = entry("E9", "vpa_kunde", "2025-11-05T14:01", "Danach", kunden_id="K1", von="vpa")
    house.take(FRIDAY, akten=[late])
    done = house.do("reminder", "done", "1", "--outcome", "solved")
    newest = house.rows("file", "show", "--customer", "K1")[-1]
    assert done["entry"] == newest["id"]
    assert newest["situation"] == "Danach"


def test_problems_name_every_fault_and_nothing_is_imported(house: House) -> None:
    folder = house.export({
        "vpas": [vpa("V1", ""), vpa("V20", "Neu", "X"), vpa("V20", "Zweimal")],
        "abwesenheiten": [absence("A1", "V99", "2025-11-10", "2025-11-09", "31.02.2025")],
        "zuordnungen": [in_charge("K1", "V20", "2025-11-01")],
        "kunden": [customer("K1", "Eins", status="Bucher")],
    })  # fmt: skip
    before = house.dump()
    result = house.run("import", str(folder))
    assert result.exit_code == 4
    error = result.json["error"]
    assert (error["code"], error["obstacles"]) == ("bad_data", [])
    found = {(p["file"], p["line"], p["column"], p["code"]) for p in error["problems"]}
    assert found == {
        ("vpas.csv", 2, "name", "missing_value"), ("vpas.csv", 3, "klasse", "bad_value"),
        ("vpas.csv", 4, "vpa_id", "duplicate_id"), ("abwesenheiten.csv", 2, "vpa_id", "unknown_reference"),
        ("abwesenheiten.csv", 2, "bis", "bad_value"), ("abwesenheiten.csv", 2, "eingetragen_am", "bad_date"),
    }  # fmt: skip
    assert all(set(p) == {"file", "line", "column", "code", "message"} for p in error["problems"])
    assert house.dump() == before


def test_dry_run_of_an_import(house: House) -> None:
    folder = house.export({"vpas": vpas(V7={"klasse": "D"})})
    before = house.dump()
    answer = house.do("import", str(folder), "--dry-run", now=THURSDAY)
    assert answer["dry_run"] is True
    assert answer["cases"] == 1
    assert house.dump() == before
    assert {**house.do("import", str(folder), now=THURSDAY), "dry_run": True} == answer


def test_zip_json_single_file_and_unknown_names(house: House) -> None:
    path = house.folder / "export.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("kunden.json", json.dumps([{"kunden_id": "K9", "name": "Ümit", "status": "AKTIV", "x": 1}]))
        packed.writestr("liesmich.txt", "nichts")
    answer = house.do("import", str(path))
    assert [f["file"] for f in answer["files"]] == ["kunden"]
    assert len(answer["ignored"]) == 2
    assert any("x" in each for each in answer["ignored"])
    single = house.folder / "kunden.csv"
    single.write_bytes("kunden_id,name,status\nK8,Größe,bucher\n".encode("cp1252"))
    (file,) = house.do("import", str(single))["files"]
    assert {"file": "kunden", "rows": 1, "new": 1, "changed": 0, "unchanged": 0}.items() <= file.items()
    assert house.do("customer", "show", "K8")["name"] == "Größe"
    only = house.folder / "fremd.csv"
    only.write_text("a;b\n1;2\n")
    problems = house.run("import", str(only)).json["error"]["problems"]
    assert [p["code"] for p in problems] == ["unknown_file"]
    assert house.fails("import", str(house.folder / "fehlt.csv")) == (2, "usage")


def test_messages_and_tasks_of_the_export(house: House) -> None:
    house.take(
        THURSDAY,
        nachrichten=[message("M9", "T1", "06.11.2025 08:00", "vpa", "Ich gebe weiter", "weiterleitung|deadline")],
    )
    (shown,) = house.rows("task", "messages", "T1")
    assert shown == {
        "id": "M9", "task": "T1", "at": "2025-11-06T08:00:00+01:00", "from": "vpa", "text": "Ich gebe weiter",
        "tags": ["weiterleitung", "deadline"],
    }  # fmt: skip


@pytest.mark.parametrize("gone", ["V2", "V4"])
def test_a_gone_vpa_keeps_its_open_cases(house: House, gone: str) -> None:
    before = house.rows("case", "list", "--vpa", gone)
    house.take(THURSDAY, vpas=[row for row in vpas() if row["vpa_id"] != gone])
    after = [case for case in house.rows("case", "list", "--vpa", gone) if case["kind"] != "gone"]
    assert after == before
