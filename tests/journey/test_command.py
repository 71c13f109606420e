"""`schicht journey …` as scripts use it: shapes, lists, exit codes; when a flag is overdue (A-09)."""

from __future__ import annotations

import pytest

from tests.support.cases import change_vpa, day, everything, flag, moment, vpa
from tests.support.world import World

SHAPE = {
    "id", "vpa", "vpa_name", "stage", "raised_on", "state", "overdue", "informed_at", "informed_by", "details",
    "removed_at", "removed_by",
}  # fmt: skip


def ids(world: World, *args: str) -> list[int]:
    return [row["id"] for row in world.cli("journey", "list", *args).ok().lines]


def test_show_has_the_shape_of_the_contract(desk: World) -> None:
    mark = flag(">12")
    shown = desk.cli("journey", "show", str(mark.id)).ok().json
    assert set(shown) == SHAPE
    assert (shown["vpa"], shown["vpa_name"], shown["raised_on"]) == ("V1", "Mira Keller", "2025-11-03")
    assert (shown["state"], shown["overdue"], shown["details"]) == ("open", False, {})


def test_lists_are_oldest_first_and_never_show_the_baseline(desk: World) -> None:
    vpa("V2", "Can Demir")
    young, old = flag("0-3", raised="2025-11-04"), flag("3-6", raised="2025-11-03")
    second = flag("0-3", "V2", raised="2025-11-03")
    removed = flag("6-9", raised="2025-11-01", state="removed", removed_by="TOM", removed_at=moment("2025-11-04"))
    known = flag(">12", "V2", state="baseline")
    assert ids(desk) == [old.id, second.id, young.id]
    assert ids(desk, "--state", "removed") == [removed.id]
    assert ids(desk, "--state", "all") == [removed.id, old.id, second.id, young.id]
    assert ids(desk, "--limit", "1") == [old.id]
    assert desk.cli("journey", "show", str(known.id)).ok().json["state"] == "removed"


@pytest.mark.parametrize(
    ("start", "stage", "last_day", "first_overdue"),
    [
        ("2025-08-05", "0-3", "2025-11-04", "2025-11-05"),
        ("2025-01-31", "0-3", "2025-04-29", "2025-04-30"),  # 31 January + 3 months = 30 April
        ("2025-05-31", "3-6", "2025-11-29", "2025-11-30"),
        ("2024-02-29", "9-12", "2025-02-27", "2025-02-28"),
    ],
)
def test_a09_overdue_from_the_day_the_vpa_leaves_the_stage(
    desk: World, start: str, stage: str, last_day: str, first_overdue: str
) -> None:
    change_vpa(start=day(start))
    flag(stage, raised=start)
    for now, overdue in ((last_day, False), (first_overdue, True)):
        (shown,) = desk.cli("journey", "list", now=f"{now}T00:00").ok().lines
        assert shown["overdue"] is overdue


def test_a09_the_last_stage_is_never_overdue_nor_a_removed_flag(desk: World) -> None:
    flag(">12")
    flag("0-3", state="removed", removed_by="TOM", removed_at=moment("2025-11-04"))
    lines = desk.cli("journey", "list", "--state", "all", now="2040-01-01T09:00").ok().lines
    assert [line["overdue"] for line in lines] == [False, False]


def test_a09_a_corrected_start_leads_back_not_on(desk: World) -> None:
    flag("9-12")
    change_vpa(start=day("2025-10-01"))
    assert desk.cli("journey", "show", "1").ok().json["overdue"] is False
    change_vpa(start=day("2025-12-01"))
    assert desk.cli("journey", "show", "1").ok().json["overdue"] is False


def test_every_option_of_the_contract_is_there(desk: World) -> None:
    for number in range(2, 7):
        vpa(f"V{number}", f"Person {number}", klasse="C", gone=number == 6)
    for number, stage in enumerate(("0-3", "3-6", "6-9", ">12", "9-12"), start=2):
        flag(stage, f"V{number}")
    lines = {
        "1": ["--onboarding-call", "03.11.2025"],
        "2": ["--appointment", "2025-12-01T10:30", "--buddy", "Lena"],
        "3": ["--class-checked", "--measures", "Coaching", "--agreed-with", "vio", "--discussed-on", "2025-11-05"],
        "4": ["--contacted-on", "2025-11-05", "--log", "Gesprochen", "--log-kind", "contact", "--log-tag", "a"],
        "5": ["--gone"],
    }
    for key, options in lines.items():
        shown = desk.cli("journey", "remove", key, *options, as_="VIO").ok().json
        assert (set(shown), shown["state"]) == (SHAPE, "removed")


def test_inform_by_command(desk: World) -> None:
    flag(">12")
    assert desk.cli("journey", "inform", "1", "--to", "TOM").exit_code == 2
    shown = desk.cli("journey", "inform", "1", "--to", "vio").ok().json
    assert (shown["informed_by"], shown["informed_at"]) == ("ANN", "2025-11-05T14:00:00+01:00")
    assert desk.cli("journey", "inform", "1").exit_code == 6
    assert desk.cli("reminder", "list", "--due", "--mine", as_="VIO").ok().json["about"] == "flag:1"


def test_several_ids_each_get_their_verdict(desk: World) -> None:
    vpa("V2", "Can Demir")
    flag("0-3")
    flag("3-6", "V2")
    answer = desk.cli("journey", "remove", "2", "1", "--onboarding-call", "2025-11-05")
    assert answer.exit_code == 3
    refused, done = answer.lines
    assert [o["code"] for o in refused["error"]["obstacles"]] == ["appointment_missing", "buddy_missing"]
    assert (refused["id"], done["id"], done["state"]) == (2, 1, "removed")


def test_wrong_usage_and_unknown_ids_exit_2(desk: World) -> None:
    flag("0-3")
    wrong = ("list --state baseline", "remove 1 --onboarding-call bald", "remove 1 --appointment 25:00", "remove")
    unknown = ("show 9", "remove 9", "inform 9", "inform 1 --to NIX")
    for line in wrong + unknown:
        answer = desk.cli("journey", *line.split())
        assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage" if line in wrong else "not_found"), line


def test_a_dry_run_by_command(desk: World) -> None:
    flag("0-3")
    before = everything()
    shown = desk.cli("journey", "remove", "1", "--onboarding-call", "2025-11-05", "--dry-run").ok().json
    assert (shown["state"], shown["dry_run"]) == ("removed", True)
    assert desk.cli("journey", "remove", "1", "--dry-run").codes == ["onboarding_call_missing"]
    assert everything() == before
