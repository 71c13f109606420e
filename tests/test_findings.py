"""Findings as pure functions (CONTRACT §3): the tables of the contract, exhaustively."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.case.findings import class_findings, inactive_findings, merged, schedule_findings

ON, OFF = True, False


@pytest.mark.parametrize(
    ("before", "after", "klassen", "expected"),
    [
        ({"neukunden": ON}, {"neukunden": OFF}, ("N", "N"), ["new_vpa_declines"]),
        ({"auftraege": ON}, {"auftraege": OFF}, ("N", "N"), ["new_vpa_declines"]),
        ({"neukunden": OFF, "auftraege": ON}, {"neukunden": ON, "auftraege": OFF}, ("N", "C"), ["new_vpa_declines"]),
        ({"neukunden": ON}, {"neukunden": OFF}, ("C", "N"), ["new_vpa_declines"]),
        ({"neukunden": OFF}, {"neukunden": ON}, ("N", "N"), []),
        ({"neukunden": ON}, {"neukunden": OFF}, ("N", "B"), ["new_vpa_declines", "priority_to_agree"]),
        ({"neukunden": ON}, {"neukunden": OFF}, ("C", "D"), []),
        ({"neukunden": OFF}, {"neukunden": ON}, ("C", "A"), ["priority_to_agree"]),
        ({"neukunden": ON}, {"neukunden": OFF}, ("A", "C"), []),
    ],
)
def test_schedule(before: dict[str, Any], after: dict[str, Any], klassen: tuple[str, str], expected: list[str]) -> None:
    """D-11: a new VPA who declines; D-12: A and B are agreed with the VM."""
    assert schedule_findings(before, after, *klassen) == expected


def test_class_over_all_pairs() -> None:
    """D-30, D-31, A-23: A > B > C > D; N→A/B better, N→C/D worse; anything→N none of both."""
    for old, new in itertools.permutations("ABCDN", 2):
        found = class_findings({"klasse": old}, {"klasse": new})
        if new == "N":
            expected = []
        elif old == "N":
            expected = ["better"] if new in "AB" else ["worse"]
        else:
            expected = ["better"] if new < old else ["worse"]
        assert found == expected, (old, new)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"rising_star": OFF}, {"rising_star": ON}, ["rising_star"]),
        ({"rising_star": ON}, {"rising_star": OFF}, ["rising_star_lost", "worse"]),
        (
            {"klasse": "C", "rising_star": ON},
            {"klasse": "B", "rising_star": OFF},
            ["better", "rising_star_lost", "worse"],
        ),
        ({"klasse": "B", "rising_star": OFF}, {"klasse": "C", "rising_star": ON}, ["rising_star", "worse"]),
        ({"klasse": "B", "rising_star": ON}, {"klasse": "C", "rising_star": OFF}, ["rising_star_lost", "worse"]),
        ({}, {}, []),
    ],
)
def test_rising_star(before: dict[str, Any], after: dict[str, Any], expected: list[str]) -> None:
    assert class_findings(before, after) == expected


@pytest.mark.parametrize("part_time", [ON, OFF, None])
@pytest.mark.parametrize("mobile_app", [ON, OFF, None])
@pytest.mark.parametrize("active", [ON, OFF, None])
def test_inactive(part_time: bool | None, mobile_app: bool | None, active: bool | None) -> None:
    """D-41, D-43 (an unknown app counts as one), D-45."""
    found = inactive_findings(part_time, mobile_app, active)
    assert ("active_again" in found) is (active is True)
    assert ("mobile_app" in found) is (mobile_app is not False)
    assert ("part_time" in found) is (part_time is True)
    assert found == sorted(found)


@given(st.lists(st.dictionaries(st.sampled_from("xyz"), st.integers(0, 2)), max_size=8))
def test_a_course_of_changes_shows_first_and_last_and_nothing_that_is_back(steps: list[dict[str, int]]) -> None:
    state = dict.fromkeys("xyz", 0)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for step in steps:
        new = {name: value for name, value in step.items() if state[name] != value}
        old = {name: state[name] for name in new}
        state.update(new)
        before, after = merged(before, after, old, new)
    assert after == {name: value for name, value in state.items() if value != 0}
    assert before == dict.fromkeys(after, 0)
