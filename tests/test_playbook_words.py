"""The team's words: complete for every code of the contract, checked when read, and safe for every reader."""

from __future__ import annotations

import datetime as dt
import re
from itertools import chain

import pytest

from models.ground.vpa_text import class_places
from models.playbook import Playbook, playbook

BOOK = playbook()

# Written down by hand from CONTRACT §§2-10: code -> rule ids it may carry, without their hyphen, for a word in this
# table is no test of the rule itself. Warnings stand in WARNINGS.
OBSTACLES = {
    "kuerzel_missing": "R02", "too_early_to_seal": "D01", "case_left": "D01", "reminder_left": "D01",
    "flag_left": "D01", "measure_missing": "D05", "decision_missing": "D12",
    "contact_missing": "D10 D21 D23 D24 J08", "answer_missing": "D10 D21 D23 D24 W06",
    "cause_missing": "D30", "still_inactive": "D41", "too_early": "D40", "monday_morning": "D44",
    "list_unchecked": "D42", "activity_proof_missing": "D43", "customer_report_missing": "D45",
    "subject_missing": "R06", "due_missing": "R01", "due_past": "R01", "reason_missing": "R05 T14 T25 W12 K07 K29",
    "name_missing": "S01 S02", "class_missing": "S01", "start_missing": "S01", "nothing_given": "S01 S02",
    "from_missing": "S03", "until_missing": "S03", "until_before_from": "S03", "status_missing": "S02",
    "title_missing": "S02", "customers_left": "S04", "tasks_left": "S04", "same": "S06",
    "outcome_missing": "R04", "entry_missing": "R04", "not_owner": "R03", "owner_present": "R05",
    "receiver_away": "R05", "onboarding_call_missing": "J01", "onboarding_call_in_future": "J01",
    "appointment_missing": "J02", "buddy_missing": "J02", "class_check_missing": "J03",
    "measures_missing": "J04 W04", "agreement_missing": "J04", "discussion_missing": "J05",
    "discussion_in_future": "J05", "role_vpa_manager": "J08", "contact_in_future": "J08", "role_reader": "A28",
    "kind_missing": "K06 K21", "situation_missing": "K10", "tag_missing": "K09 T07 T08",
    "confirmation_missing": "T10", "class_named": "D32", "placeholder_left": "K23",
    "class_hinted": "D32", "placeholder_suspected": "K23", "contract_content": "T21",
    "instruction_missing": "T05", "comment_missing": "F10", "customer_not_informed": "F05 W13",
    "deadline_not_offered": "F07", "information_missing": "F03", "tags_unchecked": "T06", "role_approver": "T15",
    "question_missing": "T14", "reminders_missing": "T14", "release_missing": "T15", "link_missing": "T13 T16",
    "option_missing": "T11", "schedule_missing": "T11", "minimum_missing": "T11", "notice_missing": "T11",
    "next_steps_missing": "T25", "questions_missing": "W06", "on_in_future": "W04 W08 W13 S04",
    "not_plausible": "W06", "reason_not_valid": "W02 W03", "talk_missing": "W08", "facts_missing": "W15",
    "customer_active": "W05", "successor_missing": "W10", "successor_same": "W10",
    "role_vpa_or_customer_manager": "W12", "own_request": "A17 P04", "not_proposed": "W12",
    "not_approved": "W12 W13 W14", "done_on_in_future": "W14", "training_answer_missing": "W14",
    "training_open": "W14", "template_unchanged": "K23", "source_unread": "K24", "deadline_missing": "K30",
    "deadline_past": "K30", "many_gone": "X05", "baseline_again": "X05", "implausible_date": "X05",
    "id_changed": "X05", "worked_on": "X04", "last_member": "R02", "not_solved": "R04",
    "discussion_too_early": "J05 J06", "onboarding_call_early": "J01", "repeated": "W04 W08", "long_ago": "W04 W08",
    "vpa_unfit": "K21 F14 W10", "vpa_gone": "K21 F14 W10",
    # The contract gives these no rule of their own.
    "role_manager": "S06", "history_broken": "", "not_empty": "", "older_export": "", "not_forwarded": "",
    "gap_missing": "", "text_missing": "", "not_in_charge": "", "not_open": "", "name_unconfirmed": "A28",
    "restricted": "P03", "request_missing": "P01", "on_hold": "P05",
}  # fmt: skip
WARNINGS = {
    "case_left", "reminder_left", "flag_left", "older_export", "contract_content", "deadline_not_offered",
    "customer_active", "template_unchanged", "source_unread", "many_gone", "baseline_again", "implausible_date",
    "id_changed", "class_hinted", "placeholder_suspected", "tasks_left", "worked_on",
    "onboarding_call_early", "long_ago", "vpa_unfit",
}  # fmt: skip

