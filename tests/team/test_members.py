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


@pytest.mark.parametrize("kuerzel", ["A,B", "A:B", "A|B", "A;B", "A/B", "X" * 21, "„A“"])
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


# What is planned


def test_a_planned_absence_is_called_off_before_it_begins(office: World) -> None:
    """The next one first; nothing left: already done."""
    for month in ("02", "01"):
        office.cli(
            "member", "away", "TOM", "--reason", "vacation", "--from", f"2026-{month}-02", "--until", f"2026-{month}-06"
        ).ok()
    assert office.cli("member", "back", "TOM", "--dry-run").ok().json["away"][0]["from"] == "2026-02-02"
    assert [leave["from"] for leave in office.cli("member", "back", "TOM").ok().json["away"]] == ["2026-02-02"]
    assert office.cli("member", "back", "TOM").ok().json["away"] == []
    assert office.cli("member", "back", "TOM").exit_code == 6


def test_a_planned_absence_is_changed_by_entering_it_anew(office: World) -> None:
    """One that begins on the same day is the same one."""
    given = ["member", "away", "TOM", "--from", "2026-02-02"]
    office.cli(*given, "--reason", "vacation", "--until", "2026-02-06").ok()
    shown = office.cli(*given, "--reason", "sick", "--until", "2026-02-03").ok().json
    assert shown["away"] == [{"reason": "sick", "from": "2026-02-02", "until": "2026-02-03"}]
    assert Leave.select().count() == 1


# Who has left


def test_the_last_member_cannot_leave_r_02(office: World) -> None:
    """R-02: nobody could act, be added or come back; as long as somebody stays everybody may go."""
    for kuerzel in ("TOM", "KIM", "SAL", "BUD"):
        office.cli("member", "leave", kuerzel, as_="ANB").ok()
    refused = office.cli("member", "leave", "ANB", as_="ANB")
    assert (refused.exit_code, refused.codes) == (3, ["last_member"])
    assert refused.json["error"]["obstacles"][0]["rule"] == "R-02"
    office.cli("member", "back", "TOM", as_="ANB").ok()
    office.cli("member", "leave", "ANB", as_="ANB").ok()


def test_leaving_counts_what_stays_behind_r_05(office: World) -> None:
    from models.tables.people import Vpa
    from tests.support import office as lay

    lay.reminder(owner="KIM")
    lay.reminder(owner="KIM", state="done", done_by="KIM")
    Vpa.update(buddy="KIM").where(Vpa.id == "V001").execute()
    shown = office.cli("member", "leave", "KIM", as_="ANB").ok().json
    assert (shown["open_reminders"], shown["buddy_of"]) == (1, 1)
    assert [hint["rule"] for hint in shown["hints"]] == ["R-05", "J-02"]
    assert "hints" not in office.cli("member", "leave", "SAL", as_="ANB").ok().json


def test_the_list_says_who_has_left(office: World) -> None:
    office.cli("member", "leave", "KIM", as_="ANB").ok()
    lines = {line["kuerzel"]: line["left_on"] for line in office.cli("member", "list").ok().lines}
    assert (lines["KIM"], lines["TOM"]) == ("2025-11-05", None)
    told = office.cli("member", "list", json=False).ok().stdout.splitlines()
    assert "verabschiedet" in told[0]
    assert "Mi 05.11.2025" in next(line for line in told if line.startswith("KIM"))


def test_who_has_left_goes_on_no_holiday(office: World) -> None:
    office.cli("member", "leave", "KIM", as_="ANB").ok()
    assert office.cli("member", "away", "KIM", *AWAY).exit_code == 6


