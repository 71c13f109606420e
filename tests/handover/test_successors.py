"""The few best successors, found by the database, are the first of the full ranking (W-10, F-11, F-14)."""

from __future__ import annotations

import random

import pytest

from models.care.handover.successors import best_successors, successors
from models.tables.handover import Handover
from models.tables.people import Absence, Assignment, Vpa
from models.tables.task import Task
from models.task.experts import knows
from tests.support.handover import absence, assignment, days, open_request, task, vpa
from tests.support.world import World

AREAS = ("Texte", "texte", "50% _Excel\\", "Recherche", "Bär", "Ä" * 320 + "1", "Ä" * 320 + "2")
"""Some that a careless LIKE would take for one another, and two that only differ behind what an index holds."""


def people(rnd: random.Random) -> None:
    """A dozen or two VPAs with whatever decides about a rank; names and areas often the same."""
    Absence.delete().execute()
    Task.delete().execute()
    Assignment.delete().where(Assignment.vpa != "V1").execute()
    Vpa.delete().where(Vpa.id != "V1").execute()
    Vpa.update(areas=rnd.sample(AREAS, rnd.randint(0, 3))).where(Vpa.id == "V1").execute()
    for number in range(2, rnd.randint(6, 24)):
        key, flags = f"V{number}", (True, False, None)
        vpa(key, rnd.choice(("Mira", "Can", "Änne")), areas=rnd.sample(AREAS, rnd.randint(0, 3)),
            new_customers=rnd.choice(flags), orders=rnd.choice(flags), active=rnd.choice(flags),
            gone=rnd.random() < 0.1)  # fmt: skip
        for _ in range(rnd.choice((0, 0, 1, 2))):
            first = rnd.randint(-10, 80)
            absence(key, days(first), days(first + rnd.randint(0, 20)), withdrawn=rnd.random() < 0.2)
        if rnd.random() < 0.2:
            assignment("K1", key, days(-500 - number), days(rnd.choice((-501, -510))))
        for _ in range(rnd.choice((0, 0, 1, 3))):
            task("K1", delegated_by=key, delegation_reason=rnd.choice((None, "zeit", "kompetenz")))


@pytest.mark.parametrize("seed", range(3))
def test_the_best_few_are_the_first_of_the_full_ranking_whoever_there_is_w_10(team: World, seed: int) -> None:
    handover, work = Handover.get_by_id(open_request(team)), team.session().work()
    rnd = random.Random(seed)
    for _ in range(12):
        people(rnd)
        handover = Handover.get_by_id(handover.id)  # the areas of its VPA are others now
        ranked = successors(work, handover)
        for count in (1, 4, len(ranked), len(ranked) + 1):
            assert best_successors(work, handover, count) == ranked[:count]


def test_nobody_is_best_where_nobody_else_is(team: World) -> None:
    Vpa.delete().where(Vpa.id != "V1").execute()
    assert best_successors(team.session().work(), Handover.get_by_id(open_request(team)), 4) == []


def test_an_area_is_known_by_its_whole_name_and_case_f_14(team: World) -> None:
    vpa("V3", areas=["Textereien"])
    vpa("V4", areas=["texte", "Recherche"])
    vpa("V5", areas=["Recherche", "Texte"])
    assert [row.id for row in Vpa.select().where(knows("Texte"))] == ["V5"]


def test_the_command_ranks_as_many_as_are_asked_for_w_10(team: World) -> None:
    for number in range(3, 9):
        vpa(f"V{number}", areas=["Recherche"] if number > 5 else [])
    key = str(open_request(team))
    every = team.cli("handover", "successors", key).ok().lines
    assert [row["rank"] for row in every] == list(range(1, 8))
    for limit in (0, 3, 7, 500):
        assert team.cli("handover", "successors", key, "--limit", str(limit)).ok().lines == every[:limit]
