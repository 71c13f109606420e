"""Exit codes and `error.code` (CONTRACT §1), with and without `--json`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support import office as lay
from tests.support.program import Result, in_process
from tests.support.world import World


def check_failure(result: Result, exit_code: int, code: str) -> dict[str, Any]:
    """A failure in the contract's shape; its error."""
    assert result.exit_code == exit_code, result
    assert result.stderr == ""
    error: dict[str, Any] = result.json["error"]
    assert list(error) == ["code", "message", "obstacles", "problems"]
    assert error["code"] == code
    assert str(error["message"]).strip()
    return error


USAGE = [
    ["nope"],
    ["case"],
    ["case", "nope"],
    ["case", "nope", "--help"],
    ["nope", "--help"],
    ["case", "list", "--nope"],
    ["--nope", "case", "list"],
    ["case", "show"],
    ["case", "show", "1", "2"],
    ["case", "list", "--state"],
    ["case", "list", "--state", "zu"],
    ["case", "list", "--limit", "viele"],
    ["case", "list", "--limit", "-1"],
    ["case", "list", "--json=ja"],
    ["case", "resolve"],
    ["vpa", "list", "--class", "E"],
    ["day", "show", "--date", "demnächst"],
    ["day", "show", "--date", "2025-02-30"],
    ["day", "show", "--date", "5.13.2025"],
    ["file", "show"],
    ["file", "show", "--customer", "K001", "--vpa", "V001"],
    ["file", "show", "--vpa", "V001", "--file", "oteam"],
    ["file", "log", "--customer", "K001"],
    ["file", "log", "--customer", "K001", "--file", "vpa_akte"],
    ["file", "log", "--vpa", "V001", "--file", "oteam"],
    ["file", "log", "--vpa", "V001", "--reminder", "bald"],
    ["member", "away", "TOM", "--reason", "lust", "--from", "2025-11-05", "--until", "2025-11-06"],
    ["member", "away", "TOM", "--reason", "sick", "--from", "2025-11-06", "--until", "2025-11-05"],
    ["member", "away", "TOM", "--reason", "sick", "--from", "2025-11-06"],
    ["member", "add", "A B", "Name"],
    ["member", "add", "", "Name"],
    ["member", "add", "X", " "],
    ["member", "add", "X", "Name", "--role", "chef"],
    ["setting", "set", "decline_hours", "zehn"],
    ["setting", "set", "decline_hours", "1" * 5000],
    ["setting", "set", "decline_hours"],
    ["setting", "set", "afternoon", "25:00"],
    ["setting", "set", "holidays", "DE-XX"],
    ["setting", "set", "long_days", "0"],
    ["setting", "set", "decline_hours", "12", "--command-id", "eins"],
    ["restore", "nirgends.db"],
    ["import", "nirgends"],
    ["history", "--limit", "x"],
    ["--now", "heute", "check"],
    ["--now", "", "check"],
    ["--db", "mysql://x/y", "check"],
    ["--db", "sqlite:x", "check"],
    ["--db", ":memory:", "init"],
    ["--db", " ", "check"],
    ["--db", "postgresql://[", "check"],
]


@pytest.mark.parametrize("args", USAGE, ids=" ".join)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_wrong_usage_is_2(office: World, args: list[str]) -> None:
    """Wherever `--json` stands, after what is wrong too; members of ANB's roles, so that no rule hides it."""
    error = check_failure(office.cli(*args, as_="ANB"), 2, "usage")
    assert "Usage" not in str(error["message"])


@pytest.mark.parametrize("args", [["case", "--nope"], ["nope"], ["case", "show"], ["case", "list", "--limit", "x"]])
def test_json_is_seen_behind_the_mistake(args: list[str]) -> None:
    check_failure(in_process([*args, "--json"]), 2, "usage")
    assert in_process([*args, "--json"]) == in_process(["--json", *args])


