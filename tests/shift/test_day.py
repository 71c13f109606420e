"""`day close` and `day show` (CONTRACT §2, D-01, D-02, D-04)."""

from __future__ import annotations

import pytest

from tests.support import office as lay
from tests.support.race import together
from tests.support.world import World


@pytest.mark.parametrize(
    ("now", "sealed"),
    [
        ("2025-11-05T12:00", True),
        ("2025-11-05T11:59:59", False),
        ("2025-11-05T23:59", True),
        ("2025-11-08T14:00", False),
        ("2025-11-09T14:00", False),
        ("2025-12-25T14:00", False),
        ("2025-12-24T14:00", True),
        ("2025-10-31T14:00", True),
    ],
)
def test_only_in_the_afternoon_of_a_working_day(office: World, now: str, sealed: bool) -> None:
    """D-01, A-22: a weekend or a nationwide holiday is no working day; before noon only a Zwischenstand."""
    result = office.cli("day", "close", now=now)
    assert result.exit_code == (0 if sealed else 3)
    assert result.codes == ([] if sealed else ["too_early_to_seal"])


def test_a_holiday_of_the_land_counts_when_the_team_says_so(office: World) -> None:
    office.cli("setting", "set", "holidays", "DE-BB", as_="ANB").ok()
    assert office.cli("day", "close", now="2025-10-31T14:00").codes == ["too_early_to_seal"]


def test_a_reason_does_not_pass_the_stop(office: World) -> None:
    lay.case()
    result = office.cli("day", "close", "--despite", "muss weg", now=lay.MORNING)
    assert result.codes == ["too_early_to_seal", "case_left"]


def test_each_kind_of_leftover_warns(office: World) -> None:
    """D-01: passed with a reason, which the seal and the history keep."""
    lay.case()
    lay.case(kind="class")
    lay.reminder()
    lay.reminder(owner="KIM")
    lay.reminder(due="2025-11-05T14:01")
    lay.flag()
    result = office.cli("day", "close")
    found = [(o["code"], o["rule"], o["weight"]) for o in result.json["error"]["obstacles"]]
    kinds = ("case_left", "reminder_left", "flag_left")
    assert (result.exit_code, found) == (3, [(kind, "D-01", "warn") for kind in kinds])
    assert office.cli("day", "close", "--despite", " ").codes == list(kinds)
    shown = office.cli("day", "close", "--despite", "Systemausfall").ok().json
    assert shown["leftovers"] == [
        {"kind": "case", "count": 2, "reason": "Systemausfall"},
        {"kind": "reminder", "count": 2, "reason": "Systemausfall"},
        {"kind": "flag", "count": 1, "reason": "Systemausfall"},
    ]
    assert office.cli("history", "--of", "day:2025-11-05").lines[-1]["after"]["despite"] == "Systemausfall"


def test_deferred_is_handled(office: World) -> None:
    """D-01: an open Reminder about it is due later than now; a closed or due one defers nothing."""
    case, flag = lay.case(), lay.flag()
    due = lay.reminder()
    for about in (f"case:{case.id}", f"flag:{flag.id}", f"reminder:{due.id}"):
        lay.reminder(about=about, due="2025-11-05T14:01", state="done")
        lay.reminder(about=f"{about}1", due="2025-12-01")
    assert office.cli("day", "close").codes == ["case_left", "reminder_left", "flag_left"]
    lay.reminder(about=f"case:{case.id}", due="2025-11-05T14:01")
    assert office.cli("day", "close").codes == ["reminder_left", "flag_left"]
    lay.reminder(about=f"flag:{flag.id}", due="2025-11-06")
    lay.reminder(about=f"reminder:{due.id}", due="2025-11-06")
    assert office.cli("day", "close").ok().json["leftovers"] == []


def test_closed_is_handled(office: World) -> None:
    lay.case(state="resolved")
    lay.reminder(state="done")
    lay.flag(state="removed")
    lay.flag("V002", stage="3-6", state="baseline")
    assert office.cli("day", "close").ok().json["leftovers"] == []


