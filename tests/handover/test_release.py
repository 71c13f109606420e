"""Release by a second manager, informing, Einarbeitung, finish (W-12 to W-14, K-08, K-25)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.action.undo import redo, undo
from models.care.handover.finish import FinishHandover
from models.care.letters.templates import fill_for
from models.ground import clock
from models.ground.errors import AlreadyDoneError, ConflictError
from models.tables.handover import Handover
from models.tables.people import Assignment, Customer, Vpa
from models.tables.task import Task
from tests.support.handover import (
    TODAY,
    WELCOME,
    act,
    approved,
    assignment,
    customer,
    days,
    entries,
    entry,
    finish,
    in_charge,
    member,
    open_request,
    propose,
    proposed,
    questioned,
    ready,
    refused,
    reminders,
    rules,
    task,
    vpa,
)
from tests.support.world import World

# Decision


@pytest.mark.parametrize("manager", ["BEN", "KIM"])
def test_either_manager_releases_w12(team: World, manager: str) -> None:
    """W-12, A-24: whoever decided puts it on record with the own Kürzel."""
    shown = act(team, "handover.approve", id=proposed(team), as_=manager, remark="Passt gut")
    assert (shown["state"], shown["decided_by"], shown["remark"]) == ("approved", manager, "Passt gut")
    assert shown["decided_at"] is not None


@pytest.mark.parametrize("who", ["TOM", "SAM"])
@pytest.mark.parametrize("code", ["approve", "reject"])
def test_nobody_else_decides_w12(team: World, who: str, code: str) -> None:
    texts = {"reason": "Nein"} if code == "reject" else {}
    codes = refused(team, f"handover.{code}", id=proposed(team), as_=who, **texts)
    assert codes == ["role_vpa_or_customer_manager"]


def test_four_eyes_whoever_opened_it_a17(team: World) -> None:
    """A-17: a manager's own request is released by another, opened by them or proposed by them."""
    shown = act(team, "handover.open", customer="K1", vpa="V1", reason_kind="other", reason="x", as_="BEN")
    act(team, "handover.question", id=shown["id"], question="?", answer="Ja", plausible="yes")
    propose(team, shown["id"], exception_by="KIM")
    assert refused(team, "handover.approve", id=shown["id"], as_="BEN") == ["own_request"]
    assert refused(team, "handover.reject", id=shown["id"], reason="x", as_="BEN") == ["own_request"]
    assert act(team, "handover.approve", id=shown["id"], as_="KIM")["state"] == "approved"


def test_four_eyes_whoever_proposed_it_a17(team: World) -> None:
    key = questioned(team)
    propose(team, key, as_="KIM")
    assert refused(team, "handover.approve", id=key, as_="kim") == ["own_request"]
    assert act(team, "handover.approve", id=key, as_="BEN")["state"] == "approved"


def test_there_is_something_to_decide_w12(team: World) -> None:
    key = open_request(team)
    assert refused(team, "handover.approve", id=key, as_="BEN") == ["not_proposed"]
    assert refused(team, "handover.reject", id=key, as_="BEN") == ["reason_missing", "not_proposed"]


def test_all_obstacles_of_a_rejection_in_order_w12(team: World) -> None:
    assert [(code, rule) for code, rule, _ in rules(team, "handover.reject", id=open_request(team))] == [
        ("reason_missing", "W-12"),
        ("role_vpa_or_customer_manager", "W-12"),
        ("own_request", "A-17"),
        ("not_proposed", "W-12"),
    ]


def test_a_rejection_says_why_and_ends_the_request_w12(team: World) -> None:
    key = proposed(team)
    shown = act(team, "handover.reject", id=key, reason="Erst vermitteln", as_="KIM")
    assert (shown["state"], shown["remark"], shown["closed_by"]) == ("rejected", "Erst vermitteln", "KIM")
    assert refused(team, "handover.talk", id=key, on="2025-11-05", result_text="x") == ["not_open"]
    assert in_charge("K1") == "V1"


