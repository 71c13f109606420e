"""Experten on both engines: sorted by class, capacity and coming absence, filtered by what somebody takes (F-14)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.action.work import Work
from models.tables.people import Absence, Vpa
from models.task.pages import find_experts
from tests.support import task as given
from tests.support.world import World
from tests.task.test_pages import keys


def away(key: str, first: int, last: int, **facts: Any) -> None:
    """An absence of a VPA, in days from Wednesday 5 November."""
    days = [dt.date(2025, 11, 5) + dt.timedelta(days=count) for count in (first, last)]
    Absence.create(id=f"{key}{first}", vpa=key, start=days[0], end=days[1], entered_on=dt.date(2025, 1, 2), **facts)


@pytest.fixture
def work(world: World) -> Work:
    """Six VPAs who differ in all that counts."""
    given.people()
    Vpa.update(gone=True).execute()
    for key, name, klasse, orders, new in (
        ("E1", "Berg, Udo", "B", True, True), ("E2", "Adler, Ina", "C", True, False),
        ("E3", "Celik, Jan", "A", None, True), ("E4", "Dorn, Eva", "B", None, None),
        ("E5", "Ernst, Ute", "N", False, None), ("E6", "Adler, Bo", "B", True, True),
    ):  # fmt: skip
        given.vpa(key, name, klasse=klasse, orders=orders, new_customers=new, active=True, areas=["Texte"])
    away("E1", 20, 25)
    away("E1", 5, 6)
    away("E3", -3, 2)
    away("E4", -9, -1)
    away("E5", 1, 3, withdrawn=True)
    away("E6", 5, 9)
    return world.session("ANN").work()


@pytest.mark.parametrize(
    ("sort", "ranked"),
    [
        ("klasse", ["E3", "E6", "E1", "E4", "E2", "E5"]),
        ("takes", ["E6", "E1", "E2", "E3", "E4", "E5"]),
    ],
)
def test_experten_are_sorted_by_class_and_by_what_they_take_f_14(work: Work, sort: str, ranked: list[str]) -> None:
    assert keys(find_experts(work.today, sort=sort)) == ranked
    assert keys(find_experts(work.today, sort=sort, descending=True)) == ranked[::-1]


def test_whose_absence_is_nearest_comes_first_whoever_has_none_last_f_14(work: Work) -> None:
    here = ["E2", "E4", "E5"]
    assert keys(find_experts(work.today, sort="away")) == ["E3", "E6", "E1", *here]
    assert keys(find_experts(work.today, sort="away", descending=True)) == ["E1", "E6", "E3", *here]


def test_experten_are_filtered_by_what_they_take_f_14(work: Work) -> None:
    assert keys(find_experts(work.today, "neukunden", "name")) == ["E6", "E1", "E3"]
    assert keys(find_experts(work.today, "Aufträge b", "name")) == ["E6", "E1"]
