"""`undo` and `redo` (CONTRACT §2): the member's own last action, as a whole, while nobody has built on it."""

from __future__ import annotations

import datetime as dt

import pytest

from models.action.undo import last_action, redo, undo
from models.admin.verify import verify
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.people import Customer, Vpa
from models.tables.reminder import Reminder
from tests.support import office as lay
from tests.support import task as tasks
from tests.support.program import Result
from tests.support.world import World


def log(world: World, situation: str, as_: str = "TOM", *more: str) -> int:
    """An entry in the VPA-Akte of V001; its id."""
    args = ["file", "log", "--vpa", "V001", "--kind", "other", "--situation", situation, "--tag", "x", *more]
    number: int = world.cli(*args, as_=as_).ok().json["id"]
    return number


def shown(world: World) -> list[str]:
    """What stands in the VPA-Akte."""
    return [entry["situation"] for entry in world.cli("file", "show", "--vpa", "V001").ok().lines]


def check_code(result: Result, code: str) -> None:
    """Exit 6 with this code."""
    assert (result.exit_code, result.json["error"]["code"]) == (6, code), result


def test_backwards_one_by_one_and_forwards_again(office: World) -> None:
    for text in "abc":
        log(office, text)
    seen = []
    for step in ("undo", "undo", "redo", "undo", "undo"):
        office.cli(step).ok()
        seen.append("".join(shown(office)))
    assert seen == ["ab", "a", "ab", "a", ""]
    check_code(office.cli("undo"), "already_done")
    for step in "abc":
        assert office.cli("redo").ok().json["situation"] == step
    check_code(office.cli("redo"), "already_done")
    assert shown(office) == ["a", "b", "c"]
    assert verify() == 12


def test_a_new_action_cuts_what_could_be_redone(office: World) -> None:
    log(office, "a")
    log(office, "b")
    office.cli("undo").ok()
    log(office, "c")
    check_code(office.cli("redo"), "already_done")
    office.cli("undo").ok()
    office.cli("undo").ok()
    assert shown(office) == []
    office.cli("redo").ok()
    office.cli("redo").ok()
    assert shown(office) == ["a", "c"]
    check_code(office.cli("redo"), "already_done")


def test_what_is_passed_over_neither_undoes_nor_cuts(office: World) -> None:
    """`init`, `import`, `check`, `member`, `setting`, `day`."""
    office.me = "ANB"
    log(office, "a", "ANB")
    office.cli("undo").ok()
    office.cli("setting", "set", "decline_hours", "12").ok()
    office.cli("member", "add", "NEU", "Nora Neu").ok()
    office.cli("check").ok()
    office.cli("day", "close", "--despite", "x").ok()
    office.cli("redo").ok()
    assert shown(office) == ["a"]
    assert office.cli("undo").ok().json["undo"] == "file.log"
    check_code(office.cli("undo"), "already_done")


def test_everybody_undoes_only_their_own(office: World) -> None:
    log(office, "a", "TOM")
    log(office, "b", "ANB")
    office.cli("undo", as_="TOM").ok()
    assert shown(office) == ["b"]
    check_code(office.cli("undo", as_="TOM"), "already_done")
    check_code(office.cli("redo", as_="ANB"), "already_done")
    office.cli("redo", as_="TOM").ok()
    assert shown(office) == ["a", "b"]


def test_it_survives_a_restart(office: World) -> None:
    """Each call a process of its own."""
    log(office, "a")
    assert office.run_process("undo").ok().json["withdrawn_at"] == "2025-11-05T14:00:00+01:00"
    assert office.run_process("redo").ok().json["withdrawn_at"] is None


def test_a_withdrawn_entry_stays_in_the_history_only(office: World) -> None:
    """R-04, K-04: not in `file show`, not in search, and no proof of upkeep."""
    reminder = office.cli("reminder", "set", "--vpa", "V001", "--due", "2025-11-05", "--reason", "x").ok().json["id"]
    number = log(office, "Losung")
    assert office.cli("file", "search", "losung").ok().lines
    office.cli("undo").ok()
    assert shown(office) == []
    assert office.cli("file", "search", "losung").ok().lines == []
    assert office.cli("search", "losung").ok().lines == []
    assert office.cli("reminder", "done", str(reminder), "--outcome", "solved").codes == ["entry_missing"]
    assert "Losung" in office.cli("history", "--of", f"entry:{number}").stdout
    assert Entry.select().count() == 1