NOUNS = {"Nachrichten", "Teilzeit-VPAs", "Einarbeitungsaufwand", "Tage"}  # clauses that begin with one

# The same for every code that needs a label.
CODES = {
    "case_kind": "schedule absence class inactive gone",
    "finding": "new_vpa_declines priority_to_agree long frequent short_notice withdrawn reverted better worse "
    "rising_star rising_star_lost part_time mobile_app active_again "
    "has_customers has_tasks has_reminders returned",
    "measure": "checked contacted agreed praised reminder active_again list_checked handed_on left mistake",
    "decision": "prio no_prio not_needed",
    "outcome": "solved active_again list_checked contacted",
    "stage": "0-3 3-6 6-9 9-12 >12",
    "file": "oteam vpa_kunde vpa_akte",
    "entry_oteam": "lead assignment_info status_change vpa_change it_problem personal_talk chat_info complaint "
    "package_extension special_agreement booking task_declined other",
    "entry_vpa_kunde": "assignment contact_person preference running_task access_hint agreement peculiarity other",
    "entry_vpa_akte": "contact absence class inactivity schedule journey delegation other",
    "origin": "at vpa sales",
    "sender": "at vpa kunde",
    "role": "at vpa_manager customer_manager approver buddy sales",
    "absence_reason": "vacation sick",
    "task_state": "offen forwarded umfrage vergeben abgelehnt erledigt",
    "task_tag": "aufgabenbeschreibung rueckfrage erinnerung weiterleitung deadline buchung ergebnis beschwerde "
    "sonstiges",
    "starterkit": "instruction examples lists access guides",
    "starterkit_state": "present not_needed missing",
    "delegation_reason": "kompetenz zeit",
    "delegation": "competence time",
    "addon": "shift phone_system phone_factor package",
    "handover_state": "open sent_back proposed approved rejected informed finished escalated",
    "reason_kind": "need_changed cooperation_failed customer_inactive hard_to_reach budget difficult other",
    "effort": "high medium low",
    "assignment_kind": "new_offer new_regular new_prio inactive vpa_change vpa_dropout",
    "source": "wizard sales",
    "customer_status": "angebot bucher prio aktiv inaktiv",
    "pattern": "laufend einzeln",
    "watch_reason": "stale never by_hand no_booking complaint vpa_away vpa_gone",
    "class": "A B C D N",
    "error": "defect usage not_found refused bad_data database conflict already_done",
}
DEFAULTS = {
    "shared_accounts": (), "holidays": "DE", "afternoon": dt.time(12), "long_days": 21, "frequent_count": 3,
    "frequent_days": 90, "follow_up_weeks": 4, "repeat_weeks": 8, "stale_weeks": 8, "decline_hours": 10,
    "reminder_gap_days": 2, "reminders_needed": 2, "customer_inactive_days": 60, "measures_needed": 2,
    "short_notice_days": 1, "joined_days": 1, "change_months": 12, "situation_length": 600, "gone_share": 20,
}  # fmt: skip
# REQUIREMENTS 1.1 to 1.8: how many ids each letter has, gaps included.
GROUPS = {
    "D": "1-5 10-12 20-24 30-32 40-45", "R": "1-10", "J": "0-8", "K": "1-12 20-30", "W": "1-16",
    "T": "1-18 20-25", "F": "1-15", "A": "1-28", "S": "1-4 6", "X": "1-5", "L": "1", "P": "1-6",
}  # fmt: skip

# Own simple check, wider than the rule: these texts do without the very words.
CLASS_WORDS = re.compile(
    r"klasse|rising.?star|gestuft|stufung|\b[ABCDN][- ]?(VPA|Kunde|Assist)|geworden", re.IGNORECASE
)
ENGLISH = re.compile(
    r"\b(ticket|event|alert|snooze|task|ping|owner|assignee|handover|milestone|error|invalid|macro|reply|agent|"
    r"default|update|upload|login|log-in|tool|feedback|deadlines?|team-lead|issue|file|key|setting)\b",
    re.IGNORECASE,
)
SEED_WORDS = {"deadline", "deadlines"}  # REQUIREMENTS §5 keeps these


