"""`member …` (CONTRACT §2): who may, what is unique, when somebody counts as away."""

from __future__ import annotations

import pytest

from models.tables.people import Leave, Member
from tests.support.world import World

AWAY = ["--reason", "vacation", "--from", "2025-11-04", "--until", "2025-11-06"]


def test_the_first_member_needs_nobody(world: World) -> None:
    """R-02: the second one does."""
    first = world.cli("member", "add", "ANB", "Anna Beispiel").ok().json
    assert first == {
        "kuerzel": "ANB", "name": "Anna Beispiel", "roles": ["at"], "login": None, "left_on": None, "away": [],
    }  # fmt: skip
    assert world.cli("member", "add", "TOM", "Tom").codes == ["kuerzel_missing"]


def test_until_there_is_a_manager_anybody_may_then_only_managers(world: World) -> None:
    world.cli("member", "add", "ANB", "Anna").ok()
    world.cli("member", "add", "TOM", "Tom", as_="ANB").ok()
    world.cli("member", "set", "TOM", "--name", "Thomas", as_="ANB").ok()
    world.cli("member", "add", "KIM", "Kim", "--role", "customer_manager", "--role", "at", as_="TOM").ok()
    for args in (
        ["member", "add", "NEU", "Nora"],
        ["member", "set", "TOM", "--name", "Tom"],
        ["setting", "set", "decline_hours", "12"],
        ["member", "leave", "TOM"],
    ):
        result = world.cli(*args, as_="TOM")
        assert (result.exit_code, result.codes) == (3, ["role_manager"]), args
        world.cli(*args, as_="KIM").ok()


def test_everybody_enters_an_absence_but_only_a_manager_brings_back_who_has_left(office: World) -> None:
    office.cli("member", "away", "KIM", *AWAY, as_="BUD").ok()
    office.cli("member", "back", "KIM", as_="SAL").ok()
    office.cli("member", "leave", "KIM", as_="ANB").ok()
    assert office.cli("member", "back", "KIM", as_="SAL").codes == ["role_manager"]
    assert office.cli("member", "back", "KIM", as_="ANB").ok().json["left_on"] is None


def test_when_the_last_manager_has_left_the_team_is_not_locked_out(office: World) -> None:
    for kuerzel in ("KIM", "ANB"):
        office.cli("member", "leave", kuerzel, as_="ANB").ok()
    office.cli("member", "set", "TOM", "--role", "at", "--role", "vpa_manager", as_="TOM").ok()
    assert office.cli("member", "add", "NEU", "Nora", as_="BUD").codes == ["role_manager"]


@pytest.mark.parametrize("kuerzel", ["tom", "TOM", "Tom", " tOm "])
def test_a_kuerzel_is_unique_whatever_its_case(office: World, kuerzel: str) -> None:
    assert office.cli("member", "add", kuerzel, "Anderer", as_="ANB").exit_code == 6


def test_a_kuerzel_stays_taken_by_who_has_left(office: World) -> None:
    office.cli("member", "leave", "TOM", as_="ANB").ok()
    assert office.cli("member", "add", "tom", "Neuer Tom", as_="ANB").exit_code == 6


@pytest.mark.parametrize("kuerzel", ["A,B", "A:B", "A|B", "A;B", "A\u200bB", "A/B", "X" * 21, "„A“"])
def test_a_kuerzel_is_a_word_that_looks_like_what_it_is(office: World, kuerzel: str) -> None:
    result = office.cli("member", "add", kuerzel, "Name", as_="ANB")
    assert (result.exit_code, result.json["error"]["code"]) == (2, "usage")


@pytest.mark.parametrize("kuerzel", ["Ä", "a.b", "M-K_2", "ßß", "7"])
def test_umlauts_digits_and_dots_are_fine(office: World, kuerzel: str) -> None:
    assert office.cli("member", "add", kuerzel, "Name", as_="ANB").ok().json["kuerzel"] == kuerzel
    assert office.cli("check", as_=kuerzel.upper()).ok().json["member"] == kuerzel


def test_set_changes_only_what_is_given(office: World) -> None:
    office.cli("member", "set", "tom", "--login", "ttest", as_="ANB").ok()
    shown = office.cli("member", "set", "TOM", "--role", "sales", "--role", "at", "--role", "at", as_="ANB").ok().json
    assert (shown["name"], shown["roles"], shown["login"]) == ("Tom Muster", ["at", "sales"], "ttest")


@pytest.mark.parametrize(("day", "away"), [("03", False), ("04", True), ("05", True), ("06", True), ("07", False)])
def test_both_ends_of_an_absence_count(office: World, day: str, away: bool) -> None:
    """R-05: from and until both count."""
    office.cli("member", "away", "KIM", *AWAY).ok()
    given = ["reminder", "set", "--vpa", "V001", "--due", "2025-12-01", "--reason", "x", "--for", "KIM"]
    result = office.cli(*given, now=f"2025-11-{day}T14:00")
    assert result.codes == (["receiver_away"] if away else [])


def test_back_ends_what_covers_today(office: World) -> None:
    """A day already spent away stays one; an absence that began today never was."""
    office.cli("member", "away", "KIM", *AWAY).ok()
    later = ["--reason", "sick", "--from", "2025-11-05", "--until", "2025-11-05"]
    office.cli("member", "away", "KIM", *later).ok()
    coming = ["--reason", "sick", "--from", "2025-12-01", "--until", "2025-12-02"]
    office.cli("member", "away", "KIM", *coming).ok()
    assert office.cli("member", "back", "KIM").ok().json["away"] == [
        {"reason": "vacation", "from": "2025-11-04", "until": "2025-11-04"},
        {"reason": "sick", "from": "2025-12-01", "until": "2025-12-02"},
    ]
    assert office.cli("member", "back", "KIM").exit_code == 6
    assert Leave.select().count() == 2


def test_who_leaves_is_away_for_good_and_their_reminders_go_on(office: World) -> None:
    """R-05: colleagues may take over at once."""
    from tests.support import office as lay

    lay.reminder(owner="KIM")
    assert office.cli("reminder", "take", "1").codes == ["owner_present"]
    shown = office.cli("member", "leave", "KIM", as_="ANB").ok().json
    assert (shown["left_on"], shown["login"]) == ("2025-11-05", None)
    assert office.cli("member", "leave", "KIM", as_="ANB").exit_code == 6
    assert office.cli("reminder", "take", "1").ok().json["owner"] == "TOM"


def test_members_are_listed_in_order(office: World) -> None:
    office.cli("member", "add", "ber", "Bert", as_="ANB").ok()
    assert [line["kuerzel"] for line in office.cli("member", "list").ok().lines] == [
        "ANB",
        "ber",
        "BUD",
        "KIM",
        "SAL",
        "TOM",
    ]
    assert Member.select().count() == 6
