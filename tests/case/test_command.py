"""`schicht case …` as scripts use it: shapes, exit codes, several ids, lists."""

from __future__ import annotations

from typing import Any

import pytest

from models.tables.case import Case
from models.tables.history import History
from models.tables.reminder import Reminder
from tests.support.cases import case, everything, reminder, vpa
from tests.support.world import World

SHAPE = {
    "id", "kind", "vpa", "vpa_name", "absence", "opened_at", "findings", "facts", "state", "before", "after",
    "workable_from", "contacted_at", "contacted_by", "reminders", "measure", "note", "resolved_at", "resolved_by",
    "details",
}  # fmt: skip


@pytest.fixture
def vpas(desk: World) -> World:
    for number in range(2, 6):
        vpa(f"V{number}", f"Person {number}")
    return desk


def ids(world: World, *args: str) -> list[int]:
    return [row["id"] for row in world.cli("case", "list", *args).ok().lines]


def test_show_has_the_shape_of_the_contract(desk: World) -> None:
    case("absence", "long", facts={"days": 22, "starts_90_days": 1})
    case("inactive", "mobile_app", opened="2025-10-31T08:00")
    absence = desk.cli("case", "show", "1").ok().json
    assert set(absence) == SHAPE
    assert absence["absence"] == "A1"
    assert absence["before"] is None
    assert absence["after"]["von"] == "2025-11-10"
    assert absence["facts"] == {"days": 22, "starts_90_days": 1}
    assert absence["workable_from"] is None
    assert absence["opened_at"] == "2025-11-03T08:00:00+01:00"
    inactive = desk.cli("case", "show", "2").ok().json
    assert inactive["workable_from"] == "2025-11-03T12:00:00+01:00"
    assert inactive["before"] == {"aktiv": True}


def test_lists_are_oldest_first_and_filtered(vpas: World) -> None:
    case("class", vpa="V2", opened="2025-11-04T08:00")
    case("schedule", vpa="V1", opened="2025-11-03T08:00")
    case("inactive", vpa="V1", opened="2025-11-03T08:00")
    vpas.cli("case", "resolve", "1", "--measure", "checked").ok()
    assert ids(vpas) == [2, 3]
    assert ids(vpas, "--state", "resolved") == [1]
    assert ids(vpas, "--state", "all") == [2, 3, 1]
    assert ids(vpas, "--state", "all", "--limit", "2") == [2, 3]
    assert ids(vpas, "--kind", "inactive") == [3]
    assert ids(vpas, "--state", "all", "--vpa", "V2") == [1]
    assert ids(vpas, "--vpa", "V5") == []


def test_wrong_usage_and_unknown_ids_exit_2(desk: World) -> None:
    case("schedule")
    wrong = (
        "list --state done", "list --kind nix", "list --limit -1", "resolve", "contact 1 --due nie",
        "contact 1 --due 2026-03-29T02:30", "resolve 1 --log-file nix --log x",
    )  # fmt: skip
    unknown = ("list --vpa V9", "show 9", "show x", "resolve 9 --measure checked", "contact 9")
    for line in wrong + unknown:
        answer = desk.cli("case", *line.split())
        assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage" if line in wrong else "not_found"), line


def test_several_ids_each_get_their_verdict_in_the_order_given(vpas: World) -> None:
    case("schedule", vpa="V1")
    case("class", "worse", vpa="V2")
    case("schedule", vpa="V3")
    answer = vpas.cli("case", "resolve", "3", "2", "77", "1", "3", "--measure", "checked")
    assert answer.exit_code == 3  # of the first that failed
    first, refused, unknown, fourth, twice = answer.lines
    assert (first["id"], first["state"], fourth["id"], fourth["state"]) == (3, "resolved", 1, "resolved")
    assert refused["id"] == 2
    assert [o["code"] for o in refused["error"]["obstacles"]] == ["cause_missing"]
    assert (unknown["id"], unknown["error"]["code"]) == (77, "not_found")
    assert (twice["id"], twice["error"]["code"]) == (3, "already_done")
    assert "ANN" in twice["error"]["message"]
    assert Case.select().where(Case.state == "resolved").count() == 2


def test_several_ids_all_done_exit_0(vpas: World) -> None:
    case("schedule", vpa="V1")
    case("schedule", vpa="V2")
    assert [row["state"] for row in vpas.cli("case", "resolve", "1", "2", "--measure", "checked").ok().lines] == [
        "resolved", "resolved",
    ]  # fmt: skip


def test_a_refusal_names_code_rule_weight_and_a_german_sentence(desk: World) -> None:
    case("class", "worse")
    answer = desk.cli("case", "resolve", "1", "--measure", "checked")
    assert answer.exit_code == 3
    error = answer.json["error"]
    assert (error["code"], error["problems"]) == ("refused", [])
    (found,) = error["obstacles"]
    assert (found["code"], found["rule"], found["weight"]) == ("cause_missing", "D-30", "stop")
    assert found["message"].startswith("Gesperrt")