@pytest.mark.parametrize("code", ["approve", "reject"])
@pytest.mark.parametrize("state", ["approved", "informed", "finished", "rejected"])
def test_what_is_decided_stays_decided(team: World, code: str, state: str) -> None:
    key = proposed(team)
    Handover.update(state=state, decided_by="BEN").where(Handover.id == key).execute()
    with pytest.raises(AlreadyDoneError, match="BEN"):
        act(team, f"handover.{code}", id=key, as_="KIM")


@pytest.mark.parametrize("state", ["sent_back", "escalated"])
def test_what_ended_undecided_is_not_open(team: World, state: str) -> None:
    key = open_request(team)
    Handover.update(state=state).where(Handover.id == key).execute()
    assert refused(team, "handover.approve", id=key, as_="BEN")[0] == "not_open"


# Informing and Einarbeitung


def test_nobody_informs_before_the_release_w12_w13(team: World) -> None:
    key = proposed(team)
    assert rules(team, "handover.informed", id=key, on="2025-11-06") == [
        ("not_approved", "W-13", "stop"),
        ("on_in_future", "W-13", "stop"),
    ]
    act(team, "handover.approve", id=key, as_="BEN")
    assert refused(team, "handover.informed", id=key, on="2025-11-06") == ["on_in_future"]
    assert refused(team, "handover.informed", id=key) == ["on_in_future"]
    shown = act(team, "handover.informed", id=key, on="2025-11-05")
    assert (shown["state"], shown["informed_on"], "hints" in shown) == ("informed", TODAY, False)


def test_a_customer_who_knew_too_early_is_a_hint_w12(team: World) -> None:
    shown = act(team, "handover.informed", id=approved(team), on="2025-11-04")
    assert [hint["rule"] for hint in shown["hints"]] == ["W-12"]


def test_the_einarbeitung_comes_after_the_release_w14(team: World) -> None:
    key = proposed(team)
    assert rules(team, "handover.training", id=key, wanted="yes", done_on="2025-11-06") == [
        ("not_approved", "W-14", "stop"),
        ("done_on_in_future", "W-14", "stop"),
    ]


def test_the_einarbeitung_is_done_when_it_is_done_w14(team: World) -> None:
    key = approved(team)
    for wanted in ("yes", "no"):  # no day of something done lies ahead, also where it counts for nothing
        given = {"wanted": wanted, "done_on": "2025-11-06"}
        assert refused(team, "handover.training", id=key, **given) == ["done_on_in_future"]
    shown = act(team, "handover.training", id=key, wanted="yes", done_on="2025-11-05")
    assert (shown["training_wanted"], shown["training_done_on"]) == (True, TODAY)
    assert act(team, "handover.training", id=key, wanted="yes")["training_done_on"] == TODAY
    assert act(team, "handover.training", id=key, wanted="no", done_on="2025-11-05")["training_done_on"] is None


# Finish


def test_finish_lists_what_is_open_w13_w14(team: World) -> None:
    assert rules(team, "handover.finish", id=proposed(team)) == [
        ("not_approved", "W-12", "stop"),
        ("customer_not_informed", "W-13", "stop"),
        ("training_answer_missing", "W-14", "stop"),
        ("text_missing", "K-20", "stop"),
    ]


def test_finish_waits_for_a_wanted_einarbeitung_w14(team: World) -> None:
    key = approved(team)
    wanted = ["customer_not_informed", "training_answer_missing"]
    assert refused(team, "handover.finish", id=key, text=WELCOME) == wanted
    act(team, "handover.informed", id=key, on="2025-11-05")
    act(team, "handover.training", id=key, wanted="yes")
    assert rules(team, "handover.finish", id=key, text=WELCOME) == [("training_open", "W-14", "stop")]
    act(team, "handover.training", id=key, wanted="yes", done_on="2025-11-05")
    assert finish(team, key)["state"] == "finished"