GIVEN = {
    "case.resolve": ("case", "resolve", "1", "--measure", "agreed", "--decision", "prio", "--agreed-with", "VIC"),
    "journey.remove": ("journey", "remove", "1", "--class-checked", "--agreed-with", "VIC"),
    "journey.buddy": ("journey", "remove", "2", "--appointment", "2025-11-20T10:00", "--buddy", "VIC"),
    "journey.inform": ("journey", "inform", "1", "--to", "VIC"),
    "reminder.set": ("reminder", "set", "--vpa", "V001", "--due", "2025-11-06", "--reason", "x", "--for", "VIC"),
    "reminder.hand-over": ("reminder", "hand-over", "1", "--to", "VIC", "--reason", "x"),
    "file.log": (
        "file", "log", "--vpa", "V001", "--kind", "other", "--situation", "s", "--tag", "t", "--urgent-to", "VIC",
    ),
    "handover.propose": (
        "handover", "propose", "1", "--successor", "V002", "--effort", "low", "--refund", "no", "--exception-by", "VIC",
    ),
}  # fmt: skip
CODES = {
    "case.resolve": ["decision_missing"], "journey.remove": ["agreement_missing"], "journey.buddy": ["buddy_missing"],
    "journey.inform": ["receiver_away"], "reminder.set": ["receiver_away"], "reminder.hand-over": ["receiver_away"],
    "file.log": ["receiver_away"], "handover.propose": ["reason_not_valid"],
}  # fmt: skip


@pytest.mark.parametrize("option", GIVEN)
def test_who_has_left_counts_nowhere(office: World, option: str) -> None:
    """D-12, J-04, J-02, R-05, W-03: every option that names a member, while VIC is there and afterwards."""
    from models.tables.case import Case
    from models.tables.flag import Flag
    from models.tables.handover import Handover
    from tests.support import office as lay

    office.cli("member", "add", "VIC", "Vic", "--role", "vpa_manager", "--role", "buddy", as_="ANB").ok()
    Case.create(kind="schedule", vpa="V001", vpa_name="M", vpa_folded="m", opened_at=lay.moment("2025-11-03T10:00"),
                changed_on=lay.moment("2025-11-03T10:00").date(), findings=["priority_to_agree"])  # fmt: skip
    lay.flag("V001", "6-9", vpa_name="M")
    lay.flag("V001", "3-6", vpa_name="M")
    from models.tables.people import Vpa

    Vpa.update(klasse="N").where(Vpa.id == "V001").execute()
    lay.reminder(owner="TOM")
    asked = [{"question": "q", "answer": "a", "plausible": True, "by": "TOM", "on": "2025-11-03"}]
    Handover.create(customer="K001", vpa="V001", opened_at=lay.moment("2025-11-03T10:00"), opened_by="TOM", reason="r",
                    reason_kind="other", questions=asked)  # fmt: skip
    before = (Case.select().count(), Flag.select().count())
    office.cli(*GIVEN[option], "--dry-run").ok()
    office.cli("member", "leave", "VIC", as_="ANB").ok()
    refused = office.cli(*GIVEN[option])
    assert (refused.exit_code, refused.codes) == (3, CODES[option])
    assert (Case.select().count(), Flag.select().count()) == before


def test_who_has_left_does_not_act(office: World) -> None:
    office.cli("member", "leave", "TOM", as_="ANB").ok()
    assert office.cli("reminder", "list", as_="TOM").exit_code == 2
    assert (
        office.cli("file", "log", "--vpa", "V001", "--kind", "other", "--situation", "s", "--tag", "t").exit_code == 2
    )


def test_nothing_is_given_back_to_somebody_who_has_left_r_05(office: World) -> None:
    """R-05: not by giving back, nor by undoing the taking; to somebody on holiday it may go."""
    from tests.support import office as lay

    lay.reminder(owner="KIM")
    office.cli("member", "away", "KIM", *AWAY).ok()
    office.cli("reminder", "take", "1").ok()
    office.cli("reminder", "give-back", "1", "--dry-run").ok()
    office.cli("member", "leave", "KIM", as_="ANB").ok()
    refused = office.cli("reminder", "give-back", "1")
    assert (refused.codes, refused.json["error"]["obstacles"][0]["rule"]) == (["receiver_away"], "R-05")
    assert "KIM ist nicht mehr im Team" in refused.json["error"]["message"]
    assert office.cli("undo").exit_code == 6
    assert office.cli("reminder", "show", "1").ok().json["owner"] == "TOM"


