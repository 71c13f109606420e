"""Who does not fit, and for which very reasons (K-21, F-14, W-10)."""

from __future__ import annotations

import datetime as dt

import pytest

from models.shared.fitness import Job, fitness_obstacles, unfit, unfit_reasons
from models.tables.people import Vpa
from tests.support.handover import absence, assignment, days, vpa
from tests.support.world import World

JOB = Job("K1", "new_customers")


def reasons(team: World, job: Job = JOB, key: str = "V2") -> list[str]:
    """Why a VPA does not fit; the database's own judgement is the same."""
    work = team.session().work()
    found = unfit_reasons(work, Vpa.get_by_id(key), job)
    assert [row.id for row in Vpa.select().where(unfit(work, job), Vpa.id == key)] == ([key] if found else [])
    return found


@pytest.mark.parametrize(
    ("facts", "job", "wanted"),
    [
        ({"active": None, "new_customers": None, "orders": None}, JOB, []),
        ({"active": True}, JOB, []),
        ({"active": False}, JOB, ["ist inaktiv"]),
        ({"new_customers": False}, JOB, ["nimmt keine Neukunden"]),
        ({"new_customers": False}, Job("K1", "orders"), []),
        ({"orders": False}, JOB, []),
        ({"orders": False, "active": False}, Job("K1", "orders"), ["ist inaktiv", "nimmt keine Aufträge"]),
    ],
)
def test_inactive_or_full_k21_f14(team: World, facts: dict[str, bool | None], job: Job, wanted: list[str]) -> None:
    Vpa.update(facts).where(Vpa.id == "V2").execute()
    assert reasons(team, job) == wanted


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (0, 6, True),  # Wednesday to Tuesday: five working days
        (0, 5, False),
        (-20, 6, True),  # what is behind does not count
        (-20, 5, False),
        (3, 9, True),  # Saturday to Friday
        (3, 8, False),
        (7, 13, True),
        (7, 12, False),
        (8, 30, False),  # begins later
        (-9, -1, False),
    ],
)
def test_away_for_long_w10(team: World, first: int, last: int, counts: bool) -> None:
    absence("V2", days(first), days(last))
    assert bool(reasons(team)) is counts


def test_an_absence_is_named_with_its_days_and_holidays_are_no_working_days(team: World) -> None:
    absence("V2", days(-2), days(12), withdrawn=True)
    assert reasons(team) == []
    absence("V2", days(-2), days(12))
    assert reasons(team) == ["ist abwesend vom Mo 03.11.2025 bis Mo 17.11.2025"]
    absence("V1", dt.date(2025, 12, 22), dt.date(2025, 12, 29))  # two of six are Christmas
    team.now = "2025-12-20T09:00"
    assert reasons(team, key="V1") == []


def test_who_had_the_customer_before_k21(team: World) -> None:
    assert reasons(team, key="V1") == []  # has it now
    vpa("V3")
    assignment("K1", "V3", days(-9), days(-10))  # never took effect
    assert reasons(team, key="V3") == []
    assert reasons(team) == []
    assignment("K1", "V2", dt.date(2023, 1, 1), dt.date(2023, 1, 1))
    assert reasons(team) == ["hatte diesen Kunden schon"]


def test_a_refusal_says_who_and_why(team: World) -> None:
    Vpa.update(active=False).where(Vpa.id == "V2").execute()
    work = team.session().work()
    (found,) = fitness_obstacles(work, Vpa.get_by_id("V2"), JOB, "K-21")
    assert (found.code, found.rule, found.weight) == ("vpa_unfit", "K-21", "warn")
    assert "Can Demir: ist inaktiv" in found.message
