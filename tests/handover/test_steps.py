"""From the VPA's wish to the proposal (W-01 to W-11): what each step keeps, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from models.action.run import check
from models.care.handover.steps import ProposeHandover
from models.ground.errors import AlreadyDoneError, NotFoundError, UsageError
from models.tables.handover import Handover
from models.tables.history import History
from models.tables.people import Vpa
from tests.support.handover import (
    act,
    assignment,
    customer,
    days,
    made,
    message,
    open_request,
    propose,
    proposed,
    questioned,
    refused,
    rules,
    task,
    vpa,
)
from tests.support.world import World

# Opening


def test_open_keeps_reason_and_shows_the_cost_w01(team: World) -> None:
    shown = act(team, "handover.open", customer="K1", vpa="V1", reason_kind="other", reason="Umzug")
    assert shown["state"] == "open"
    assert (shown["customer"], shown["vpa"], shown["reason_kind"], shown["reason"]) == ("K1", "V1", "other", "Umzug")
    assert shown["opened_by"] == "ANN"
    assert [hint["rule"] for hint in shown["hints"]] == ["W-01"]


@pytest.mark.parametrize(
    ("kind", "hinted"),
    [
        ("need_changed", ["W-01"]),
        ("cooperation_failed", ["W-01", "W-09"]),
        ("difficult", ["W-01", "W-02", "W-09"]),
        ("budget", ["W-01", "W-02"]),
    ],
)
def test_open_says_where_to_mediate_w02_w09(team: World, kind: str, hinted: list[str]) -> None:
    shown = act(team, "handover.open", customer="K1", vpa="V1", reason_kind=kind, reason="x")
    assert [hint["rule"] for hint in shown["hints"]] == hinted


def test_open_names_a_running_request_as_a_hint_only(team: World) -> None:
    first = open_request(team)
    shown = act(team, "handover.open", customer="K1", vpa="V1", reason_kind="budget", reason="Zu wenig Budget")
    assert str(first) in shown["hints"][-1]["message"]


@pytest.mark.parametrize(
    "texts",
    [
        {"reason": ""},
        {"reason_kind": ""},
        {"reason_kind": "keine Lust"},
        {"reason": None, "reason_kind": None},
    ],
)
def test_open_wants_a_reason_of_a_known_kind_w06(team: World, texts: dict[str, Any]) -> None:
    given = {"customer": "K1", "vpa": "V1", "reason_kind": "other", "reason": "Umzug", **texts}
    assert refused(team, "handover.open", **given) == ["reason_missing"]


@pytest.mark.parametrize("who", ["V2", "", None])
def test_open_is_for_the_vpa_in_charge(team: World, who: str | None) -> None:
    assert refused(team, "handover.open", customer="K1", vpa=who, reason_kind="other", reason="x") == ["not_in_charge"]
    assert Handover.select().count() == 0


def test_open_lists_every_obstacle_in_order(team: World) -> None:
    assert rules(team, "handover.open", customer="K1", vpa="V2") == [
        ("reason_missing", "W-06", "stop"),
        ("not_in_charge", "W-01", "stop"),
    ]


def test_open_of_a_customer_without_vpa_and_of_an_ended_assignment(team: World) -> None:
    customer("K2")
    assert refused(team, "handover.open", customer="K2", vpa="V1", reason_kind="other", reason="x") == ["not_in_charge"]
    assignment("K2", "V1", days(-100), days(-1))
    assert refused(team, "handover.open", customer="K2", vpa="V1", reason_kind="other", reason="x") == ["not_in_charge"]


@pytest.mark.parametrize("texts", [{"customer": "K9"}, {"vpa": "V9"}])
def test_open_does_not_know_strangers(team: World, texts: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError):
        act(team, "handover.open", **{"customer": "K1", "vpa": "V1", "reason_kind": "other", "reason": "x", **texts})


def test_open_without_a_customer_is_wrong_usage(team: World) -> None:
    with pytest.raises(UsageError):
        act(team, "handover.open", vpa="V1", reason_kind="other", reason="x")


# Questions


def test_the_newest_judgement_counts_w06(team: World) -> None:
    key = questioned(team, plausible="no")
    assert refused(team, "handover.propose", id=key, successor="V2", effort="low", refund="no") == ["not_plausible"]
    shown = act(team, "handover.question", id=key, question="Und jetzt?", answer="Sie sind gewachsen", plausible="yes")
    assert [line["plausible"] for line in shown["questions"]] == [False, True]
    assert shown["questions"][0]["by"] == "ANN"
    assert propose(team, key)["state"] == "proposed"


@pytest.mark.parametrize("answer", ["", "   ", None])
def test_a_question_needs_its_answer_w06(team: World, answer: str | None) -> None:
    key = open_request(team)
    given: dict[str, Any] = {"id": key, "question": "Wirklich?", "answer": answer, "plausible": "yes"}
    assert rules(team, "handover.question", **given) == [("answer_missing", "W-06", "stop")]


@pytest.mark.parametrize("texts", [{"question": ""}, {"plausible": ""}, {"plausible": "vielleicht"}])
def test_a_question_without_words_or_judgement_is_wrong_usage(team: World, texts: dict[str, Any]) -> None:
    key = open_request(team)
    with pytest.raises(UsageError):
        act(team, "handover.question", id=key, **{"question": "Wirklich?", "answer": "Ja", "plausible": "yes", **texts})


# Sending back


def test_send_back_ends_the_request_with_its_text_w07(team: World) -> None:
    """W-07: not plausible, so the VPA carries on."""
    key = questioned(team, plausible="no")
    shown = act(team, "handover.send-back", id=key, text="Bitte betreue Nordlicht weiter.")
    assert (shown["state"], shown["remark"]) == ("sent_back", "Bitte betreue Nordlicht weiter.")
    assert shown["closed_by"] == "ANN"


def test_send_back_comes_after_the_questions_w06(team: World) -> None:
    key = open_request(team)
    assert rules(team, "handover.send-back", id=key, text="Bitte weiter.") == [("questions_missing", "W-06", "stop")]


def test_send_back_is_read_by_the_vpa_d32_k23(team: World) -> None:
    key = open_request(team)
    codes = refused(team, "handover.send-back", id=key, text="Als B-VPA kannst du [schritte].")
    assert codes == ["class_named", "placeholder_left", "questions_missing"]
    attempts = History.select().where(History.route == "refused")
    assert [row.action for row in attempts] == ["handover.send-back"]
    assert "B-VPA" not in str([(row.extra, row.args, row.changes) for row in attempts])
    assert made("handover.send-back", id=key, text="x").reader("text") == "vpa"


def test_a_dry_run_of_a_named_class_leaves_no_trace_d32(team: World) -> None:
    key = questioned(team)
    with pytest.raises(Exception, match="Klasse"):
        act(team, "handover.send-back", id=key, text="Klasse B reicht nicht.", dry_run=True)
    assert not History.select().where(History.route == "refused").exists()


# Talks and measures


def test_talk_and_measures_are_kept_with_their_day_w04_w08(team: World) -> None:
    key = open_request(team, "cooperation_failed")
    act(team, "handover.talk", id=key, on="2025-11-05", result_text="Ausgesprochen")
    shown = act(team, "handover.measure", id=key, on="01.10.2025", text="Wöchentlicher Anruf")
    assert [(line["on"], line["result"]) for line in shown["talks"]] == [("2025-11-05", "Ausgesprochen")]
    assert [(line["on"], line["text"]) for line in shown["measures"]] == [("2025-10-01", "Wöchentlicher Anruf")]


@pytest.mark.parametrize(("code", "rule", "text"), [("talk", "W-08", "result_text"), ("measure", "W-04", "text")])
@pytest.mark.parametrize("on", ["2025-11-06", None])
def test_what_was_done_lies_not_ahead(team: World, code: str, rule: str, text: str, on: str | None) -> None:
    key = open_request(team)
    assert rules(team, f"handover.{code}", id=key, on=on, **{text: "Anruf"}) == [("on_in_future", rule, "stop")]


@pytest.mark.parametrize(("code", "rule", "text"), [("talk", "W-08", "result_text"), ("measure", "W-04", "text")])
def test_the_same_counts_once_w04_w08(team: World, code: str, rule: str, text: str) -> None:
    key = questioned(team)
    first: dict[str, Any] = {"on": "2025-10-01", text: "Gespräch mit Frau Müller"}
    again: dict[str, Any] = {"on": "01.10.2025", text: "  gespräch mit  Frau MUELLER."}
    act(team, f"handover.{code}", id=key, **first)
    assert rules(team, f"handover.{code}", id=key, **again) == [("repeated", rule, "stop")]
    act(team, f"handover.{code}", id=key, **{**again, "on": "2025-10-02"})
    act(team, f"handover.{code}", id=key, **{**again, text: "Gespräch mit Frau Maler"})


@pytest.mark.parametrize(("code", "rule", "text"), [("talk", "W-08", "result_text"), ("measure", "W-04", "text")])
def test_what_was_long_ago_needs_a_reason_w04_w08(team: World, code: str, rule: str, text: str) -> None:
    key = questioned(team)
    old: dict[str, Any] = {"on": "2024-11-04", text: "Anruf"}
    assert rules(team, f"handover.{code}", id=key, **old) == [("long_ago", rule, "warn")]
    act(team, f"handover.{code}", id=key, **old, despite="Seither ist nichts anders")
    act(team, f"handover.{code}", id=key, **{**old, "on": "2024-11-05"})


@pytest.mark.parametrize("code", ["talk", "measure"])
def test_a_malformed_day_is_wrong_usage(team: World, code: str) -> None:
    key = open_request(team)
    with pytest.raises(UsageError):
        act(team, f"handover.{code}", id=key, on="31.11.2025", text="x", result_text="x")


# Proposing


def test_propose_without_anything_lists_all_in_order(team: World) -> None:
    key = open_request(team, "cooperation_failed")
    assert rules(team, "handover.propose", id=key) == [
        ("questions_missing", "W-06", "stop"),
        ("measures_missing", "W-04", "stop"),
        ("talk_missing", "W-08", "stop"),
        ("facts_missing", "W-15", "stop"),
        ("successor_missing", "W-10", "stop"),
    ]


def test_propose_keeps_form_and_facts_w11_w15(team: World) -> None:
    shown = propose(team, questioned(team), effort="high", refund="yes")
    assert (shown["state"], shown["successor"], shown["effort"], shown["refund"]) == ("proposed", "V2", "high", True)
    assert (shown["facts"]["effort"], shown["facts"]["refund"]) == ("high", True)
    assert shown["facts_at_proposal"]["customer_class"] == "A"
    assert shown["facts_at_proposal"]["refund"] is True
    assert shown["proposed_by"] == "ANN"


@pytest.mark.parametrize("kind", ["hard_to_reach", "budget", "difficult"])
def test_a_difficult_customer_is_no_reason_w02(team: World, kind: str) -> None:
    key = questioned(team, kind)
    given: dict[str, Any] = {"id": key, "successor": "V2", "effort": "low", "refund": "no", "exception_by": "BEN"}
    assert rules(team, "handover.propose", **given) == [("reason_not_valid", "W-02", "stop")]


@pytest.mark.parametrize("exception", ["", "TOM", "SAM"])
def test_another_reason_needs_a_managers_exception_w03(team: World, exception: str) -> None:
    key = questioned(team, "other")
    given: dict[str, Any] = {"id": key, "successor": "V2", "effort": "low", "refund": "no", "exception_by": exception}
    assert rules(team, "handover.propose", **given) == [("reason_not_valid", "W-03", "stop")]


@pytest.mark.parametrize("manager", ["BEN", "kim"])
def test_either_manager_may_let_another_reason_count_w03(team: World, manager: str) -> None:
    assert propose(team, questioned(team, "other"), exception_by=manager)["exception_by"] == manager.upper()


def test_an_exception_is_passed_over_where_none_is_needed(team: World) -> None:
    assert propose(team, questioned(team), exception_by="NIEMAND")["exception_by"] is None
    with pytest.raises(NotFoundError):
        propose(team, questioned(team, "other"), exception_by="NIEMAND")


def test_failed_cooperation_needs_two_measures_and_a_talk_w04_w08(team: World) -> None:
    key = questioned(team, "cooperation_failed")
    act(team, "handover.measure", id=key, on="2025-10-01", text="Anruf")
    given: dict[str, Any] = {"id": key, "successor": "V2", "effort": "low", "refund": "no"}
    assert refused(team, "handover.propose", **given) == ["measures_missing", "talk_missing"]
    act(team, "handover.measure", id=key, on="2025-10-08", text="Vorlage")
    assert refused(team, "handover.propose", **given) == ["talk_missing"]
    act(team, "handover.talk", id=key, on="2025-10-09", result_text="Kein Erfolg")
    assert propose(team, key)["state"] == "proposed"


@pytest.mark.parametrize("texts", [{"effort": ""}, {"effort": "riesig"}, {"refund": ""}, {"refund": "jein"}])
def test_the_facts_are_complete_w15(team: World, texts: dict[str, str]) -> None:
    key = questioned(team)
    given: dict[str, Any] = {"id": key, "successor": "V2", "effort": "low", "refund": "no", **texts}
    assert rules(team, "handover.propose", **given) == [("facts_missing", "W-15", "stop")]


def test_an_inactive_customer_that_was_active_is_a_warning_w05(team: World) -> None:
    """W-05, A-16: inactive is who neither booked nor wrote for 60 days."""
    key = questioned(team, "customer_inactive")
    chat = task("K1")
    message(chat, "2025-09-05T23:59")  # 61 days ago
    given: dict[str, Any] = {"id": key, "successor": "V2", "effort": "low", "refund": "no"}
    act(team, "handover.propose", **given, dry_run=True)
    message(chat, "2025-09-06T00:01")  # 60 days ago by Berlin dates, 61 by UTC
    assert rules(team, "handover.propose", **given) == [("customer_active", "W-05", "warn")]
    assert act(team, "handover.propose", **given, despite="Nur eine Rechnung")["state"] == "proposed"


def test_an_active_customer_does_not_matter_for_other_reasons_w05(team: World) -> None:
    customer_row = customer("K3", last_booking=days(-1))
    assignment("K3", "V1", days(-50))
    key = open_request(team, customer=customer_row.id)
    act(team, "handover.question", id=key, question="Wirklich?", answer="Ja", plausible="yes")
    assert propose(team, key)["state"] == "proposed"


@pytest.mark.parametrize(("successor", "code"), [("", "successor_missing"), ("V1", "successor_same")])
def test_the_successor_is_somebody_else_w10(team: World, successor: str, code: str) -> None:
    key = questioned(team)
    given: dict[str, Any] = {"id": key, "successor": successor, "effort": "low", "refund": "no"}
    assert rules(team, "handover.propose", **given) == [(code, "W-10", "stop")]


def test_the_successor_is_not_who_got_the_customer_meanwhile_w10(team: World) -> None:
    key = questioned(team)
    assignment("K1", "V2", days(-1))
    assert refused(team, "handover.propose", id=key, successor="V2", effort="low", refund="no") == ["successor_same"]


def test_nobody_unknown_or_gone_becomes_successor(team: World) -> None:
    vpa("V3", gone=True, active=False)
    given: dict[str, Any] = {"id": questioned(team), "effort": "low", "refund": "no"}
    with pytest.raises(NotFoundError):
        act(team, "handover.propose", **given, successor="V9")
    assert rules(team, "handover.propose", **given, successor="V3") == [("vpa_gone", "W-10", "stop")]


def test_somebody_who_does_not_fit_is_proposed_with_a_reason_only_w10(team: World) -> None:
    vpa("V3", "Ole Brandt", new_customers=False, orders=False)
    key = questioned(team)
    given: dict[str, Any] = {"id": key, "effort": "low", "refund": "no", "successor": "V3"}
    assert rules(team, "handover.propose", **given) == [("vpa_unfit", "W-10", "warn")]
    assert act(team, "handover.propose", **given, despite="Kennt den Kunden gut")["successor"] == "V3"


def test_nobody_unfit_stands_in_the_form_w10(team: World) -> None:
    key = questioned(team)
    form, work = ProposeHandover(id=str(key)), team.session().work()
    assert form.presets(work, Handover.get_by_id(key)) == {"successor": "V2"}
    Vpa.update(active=False).where(Vpa.id == "V2").execute()
    assert form.presets(work, Handover.get_by_id(key)) == {}


def test_a_new_proposal_asks_for_a_new_release_w12(team: World) -> None:
    vpa("V3")
    key = proposed(team)
    act(team, "handover.approve", id=key, as_="BEN")
    act(team, "handover.informed", id=key, on="2025-11-05")
    shown = propose(team, key, successor="V3")
    assert (shown["state"], shown["decided_by"], shown["informed_on"]) == ("proposed", None, None)
    assert refused(team, "handover.finish", id=key, text="Willkommen") == [
        "not_approved", "customer_not_informed", "training_answer_missing",
    ]  # fmt: skip


# Ends and beginnings


def test_what_has_ended_takes_no_further_step(team: World) -> None:
    key = questioned(team)
    act(team, "handover.send-back", id=key, text="Bitte weiter.")
    steps: dict[str, dict[str, Any]] = {
        "question": {"question": "?", "answer": "!", "plausible": "yes"},
        "send-back": {"text": "Bitte weiter."},
        "talk": {"on": "2025-11-05", "result_text": "x"},
        "measure": {"on": "2025-11-05", "text": "x"},
        "propose": {"successor": "V2", "effort": "low", "refund": "no"},
    }
    found = {step: refused(team, f"handover.{step}", id=key, **given) for step, given in steps.items()}
    assert found == {step: ["not_open"] for step in steps}


@pytest.mark.parametrize("key", ["99", "x", "0", "9" * 30])
def test_an_unknown_request_is_not_found(team: World, key: str) -> None:
    with pytest.raises(NotFoundError):
        act(team, "handover.question", id=key, question="?", answer="!", plausible="yes")


def test_the_form_shows_live_what_is_missing(team: World) -> None:
    key = open_request(team)
    action = made("handover.propose", id=key)
    verdict = check(team.session(), action)
    assert [found.code for found in verdict.obstacles] == ["questions_missing", "facts_missing", "successor_missing"]
    assert list(action.relevant(None)) == ["successor", "effort", "refund", "exception_by"]


def test_a_decided_request_can_not_be_decided_again(team: World) -> None:
    key = proposed(team)
    act(team, "handover.reject", id=key, reason="Nein", as_="KIM")
    for code in ("approve", "reject"):
        with pytest.raises(AlreadyDoneError):
            act(team, f"handover.{code}", id=key, as_="BEN")
