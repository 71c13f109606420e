"""Global options and their variables: who acts, when, on which database (CONTRACT §1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.tables.people import Member
from tests.support import office as lay
from tests.support.program import in_process
from tests.support.world import World
from tui.cli.acting import account


def test_they_stand_before_or_behind_the_command(office: World) -> None:
    db, now = ["--db", office.url], ["--now", office.now]
    before = in_process([*db, *now, "--as", "TOM", "--json", "case", "list"])
    behind = in_process(["case", "list", *db, *now, "--as", "TOM", "--json"])
    between = in_process(["case", *db, *now, "--as", "TOM", "list", "--json"])
    assert before.ok() == behind.ok() == between.ok()


def test_variables_say_the_same(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHICHT_DB", office.url)
    monkeypatch.setenv("SCHICHT_AS", "tom")
    monkeypatch.setenv("SCHICHT_NOW", "2025-11-05T14:00")
    shown = in_process(["check", "--json"]).ok().json
    assert (shown["now"], shown["member"]) == ("2025-11-05T14:00:00+01:00", "TOM")
    assert in_process(["check", "--json", "--as", "ANB"]).json["member"] == "ANB"
    for name in ("SCHICHT_AS", "SCHICHT_NOW"):
        monkeypatch.setenv(name, "")
    assert in_process(["check", "--json"]).ok().json["member"] is None


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2025-11-05T14:00", "2025-11-05T14:00:00+01:00"),
        ("2025-11-05T14:00:30Z", "2025-11-05T15:00:30+01:00"),
        ("2025-07-01T08:00", "2025-07-01T08:00:00+02:00"),
        ("2025-10-26T02:30", "2025-10-26T02:30:00+02:00"),
        ("2025-10-26T02:30+01:00", "2025-10-26T02:30:00+01:00"),
        ("05.11.2025 14:00", "2025-11-05T14:00:00+01:00"),
    ],
)
def test_now_is_berlin_time_and_the_first_of_a_doubled_hour(office: World, now: str, shown: str) -> None:
    assert office.cli("check", now=now).json["now"] == shown


@pytest.mark.parametrize("now", ["2025-03-30T02:30", "2025-13-01", "gleich", " "])
def test_a_moment_that_never_occurs_is_wrong_usage(office: World, now: str) -> None:
    result = office.cli("check", now=now)
    assert (result.exit_code, result.json["error"]["code"]) == (2, "usage")


def test_now_only_with_a_sandbox(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise wrong usage, from the variable too, and `init --now` makes no database on the way."""
    refused = in_process(["--db", empty_url, "--now", "2025-01-01", "--json", "init"])
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "usage")
    assert in_process(["--db", empty_url, "--json", "check"]).exit_code == 5
    assert in_process(["--db", empty_url, "--json", "init"]).ok().json["sandbox"] is False
    for args in (["check"], ["history"], ["case", "list"], ["member", "add", "A", "B"], ["doctor"], ["init"]):
        result = in_process(["--db", empty_url, "--now", "2025-01-01", "--json", *args])
        assert result.exit_code == (0 if args == ["doctor"] else 2), args
    monkeypatch.setenv("SCHICHT_NOW", "2025-01-01")
    assert in_process(["--db", empty_url, "--json", "check"]).exit_code == 2
    monkeypatch.delenv("SCHICHT_NOW")
    assert in_process(["--db", empty_url, "--json", "check"]).exit_code == 0
    turned = in_process(["--db", empty_url, "--json", "init", "--sandbox"])
    assert (turned.exit_code, turned.json["error"]["code"]) == (2, "usage")


def test_init_takes_now_on_a_sandbox(empty_url: str) -> None:
    in_process(["--db", empty_url, "--now", "2025-01-01T08:00", "init", "--sandbox"]).ok()
    in_process(["--db", empty_url, "--now", "2025-01-02T08:00", "init"]).ok()
    (row,) = in_process(["--db", empty_url, "--json", "history"]).ok().lines
    assert (row["action"], row["member"], row["at"]) == ("init", None, "2025-01-01T08:00:00+01:00")


@pytest.mark.parametrize("as_", ["TOM", "tom", " Tom "])
def test_a_kuerzel_counts_whatever_its_case(office: World, as_: str) -> None:
    assert office.cli("check", as_=as_).json["member"] == "TOM"


def test_an_umlaut_in_a_kuerzel_counts_however_it_is_typed(office: World) -> None:
    office.cli("member", "add", "KÜR", "Kurt Übel", as_="ANB").ok()
    assert office.cli("check", as_="ku\u0308r").json["member"] == "KÜR"
    assert office.cli("member", "add", "KU\u0308R", "Noch einer", as_="ANB").exit_code == 6


def test_who_has_left_does_not_act(office: World) -> None:
    office.cli("member", "leave", "TOM", as_="ANB").ok()
    assert office.cli("check", as_="TOM").exit_code == 2
    assert office.cli("case", "list", as_="TOM").exit_code == 2


def test_the_account_of_the_system_is_the_default(office: World) -> None:
    """The member whose `login` is the operating-system user."""
    office.me = None
    assert office.cli("check").json["member"] is None
    office.cli("member", "set", "KIM", "--login", account(), as_="ANB").ok()
    assert office.cli("check").json["member"] == "KIM"
    assert office.cli("check", as_="TOM").json["member"] == "TOM"
    office.cli("member", "leave", "KIM", as_="ANB").ok()
    assert office.cli("check").json["member"] is None


def test_in_a_shared_account_everybody_says_who_they_are(office: World) -> None:
    """K-11, A-11: no save without Kürzel, and the account is kept beside it."""
    office.cli("member", "set", "TOM", "--login", account(), as_="ANB").ok()
    office.cli("setting", "set", "shared_accounts", f"{account()}, zweites", as_="ANB").ok()
    office.me = None
    log = ["file", "log", "--vpa", "V001", "--kind", "other", "--situation", "Neu", "--tag", "x"]
    assert office.cli(*log).codes == ["kuerzel_missing"]
    entry = office.cli(*log, as_="TOM").ok().json
    assert (entry["author"], entry["account"]) == ("TOM", account())
    office.cli("setting", "set", "shared_accounts", "", as_="ANB").ok()
    assert office.cli(*log).ok().json["author"] == "TOM"


def test_a_login_belongs_to_one_member(office: World) -> None:
    office.cli("member", "set", "TOM", "--login", "tom", as_="ANB").ok()
    assert office.cli("member", "set", "KIM", "--login", "tom", as_="ANB").exit_code == 6
    office.cli("member", "set", "TOM", "--login", "tom", as_="ANB").ok()
    assert Member.find("KIM").login is None  # type: ignore[union-attr]


def test_without_a_database_the_users_own_file_is_meant(own_home: Path) -> None:
    missing = in_process(["check", "--json"])
    assert missing.exit_code == 5
    assert "schicht init" in missing.json["error"]["message"]
    in_process(["init"]).ok()
    (path,) = own_home.rglob("*.db")
    assert path.parent.stat().st_mode & 0o077 == 0
    assert in_process(["check", "--json"]).ok().json["own_due"] is None


def test_a_list_is_complete_unless_limited(office: World) -> None:
    for _ in range(3):
        lay.reminder()
    assert [line["id"] for line in office.cli("reminder", "list").lines] == [1, 2, 3]
    assert [line["id"] for line in office.cli("reminder", "list", "--limit", "2").lines] == [1, 2]
    assert office.cli("reminder", "list", "--limit", "0").ok().lines == []