def test_finish_moves_the_customer_from_today(team: World) -> None:
    shown = finish(team, ready(team))
    assert (shown["state"], shown["closed_by"]) == ("finished", "ANN")
    old, new = Assignment.select().order_by(Assignment.id)
    assert (old.vpa_id, old.end) == ("V1", days(-1))
    assert (new.vpa_id, new.start, new.end) == ("V2", TODAY, None)
    assert in_charge("K1") == "V2"


def test_finish_leaves_the_reasons_in_the_internal_file_k08(team: World) -> None:
    """K-08: never without entry and reasons."""
    key = questioned(team, "cooperation_failed")
    act(team, "handover.measure", id=key, on="2025-10-01", text="Wöchentlicher Anruf")
    act(team, "handover.measure", id=key, on="2025-10-08", text="Andere Vorlage")
    act(team, "handover.talk", id=key, on="2025-10-09", result_text="Der Kunde will nicht")
    propose(team, key)
    act(team, "handover.approve", id=key, as_="BEN")
    act(team, "handover.informed", id=key, on="2025-11-05")
    act(team, "handover.training", id=key, wanted="no")
    shown = finish(team, key)
    (written,) = entries("oteam")
    assert (written.kind, written.id, written.author) == ("vpa_change", shown["entry"], "ANN")
    assert "Der Bedarf ist gewachsen" in written.situation
    assert "Mira Keller (V1)" in written.situation
    assert "Can Demir (V2)" in written.situation
    for step in ("Wöchentlicher Anruf", "Andere Vorlage", "Der Kunde will nicht"):
        assert step in (written.response or "")


def test_finish_gives_the_successor_all_there_is_to_know_k20_k21(team: World) -> None:
    finish(team, ready(team))
    (written,) = entries("vpa_kunde")
    assert (written.kind, written.situation, written.tags) == ("assignment", WELCOME, ["Neuzuweisung"])


def test_finish_wants_the_text_of_an_assignment_k20_k23_k24(team: World) -> None:
    key = ready(team)
    assert rules(team, "handover.finish", id=key) == [("text_missing", "K-20", "stop")]
    wrong = refused(team, "handover.finish", id=key, text="Ein A-Kunde, [vorname]")
    assert wrong == ["class_named", "placeholder_left"]
    Customer.update(wizard="Mag kurze Wege").execute()
    entry("K1", "oteam", "sales", "2025-01-02", kind="lead")
    letter = fill_for(team.session().work(), "vpa_change", f"handover:{key}")["text"]
    assert "Can" in letter
    warned = [("source_unread", "K-24", "warn")]
    assert rules(team, "handover.finish", id=key, text=WELCOME, read=["wizard"]) == warned
    both: dict[str, Any] = {"id": key, "read": ["wizard", "sales"]}
    assert "template_unchanged" in refused(team, "handover.finish", text=letter, **both)
    act(team, "handover.finish", text=WELCOME, **both)


# The tasks that the old VPA still has


def test_finish_names_and_moves_the_open_tasks_of_the_old_vpa(team: World) -> None:
    key = ready(team)
    customer("K2")
    states = ("offen", "forwarded", "umfrage", "vergeben", "abgelehnt", "erledigt")
    mine = [task("K1", "V1", state=state) for state in states]
    others = [task("K1", "V2"), task("K2", "V1"), task("K1")]
    open_ = sorted(row.id for row in mine[:4])
    assert team.cli("handover", "show", str(key)).ok().json["open_tasks"] == open_
    assert finish(team, key)["open_tasks"] == open_
    undo(team.session())
    assert finish(team, key, move_tasks=True)["open_tasks"] == []
    assert {Task.get_by_id(name).vpa_id for name in open_} == {"V2"}
    assert [Task.get_by_id(row.id).vpa_id for row in (*mine[4:], *others)] == ["V1", "V1", "V2", "V1", None]
    assert [Task.get_by_id(row.id).state for row in mine] == list(states)
    undo(team.session())
    assert {Task.get_by_id(name).vpa_id for name in open_} == {"V1"}


