"""Chatvorlagen: the list, and what they say of a subject (K-02, K-22, D-32)."""

from __future__ import annotations

import pytest

from models.care.letters.templates import fill_for, list_templates
from models.ground.errors import NotFoundError
from models.ground.vpa_text import class_places
from models.playbook import playbook
from models.playbook.refusals import RefusedError
from models.tables.people import Customer, Vpa
from tests.support.handover import act, approved, entry, open_request, task, vpa
from tests.support.world import World


def _text(team: World, code: str, subject: str) -> str:
    return str(fill_for(team.session().work(), code, subject)["text"])


def test_there_is_one_for_each_kind_of_assignment_k22(team: World) -> None:
    listed = {one["code"]: one for one in list_templates()}
    assert set(playbook().kinds["assignment_kind"]) <= set(listed)
    assert {listed[kind]["reader"] for kind in playbook().kinds["assignment_kind"]} == {"vpa"}
    assert {f"watch_{status}" for status in playbook().kinds["customer_status"]} <= set(listed)
    assert all(one["label"] and one["version"] for one in listed.values())


def test_what_is_known_is_put_in_and_the_rest_stays_k23(team: World) -> None:
    shown = fill_for(team.session().work(), "watch_prio", "customer:K1")
    assert shown["text"].startswith("Hallo Mira,")
    assert "Nordlicht GmbH" in shown["text"]
    assert shown["text"].rstrip().endswith("ANN Muster")
    assert "[frist]" in shown["text"]
    assert set(shown["missing"]) == {"frist", "frage"}
    assert (shown["code"], shown["for"], shown["reader"]) == ("watch_prio", "customer:K1", "vpa")


def test_an_assignment_does_not_greet_the_vpa_before(team: World) -> None:
    assert _text(team, "vpa_change", "customer:K1").startswith("Hallo [vorname],")
    key = approved(team)
    assert _text(team, "vpa_change", f"handover:{key}").startswith("Hallo Can,")
    assert _text(team, "send_back", f"handover:{key}").startswith("Hallo Mira,")


def test_the_form_for_the_channel_knows_the_class_others_never_do_k02_a27(team: World) -> None:
    key = approved(team)
    assert "KUNDE (Klasse): Nordlicht GmbH (K1) (A)" in _text(team, "handover_form", f"handover:{key}")
    for template in playbook().templates.values():
        if template.reader != "intern":
            assert not class_places(_text(team, template.code, f"handover:{key}"))


def test_nothing_of_the_internal_file_gets_in_k02(team: World) -> None:
    """K-02: no template variable for a VPA holds black content, nor what Wizard and reasons say."""
    entry("K1", "oteam", "sales", "2025-10-01T10:00", situation="Geheimnis eins")
    Customer.update(wizard="Geheimnis zwei").execute()
    key = open_request(team, reason="Geheimnis drei")
    chat = task("K1", "V1", delegation_comment="Geheimnis vier")
    for template in playbook().templates.values():
        if template.reader != "intern":
            for subject in ("customer:K1", f"handover:{key}", f"task:{chat.id}", "vpa:V1"):
                assert "Geheimnis" not in _text(team, template.code, subject)


def test_a_task_brings_title_and_link(team: World) -> None:
    chat = task("K1", "V1", title="Messe in Essen", link="https://plattform.example/T1", hours=12.5)
    question = _text(team, "question", f"task:{chat.id}")
    assert "„Messe in Essen“" in question
    assert "[anrede]" in question
    release = _text(team, "ask_release", f"task:{chat.id}")
    assert "12,5 Stunden" in release
    assert "https://plattform.example/T1" in release


def test_a_vpa_brings_a_name_whatever_the_template_is_for(team: World) -> None:
    vpa("V3", "Dr. Ina Voss")
    assert _text(team, "watch_prio", "vpa:V3").startswith("Hallo Ina,")
    assert "[kunde]" in _text(team, "watch_prio", "vpa:V3")


def test_an_entry_or_reminder_stands_for_its_customer(team: World) -> None:
    row = entry("K1", "vpa_kunde", "vpa", "2025-10-01T10:00")
    assert "Nordlicht GmbH" in _text(team, "watch_prio", f"entry:{row.id}")
    key = act(team, "reminder.set", customer="K1", due="2025-12-01", reason="Nachfragen")["id"]
    assert "Nordlicht GmbH" in _text(team, "watch_prio", f"reminder:{key}")


def test_without_acting_member_the_sender_stays_open(team: World) -> None:
    team.me = None
    assert "[absender]" in _text(team, "watch_prio", "customer:K1")


def test_names_are_never_looked_at_twice(team: World) -> None:
    Vpa.update(name="[kunde] Keller").execute()
    assert _text(team, "watch_prio", "customer:K1").startswith("Hallo [kunde],")


def test_a_name_that_names_a_class_does_not_reach_a_vpa_d32(team: World) -> None:
    Customer.update(name="A-Kunden Service").execute()
    with pytest.raises(RefusedError) as refusal:
        _text(team, "watch_prio", "customer:K1")
    assert [found.code for found in refusal.value.obstacles] == ["class_named"]
    assert "A-Kunden Service" in _text(team, "handover_form", f"handover:{open_request(team)}")


@pytest.mark.parametrize(
    ("code", "subject"), [("nix", "customer:K1"), ("watch_prio", "customer:K9"), ("watch_prio", "K1"), ("", "")]
)
def test_what_does_not_exist_is_not_found(team: World, code: str, subject: str) -> None:
    with pytest.raises(NotFoundError):
        fill_for(team.session().work(), code, subject)