def vpa_texts() -> dict[str, str]:
    """Every shipped text that a VPA can read: all templates but the internal ones, and all messages."""
    templates = {code: t.text for code, t in BOOK.templates.items() if t.reader != "intern"}
    return templates | {f"message {topic} {n}": b.text for topic, bs in BOOK.messages.items() for n, b in enumerate(bs)}


# --- completeness ---------------------------------------------------------------------------------------------------


def test_every_part_reads_without_a_fault() -> None:
    Playbook().check()


def test_every_obstacle_of_the_contract_has_its_text_and_rules() -> None:
    assert set(BOOK.obstacles) == set(OBSTACLES)
    for code, rules in OBSTACLES.items():
        assert {f"{rule[0]}-{rule[1:]}" for rule in rules.split()} <= set(BOOK.obstacles[code].rules), code


def test_only_the_rows_marked_w_can_be_passed_with_a_reason() -> None:
    assert {code for code, text in BOOK.obstacles.items() if text.weight == "warn"} == WARNINGS


def test_obstacle_rules_exist() -> None:
    assert {rule for text in BOOK.obstacles.values() for rule in text.rules} <= set(BOOK.rules)


def test_obstacle_texts_fit_behind_weil() -> None:
    for text in chain(BOOK.obstacles.values(), *(t.by_rule.values() for t in BOOK.obstacles.values())):
        assert text.reason[0].islower() or text.reason.split()[0] in NOUNS, text
        assert not text.reason.endswith("."), text
        assert text.way_out.endswith("."), text
        assert not text.missing.endswith("."), text
        assert len(text.missing) <= 60, "the list „Es fehlt noch“ is narrow"


@pytest.mark.parametrize("group", CODES)
def test_every_code_has_a_german_label(group: str) -> None:
    assert list(BOOK.labels(group)) == CODES[group].split()
    labels = list(BOOK.labels(group).values())
    assert len(set(labels)) == len(labels), "two codes of a group must not look alike"


@pytest.mark.parametrize("file", ["oteam", "vpa_kunde", "vpa_akte"])
def test_every_entry_kind_presets_a_tag_k09(file: str) -> None:
    assert all(kind.tag for kind in BOOK.kinds[f"entry_{file}"].values())


def test_entry_group_holds_the_kinds_of_all_files() -> None:
    assert set(BOOK.labels("entry")) == {c for f in CODES["file"].split() for c in BOOK.labels(f"entry_{f}")}


@pytest.mark.parametrize("group", ["case_kind", "stage"])
def test_closing_presets_a_kind_of_the_vpa_akte_r04(group: str) -> None:
    assert {kind.log_kind for kind in BOOK.kinds[group].values()} <= set(BOOK.kinds["entry_vpa_akte"])


def test_files_carry_symbol_and_word() -> None:
    shown = [str(kind) for kind in BOOK.kinds["file"].values()]
    assert shown == ["■ O-Team Kundenakte", "▲ VPA Kundenakte", "■ VPA-Akte"]


def test_settings_have_the_defaults_of_the_contract() -> None:
    assert {key: BOOK.settings[key].default for key in DEFAULTS} == DEFAULTS


def test_every_setting_rule_exists() -> None:
    assert {rule for spec in BOOK.settings.values() for rule in spec.rules} <= set(BOOK.rules)


def test_every_requirement_is_explained() -> None:
    wanted = set()
    for letter, spans in GROUPS.items():
        for span in spans.split():
            first, _, last = span.partition("-")
            wanted |= {f"{letter}-{number:02}" for number in range(int(first), int(last or first) + 1)}
    assert set(BOOK.rules) == wanted


def test_rule_reads_as_in_the_light() -> None:
    assert str(BOOK.rule("D-" + "44")).endswith("-44: nach dem Wochenende erst nachmittags")


def test_every_assignment_kind_and_status_has_its_template() -> None:
    """K-22, K-29."""
    assert set(CODES["assignment_kind"].split()) <= set(BOOK.templates)
    assert {f"watch_{status}" for status in CODES["customer_status"].split()} <= set(BOOK.templates)


@pytest.mark.parametrize("code", CODES["assignment_kind"].split())
def test_assignment_templates_cannot_be_posted_as_they_are_k23(code: str) -> None:
    known = dict.fromkeys(("vorname", "vpa", "kunde", "absender", "ansprechpartner"), "x")
    assert "[" in BOOK.fill(code, known), "something only a person knows must be asked for"


