"""Closing a Case: measure (D-05), decision (D-12), contact and answer (D-10, D-21, D-23, D-24), cause (D-30)."""

from __future__ import annotations

from typing import Any

import pytest

from models.case.actions import ContactCase, ResolveCase
from models.case.rules import MEASURES
from models.ground.errors import ConflictError, NotFoundError
from models.playbook.refusals import RefusedError
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.history import History
from models.tables.reminder import Reminder
from tests.support.cases import already_done, case, change_vpa, everything, refused, wants
from tests.support.world import World


def resolve(of: Case, measure: str | None = "checked", **more: Any) -> ResolveCase:
    return ResolveCase(id=str(of.id), measure=measure, **more)


def test_d05_every_kind_closes_with_its_own_measures_only(desk: World) -> None:
    change_vpa(active=True)
    every = {measure for measures in MEASURES.values() for measure in measures}
    for kind, measures in MEASURES.items():
        found = case(kind, {"inactive": "active_again", "gone": "has_reminders"}.get(kind, "better"))
        for measure in every | {"", "nonsense"}:
            allowed = wants(desk, resolve(found, measure, list_checked=True)) == []
            assert allowed == (measure in measures), (kind, measure)
        assert wants(desk, resolve(found, None)) == ["measure_missing D-05"]


def test_a_resolved_case_shows_who_when_and_what(desk: World) -> None:
    found = case("schedule")
    shown = desk.run(resolve(found, note="Urlaubsbedingt"))
    assert {k: shown[k] for k in ("state", "measure", "note", "resolved_by", "vpa", "vpa_name", "kind")} == {
        "state": "resolved", "measure": "checked", "note": "Urlaubsbedingt", "resolved_by": "ANN", "vpa": "V1",
        "vpa_name": "Mira Keller", "kind": "schedule",
    }  # fmt: skip
    assert shown["before"] == {"neukunden": True}
    assert shown["after"] == {"neukunden": False}
    assert shown["resolved_at"].isoformat() == "2025-11-05T14:00:00+01:00"
    assert shown["reminders"] == []


def test_d12_class_a_or_b_needs_the_decision_of_a_vpa_manager(desk: World) -> None:
    found = case("schedule", "priority_to_agree")
    missing = ["decision_missing D-12"]
    for decision in ("prio", "no_prio"):
        assert wants(desk, resolve(found, decision=decision)) == missing
        assert wants(desk, resolve(found, decision=decision, agreed_with="TOM")) == missing
        assert wants(desk, resolve(found, decision=decision, agreed_with="KIM")) == missing  # a customer manager
        assert wants(desk, resolve(found, decision=decision, agreed_with="NIX")) == missing  # nobody
        assert wants(desk, resolve(found, decision=decision, agreed_with="vio")) == []
    assert wants(desk, resolve(found)) == missing
    assert wants(desk, resolve(found, decision="maybe", agreed_with="VIO", note="Grund")) == missing
    assert wants(desk, resolve(found, "agreed", agreed_with="VIO")) == missing


def test_d12_not_needed_wants_a_reason(desk: World) -> None:
    found = case("schedule", "priority_to_agree", before={"auftraege": False}, after={"auftraege": True})
    assert wants(desk, resolve(found, decision="not_needed", agreed_with="VIO")) == ["decision_missing D-12"]
    assert wants(desk, resolve(found, decision="not_needed", note="Nur eine Woche")) == []


def test_d12_is_not_asked_without_the_finding_or_after_a_way_back(desk: World) -> None:
    assert wants(desk, resolve(case("schedule"))) == []
    assert wants(desk, resolve(case("class", "reverted"))) == []
    Case.update(findings=["reverted"]).execute()
    assert [wants(desk, resolve(found)) for found in Case.select()] == [[], []]


def test_d10_a_new_vpa_that_declines_is_approached(desk: World) -> None:
    found = case("schedule", "new_vpa_declines")
    both = ["contact_missing D-10", "answer_missing D-10"]
    assert refused(desk, resolve(found)) == both
    assert refused(desk, resolve(found, answer="Zu viel Uni")) == both[:1]
    assert refused(desk, resolve(found, "contacted")) == both[1:]
    assert wants(desk, resolve(found, "contacted", answer="Keine Antwort")) == []