def test_without_json_the_sentence_goes_to_standard_error() -> None:
    result = in_process(["case", "--nope"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Die Option --nope gibt es nicht." in result.stderr


def test_behind_two_dashes_nothing_is_an_option(office: World) -> None:
    result = office.cli("case", "show", "--", "--json", json=False)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Den Case „--json“ gibt es nicht." in result.stderr


NOT_FOUND = [
    ["case", "show", "99"],
    ["case", "show", "x"],
    ["case", "show", "1" * 20],
    ["case", "show", "9" * 19],
    ["case", "show", "1" * 5000],
    ["case", "show", "1x"],
    ["case", "show", "٣"],
    ["reminder", "show", "99"],
    ["journey", "show", "99"],
    ["vpa", "show", "V999"],
    ["customer", "show", "K999"],
    ["file", "show", "--vpa", "V999"],
    ["file", "correct", "99", "--situation", "x"],
    ["file", "log", "--vpa", "V999", "--kind", "other"],
    ["file", "log", "--vpa", "V001", "--urgent-to", "XYZ"],
    ["history", "--of", "case:99"],
    ["history", "--of", "unsinn"],
    ["history", "--of", "unsinn:1"],
    ["history", "--of", "case:"],
    ["setting", "get", "farbe"],
    ["setting", "set", "farbe", "rot"],
    ["member", "set", "XYZ", "--name", "Neu"],
    ["member", "away", "XYZ", "--reason", "sick", "--from", "2025-11-05", "--until", "2025-11-06"],
    ["member", "back", "XYZ"],
    ["day", "show", "--date", "2025-11-06"],
    ["--as", "XYZ", "check"],
    ["--as", "XYZ", "case", "list"],
]


@pytest.mark.parametrize("args", NOT_FOUND, ids=lambda args: " ".join(args)[:40])
def test_an_unknown_id_or_kuerzel_is_2(office: World, args: list[str]) -> None:
    check_failure(office.cli(*args, as_="ANB"), 2, "not_found")


def test_an_id_has_one_form(office: World) -> None:
    """`case:01` must not be a second name of `case:1`, or a Reminder about it would defer nothing."""
    lay.case()
    office.cli("case", "show", "1").ok()
    check_failure(office.cli("case", "show", "01"), 2, "not_found")
    check_failure(office.cli("history", "--of", "case:01"), 2, "not_found")


def test_a_refusal_is_3_with_its_obstacles(office: World) -> None:
    error = check_failure(office.cli("file", "log", "--vpa", "V001", "--kind", "other"), 3, "refused")
    assert [(o["code"], o["rule"], o["weight"]) for o in error["obstacles"]] == [
        ("situation_missing", "K-10", "stop"),
        ("tag_missing", "K-09", "stop"),
    ]


def test_without_acting_member_r_02_stands_alone(office: World) -> None:
    """R-02: any writing command but `init` and the first `member add`."""
    lay.case()
    office.me = None
    for args in (
        ["file", "log", "--vpa", "V001"],
        ["case", "resolve", "1"],
        ["member", "add", "NEU", "Nora Neu"],
        ["setting", "set", "decline_hours", "12"],
        ["day", "close"],
        ["undo"],
        ["redo"],
        ["case", "contact", "1", "--dry-run"],
    ):
        assert office.cli(*args).codes == ["kuerzel_missing"], args


def test_bad_data_is_4_and_names_the_file(office: World, tmp_path: Path) -> None:
    (path := tmp_path / "kein.db").write_text("Das ist keine Sicherung. " * 99)
    error = check_failure(office.cli("restore", str(path), "--replace"), 4, "bad_data")
    assert [problem["file"] for problem in error["problems"]] == ["kein.db"]


def test_what_exists_already_is_6(office: World) -> None:
    for args in (
        ["member", "add", "tom", "Anderer Tom"],
        ["member", "add", "TOM ", "Anderer Tom"],
        ["member", "back", "TOM"],
        ["undo"],
        ["redo"],
    ):
        check_failure(office.cli(*args, as_="ANB"), 6, "already_done")


def test_a_defect_is_1_and_the_log_holds_no_values(office: World, own_home: Path) -> None:
    """DESIGN law 11: file, line and kind of error, never what a person is called."""
    office.store.db.execute_sql("DROP TABLE look")
    error = check_failure(office.cli("check", as_="TOM"), 1, "defect")
    log = next(own_home.rglob("schicht.log"))
    text = log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600
    assert "TOM" not in text
    assert "Keller" not in text
    assert str(error["message"]).split("Protokoll: ")[1].split()[0] in text


def test_bulk_gives_each_id_its_own_verdict(office: World) -> None:
    """JSON Lines in the order given; the exit code is that of the first failure; wrong usage is told once."""
    lay.case()
    lay.case(kind="class", findings=["worse"])
    lay.case(kind="schedule", vpa="V002")
    result = office.cli("case", "resolve", "1", "2", "99", "1", "x", "3", "--measure", "checked")
    assert result.exit_code == 3
    lines = result.lines
    assert [line["id"] for line in lines] == [1, 2, 99, 1, "x", 3]
    assert [line.get("error", {}).get("code") for line in lines] == [
        None, "refused", "not_found", "already_done", "not_found", None,
    ]  # fmt: skip
    assert [line.get("state") for line in lines] == ["resolved", None, None, None, None, "resolved"]
    once = office.cli("reminder", "postpone", "1", "2", "--due", "bald", "--reason", "x")
    check_failure(once, 2, "usage")


def test_bulk_for_people_names_each_id(office: World) -> None:
    lay.case()
    result = office.cli("case", "resolve", "1", "99", "--measure", "checked", json=False)
    assert result.exit_code == 2
    assert "Case erledigt: Mira Keller (case:1)" in result.stdout
    assert result.stderr.startswith("99: ")
