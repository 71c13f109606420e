"""The path of a VPA-Wechsel: every state, and the one step that is due."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.care.handover.path import STEPS, next_action, path_of, possible
from models.care.handover.rules import REASON_KINDS
from models.tables.handover import CLOSED
from models.tables.handover import STATES as ALL_STATES
from tests.support.handover import TODAY

PLAUSIBLE, NOT_PLAUSIBLE = {"plausible": True}, {"plausible": False}


def wish(state: str = "open", **facts: Any) -> Any:
    """A request as the path sees it."""
    empty: dict[str, Any] = {
        "reason_kind": "need_changed",
        "questions": [],
        "talks": [],
        "measures": [],
        "informed_on": None,
    }
    return SimpleNamespace(state=state, **{**empty, "training_wanted": None, "training_done_on": None, **facts})


def hows(request: Any) -> dict[str, str]:
    """How far each step is."""
    return {step.code: step.how for step in path_of(request, 2)}


def test_a_fresh_wish_is_questioned_first_w_06() -> None:
    assert next_action(wish(), 2) == "question"
    assert hows(wish())["reasons"] == "now"
    assert hows(wish())["proposal"] == "ahead"


@pytest.mark.parametrize("kind", ["hard_to_reach", "budget", "difficult"])
def test_what_is_no_reason_goes_back_once_it_was_questioned_w_02_w_07(kind: str) -> None:
    assert next_action(wish(reason_kind=kind), 2) == "question"
    assert next_action(wish(reason_kind=kind, questions=[PLAUSIBLE]), 2) == "send-back"


def test_the_newest_judgement_counts_w_07() -> None:
    assert next_action(wish(questions=[PLAUSIBLE, NOT_PLAUSIBLE]), 2) == "send-back"
    assert next_action(wish(questions=[NOT_PLAUSIBLE, PLAUSIBLE]), 2) == "propose"


def test_a_failed_cooperation_needs_talk_and_measures_others_do_not_w_04_w_08() -> None:
    failed: dict[str, Any] = {"reason_kind": "cooperation_failed", "questions": [PLAUSIBLE]}
    assert next_action(wish(**failed), 2) == "talk"
    assert next_action(wish(**failed, talks=[{}]), 2) == "measure"
    assert next_action(wish(**failed, talks=[{}], measures=[{}]), 2) == "measure"
    assert next_action(wish(**failed, talks=[{}], measures=[{}, {}]), 2) == "propose"
    assert hows(wish(questions=[PLAUSIBLE]))["talk"] == "spared"


def test_after_the_release_the_customer_is_told_first_w_13_w_14() -> None:
    assert next_action(wish("proposed"), 2) == "approve"
    assert next_action(wish("approved", training_wanted=False), 2) == "informed"
    informed: dict[str, Any] = {"state": "informed", "informed_on": TODAY}
    assert next_action(wish(**informed), 2) == "training"
    assert next_action(wish(**informed, training_wanted=True), 2) == "training"
    assert next_action(wish(**informed, training_wanted=True, training_done_on=TODAY), 2) == "finish"
    assert next_action(wish(**informed, training_wanted=False), 2) == "finish"


def test_a_finished_one_has_every_step_behind_it() -> None:
    done = wish("finished", questions=[PLAUSIBLE], informed_on=TODAY, training_wanted=False)
    assert set(hows(done).values()) == {"done", "spared"}


lists = st.lists(st.sampled_from([PLAUSIBLE, NOT_PLAUSIBLE]), max_size=3)
days = st.none() | st.just(TODAY)


@given(
    st.sampled_from(ALL_STATES), st.sampled_from(REASON_KINDS), lists, lists, lists, days, days,
    st.none() | st.booleans(),
)  # fmt: skip
def test_a_running_request_has_exactly_one_step_that_is_due(
    state: str, kind: str, questions: Any, talks: Any, measures: Any, informed: Any, done: Any, wanted: Any
) -> None:
    request = wish(state, reason_kind=kind, questions=questions, talks=talks, measures=measures, informed_on=informed,
                   training_done_on=done, training_wanted=wanted)  # fmt: skip
    steps = path_of(request, 2)
    assert [step.code for step in steps] == list(STEPS)
    assert sum(step.how == "now" for step in steps) == (0 if state in CLOSED else 1)
    action = next_action(request, 2)
    assert bool(action) == (state not in CLOSED)
    assert not action or action in possible(state)