@pytest.mark.parametrize(
    "code",
    ["delegate_forward", "delegate_deadline", "question", "reminder_1", "reminder_2", "decline", "addon_options"],
)
def test_the_usual_requests_have_a_template_that_asks_to_be_adapted(code: str) -> None:
    """F-12, T-17: own texts with something to fill in, written to the customer."""
    template = BOOK.template(code)
    assert template.reader == "kunde"
    assert len(template.placeholders) >= 3


def test_vpas_are_pointed_to_the_einzelchat() -> None:
    """T-22, T-23: the pointer says where questions go, and why not into the notes."""
    text = BOOK.template("note_pointer").text
    assert "Einzelchat" in text
    assert "Forwarded" in text


def test_booking_names_all_four_parts_t11() -> None:
    facts = {"option": "O1", "zeiten": "Z2", "mindestzeit": "M3", "kuendigungsfrist": "K4"}
    assert all(value in BOOK.fill("booking", facts) for value in facts.values())


def test_form_for_the_channel_has_its_lines_w11() -> None:
    lines = [line.split(":")[0] for line in BOOK.template("handover_form").text.splitlines()]
    assert lines == ["VPA", "KUNDE (Klasse)", "VPA-Wechsel 12mon", "Einarbeitungsaufwand", "Grund", "Nachfolger"]


def test_documented_placeholders_are_those_in_use() -> None:
    used = set(re.findall(r"\[(\w+)\]", " ".join([*vpa_texts().values(), *(t.text for t in BOOK.templates.values())])))
    assert used == set(BOOK.placeholders)


# --- who may read what ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", vpa_texts())
def test_no_text_for_a_vpa_names_a_class(name: str) -> None:
    """D-32, on every shipped text that leaves the team."""
    assert not CLASS_WORDS.search(vpa_texts()[name])
    assert class_places(vpa_texts()[name]) == []


@pytest.mark.parametrize("sample", ["Du bist jetzt Rising Star", "als B-VPA", "deine Klasse: A", "hochgestuft"])
def test_the_check_of_these_tests_sees_a_class_d32(sample: str) -> None:
    assert CLASS_WORDS.search(sample)


def test_customers_get_sie_and_vpas_get_du() -> None:
    for code, template in BOOK.templates.items():
        if template.reader == "kunde":
            assert not re.search(r"\b(du|dir|dich|dein\w*)\b", template.text, re.IGNORECASE), code
            assert re.search(r"\b(Sie|Ihnen|Ihre?)\b", template.text), code
        if template.reader == "vpa":
            assert not re.search(r"\b(Sie|Ihnen|Ihre?[mnrs]?)\b(?! bitte bis)", template.text.replace("\n", " ")), code


def shown_texts() -> dict[str, str]:
    """Everything of the playbook that may be shown, by where it stands."""
    texts = dict(vpa_texts())
    texts |= {f"guidance {topic} {n}": b.text for topic, bs in BOOK.guidances.items() for n, b in enumerate(bs)}
    texts |= {f"plain {topic} {n}": b.plain for topic, bs in BOOK.guidances.items() for n, b in enumerate(bs)}
    texts |= {f"rule {rule.id}": f"{rule.short} {rule.sentence}" for rule in BOOK.rules.values()}
    texts |= {f"obstacle {o.code}": f"{o.reason} {o.missing} {o.way_out}" for o in BOOK.obstacles.values()}
    texts |= {f"setting {s.key}": f"{s.label} {s.explanation}" for s in BOOK.settings.values()}
    kinds = ((group, kind) for group, codes in BOOK.kinds.items() for kind in codes.values())
    return texts | {f"kind {group} {kind.code}": f"{kind.label} {kind.explanation}" for group, kind in kinds}


def test_german_words_only() -> None:
    found = {where: hits for where, text in shown_texts().items() if (hits := set(ENGLISH.findall(text.lower())))}
    assert {where: hits - SEED_WORDS for where, hits in found.items() if hits - SEED_WORDS} == {}


def test_nothing_shown_would_act_on_a_terminal() -> None:
    assert not any(
        re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]", t) for t in shown_texts().values()
    )


def test_help_names_the_document_for_growing_ones_customer_base() -> None:
    """F-15: a help link only: the rule's sentence says which document it is."""
    assert "Nach dem Onboarding ist vor dem Start" in playbook().rule("F-15").sentence
