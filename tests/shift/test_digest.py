"""Vertretung: what happened while somebody was away, and how it comes back, also along a chain (R-05, R-03)."""

from __future__ import annotations

from typing import Any

import pytest

from models.action.command import Command
from models.action.run import run
from models.ground.errors import ConflictError
from models.reminder.actions import GiveBackReminder, PostponeReminder, TakeReminder
from models.shift.digest.digest import Thing, digest
from models.shift.digest.last_absence import away_since, just_back, last_away
from models.tables.reminder import Reminder
from tests.support.cases import away, case, customer, day, entry, moment, refused, reminder, team, undo, vpa
from tests.support.world import World

BACK = "2025-11-10T09:00"
"""The Monday after TOM's week."""


@pytest.fixture
def desk(world: World) -> World:
    """The team; TOM was away from Monday 3 to Friday 7 November 2025."""
    team(world)
    away("TOM", "2025-11-03", "2025-11-07")
    return world


def take(row: Reminder) -> TakeReminder:
    return TakeReminder(id=str(row.id))


def give_back(row: Reminder) -> GiveBackReminder:
    return GiveBackReminder(id=str(row.id))


def things(world: World, member: str = "TOM", now: str = BACK) -> list[Thing]:
    work = world.session(member, now).work()
    return digest(work, member, last_away(work, member))


def told(thing: Thing) -> list[tuple[str | None, str]]:
    return [(event.by, event.action) for event in thing.events]


def test_r05_what_a_stand_in_did_and_who_has_it(desk: World) -> None:
    row, quiet = reminder(owner="TOM"), reminder(owner="TOM", subject="customer:K1")
    reminder(owner="VIO", subject="customer:K1")
    desk.run(take(row), as_="LIA", now="2025-11-04T10:00")
    later = PostponeReminder(id=str(row.id), due=moment("2025-11-12"), reason="Rückruf")
    desk.run(later, as_="LIA", now="2025-11-05T10:00")
    (thing,) = things(desk)
    assert (thing.subject, thing.name, thing.holder, thing.way) == (f"reminder:{row.id}", "Mira Keller", "LIA", "ask")
    assert told(thing) == [("LIA", "reminder.take"), ("LIA", "reminder.postpone")]
    assert thing.events[0].at == moment("2025-11-04T10:00")
    desk.run(give_back(row), as_="LIA", now="2025-11-10T08:00")
    (thing,) = things(desk)
    assert (thing.holder, thing.way, told(thing)[-1]) == ("TOM", "", ("LIA", "reminder.give-back"))
    assert quiet.id not in [int(one.subject.partition(":")[2]) for one in things(desk)]


def test_what_was_undone_did_not_happen(desk: World) -> None:
    row = reminder(owner="TOM")
    desk.run(take(row), as_="LIA")
    undo(desk, as_="LIA")
    assert things(desk) == []


def test_cases_entries_and_other_things_of_ones_vpas_and_customers(desk: World) -> None:
    vpa("V2", "Can Demir", buddy="TOM")
    vpa("V3", "Ole Fremd")
    customer("K2", "Praxis")
    reminder(owner="TOM", subject="customer:K1", state="done", done_by="LIA", done_at=moment("2025-11-05"))
    new = case("absence", vpa="V2", opened="2025-11-05T08:00")
    old = case("class", vpa="V2", opened="2025-10-20T08:00")
    case("class", vpa="V3", opened="2025-11-05T08:00")
    entry("customer:K1", at="2025-11-06T10:00", author="LIA", situation="Angerufen\nund mehr")
    entry("customer:K1", at="2025-11-06T11:00", author="TOM")
    entry("customer:K1", at="2025-11-06T12:00", author="LIA", withdrawn_at=moment("2025-11-06T13:00"))
    entry("customer:K1", at="2025-10-31T10:00", author="LIA")
    entry("customer:K2", at="2025-11-06T10:00", author="LIA")
    found = {thing.subject: thing for thing in things(desk)}
    assert set(found) == {f"case:{new.id}", "customer:K1"}
    assert told(found[f"case:{new.id}"]) == [(None, "case")]
    assert told(found["customer:K1"]) == [("LIA", "entry")]
    assert found["customer:K1"].events[0].text == "Angerufen"
    from models.case.actions import ResolveCase

    desk.run(ResolveCase(id=str(old.id), measure="checked"), as_="LIA", now="2025-11-06T09:00", despite="Geprüft")
    found = {thing.subject: thing for thing in things(desk)}
    assert told(found[f"case:{old.id}"]) == [("LIA", "case.resolve")]
    assert found[f"case:{old.id}"].state != "open"


