"""Out of Forwarded: offered, assigned, returned (REQUIREMENTS 1.7), on both engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.action.base import Action
from models.action.undo import redo, undo
from models.ground.errors import AlreadyDoneError, ConflictError, NotFoundError, UsageError
from models.playbook.refusals import RefusedError
from models.tables.entry import Entry
from models.tables.people import Assignment
from models.tables.task import Message, Task
from models.task.actions import AssignTask, CheckTask, CorrectTags, NoteTask, OfferTask, ReturnTask, WriteMessage
from models.task.queries import delegations_of, gates, returns_of
from tests.support import task as make
from tests.support.world import World

OUT = [OfferTask(id="T1"), AssignTask(id="T1", vpa="V2")]
"""The two ways out of Forwarded that share their obstacles."""


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """The team, two VPAs, a customer; ANN acts."""
    make.people()
    world.me = "ANN"


def refused(world: World, action: Action, **how: Any) -> list[tuple[str, str, str]]:
    """Code, rule and weight of what stands against it."""
    with pytest.raises(RefusedError) as caught:
        world.run(action, **how)
    return [(o.code, o.rule, o.weight) for o in caught.value.obstacles]


def state(key: str = "T1") -> str:
    """The task's state now."""
    return str(Task.get_by_id(key).state)


def test_f01_a_complete_delegation_is_offered_to_all(world: World) -> None:
    make.delegated()
    made = world.run(OfferTask(id="T1"))
    assert (made["state"], made["vpa"]) == ("umfrage", "V1")
    row = Task.get_by_id("T1")
    assert (row.offered_by, row.offered_at is not None) == ("ANN", True)


def test_a_task_that_nobody_delegated_needs_no_delegation(world: World) -> None:
    make.task()
    assert world.run(OfferTask(id="T1"))["state"] == "umfrage"


@pytest.mark.parametrize("action", OUT)
def test_every_gap_is_listed_in_the_order_of_the_table(world: World, action: Action) -> None:
    make.task(
        state="offen",
        delegated_by="V1",
        delegation_reason="zeit",
        delegation_comment=" ",
        checklist={},
        tags_checked=False,
    )
    assert refused(world, action) == [
        ("comment_missing", "F-10", "stop"),
        ("customer_not_informed", "F-05", "stop"),
        ("deadline_not_offered", "F-07", "warn"),
        ("not_forwarded", "F-01", "stop"),
        ("information_missing", "F-03", "stop"),
        ("tags_unchecked", "T-06", "stop"),
    ]
    assert state() == "offen"


@pytest.mark.parametrize("action", OUT)
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"delegation_comment": None}, ("comment_missing", "F-10", "stop")),
        ({"state": "vergeben", "vpa": "V1"}, ("not_forwarded", "F-01", "stop")),
        ({"state": "abgelehnt"}, ("not_forwarded", "F-01", "stop")),
        ({"checklist": {**make.COMPLETE, "lists": "missing"}}, ("information_missing", "F-03", "stop")),
        ({"checklist": {"instruction": "present"}}, ("information_missing", "F-03", "stop")),
        ({"tags_checked": False}, ("tags_unchecked", "T-06", "stop")),
        ({"delegation_reason": "zeit"}, ("deadline_not_offered", "F-07", "warn")),
    ],
)
def test_t03_f03_each_gap_alone_stops(
    world: World, action: Action, facts: dict[str, Any], code: tuple[str, str, str]
) -> None:
    """T-03, F-03: nothing leaves Forwarded with a gap."""
    make.delegated(**facts)
    assert refused(world, action) == [code]


@pytest.mark.parametrize("action", OUT)
def test_f05_only_that_vpas_own_tagged_message_tells_the_customer(world: World, action: Action) -> None:
    make.task(delegated_by="V1", delegation_reason="kompetenz", delegation_comment="zu schwer")
    make.message("2025-11-03T09:00", "at", "Wir suchen jemanden", ["weiterleitung"])
    make.message("2025-11-03T09:00", "kunde", "Wer hilft mir?", ["weiterleitung"])
    told = make.message("2025-11-03T09:00", "vpa", "Das Team sucht jemanden", ["sonstiges"])
    assert refused(world, action) == [("customer_not_informed", "F-05", "stop")]
    world.run(CorrectTags(id=told.id, tag=("weiterleitung",)))
    world.run(action)


@pytest.mark.parametrize("action", OUT)
def test_f07_without_an_offered_deadline_only_with_a_reason(world: World, action: Action) -> None:
    make.delegated(delegation_reason="zeit")
    assert refused(world, action) == [("deadline_not_offered", "F-07", "warn")]
    world.run(action, despite="eilt")
    assert state() != "forwarded"