def test_the_form_asks_for_tasks_where_there_are_any(team: World) -> None:
    key = ready(team)
    assert "move_tasks" not in FinishHandover.relevant(Handover.get_by_id(key))
    task("K1", "V1")
    assert "move_tasks" in FinishHandover.relevant(Handover.get_by_id(key))
    assert FinishHandover(id=str(key)).letter(team.session().work()) == ("vpa_change", f"handover:{key}")
    assert FinishHandover(id=str(key)).served(team.session().work()) == "K1"


def test_finish_sets_the_check_four_weeks_on_k25(team: World) -> None:
    key = ready(team)
    finish(team, key, as_="TOM")
    (reminder,) = reminders(kind="upkeep")
    assert (reminder.subject, reminder.owner, reminder.about) == ("customer:K1", "TOM", f"handover:{key}")
    assert reminder.due == clock.start_of_day(dt.date(2025, 12, 3))


def test_finish_does_not_count_its_own_entry_as_upkeep_r04(team: World) -> None:
    finish(team, ready(team))
    (reminder,) = reminders(kind="upkeep")
    assert refused(team, "reminder.done", id=reminder.id, outcome="solved") == ["entry_missing"]


def test_finish_once(team: World) -> None:
    key = ready(team)
    finish(team, key)
    with pytest.raises(AlreadyDoneError, match="ANN"):
        finish(team, key)
    assert refused(team, "handover.training", id=key, wanted="no")[0] == "not_open"


def test_finish_needs_a_successor_who_is_still_there(team: World) -> None:
    key = ready(team)
    Vpa.update(gone=True).where(Vpa.id == "V2").execute()
    assert rules(team, "handover.finish", id=key, text=WELCOME) == [("vpa_gone", "W-10", "stop")]
    assert in_charge("K1") == "V1"


def test_finish_takes_a_customer_from_whoever_has_it_meanwhile(team: World) -> None:
    key = ready(team)
    vpa("V3")
    assignment("K1", "V3", TODAY)
    assignment("K1", "V1", days(30))  # a planned one, which would otherwise win tomorrow
    finish(team, key)
    for later in (0, 1, 31):
        assert in_charge("K1", days(later)) == "V2"


def test_finish_finds_the_successor_in_charge_already(team: World) -> None:
    key = ready(team)
    assignment("K1", "V2", days(-2))
    finish(team, key)
    assert Assignment.select().where(Assignment.vpa == "V2").count() == 1
    assert [entry.kind for entry in entries("oteam")] == ["vpa_change"]


# Undo and redo


def _world_of_k1() -> Any:
    return (
        [(row.vpa_id, row.start, row.end) for row in Assignment.select().order_by(Assignment.id)],
        [entry.kind for entry in entries("oteam")],
        len(reminders()),
        Handover.get().state,
    )


def test_undo_takes_a_finish_back_as_a_whole_and_redo_brings_it_again(team: World) -> None:
    key = ready(team)
    before = _world_of_k1()
    finish(team, key)
    after = _world_of_k1()
    undo(team.session())
    assert _world_of_k1() == before
    assert in_charge("K1") == "V1"
    redo(team.session())
    assert _world_of_k1() == after
    assert in_charge("K1") == "V2"


def test_undo_walks_all_the_way_back(team: World) -> None:
    key = questioned(team)
    act(team, "handover.talk", id=key, on="2025-11-05", result_text="x")
    for _ in range(3):
        undo(team.session())
    assert not Handover.select().exists()
    with pytest.raises(AlreadyDoneError):
        undo(team.session())


def test_undo_stops_where_somebody_has_built_on_it(team: World) -> None:
    key = proposed(team)
    act(team, "handover.approve", id=key, as_="BEN")
    with pytest.raises(ConflictError):
        undo(team.session("ANN"))  # her proposal is released meanwhile


def test_redo_asks_the_rules_again_w12(team: World) -> None:
    key = proposed(team)
    act(team, "handover.approve", id=key, as_="BEN")
    undo(team.session("BEN"))
    member("NEU", "vpa_manager")
    act(team, "handover.reject", id=key, reason="Doch nicht", as_="NEU")
    with pytest.raises(AlreadyDoneError):
        redo(team.session("BEN"))