def test_a_case_one_made_contact_in_stays_ones_own(desk: World) -> None:
    from models.case.actions import ContactCase, ResolveCase

    row = case("class", opened="2025-10-30T08:00")
    desk.run(ContactCase(id=str(row.id)), as_="TOM", now="2025-10-31T09:00")
    Reminder.update(state="done", done_by="TOM", done_at=moment("2025-10-31")).execute()
    resolve = ResolveCase(id=str(row.id), measure="checked")
    desk.run(resolve, as_="LIA", now="2025-11-06T09:00", despite="Geprüft")
    assert [(thing.subject, told(thing)) for thing in things(desk)] == [(f"case:{row.id}", [("LIA", "case.resolve")])]
    assert things(desk, "KIM") == []


def test_an_entry_of_a_file_one_may_not_read_stays_hidden(desk: World) -> None:
    away("SAM", "2025-11-03", "2025-11-07")
    reminder(owner="SAM", subject="vpa:V1")
    entry("vpa:V1", at="2025-11-06T10:00", author="LIA")
    assert things(desk, "SAM") == []


def test_one_is_just_back_until_one_does_something(desk: World) -> None:
    def offered(now: str, member: str = "TOM") -> bool:
        return just_back(desk.session(member, now).work())

    assert not offered("2025-11-07T23:59")  # still away
    assert offered("2025-11-08T00:00")
    assert offered("2025-11-21T23:59")
    assert not offered("2025-11-22T00:00")
    assert not offered(BACK, "ANN")
    desk.cli("check", as_="TOM", now=BACK)
    assert offered("2025-11-10T09:05")  # looking is not working
    desk.run(take_any(desk), as_="TOM", now="2025-11-10T09:10")
    assert not offered("2025-11-10T09:15")
    away("TOM", "2025-11-12", "2025-11-13")
    assert not offered("2025-11-12T09:00")
    assert offered("2025-11-14T09:00")


def take_any(desk: World) -> Any:
    """Something a member does on their own."""
    from models.file.actions import LogEntry

    return LogEntry(vpa="V1", situation="Angekommen", kind="other", tag=("Kontakt",))


def test_neighbouring_absences_are_one_and_a_weekend_does_not_part_them(desk: World) -> None:
    away("TOM", "2025-11-10", "2025-11-11", "sick")
    found = last_away(desk.session("TOM", "2025-11-12T09:00").work(), "TOM")
    assert (found.first, found.last) == (day("2025-11-03"), day("2025-11-11"))
    assert found.until == moment("2025-11-12T09:00")
    assert last_away(desk.session("ANN").work(), "ANN").last is None


def test_a_chain_of_stand_ins_holds(desk: World) -> None:
    row = reminder(owner="TOM")
    desk.run(take(row), as_="LIA", now="2025-11-04T09:00")
    away("LIA", "2025-11-05", "2025-11-12")
    desk.run(take(row), as_="ANN", now="2025-11-05T09:00")
    (mine,) = things(desk)
    assert (mine.holder, mine.way, told(mine)) == ("ANN", "ask", [("LIA", "reminder.take"), ("ANN", "reminder.take")])
    assert [thing.way for thing in things(desk, "ANN")] == [""]  # LIA, from whom she has it, is not there
    with pytest.raises(ConflictError):
        undo(desk, as_="LIA")  # ANN has built on it
    assert (row_now(row).owner, row_now(row).owners) == ("ANN", ["TOM", "LIA"])
    desk.run(give_back(row), as_="ANN", now=BACK)
    (mine,) = things(desk)
    assert (mine.holder, mine.way) == ("LIA", "take")
    desk.run(take(row), as_="TOM", now=BACK)
    assert (row_now(row).owner, row_now(row).owners, row_now(row).original_owner) == ("TOM", [], "TOM")
    undo(desk, as_="TOM")
    assert (row_now(row).owner, row_now(row).owners) == ("LIA", ["TOM"])
    undo(desk, as_="ANN")
    assert (row_now(row).owner, row_now(row).owners) == ("ANN", ["TOM", "LIA"])
    undo(desk, as_="ANN")
    undo(desk, as_="LIA")
    assert (row_now(row).owner, row_now(row).owners) == ("TOM", [])


