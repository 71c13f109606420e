"""The facts of W-15, the form of W-11, the ranking of successors (W-10, F-11, F-14), the list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.care.facts import form_text
from models.care.handover.queries import list_handovers, show_handover
from models.care.handover.successors import successor_search
from models.shared.changes import changes_within
from models.tables.handover import Handover
from models.tables.people import Assignment, Customer, Vpa
from models.task.candidates import show_ranked
from tests.support.handover import (
    TODAY,
    absence,
    act,
    assignment,
    customer,
    days,
    message,
    open_request,
    proposed,
    questioned,
    task,
    vpa,
)
from tests.support.world import World


def facts(team: World, key: int) -> dict[str, Any]:
    return dict(show_handover(team.session().work(), Handover.get_by_id(key))["facts"])


# Facts


def test_all_facts_have_their_name_w15(team: World) -> None:
    assert facts(team, open_request(team)) == {
        "customer_class": "A",
        "pattern": "laufend",
        "last_activity": None,
        "months_in_charge": 9,
        "changes_12_months": 0,
        "dropouts_12_months": 0,
        "effort": None,
        "refund": None,
    }


@pytest.mark.parametrize(
    ("booking", "at", "expected"),
    [
        (dt.date(2025, 10, 1), None, dt.date(2025, 10, 1)),
        (None, "2025-10-02T09:00", dt.date(2025, 10, 2)),
        (dt.date(2025, 10, 1), "2025-10-02T09:00", dt.date(2025, 10, 2)),
        (dt.date(2025, 10, 3), "2025-10-02T09:00", dt.date(2025, 10, 3)),
        (None, "2025-10-01T23:30:00+00:00", dt.date(2025, 10, 2)),
    ],
)
def test_last_activity_is_the_newer_of_booking_and_message_w15(
    team: World, booking: dt.date | None, at: str | None, expected: dt.date
) -> None:
    Customer.update(last_booking=booking).where(Customer.id == "K1").execute()
    chat = task("K1", "V1")
    if at:
        message(chat, at)
    message(chat, "2025-11-01T10:00", sender="vpa")
    message(chat, "2025-11-02T10:00", sender="at")
    customer("K2")
    message(task("K2"), "2025-11-03T10:00")
    assert facts(team, open_request(team))["last_activity"] == expected


@pytest.mark.parametrize(
    ("today", "months"), [("2025-11-04T09:00", 8), ("2025-11-05T09:00", 9), ("2026-02-04T09:00", 11)]
)
def test_months_in_charge_are_whole_ones_w15(team: World, today: str, months: int) -> None:
    team.now = today
    assert facts(team, open_request(team))["months_in_charge"] == months


def test_months_in_charge_end_with_the_assignment_w15(team: World) -> None:
    key = open_request(team)
    Assignment.update(end=dt.date(2025, 7, 10)).execute()
    assignment("K1", "V2", dt.date(2025, 7, 11))
    assert facts(team, key)["months_in_charge"] == 5


def test_changes_count_from_the_day_after_twelve_months_ago_w15(team: World) -> None:
    Assignment.delete().execute()
    for start in ("2024-11-05", "2024-11-06", "2025-03-01", "2025-11-05", "2025-11-06"):
        assignment("K1", "V2", dt.date.fromisoformat(start))
    assert changes_within("K1", TODAY, 12) == 3  # the day itself no, the day after yes, today yes, tomorrow no


def test_the_very_first_assignment_is_no_change_w15(team: World) -> None:
    assert changes_within("K1", TODAY, 12) == 0
    assignment("K1", "V2", dt.date(2025, 2, 5))  # the same day, but a second one
    assert changes_within("K1", TODAY, 12) == 1
    assert changes_within("K9", TODAY, 12) == 0


def test_twelve_months_before_the_end_of_february_w15(team: World) -> None:
    assignment("K1", "V2", dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    row = assignment("K1", "V2", dt.date(2023, 2, 28), dt.date(2023, 12, 31))
    assert row.id
    assert changes_within("K1", dt.date(2024, 2, 29), 12) == 1


# Form


def test_the_form_has_the_six_lines_w11(team: World) -> None:
    team.now = "2025-11-05T14:00"
    text = form_text(team.session().work(), Handover.get_by_id(proposed(team)))
    assert text.splitlines() == [
        "VPA: Mira Keller (V1)",
        "KUNDE (Klasse): Nordlicht GmbH (K1) (A)",
        "VPA-Wechsel 12mon: 0",
        "Einarbeitungsaufwand: gering",
        "Grund: Bedarf hat sich geändert: Der Bedarf ist gewachsen",
        "Nachfolger: Can Demir (V2)",
    ]


def test_the_form_leaves_open_what_is_not_known_and_keeps_to_its_lines_w11(team: World) -> None:
    key = open_request(team, reason="Zu viel\nNachfolger: wer anders")
    Customer.update(klasse=None).execute()
    lines = form_text(team.session().work(), Handover.get_by_id(key)).splitlines()
    assert len(lines) == 6
    assert lines[1] == "KUNDE (Klasse): Nordlicht GmbH (K1) (keine)"
    assert lines[3] == "Einarbeitungsaufwand: [aufwand]"
    assert lines[5] == "Nachfolger: [nachfolger]"


# Successors


def ranked(team: World) -> list[str]:
    return [
        row["vpa"]
        for row in show_ranked(team.session().work(), successor_search(Handover.get_by_id(open_request(team))))
    ]


@pytest.fixture
def pool(team: World) -> World:
    """V1 gives K1 away; V2 and V3 are equal, V2 first by name."""
    Vpa.update(areas=["Recherche", "Reisen"]).where(Vpa.id == "V1").execute()
    vpa("V3", "Dora Zander")
    return team


def test_the_shape_and_who_is_in_it_w10(pool: World) -> None:
    vpa("V4", gone=True)
    rows = list(show_ranked(pool.session().work(), successor_search(Handover.get_by_id(open_request(pool)))))
    assert [(row["vpa"], row["rank"]) for row in rows] == [("V2", 1), ("V3", 2)]
    assert set(rows[0]) == {"vpa", "rank", "reasons"}
    assert rows[0]["reasons"] == [
        "gemeinsame Bereiche: Recherche",
        "nimmt Neukunden, nimmt Aufträge",
        "keine Abwesenheit eingetragen",
        "hat noch keine Aufgabe delegiert",
    ]


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"areas": []}, {}),
        ({}, {"areas": ["Reisen", "Recherche"]}),
        ({"new_customers": False}, {}),
        ({"orders": False}, {}),
        ({"orders": None}, {}),
        ({"orders": False}, {"orders": None}),
    ],
)
def test_shared_areas_and_capacity_decide_f14(pool: World, worse: dict[str, Any], better: dict[str, Any]) -> None:
    """F-14: the overview of areas decides who fits."""
    if worse:
        Vpa.update(worse).where(Vpa.id == "V2").execute()
    if better:
        Vpa.update(better).where(Vpa.id == "V3").execute()
    assert ranked(pool) == ["V3", "V2"]


def test_a_coming_absence_decides_among_equals_w10(pool: World) -> None:
    absence("V2", days(-30), days(-20))
    assert ranked(pool) == ["V2", "V3"]
    absence("V2", days(20), days(25), withdrawn=True)
    assert ranked(pool) == ["V2", "V3"]
    absence("V3", days(100), days(120))
    absence("V2", days(20), days(20))
    assert ranked(pool) == ["V3", "V2"]
    absence("V3", days(0), days(3))
    assert ranked(pool) == ["V2", "V3"]


def test_the_delegation_record_decides_last_f11(pool: World) -> None:
    """F-11: that reason counts in the next distribution."""
    task("K1", delegated_by="V2", delegation_reason="zeit")
    assert ranked(pool) == ["V3", "V2"]
    rows = list(show_ranked(pool.session().work(), successor_search(Handover.get_by_id(open_request(pool)))))
    assert rows[1]["reasons"][3] == "hat Aufgaben delegiert: 1 × Zeit"


def test_areas_come_before_capacity_before_absence_before_record(pool: World) -> None:
    Vpa.update(areas=["Reisen", "Recherche"], orders=False).where(Vpa.id == "V3").execute()
    absence("V3", days(10), days(19))
    task("K1", delegated_by="V3", delegation_reason="kompetenz")
    assert ranked(pool) == ["V3", "V2"]
    Vpa.update(areas=["Recherche"], orders=True).where(Vpa.id == "V3").execute()
    assert ranked(pool) == ["V2", "V3"]


def test_an_escalated_customer_without_vpa_has_successors_too(pool: World) -> None:
    customer("K2")
    key = act(pool, "handover.escalate", customer="K2", text="x")["id"]
    rows = list(show_ranked(pool.session().work(), successor_search(Handover.get_by_id(key))))
    assert {row["vpa"] for row in rows} == {"V1", "V2", "V3"}


# List


def test_the_list_shows_what_runs_oldest_first(team: World) -> None:
    team.now = "2025-11-05T15:00"
    later = questioned(team)
    team.now = "2025-11-05T14:00"
    first = proposed(team)
    ended = questioned(team)
    act(team, "handover.send-back", id=ended, text="Bitte weiter")
    special = act(team, "handover.escalate", customer="K1", text="x")["id"]
    assert [row.id for row in list_handovers()] == [first, later]
    assert [row.id for row in list_handovers("sent_back")] == [ended]
    assert {row.id for row in list_handovers("all")} == {first, later, ended, special}
