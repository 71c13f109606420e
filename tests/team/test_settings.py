"""`setting …` (CONTRACT §2): in the database, audited, by managers; a bad value is wrong usage."""

from __future__ import annotations

import pytest

from tests.support.world import World

DEFAULTS = {
    "shared_accounts": [], "holidays": "DE", "afternoon": "12:00", "long_days": 21, "frequent_count": 3,
    "frequent_days": 90, "follow_up_weeks": 4, "stale_weeks": 8, "decline_hours": 10,
}  # fmt: skip


def test_the_contracts_defaults(office: World) -> None:
    listed = {line["key"]: line for line in office.cli("setting", "list").ok().lines}
    assert {key: listed[key]["value"] for key in DEFAULTS} == DEFAULTS
    assert all(line["default"] for line in listed.values())
    for key, value in DEFAULTS.items():
        assert office.cli("setting", "get", key).ok().json["value"] == value
    assert office.cli("setting", "get", "afternoon", json=False).stdout == "12:00\n"


@pytest.mark.parametrize(
    ("key", "given", "value"),
    [
        ("decline_hours", " 12 ", 12),
        ("afternoon", "9:30", "09:30"),
        ("holidays", "de-by", "DE-BY"),
        ("shared_accounts", "empfang, team; empfang", ["empfang", "team"]),
        ("shared_accounts", '["a", "b"]', ["a", "b"]),
        ("shared_accounts", "", []),
        ("long_days", "021", 21),
    ],
)
def test_a_value_is_kept_in_its_normal_form(office: World, key: str, given: str, value: object) -> None:
    assert office.cli("setting", "set", key, given, as_="ANB").ok().json["value"] == value
    assert office.cli("setting", "get", key).json["value"] == value
    assert office.cli("setting", "get", key).json["default"] is False


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("decline_hours", ""), ("decline_hours", "zehn"), ("decline_hours", "1.5"), ("decline_hours", "１２"),
        ("decline_hours", "99999"), ("long_days", "0"), ("long_days", "9" * 5000), ("afternoon", "12"),
        ("afternoon", "24:00"), ("afternoon", "12:60"), ("holidays", "FR"), ("holidays", "DE-"), ("holidays", ""),
    ],
)  # fmt: skip
def test_a_bad_value_is_wrong_usage_in_german(office: World, key: str, given: str) -> None:
    result = office.cli("setting", "set", key, given, as_="ANB")
    assert (result.exit_code, result.json["error"]["code"]) == (2, "usage")
    assert "braucht" in result.json["error"]["message"]
    assert office.cli("setting", "get", key).json["default"] is True


def test_a_change_is_in_the_history(office: World) -> None:
    office.cli("setting", "set", "decline_hours", "12", as_="ANB").ok()
    office.cli("setting", "set", "decline_hours", "14", as_="KIM").ok()
    rows = office.cli("history", "--of", "setting:decline_hours").ok().lines
    assert [(row["member"], row["before"], row["after"]) for row in rows] == [
        ("ANB", None, {"key": "decline_hours", "value": "12"}),
        ("KIM", {"value": "12"}, {"value": "14"}),
    ]


def test_a_setting_counts_at_once_and_for_all(office: World) -> None:
    """A-01: the afternoon begins when the team says so."""
    assert office.cli("day", "close", "--dry-run", now="2025-11-05T11:00").codes == ["too_early_to_seal"]
    office.cli("setting", "set", "afternoon", "10:30", as_="ANB").ok()
    office.cli("day", "close", "--dry-run", now="2025-11-05T11:00").ok()


def test_two_who_change_the_same_setting_do_not_fail(office: World) -> None:
    from tests.support.race import together

    base = ["--db", office.url, "--as", "ANB", "--json", "setting", "set", "long_days"]
    answers = together([[*base, str(days)] for days in (22, 23, 24)])
    assert [answer.exit_code for answer in answers] == [0, 0, 0]
    assert len(office.cli("history", "--of", "setting:long_days").lines) == 3