def row_now(row: Reminder) -> Reminder:
    return Reminder.get_by_id(row.id)


def test_everything_taken_back_in_one_step_is_undone_in_one(desk: World) -> None:
    rows = [reminder(owner="TOM") for _ in range(3)]
    for row in rows:
        desk.run(take(row), as_="LIA", now="2025-11-04T09:00")
    away("LIA", "2025-11-10", "2025-11-10")
    command = Command()
    for step, row in enumerate(rows):
        run(desk.session("TOM", BACK), take(row), command=Command(command.id, step))
    assert {row_now(row).owner for row in rows} == {"TOM"}
    undo(desk, as_="TOM")
    assert {row_now(row).owner for row in rows} == {"LIA"}


def test_r05_from_a_stand_in_who_is_there_only_a_vpa_manager_takes(desk: World) -> None:
    row = reminder(owner="TOM")
    desk.run(take(row), as_="LIA", now="2025-11-04T09:00")
    assert refused(desk, take(row), as_="TOM", now=BACK) == ["owner_present R-05"]
    away("VIO", "2025-11-03", "2025-11-07")
    theirs = reminder(owner="VIO")
    desk.run(take(theirs), as_="LIA", now="2025-11-04T09:00")
    assert [thing.way for thing in things(desk, "VIO")] == ["take_reason"]
    assert [thing.way for thing in things(desk, "LIA", BACK)] == ["give_back", "give_back"]


def test_a_day_may_be_named_instead(desk: World) -> None:
    row = reminder(owner="ANN")
    desk.run(PostponeReminder(id=str(row.id), due=moment("2025-11-12"), reason="Rückruf"), now="2025-11-04T10:00")
    reminder(owner="ANN", subject="customer:K1")
    entry("customer:K1", at="2025-11-04T10:00", author="LIA")
    work = desk.session("ANN").work()
    assert [thing.subject for thing in digest(work, "ANN", away_since(work, day("2025-11-04")))] == ["customer:K1"]
    assert digest(work, "ANN", away_since(work, day("2025-11-05"))) == []


def test_the_command_tells_the_same_in_json_and_in_words(desk: World) -> None:
    row = reminder(owner="TOM")
    desk.run(take(row), as_="LIA", now="2025-11-04T10:00")
    shown = desk.cli("shift", "digest", as_="TOM", now=BACK).json
    assert (shown["member"], shown["from"], shown["until"]) == (
        "TOM", "2025-11-03T00:00:00+01:00", "2025-11-10T09:00:00+01:00",
    )  # fmt: skip
    (thing,) = shown["things"]
    assert (thing["subject"], thing["owner"], thing["original_owner"], thing["back_by"]) == (
        f"reminder:{row.id}", "LIA", "TOM", "ask",
    )  # fmt: skip
    assert thing["events"] == [
        {"at": "2025-11-04T10:00:00+01:00", "by": "LIA", "action": "reminder.take", "text": None}
    ]
    text = desk.cli("shift", "digest", as_="TOM", now=BACK, json=False).stdout
    assert "weg vom 03.11. bis 07.11." in text
    assert "LIA: Reminder übernommen" in text
    assert "LIA hat ihn und ist da" in text
    text = desk.cli("shift", "digest", "--since", "2025-11-05", as_="KIM", json=False).stdout
    assert "Nichts ist geschehen" in text
    assert desk.cli("shift", "digest", "--since", "demnächst", as_="TOM").exit_code == 2