def test_f04_f07_an_offered_deadline_stands_in_the_chat(world: World) -> None:
    """F-04, F-07: asked for and offered in the chat itself."""
    make.delegated(delegation_reason="zeit")
    make.message("2025-11-03T10:00", "vpa", "Bis Freitag ginge es", ["deadline"])
    assert world.run(OfferTask(id="T1"))["state"] == "umfrage"


def test_what_is_offered_already_is_done_before_any_obstacle(world: World) -> None:
    make.task(state="umfrage", checklist={}, tags_checked=False, delegated_by="V1")
    with pytest.raises(AlreadyDoneError):
        world.run(OfferTask(id="T1"))
    assert [one["code"] for one in gates(world.session().work(), Task.get_by_id("T1"))["offer"]] == ["already_done"]


def test_f08_f09_t24_hints_never_stop(world: World) -> None:
    make.delegated("T0")
    make.delegated()
    make.message("2025-11-03T08:00", "kunde", "Bitte 20 Messen", ["aufgabenbeschreibung"])
    make.message("2025-11-04T08:00", "kunde", "Doch 30 Messen", ["aufgabenbeschreibung"])
    assert [hint["rule"] for hint in world.run(OfferTask(id="T1"), dry_run=True)["hints"]] == ["F-08", "F-09", "T-24"]
    world.run(NoteTask(id="T1", text="Beschreibung geändert: jetzt 30 Messen."))
    make.message("2025-11-03T08:30", "vpa", "Welche?", ["rueckfrage"])
    assert [hint["rule"] for hint in world.run(OfferTask(id="T1"))["hints"]] == ["F-09"]


# assign


def test_f02_the_customer_stays_with_the_first_vpa(world: World) -> None:
    """F-02: one task goes, the customer stays."""
    make.delegated()
    made = world.run(AssignTask(id="T1", vpa="V2"))
    assert (made["vpa"], made["state"]) == ("V2", "vergeben")
    (assignment,) = Assignment.select()
    assert (assignment.vpa.id, assignment.end) == ("V1", None)


def test_f11_the_reason_stays_on_the_first_vpas_record(world: World) -> None:
    """F-11: it counts in the next distribution."""
    make.delegated()
    make.delegated("T2", delegation_reason="zeit", state="umfrage")
    world.run(AssignTask(id="T1", vpa="V2"))
    (entry,) = Entry.select()
    assert (entry.file, entry.subject, entry.kind, entry.link) == ("vpa_akte", "vpa:V1", "delegation", make.LINK)
    assert "Kompetenz" in entry.situation
    assert "Excel fehlt mir" in entry.situation
    assert delegations_of("V1") == {"kompetenz": 1, "zeit": 1}
    assert delegations_of("V2") == {}


def test_without_a_delegation_nothing_goes_on_record(world: World) -> None:
    make.task()
    world.run(AssignTask(id="T1", vpa="V2"))
    assert Entry.select().count() == 0


def test_assigning_wants_another_vpa_who_is_there(world: World) -> None:
    make.delegated()
    make.vpa("V3", "Ole Brandt", gone=True)
    with pytest.raises(NotFoundError):
        world.run(AssignTask(id="T1", vpa="V9"))
    with pytest.raises(UsageError):
        world.run(AssignTask(id="T1", vpa="V1"))
    with pytest.raises(RefusedError) as caught:
        world.run(AssignTask(id="T1", vpa="V3"))
    assert [(o.code, o.rule, o.weight) for o in caught.value.obstacles] == [("vpa_gone", "F-14", "stop")]
    world.run(AssignTask(id="T1", vpa="V2"))
    with pytest.raises(AlreadyDoneError):
        world.run(AssignTask(id="T1", vpa="V2"))
    assert world.cli("task", "assign", "T1").exit_code == 2


@pytest.mark.parametrize(
    ("facts", "fits"), [({"active": False}, False), ({"orders": False}, False), ({"new_customers": False}, True)]
)
def test_f14_somebody_unfit_gets_a_task_with_a_reason_only(world: World, facts: dict[str, bool], fits: bool) -> None:
    make.delegated()
    make.vpa("V3", "Ole Brandt", **facts)
    if not fits:
        with pytest.raises(RefusedError) as caught:
            world.run(AssignTask(id="T1", vpa="V3"))
        assert [(o.code, o.rule, o.weight) for o in caught.value.obstacles] == [("vpa_unfit", "F-14", "warn")]
    world.run(AssignTask(id="T1", vpa="V3"), despite=None if fits else "Hat die Messe gemacht")


def test_f14_the_customers_own_vpa_fits_and_a_former_one_does_not(world: World) -> None:
    make.vpa("V3", "Ole Brandt")
    make.task(delegated_by="V2", delegation_reason="zeit", delegation_comment="Urlaub", vpa="V2")
    make.message("2025-11-03T09:00", "vpa", "Unser Team sucht jemanden für Sie.", ["weiterleitung", "deadline"])
    Assignment.create(customer="K1", vpa="V3", start=date(2024, 1, 1), end=date(2024, 12, 31))
    rows = world.cli("task", "candidates", "T1").ok().lines
    assert [(row["vpa"], row["rank"]) for row in rows] == [("V1", 1), ("V3", 2)]
    assert rows[1]["reasons"][0] == "passt nicht: hatte diesen Kunden schon"
    assert world.cli("task", "candidates", "T1", "--limit", "1").ok().lines == rows[:1]
    world.run(AssignTask(id="T1", vpa="V1"))