def test_d10_odd_marks_by_hand_once(desk: World) -> None:
    both = ["contact_missing D-10", "answer_missing D-10"]
    assert wants(desk, resolve(case("schedule"), odd=True)) == both
    Case.update(findings=["new_vpa_declines"]).execute()
    assert wants(desk, resolve(Case.get(), odd=True)) == both
    assert wants(desk, resolve(case("class", "better"), odd=True)) == []


@pytest.mark.parametrize(("finding", "rule"), [("long", "D-21"), ("frequent", "D-23"), ("short_notice", "D-24")])
def test_an_absence_that_is_worth_a_word(desk: World, finding: str, rule: str) -> None:
    found = case("absence", finding)
    assert refused(desk, resolve(found)) == [f"contact_missing {rule}", f"answer_missing {rule}"]
    assert wants(desk, resolve(found, "contacted")) == [f"answer_missing {rule}"]
    assert wants(desk, resolve(found, "contacted", answer="Alles vorbereitet")) == []


def test_one_obstacle_per_code_and_rule_by_code_then_by_rule(desk: World) -> None:
    found = case("absence", "short_notice", "long", "frequent")
    assert refused(desk, resolve(found, None)) == [
        "measure_missing D-05",
        "contact_missing D-21", "contact_missing D-23", "contact_missing D-24",
        "answer_missing D-21", "answer_missing D-23", "answer_missing D-24",
    ]  # fmt: skip
    found = case("schedule", "new_vpa_declines", "priority_to_agree")
    assert refused(desk, resolve(found, None)) == [
        "measure_missing D-05", "decision_missing D-12", "contact_missing D-10", "answer_missing D-10",
    ]  # fmt: skip


def test_a_withdrawn_absence_is_only_checked(desk: World) -> None:
    assert wants(desk, resolve(case("absence", "withdrawn", facts=None))) == []


def test_d30_a_worse_class_wants_its_cause(desk: World) -> None:
    found = case("class", "worse", "rising_star_lost")
    assert refused(desk, resolve(found)) == ["cause_missing D-30"]
    assert refused(desk, resolve(found, "contacted", answer="Ja", note="Grund")) == ["cause_missing D-30"]
    assert wants(desk, resolve(found, cause="Prüfungen")) == []


def test_d31_a_better_class_or_a_rising_star_may_be_praised(desk: World) -> None:
    for finding in ("better", "rising_star"):
        found = case("class", finding)
        assert desk.run(resolve(found, "praised"))["measure"] == "praised"


def test_d22_a_long_absence_reminds_of_preparation_and_stops_nobody(desk: World) -> None:
    found = case("absence", "long")
    shown = desk.run(resolve(found, "contacted", answer="Hochzeit"), dry_run=True)
    assert [hint["rule"] for hint in shown["hints"]] == ["D-22"]
    assert "hints" not in desk.run(resolve(found, "contacted", answer="Hochzeit", care="Tom springt ein"))


def test_a_contact_on_record_stands_for_the_measure(desk: World) -> None:
    found = case("absence", "long")
    desk.run(ContactCase(id=str(found.id)))
    assert wants(desk, resolve(found, None)) == ["answer_missing D-21"]
    assert wants(desk, resolve(found, "checked", answer="Hochzeit")) == ["contact_missing D-21"]
    shown = desk.run(resolve(found, None, answer="Hochzeit"), as_="TOM", now="2025-11-07T09:00")
    assert (shown["measure"], shown["contacted_by"], shown["resolved_by"]) == ("contacted", "ANN", "TOM")


def test_an_option_of_another_kind_is_passed_over(desk: World) -> None:
    found = case("class", "better")
    more: dict[str, Any] = {
        "answer": "x",
        "care": "x",
        "decision": "prio",
        "agreed_with": "NIX",
        "list_checked": True,
        "odd": True,
    }
    shown = desk.run(resolve(found, activity_proof="x", customer_report="x", **more))
    assert shown["state"] == "resolved"
    assert Case.get().details == {}


def test_what_was_given_is_kept(desk: World) -> None:
    given: dict[str, Any] = {"odd": True, "answer": "Uni", "decision": "no_prio", "agreed_with": "vio"}
    found = case("schedule", "new_vpa_declines", "priority_to_agree")
    desk.run(resolve(found, "contacted", **given))
    assert Case.get().details == {**given, "agreed_with": "VIO"}
    assert History.select().where(History.action == "case.resolve").get().args["answer"] == "Uni"