def test_an_action_goes_with_all_it_wrote(office: World) -> None:
    """The entry, the Reminder, the change of the Case: one step, there and back."""
    lay.case("inactive", before={"aktiv": True}, after={"aktiv": False}, workable_from=lay.moment("2025-11-04"))
    before = {name: rows for name, rows in lay.content().items() if name in ("case", "reminder")}
    office.cli("case", "resolve", "1", "--measure", "reminder", "--log", "Still").ok()
    done = {name: rows for name, rows in lay.content().items() if name in ("case", "reminder")}
    assert office.cli("undo").ok().json["state"] == "open"
    assert Reminder.select().count() == 0
    assert shown(office) == []
    assert _without_version(lay.content()["case"]) == _without_version(before["case"])
    office.cli("redo").ok()
    assert shown(office) == ["Still"]
    assert _without_version(lay.content()["case"]) == _without_version(done["case"])
    assert lay.content()["reminder"] == done["reminder"]


def _without_version(rows: list[tuple[object, ...]]) -> list[set[str]]:
    """Versions never go back: a screen that saw the old row must notice."""
    return [{repr(value) for value in row if not (isinstance(value, int) and value < 9)} for row in rows]


def test_a_version_never_goes_back(office: World) -> None:
    lay.case()
    versions = [Case.get_by_id(1).version]
    for step in (["case", "resolve", "1", "--measure", "checked"], ["undo"], ["redo"]):
        office.cli(*step).ok()
        versions.append(Case.get_by_id(1).version)
    assert versions == sorted(set(versions))


def test_a_bulk_is_one_step(office: World) -> None:
    """Decided: one command over several ids is undone as a whole, and each row keeps its own verdict before that."""
    lay.case()
    lay.case(vpa="V002")
    lay.case(kind="class", findings=["worse"])
    assert office.cli("case", "resolve", "1", "3", "2", "--measure", "checked").exit_code == 3
    assert [case["id"] for case in office.cli("case", "list").lines] == [3]
    office.cli("undo").ok()
    assert [case["id"] for case in office.cli("case", "list").lines] == [1, 2, 3]
    office.cli("redo").ok()
    assert [case["id"] for case in office.cli("case", "list").lines] == [3]
    check_code(office.cli("redo"), "already_done")
    Case.update(note="angefasst").where(Case.id == 2).execute()
    check_code(office.cli("undo"), "conflict")
    assert [case["id"] for case in office.cli("case", "list").lines] == [3]


def title(world: World, step: str, now: str | None = None) -> str:
    """What a step back or forward says it was about."""
    session = world.session(now=now)
    return (undo if step == "undo" else redo)(session).result.title


def test_a_step_back_names_what_was_done_to(office: World) -> None:
    """As the toast named it: the task and not its customer, all of a bulk, and what the undo itself takes away."""
    lay.case()
    lay.case(vpa="V002")
    office.cli("case", "resolve", "1", "2", "--measure", "checked").ok()
    first = Vpa.get_by_id("V001").name
    assert title(office, "undo") == f"Case erledigen: {first} und 1 weitere"
    tasks.vpa()
    tasks.customer()
    tasks.task("T9")
    office.cli("task", "offer", "T9").ok()
    assert title(office, "undo") == "Zur Bewerbung ausschreiben: Messeliste pflegen"
    request = ("--customer", "K1", "--vpa", "V1", "--reason-kind", "budget", "--reason", "Zu knapp")
    office.cli("handover", "open", *request).ok()
    later = "2025-11-06T09:00"
    assert title(office, "undo", later) == "VPA-Wechsel anfragen: Bäckerei Sommer (vom Mi 05.11.2025)"
    assert title(office, "redo") == "VPA-Wechsel anfragen: Bäckerei Sommer"


def test_built_on_an_entry(office: World) -> None:
    """Exit 6: corrected, a Reminder closed on it, a Reminder about it."""
    number = log(office, "a")
    office.cli("file", "correct", str(number), "--situation", "b", as_="ANB").ok()
    check_code(office.cli("undo"), "conflict")
    office.cli("undo", as_="ANB").ok()
    reminder = lay.reminder(owner="ANB", about=f"entry:{number}")
    check_code(office.cli("undo"), "conflict")
    Reminder.update(about=None).where(Reminder.id == reminder.id).execute()
    office.cli("reminder", "done", str(reminder.id), "--outcome", "solved", as_="ANB").ok()
    check_code(office.cli("undo"), "conflict")
    office.cli("undo", as_="ANB").ok()
    office.cli("undo").ok()
    assert shown(office) == []


def test_built_on_a_case_or_a_reminder(office: World) -> None:
    """Exit 6: a Case changed since, a Reminder moved or closed since."""
    lay.case()
    office.cli("case", "contact", "1").ok()
    office.cli("case", "resolve", "1", "--measure", "contacted", "--answer", "x", as_="ANB").ok()
    check_code(office.cli("undo"), "conflict")
    office.cli("undo", as_="ANB").ok()
    office.cli("reminder", "take", "1", "--reason", "x", as_="ANB").ok()
    check_code(office.cli("undo"), "conflict")
    office.cli("undo", as_="ANB").ok()
    office.cli("undo").ok()
    assert Reminder.select().count() == 0