# return


def test_f06_a_return_leaves_the_list_and_is_counted_for_that_vpa(world: World) -> None:
    """F-06: what the VPA owes goes back and is counted."""
    make.delegated(vpa=None)
    make.delegated("T2")
    assert (returns_of("V1"), returns_of("V2")) == (0, 0)
    made = world.run(ReturnTask(id="T1", gap=("Welche Messen?", "Zugang zur Liste")))
    assert (made["state"], made["vpa"]) == ("offen", "V1")
    (note,) = made["notes"]
    assert (note["kind"], note["vpa"]) == ("return", "V1")
    assert "– Welche Messen?\n– Zugang zur Liste" in note["text"]
    assert returns_of("V1") == 1
    assert world.cli("task", "return", "T2", "--gap", "Zugang").ok().json["state"] == "offen"
    assert (returns_of("V1"), returns_of("V2")) == (2, 0)
    assert world.cli("vpa", "show", "V1").ok().json["returns"] == 2


def test_f03_a_return_says_what_is_missing(world: World) -> None:
    make.delegated()
    assert refused(world, ReturnTask(id="T1")) == [("gap_missing", "F-03", "stop")]
    assert world.cli("task", "return", "T1", "--gap", "  ").codes == ["gap_missing"]
    assert state() == "forwarded"


def test_d32_f12_the_list_of_gaps_is_read_by_the_vpa(world: World) -> None:
    """D-32, F-12: no class and no placeholder left."""
    make.delegated()
    action = ReturnTask(id="T1", gap=("nur für C-VPAs", "Frag [frage]"))
    assert refused(world, action) == [("class_named", "D-32", "stop"), ("placeholder_left", "K-23", "stop")]
    assert ReturnTask(id="T1").reader("gap") == "note"


def test_only_what_lies_in_forwarded_goes_back_and_only_once(world: World) -> None:
    make.delegated()
    make.task("T2", state="erledigt")
    world.run(ReturnTask(id="T1", gap=("Zugang",)))
    with pytest.raises(AlreadyDoneError):
        world.run(ReturnTask(id="T1", gap=("Zugang",)))
    assert refused(world, ReturnTask(id="T2", gap=("Zugang",))) == [("not_forwarded", "F-01", "stop")]
    assert returns_of("V1") == 1


def test_a_save_that_saw_an_older_version_is_a_conflict(world: World) -> None:
    make.delegated()
    seen = Task.get_by_id("T1").version
    world.run(CheckTask(id="T1", item=("lists=not_needed",)), as_="TOM")
    with pytest.raises(ConflictError, match="TOM"):
        world.run(OfferTask(id="T1", seen=seen))
    assert state() == "forwarded"
    world.run(OfferTask(id="T1", seen=seen + 1))


# Undo and redo


@pytest.mark.parametrize(
    "action", [OfferTask(id="T1"), AssignTask(id="T1", vpa="V2"), ReturnTask(id="T1", gap=("Zugang",))]
)
def test_undo_and_redo_take_everything_along(world: World, action: Action) -> None:
    make.delegated()
    world.run(action)
    after = state()
    undo(world.session())
    assert state() == "forwarded"
    assert returns_of("V1") == 0
    assert Entry.select().where(Entry.withdrawn_at.is_null()).count() == 0
    redo(world.session())
    assert state() == after


def test_redo_asks_the_rules_again(world: World) -> None:
    make.delegated()
    world.run(OfferTask(id="T1"))
    undo(world.session())
    world.run(CheckTask(id="T1", item=("lists=missing",)), as_="TOM")
    with pytest.raises(RefusedError):
        redo(world.session())
    assert state() == "forwarded"


def test_nobody_takes_away_what_an_offer_was_built_on(world: World) -> None:
    make.task(delegated_by="V1", delegation_reason="kompetenz", delegation_comment="zu schwer", checklist={})
    world.run(CheckTask(id="T1", item=tuple(f"{item}=present" for item in make.COMPLETE)), as_="TOM")
    world.run(WriteMessage(id="T1", sender="vpa", text="Das Team sucht", tag=("weiterleitung",)), as_="VIO")
    world.run(OfferTask(id="T1"))
    for colleague in ("TOM", "VIO"):
        with pytest.raises(ConflictError):
            undo(world.session(colleague))
    undo(world.session())
    for colleague in ("VIO", "TOM"):
        undo(world.session(colleague))
    assert Message.select().count() == 0
    assert Task.get_by_id("T1").checklist == {}