def test_d05_closed_twice_tells_who_was_first(desk: World) -> None:
    found = case("schedule")
    desk.run(resolve(found), as_="TOM")
    sentence = already_done(desk, resolve(found, None))
    assert "TOM" in sentence
    assert "05.11.2025 14:00" in sentence


def test_an_unknown_case_is_not_found(desk: World) -> None:
    for key in ("99", "x", "case:1", "-1", "9" * 30, "²"):
        with pytest.raises(NotFoundError):
            desk.run(ResolveCase(id=key, measure="checked"))


def test_r02_without_a_kuerzel_nothing_else_is_said(desk: World) -> None:
    found = case("class", "worse")
    desk.me = None
    assert refused(desk, resolve(found, None)) == ["kuerzel_missing R-02"]


def test_who_looked_at_an_older_state_meets_a_conflict(desk: World) -> None:
    found = case("schedule")
    Case.update(version=2).execute()
    with pytest.raises(ConflictError):
        desk.run(resolve(found, seen=1))
    assert desk.run(resolve(found, seen=2))["state"] == "resolved"


def test_a_dry_run_answers_the_same_and_changes_nothing(desk: World) -> None:
    found, wrong = case("inactive"), case("class", "worse")
    before = everything()
    shown = desk.run(resolve(found, "reminder", log="Gesehen"), dry_run=True)
    assert (shown["dry_run"], shown["state"], len(shown["reminders"])) == (True, "resolved", 1)
    with pytest.raises(RefusedError):
        desk.run(resolve(wrong), dry_run=True)
    assert everything() == before
    assert desk.run(resolve(found, "reminder"))["state"] == "resolved"


@pytest.mark.parametrize(
    ("kind", "measure", "log_kind"),
    [("schedule", "checked", "schedule"), ("absence", "checked", "absence"), ("class", "checked", "class"),
     ("inactive", "list_checked", "inactivity")],
)  # fmt: skip
def test_log_writes_the_entry_in_the_same_action(desk: World, kind: str, measure: str, log_kind: str) -> None:
    desk.run(resolve(case(kind), measure, log="Angesehen"))
    row = Entry.get()
    assert (row.file, row.subject, row.kind, row.situation, row.author) == (
        "vpa_akte", "vpa:V1", log_kind, "Angesehen", "ANN",
    )  # fmt: skip
    assert row.tags != []
    assert History.select().where(History.action == "case.resolve").count() == 1


def test_log_kind_and_tags_may_be_chosen_and_are_checked(desk: World) -> None:
    found = case("schedule")
    assert wants(desk, resolve(found, log="Text", log_kind="booking")) == ["kind_missing K-06"]
    desk.run(resolve(found, log="Text", log_kind="contact", log_tag=("eins", "zwei")))
    assert (Entry.get().kind, Entry.get().tags) == ("contact", ["eins", "zwei"])


def test_k06_faults_of_the_entry_come_after_those_of_the_case(desk: World) -> None:
    found = case("class", "worse")
    assert refused(desk, resolve(found, log="Text", log_kind="nix")) == ["cause_missing D-30", "kind_missing K-06"]
    assert Entry.select().count() == 0


def test_an_entry_written_with_the_case_is_older_than_its_reminder(desk: World) -> None:
    desk.run(resolve(case("inactive"), "reminder", log="Noch keine Antwort"))
    assert Reminder.get().after_entry == Entry.get().id


def test_the_form_asks_what_the_kind_wants(desk: World) -> None:
    log = ["log", "log_kind", "log_tag"]
    proofs = ["list_checked", "activity_proof", "customer_report"]
    asked = {
        "schedule": ["measure", "odd", "answer", "decision", "agreed_with", "note"],
        "absence": ["measure", "answer", "care", "note"], "class": ["measure", "cause", "note"],
        "inactive": ["measure", *proofs, "note"],
    }  # fmt: skip
    for kind, names in asked.items():
        found = case(kind)
        assert list(ResolveCase.relevant(found)) == [*names, *log]
        assert list(ContactCase.relevant(found)) == [*(proofs if kind == "inactive" else []), "note", "due"]