def test_a_case_that_came_up_again_stands_in_the_way(office: World) -> None:
    """One open Case per VPA and kind, also by undo."""
    lay.case()
    office.cli("case", "resolve", "1", "--measure", "checked").ok()
    lay.case()
    before = lay.content()
    check_code(office.cli("undo"), "conflict")
    assert lay.content() == before


def test_newer_facts_of_the_platform_do_not_stand_in_the_way(office: World) -> None:
    office.cli("customer", "status", "K001", "--to", "inaktiv", "--reason", "ruht").ok()
    Customer.update(name="Bäckerei Winter", exported="{}").where(Customer.id == "K001").execute()
    assert office.cli("undo").ok().json["status"] == "aktiv"
    assert office.cli("customer", "show", "K001").json["name"] == "Bäckerei Winter"


def test_redo_asks_the_rules_again(office: World) -> None:
    """Every S row is refused on every route; what passed with a reason still does."""
    lay.case("inactive", before={"aktiv": True}, after={"aktiv": False}, workable_from=lay.moment("2025-11-04"))
    office.cli("case", "resolve", "1", "--measure", "list_checked").ok()
    office.cli("undo").ok()
    Case.update(workable_from=lay.moment("2025-11-06T12:00")).execute()
    before = lay.content()
    result = office.cli("redo")
    assert (result.exit_code, result.codes) == (3, ["too_early"])
    assert lay.content() == before


def test_redo_of_a_reminder_whose_date_has_passed_is_refused(office: World) -> None:
    """R-01."""
    office.cli("reminder", "set", "--vpa", "V001", "--due", "2025-11-06", "--reason", "x").ok()
    office.cli("undo").ok()
    assert office.cli("redo", now="2025-11-07T09:00").codes == ["due_past"]
    office.cli("redo").ok()


def test_redo_when_somebody_was_quicker(office: World) -> None:
    lay.case()
    office.cli("case", "resolve", "1", "--measure", "checked").ok()
    office.cli("undo").ok()
    office.cli("case", "resolve", "1", "--measure", "checked", as_="ANB").ok()
    check_code(office.cli("redo"), "already_done")
    office.cli("undo", as_="ANB").ok()
    Case.update(note="angefasst").execute()
    check_code(office.cli("redo"), "conflict")


def test_redo_does_not_close_a_reminder_on_a_withdrawn_entry(office: World) -> None:
    """R-04: another entry would do for the rule, but this is not the one it was closed on."""
    reminder = lay.reminder()
    log(office, "ältere", "ANB")
    log(office, "Beweis", "KIM")
    office.cli("reminder", "done", str(reminder.id), "--outcome", "solved").ok()
    office.cli("undo").ok()
    office.cli("undo", as_="KIM").ok()
    check_code(office.cli("redo"), "conflict")
    office.cli("redo", as_="KIM").ok()
    assert office.cli("redo").ok().json["entry"] == 2


def test_a_dry_run_tells_what_would_come_back(office: World) -> None:
    number = log(office, "a")
    before = lay.content()
    tried = office.cli("undo", "--dry-run").ok().json
    assert (tried["id"], tried["undo"], tried["dry_run"]) == (number, "file.log", True)
    assert lay.content() == before
    session = office.session("TOM")
    assert (last_action(session, "undo"), last_action(session, "redo")) == ("file.log", None)
    office.cli("undo").ok()
    assert (last_action(session, "undo"), last_action(session, "redo")) == (None, "file.log")
    assert last_action(office.session("ANB"), "undo") is None


@pytest.mark.parametrize("route", ["undo", "redo"])
def test_a_retry_of_undo_undoes_nothing_further(office: World, route: str) -> None:
    """DESIGN law 8: after an unknown outcome the same command may come again."""
    for text in "abc":
        log(office, text)
    if route == "redo":
        for _ in "abc":
            office.cli("undo").ok()
    key = ["--command-id", "00000000-0000-4000-8000-000000000001"]
    first, again = office.cli(route, *key).ok().json, office.cli(route, *key).ok().json
    assert first["id"] == again["id"]
    assert shown(office) == (["a", "b"] if route == "undo" else ["a"])


def test_two_undos_at_once_are_two_steps(office: World) -> None:
    from tests.support.race import together

    for text in "abcd":
        log(office, text)
    answers = together([["--db", office.url, "--now", office.now, "--as", "TOM", "--json", "undo"]] * 3)
    assert [answer.exit_code for answer in answers] == [0, 0, 0]
    assert shown(office) == ["a"]
    assert verify() == 8


def test_undo_without_acting_member(office: World) -> None:
    office.me = None
    assert office.cli("undo").codes == ["kuerzel_missing"]
    assert Vpa.get_by_id("V001").start == dt.date(2024, 1, 8)