def test_many_deferred_things_are_counted_right(office: World) -> None:
    """More than one statement takes."""
    with office.store.db.atomic():
        for number in range(600):
            flag = lay.flag(stage=f"x{number}")
            if number % 3:
                lay.reminder(about=f"flag:{flag.id}", due="2025-11-06")
    assert office.cli("day", "close", "--despite", "x").json["leftovers"][-1] == {
        "kind": "flag",
        "count": 200,
        "reason": "x",
    }


def test_sealed_already_is_6_and_stays(office: World) -> None:
    office.cli("day", "close").ok()
    lay.case()
    again = office.cli("day", "close", now="2025-11-05T15:00")
    assert (again.exit_code, again.json["error"]["code"]) == (6, "already_done")
    assert "TOM" in again.json["error"]["message"]
    assert office.cli("day", "show").json["sealed_at"] == "2025-11-05T14:00:00+01:00"
    office.cli("day", "close", "--despite", "x", now="2025-11-06T14:00").ok()


def test_counts_per_part_and_member(office: World) -> None:
    """D-04: who did which part, by the Berlin day."""
    for moment, by in (("2025-11-05T00:00", "TOM"), ("2025-11-05T23:59", "TOM"), ("2025-11-04T23:59", "KIM")):
        lay.case(state="resolved", resolved_at=lay.moment(moment), resolved_by=by)
    lay.reminder(state="done", done_at=lay.moment("2025-11-05T08:00"), done_by="ANB")
    lay.flag(state="removed", removed_at=lay.moment("2025-11-05T08:00"), removed_by="ANB")
    shown = office.cli("day", "close").ok().json
    assert list(shown)[:5] == ["date", "sealed_by", "sealed_at", "counts", "leftovers"]
    assert shown["counts"] == {"cases": {"TOM": 2}, "reminders": {"ANB": 1}, "flags": {"ANB": 1}}


def test_show_tells_a_sealed_day_an_open_one_and_none_to_come(office: World) -> None:
    office.cli("day", "close").ok()
    assert office.cli("day", "show", "--date", "05.11.2025", now="2025-11-10T09:00").json["sealed_by"] == "TOM"
    lay.case()
    today = office.cli("day", "show", now="2025-11-06T09:00").ok().json
    assert (today["date"], today["sealed_by"], today["leftovers"]) == (
        "2025-11-06", None, [{"kind": "case", "count": 1, "reason": None}],
    )  # fmt: skip
    assert office.cli("day", "show", "--date", "2025-11-04").ok().json["leftovers"] == []
    assert office.cli("day", "show", "--date", "2025-11-06").exit_code == 2


def test_who_did_not_look_gets_a_hint(office: World) -> None:
    """D-03: it never stops anybody."""
    assert [hint["rule"] for hint in office.cli("day", "close", "--dry-run").ok().json["hints"]] == ["D-03"]
    office.cli("check", now="2025-11-04T23:59").ok()
    assert "hints" in office.cli("day", "close", "--dry-run", "--despite", "x").ok().json
    office.cli("check", now="2025-11-05T08:00").ok()
    assert "hints" not in office.cli("day", "close", "--despite", "x").ok().json


def test_one_of_three_seals_the_day(office: World) -> None:
    args = ["--db", office.url, "--now", office.now, "--json", "day", "close", "--as"]
    answers = together([[*args, kuerzel] for kuerzel in ("TOM", "ANB", "KIM")])
    assert sorted(answer.exit_code for answer in answers) == [0, 6, 6]
    assert len(office.cli("history", "--of", "day:2025-11-05").lines) == 1


def test_projektpool_and_experten_do_not_belong_to_the_run(office: World) -> None:
    """D-02: an open task is no leftover."""
    lay.task("T2", state="forwarded")
    assert office.cli("day", "close").ok().json["leftovers"] == []