# What nobody sees


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad", "\u2060", "\u00a0", "\ufeff"])
def test_a_kuerzel_is_what_one_sees(office: World, mark: str) -> None:
    """Taken, named and acting; an umlaut of two pieces is one letter."""
    assert office.cli("member", "add", f"{mark}TOM", "Anderer", as_="ANB").exit_code == 6
    assert (
        office.cli("member", "add", f"NE{mark if mark != chr(160) else ''}U", "Nora", as_="ANB").ok().json["kuerzel"]
        == "NEU"
    )
    assert office.cli("check", as_=f"T{mark if mark != chr(160) else ''}OM").ok().json["member"] == "TOM"
    office.cli("member", "add", "A\u0308B", "Äbi", as_="ANB").ok()
    assert office.cli("member", "add", "ÄB", "Äbi", as_="ANB").exit_code == 6


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad", "\ufeff", "\u2060"])
def test_an_id_is_what_one_sees_on_every_route(office: World, mark: str) -> None:
    """Read, written to and asked about; an id that was stored with such a mark is still found by it."""
    from tests.support import office as lay

    key = f"V{mark}001"
    assert office.cli("vpa", "show", key).ok().json["id"] == "V001"
    assert office.cli("customer", "show", f"{mark}K001").ok().json["id"] == "K001"
    entry = ("--kind", "other", "--situation", "s", "--tag", "t")
    assert office.cli("file", "log", "--vpa", key, *entry).ok().json["subject"] == "vpa:V001"
    given = ("--about", f"vpa:{key}", "--due", "2025-11-06", "--reason", "x")
    assert office.cli("reminder", "set", *given).ok().json["subject"] == "vpa:V001"
    lay.vpa(f"V{mark}777", "Alt")
    assert office.cli("vpa", "show", f"V{mark}777").ok().json["name"] == "Alt"


BLANK = ["\u200b\u00a0", " \u2060 ", "\u00ad", "\u3164", "\u2028", "\ufeff\t", "\x1a"]


@pytest.mark.parametrize("blank", BLANK)
def test_a_compulsory_text_that_is_blank_to_the_eye_is_missing(office: World, blank: str) -> None:
    """Reasons, answers, notes, situations, tags, and the reason that passes a warning."""
    from tests.support import office as lay

    lay.case()
    lay.reminder(owner="TOM")
    given = ("--vpa", "V001", "--due", "2025-11-06")
    assert office.cli("reminder", "set", *given, "--reason", blank).codes == ["reason_missing"]
    assert office.cli("reminder", "postpone", "1", "--due", "2025-11-07", "--reason", blank).codes == ["reason_missing"]
    entry = ("file", "log", "--vpa", "V001", "--kind", "other", "--situation", blank, "--tag", blank)
    assert office.cli(*entry).codes == ["situation_missing", "tag_missing"]
    warned = ("assign", "--customer", "K001", "--vpa", "V002", "--kind", "vpa_change", "--text", "Hallo Jonas")
    lay.entry(kind="lead")
    assert office.cli(*warned, "--despite", blank).codes == ["source_unread"]
    assert office.cli("member", "set", "TOM", "--name", blank, as_="ANB").ok().json["name"] == "Tom Muster"


def test_what_nobody_sees_is_dropped_from_texts(office: World) -> None:
    given = ("--vpa", "V\u200b001", "--due", "2025-11-06")
    shown = office.cli("reminder", "set", *given, "--reason", "\u200bA\u0308pfel\u00ad 👩\u200d💻").ok().json
    assert (shown["subject"], shown["reason"]) == ("vpa:V001", "Äpfel 👩\u200d💻")
