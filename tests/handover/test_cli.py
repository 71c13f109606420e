"""`schicht handover …` as a script meets it (CONTRACT §9)."""

from __future__ import annotations

import pytest

from models.tables.handover import Handover
from tests.support.world import World


def opened(team: World, kind: str = "need_changed") -> str:
    done = team.cli("handover", "open", "--customer", "K1", "--vpa", "V1", "--reason-kind", kind, "--reason", "Zu viel")
    return str(done.ok().json["id"])


def test_the_whole_path_by_command_line(team: World) -> None:
    key = opened(team)
    steps = (
        ("question", "--question", "Wirklich?", "--answer", "Ja", "--plausible", "yes"),
        ("measure", "--on", "2025-10-01", "--text", "Anruf"),
        ("talk", "--on", "01.10.2025", "--result", "Gut"),
        ("propose", "--successor", "V2", "--effort", "low", "--refund", "no"),
    )
    for step, *options in steps:
        team.cli("handover", step, key, *options).ok()
    assert team.cli("handover", "approve", key, as_="BEN").ok().json["state"] == "approved"
    assert team.cli("handover", "informed", key, "--on", "2025-11-05").ok().json["state"] == "informed"
    assert team.cli("handover", "training", key, "--wanted", "no").ok().json["training_wanted"] is False
    finished = team.cli("handover", "finish", key, "--text", "Willkommen").ok().json
    assert finished["state"] == "finished"
    assert team.cli("handover", "show", key).ok().json == finished
    assert team.cli("handover", "finish", key).exit_code == 6
    assert team.cli("handover", "approve", key, as_="KIM").json["error"]["code"] == "already_done"


def test_show_has_state_and_facts(team: World) -> None:
    shown = team.cli("handover", "show", opened(team)).ok().json
    assert shown["state"] == "open"
    assert list(shown["facts"]) == [
        "customer_class", "pattern", "last_activity", "months_in_charge", "changes_12_months", "dropouts_12_months",
        "effort", "refund",
    ]  # fmt: skip


def test_the_list_leaves_out_what_has_ended_unless_asked(team: World) -> None:
    first, second = opened(team), opened(team)
    team.cli("handover", "question", first, "--question", "?", "--answer", "-", "--plausible", "no").ok()
    team.cli("handover", "send-back", first, "--text", "Bitte weiter").ok()
    assert [str(row["id"]) for row in team.cli("handover", "list").ok().lines] == [second]
    assert len(team.cli("handover", "list", "--state", "all").ok().lines) == 2
    assert len(team.cli("handover", "list", "--state", "all", "--limit", "1").ok().lines) == 1
    assert [str(row["id"]) for row in team.cli("handover", "list", "--state", "sent_back").ok().lines] == [first]
    assert team.cli("handover", "list", "--state", "weg").exit_code == 2


def test_the_form_is_plain_text_for_the_channel_w11(team: World) -> None:
    key = opened(team)
    text = team.cli("handover", "text", key, json=False).ok().stdout
    starts = [line.split(":")[0] for line in text.splitlines()]
    assert starts == [
        "VPA", "KUNDE (Klasse)", "VPA-Wechsel 12mon", "Einarbeitungsaufwand", "Grund", "Nachfolger",
    ]  # fmt: skip
    assert team.cli("handover", "text", key).ok().json["text"].strip() == text.strip()


def test_successors_are_ranked_from_one(team: World) -> None:
    rows = team.cli("handover", "successors", opened(team)).ok().lines
    assert [(row["vpa"], row["rank"]) for row in rows] == [("V2", 1)]
    assert all(isinstance(reason, str) for row in rows for reason in row["reasons"])


def test_a_refusal_lists_codes_and_exits_3(team: World) -> None:
    answer = team.cli("handover", "propose", opened(team, "budget"))
    assert answer.exit_code == 3
    assert answer.codes == ["questions_missing", "reason_not_valid", "facts_missing", "successor_missing"]
    assert all(found["message"] for found in answer.json["error"]["obstacles"])


@pytest.mark.parametrize("command", ["show", "text", "successors", "finish", "approve"])
@pytest.mark.parametrize("key", ["99", "abc"])
def test_an_unknown_request_exits_2(team: World, command: str, key: str) -> None:
    answer = team.cli("handover", command, key)
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "not_found")


def test_nobody_acts_without_a_kuerzel_r02(team: World) -> None:
    team.me = None
    answer = team.cli("handover", "escalate", "--customer", "K1", "--text", "x")
    assert (answer.exit_code, answer.codes) == (3, ["kuerzel_missing"])


def test_a_dry_run_answers_and_changes_nothing(team: World) -> None:
    answer = team.cli("handover", "escalate", "--customer", "K1", "--text", "x", "--dry-run").ok().json
    assert (answer["state"], answer["dry_run"]) == ("escalated", True)
    assert not Handover.select().exists()


def test_undo_and_history_by_command_line(team: World) -> None:
    key = opened(team)
    team.cli("handover", "question", key, "--question", "?", "--answer", "Ja", "--plausible", "yes").ok()
    team.cli("undo").ok()
    assert team.cli("handover", "show", key).ok().json["questions"] == []
    actions = [row["action"] for row in team.cli("history", "--of", f"handover:{key}").ok().lines]
    assert actions == ["handover.open", "handover.question", "undo"]
    team.cli("history", "verify").ok()


def test_people_read_german(team: World) -> None:
    opened(team)
    assert "Nordlicht GmbH" in team.cli("handover", "list", json=False).ok().stdout
    done = team.cli("handover", "escalate", "--customer", "K1", "--text", "x", json=False).ok().stdout
    assert done.startswith("Sonderfall gemeldet: Nordlicht GmbH")
    refusal = team.cli("handover", "finish", "1", json=False)
    assert refusal.stderr.startswith("Gesperrt: VPA-Wechsel abschließen, weil")
