"""From the platform's export to a closed Reminder, by command line alone (D-40 to D-45, R-04, A-06)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.cases import member
from tests.support.world import World

VPAS = "vpa_id;name;klasse;start;teilzeit;mobile_app;aktiv;neukunden;auftraege\n"
FILES = "eintrag_id;vpa_id;datei;zeit;verfasser;situation;tags\n"
FRIDAY, MONDAY = "2025-10-31", "2025-11-03"


@pytest.fixture
def shift(world: World) -> World:
    """ANN and a VPA manager; nothing imported yet."""
    member("ANN", "at")
    member("VIO", "vpa_manager")
    world.me = "ANN"
    return world


def take(world: World, folder: Path, now: str, name: str, text: str, *more: str) -> dict[str, Any]:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    answer: dict[str, Any] = world.cli("import", str(path), *more, now=now).ok().json
    return answer


def test_inactive_on_friday_settled_on_tuesday(shift: World, tmp_path: Path) -> None:
    take(shift, tmp_path, "2025-10-30T08:00", "vpas", VPAS + "V1;Mira Keller;B;08.01.2024;ja;;ja;ja;ja\n", "--baseline")
    raised = take(shift, tmp_path, f"{FRIDAY}T08:00", "vpas", VPAS + "V1;Mira Keller;B;08.01.2024;ja;;nein;ja;ja\n")
    assert raised["cases"] == 1
    (case,) = shift.cli("case", "list").ok().lines
    assert (case["kind"], case["findings"]) == ("inactive", ["mobile_app", "part_time"])
    assert case["workable_from"] == f"{MONDAY}T12:00:00+01:00"

    contacted = (
        "case",
        "contact",
        "1",
        "--list-checked",
        "--activity-proof",
        "Chat",
        "--customer-report",
        "K1 rief an",
    )
    assert shift.cli(*contacted, now=f"{FRIDAY}T15:00").codes == ["too_early"]
    assert shift.cli("case", "resolve", "1", "--measure", "reminder", now=f"{FRIDAY}T15:00").exit_code == 0
    (reminder,) = shift.cli("reminder", "list", now=f"{MONDAY}T11:59").ok().lines
    assert (reminder["due"], reminder["about"]) == (f"{MONDAY}T12:00:00+01:00", "case:1")
    assert shift.cli("reminder", "list", "--due", now=f"{MONDAY}T11:59").lines == []

    done = ("reminder", "done", "1", "--outcome", "contacted")
    assert shift.cli(*done, now=f"{MONDAY}T11:59").codes == [
        "too_early", "monday_morning", "list_unchecked", "activity_proof_missing", "customer_report_missing",
        "not_solved", "entry_missing",
    ]  # fmt: skip
    written = FILES + f"E1;V1;vpa_akte;{MONDAY}T12:30;Mira Keller;Krank gewesen;Kontakt\n"
    take(shift, tmp_path, f"{MONDAY}T13:00", "akten", written)
    answered = ("--answer", "Bin krank")
    assert shift.cli(*done, *contacted[3:], *answered, now=f"{MONDAY}T13:05").ok().json["entry"] == 1


def test_an_entry_from_before_the_reminder_proves_nothing(shift: World, tmp_path: Path) -> None:
    take(shift, tmp_path, f"{MONDAY}T08:00", "vpas", VPAS + "V1;Mira Keller;B;08.01.2024;;;ja;ja;ja\n")
    shift.cli("reminder", "set", "--vpa", "V1", "--due", MONDAY, "--reason", "Fragen", now=f"{MONDAY}T10:00").ok()
    take(shift, tmp_path, f"{MONDAY}T11:00", "akten", FILES + f"E1;V1;vpa_akte;{MONDAY}T09:59;AT;Davor;Kontakt\n")
    assert shift.cli("reminder", "done", "1", "--outcome", "solved").codes == ["entry_missing"]
    take(shift, tmp_path, f"{MONDAY}T12:00", "akten", FILES + f"E2;V1;vpa_akte;{MONDAY}T10:01;AT;Danach;Kontakt\n")
    assert shift.cli("reminder", "done", "1", "--outcome", "solved").ok().json["entry"] == 2


def test_inactive_again_is_judged_from_the_newest_change(shift: World, tmp_path: Path) -> None:
    row = VPAS + "V1;Mira Keller;B;08.01.2024;;nein;{};ja;ja\n"
    for now, active in (("2025-10-27T08:00", "ja"), ("2025-10-28T08:00", "nein")):
        take(shift, tmp_path, now, "vpas", row.format(active))
    shift.cli("case", "contact", "1", "--list-checked", now="2025-10-29T09:00").ok()
    for now, active in (("2025-10-30T08:00", "ja"), ("2025-11-04T08:00", "nein")):
        assert take(shift, tmp_path, now, "vpas", row.format(active))["cases"] == 0
    resolve = ("case", "resolve", "1", "--measure", "contacted")
    assert shift.cli(*resolve, now="2025-11-04T15:00").codes == ["too_early", "list_unchecked"]
    assert shift.cli(*resolve, now="2025-11-05T09:00").codes == ["list_unchecked"]
    assert shift.cli(*resolve, "--list-checked", now="2025-11-05T09:00").exit_code == 0
    take(shift, tmp_path, "2025-11-06T08:00", "vpas", row.format("ja"))
    assert take(shift, tmp_path, "2025-11-07T08:00", "vpas", row.format("nein"))["cases"] == 1
    assert shift.cli("case", "show", "1").ok().json["workable_from"] == "2025-11-05T00:00:00+01:00"
    assert shift.cli("case", "show", "2").ok().json["workable_from"] == "2025-11-10T12:00:00+01:00"


def test_active_again_is_seen_in_the_newest_export(shift: World, tmp_path: Path) -> None:
    row = VPAS + "V1;Mira Keller;B;08.01.2024;;nein;{};ja;ja\n"
    for now, active in (("2025-10-30T08:00", "ja"), (f"{FRIDAY}T08:00", "nein")):
        take(shift, tmp_path, now, "vpas", row.format(active))
    resolve = ("case", "resolve", "1", "--measure", "active_again")
    assert shift.cli(*resolve, "--activity-proof", "Login", now=f"{FRIDAY}T09:00").codes == ["still_inactive"]
    take(shift, tmp_path, f"{FRIDAY}T14:00", "vpas", row.format("ja"))
    assert shift.cli("case", "show", "1").ok().json["findings"] == ["active_again"]
    assert shift.cli(*resolve, now=f"{FRIDAY}T15:00").ok().json["measure"] == "active_again"