def test_d05_an_option_with_a_code_is_never_wrong_usage(desk: World) -> None:
    case("schedule", "priority_to_agree")
    for measure in ([], ["--measure", ""], ["--measure", "nix"], ["--measure", "praised"]):
        answer = desk.cli("case", "resolve", "1", *measure, "--decision", "nix", "--agreed-with", "nix")
        assert (answer.exit_code, answer.codes) == (3, ["measure_missing", "decision_missing"]), measure


def test_every_option_of_the_contract_is_there(vpas: World) -> None:
    case("schedule", "new_vpa_declines", "priority_to_agree", vpa="V1")
    case("absence", "long", "frequent", vpa="V2")
    case("inactive", "mobile_app", "part_time", vpa="V3")
    case("class", "worse", vpa="V4")
    answers: list[list[str]] = [
        ["1", "--measure", "contacted", "--answer", "Ja", "--decision", "prio", "--agreed-with", "vio", "--odd"],
        ["2", "--measure", "contacted", "--answer", "Ja", "--care", "Tom"],
        ["3", "--measure", "contacted", "--list-checked", "--activity-proof", "Chat", "--customer-report", "K1"],
        ["4", "--measure", "praised", "--cause", "Uni", "--note", "Gut", "--log", "Text", "--log-kind", "class",
         "--log-tag", "a", "--log-tag", "b"],
    ]  # fmt: skip
    for args in answers:
        shown: Any = vpas.cli("case", "resolve", *args).ok().json
        assert set(shown) - {"hints"} == SHAPE


def test_contact_by_command(desk: World) -> None:
    case("inactive", "mobile_app", "part_time")
    assert desk.cli("case", "contact", "1").codes == [
        "list_unchecked", "activity_proof_missing", "customer_report_missing",
    ]  # fmt: skip
    shown = desk.cli(
        "case", "contact", "1", "--list-checked", "--activity-proof", "Chat", "--customer-report", "K1",
        "--note", "Alles gut?", "--due", "12.11.2025",
    ).ok().json  # fmt: skip
    assert (shown["state"], shown["contacted_by"], shown["reminders"]) == ("open", "ANN", [1])
    assert Reminder.get().due.isoformat() == "2025-11-11T23:00:00+00:00"
    assert desk.cli("case", "resolve", "1", "--measure", "contacted", now="2025-11-06T09:00").ok().json["measure"]


def test_a_dry_run_by_command(desk: World) -> None:
    case("schedule")
    case("class", "worse")
    before = everything()
    first, second = desk.cli("case", "resolve", "1", "2", "--measure", "checked", "--dry-run").lines
    assert (first["state"], first["dry_run"]) == ("resolved", True)
    assert second["error"]["code"] == "refused"
    assert everything() == before


def test_undo_and_redo_by_command_take_a_bulk_as_a_whole(vpas: World) -> None:
    case("schedule", vpa="V1")
    case("schedule", vpa="V2")
    vpas.cli("case", "resolve", "1", "2", "--measure", "checked").ok()
    assert vpas.cli("undo").exit_code == 0
    assert ids(vpas) == [1, 2]
    assert vpas.cli("undo").exit_code == 6
    assert vpas.cli("redo").exit_code == 0
    assert ids(vpas) == []


def test_the_same_command_twice_is_done_once(vpas: World) -> None:
    case("inactive", vpa="V1")
    case("inactive", vpa="V2")
    twice = [
        "case",
        "resolve",
        "1",
        "2",
        "--measure",
        "reminder",
        "--command-id",
        "0a8e3c1e-5f0e-4a51-9f57-0c5a3f6a1b20",
    ]
    vpas.cli(*twice).ok()
    rows = everything()
    vpas.cli(*twice).ok()
    assert everything() == rows
    assert Reminder.select().count() == 2
    assert History.select().where(History.command == "0a8e3c1e-5f0e-4a51-9f57-0c5a3f6a1b20").count() == 2


def test_d22_hints_are_in_the_answer(desk: World) -> None:
    case("absence", "long")
    shown = desk.cli("case", "resolve", "1", "--measure", "contacted", "--answer", "Ja").ok().json
    assert [hint["rule"] for hint in shown["hints"]] == ["D-22"]


def test_the_history_tells_who_closed_it(desk: World) -> None:
    case("schedule")
    desk.cli("case", "resolve", "1", "--measure", "checked").ok()
    row = desk.cli("history", "--of", "case:1").ok().json
    assert (row["action"], row["member"], row["before"]["state"], row["after"]["state"]) == (
        "case.resolve", "ANN", "open", "resolved",
    )  # fmt: skip


def test_a_long_list_names_every_cases_reminders(vpas: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.case.queries.BATCH", 2)
    for number in range(1, 6):
        case("class", vpa=f"V{number}", opened=f"2025-11-03T0{number}:00")
    for about in (5, 2, 5):
        reminder(f"vpa:V{about}", about=f"case:{about}")
    assert [row["reminders"] for row in vpas.cli("case", "list").ok().lines] == [[], [2], [], [], [1, 3]]
