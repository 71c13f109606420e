"""Data by hand as commands (CONTRACT §13)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.world import World

ADD = ("vpa", "add", "--name", "Ida Sommer", "--class", "B", "--start", "01.03.2024")


def done(world: World, *args: str) -> dict[str, Any]:
    """What a command prints."""
    result = world.cli(*args)
    assert result.exit_code == 0, result.stdout
    found: dict[str, Any] = result.json
    return found


def refused(world: World, *args: str) -> list[str]:
    """Codes of the obstacles."""
    result = world.cli(*args)
    assert result.exit_code == 3, result.stdout
    return [one["code"] for one in result.json["error"]["obstacles"]]


def test_a_team_without_export_gets_to_its_first_case(desk: World) -> None:
    assert done(desk, *ADD)["id"] == "H1"
    assert done(desk, "vpa", "set", "H1", "--new-customers", "no")["neukunden"] is False
    case = done(desk, "case", "list")
    assert (case["kind"], case["vpa"], case["findings"]) == ("schedule", "H1", ["priority_to_agree"])
    decided = ("--measure", "agreed", "--decision", "prio", "--agreed-with", "vio")
    done(desk, "case", "resolve", str(case["id"]), *decided)
    assert done(desk, "vpa", "show", "H1")["priority"] == {
        "value": "prio", "on": "2025-11-05", "by": "ANN", "agreed_with": "VIO",
    }  # fmt: skip
    done(desk, "undo")
    assert done(desk, "vpa", "show", "H1")["priority"] is None


def test_options_with_a_code_give_it_others_are_wrong_usage(desk: World) -> None:
    assert refused(desk, "vpa", "add") == ["name_missing", "class_missing", "start_missing"]
    assert refused(desk, "vpa", "add", "--name", " ", "--class", "Z", "--start", "1.3.2024") == [
        "name_missing", "class_missing",
    ]  # fmt: skip
    assert desk.cli(*ADD, "--active", "vielleicht").exit_code == 2
    assert desk.cli("vpa", "add", "--start", "gestern vielleicht").exit_code == 2
    assert refused(desk, "customer", "add") == ["name_missing", "status_missing"]
    assert refused(desk, "customer", "add", "--name", "Lenz", "--status", "neu") == ["status_missing"]
    assert desk.cli("customer", "add", "--name", "Lenz", "--status", "prio", "--class", "N").exit_code == 2
    done(desk, *ADD)
    assert refused(desk, "vpa", "set", "H1") == ["nothing_given"]
    assert desk.cli("vpa", "add", "H1").exit_code == 6
    assert refused(desk, "absence", "add", "--vpa", "H1") == ["from_missing", "until_missing"]
    assert desk.cli("absence", "add").exit_code == 2
    assert refused(desk, "vpa", "leave", "H1", "--on", "06.11.2025") == ["on_in_future"]


def test_absences_have_commands(desk: World) -> None:
    done(desk, *ADD)
    added = done(desk, "absence", "add", "--vpa", "H1", "--from", "5.11.2025", "--until", "07.11.2025")
    assert added == {
        "id": "H1", "vpa": "H1", "von": "2025-11-05", "bis": "2025-11-07", "eingetragen_am": "2025-11-05",
        "withdrawn": False,
    }  # fmt: skip
    assert done(desk, "absence", "change", "H1", "--until", "2025-11-10")["bis"] == "2025-11-10"
    assert done(desk, "absence", "withdraw", "H1")["withdrawn"] is True
    assert done(desk, "absence", "list", "--vpa", "H1")["withdrawn"] is True
    assert desk.cli("absence", "list", "--vpa", "nobody").exit_code == 2
    assert desk.cli("absence", "change", "H9", "--until", "heute").exit_code == 2


@pytest.mark.parametrize("spoken", ["heute", "+0"])
def test_dates_are_taken_as_spoken(desk: World, spoken: str) -> None:
    done(desk, *ADD)
    added = done(desk, "absence", "add", "--vpa", "H1", "--from", spoken, "--until", "fr")
    assert (added["von"], added["bis"]) == ("2025-11-05", "2025-11-07")
    assert done(desk, "reminder", "set", "--vpa", "H1", "--due", "morgen 14:00", "--reason", "x")["due"].startswith(
        "2025-11-06T14:00"
    )
    assert desk.cli("reminder", "set", "--vpa", "H1", "--due", "bald", "--reason", "x").exit_code == 2
