"""Pages of tab 6 on both engines, and the few best successors as the full ranking has them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.care.handover.pages import HandoverLine, handover_listing
from models.care.handover.successors import best_successors, successors
from models.tables.handover import STATES, Handover
from tests.support.handover import TODAY, absence, days, task, vpa
from tests.support.world import World


def request(state: str = "open", hour: int = 9, **facts: Any) -> int:
    """A request of V1 about K1."""
    opened = dt.datetime(2025, 11, 3, hour, tzinfo=dt.UTC)
    return int(Handover.create(customer="K1", vpa="V1", state=state, opened_at=opened, opened_by="ANN", **facts).id)


def shown(*args: Any, **how: Any) -> list[HandoverLine]:
    """The lines of a view."""
    return [HandoverLine(*row) for _, row in handover_listing(*args, **how).page(None, "from", 50).rows]


def test_each_state_stands_in_one_view_oldest_first(team: World) -> None:
    by_state = {state: request(state, hour) for hour, state in enumerate(STATES, 1)}
    assert [line.id for line in shown()] == [by_state[s] for s in ("open", "proposed", "approved", "informed")]
    assert [line.state for line in shown("to_decide")] == ["proposed"]
    assert [line.state for line in shown("released")] == ["approved", "informed"]
    assert {line.state for line in shown("over")} == {"sent_back", "rejected", "finished", "escalated"}


def test_the_filter_finds_customer_and_vpa_and_the_line_holds_the_path(team: World) -> None:
    request(questions=[{"plausible": True}], talks=[{"on": "2025-11-04"}], measures=[], reason_kind="other")
    line = shown(text="nordlicht")[0]
    assert (line.customer, line.vpa, line.questions, line.talks) == (
        "K1",
        "V1",
        [{"plausible": True}],
        [{"on": "2025-11-04"}],
    )
    assert shown(text="mira nord") != []
    assert shown(text="gibtesnicht") == []


@pytest.mark.parametrize("count", [1, 4, 50])
def test_the_best_few_are_the_first_of_the_full_ranking_w_10(team: World, count: int) -> None:
    for number in range(3, 30):
        key = f"V{number}"
        vpa(key, areas=["Recherche"] if number % 2 else ["Texte"], new_customers=(True, False, None)[number % 3],
            orders=number % 4 != 0)  # fmt: skip
        if number % 5 == 0:
            absence(key, days(number), days(number + 3))
        if number % 7 == 0:
            task("K1", delegated_by=key)
    vpa("V99", areas=["Recherche"], gone=True)
    handover = Handover.get_by_id(request())
    work = team.session().work()
    assert work.today == TODAY
    ranked = successors(work, handover)
    assert best_successors(work, handover, count) == ranked[:count]
    assert "V1" not in {one.vpa for one in ranked}
