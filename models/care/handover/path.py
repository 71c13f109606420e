"""The path of a VPA-Wechsel: which steps are behind it, which one is due, what is still ahead (1.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.care.handover.pages import HandoverLine
from models.care.handover.rules import NO_REASON
from models.tables.handover import CLOSED, Handover

STEPS = ("reasons", "talk", "measures", "proposal", "release", "informed", "training", "finished")
"""In their order; talk and measures are asked for only where the cooperation failed (W-04, W-08)."""

How = Literal["done", "now", "ahead", "spared", "ended"]


OnPath = Handover | HandoverLine
"""What has a path: a request, or a line of the list."""


@dataclass(frozen=True)
class Step:
    """One step of the path."""

    code: str
    how: How
    """`done`, `now` (what comes next), `ahead`, `spared` (not asked for here), `ended` (the path ended before it)."""


def plausible(request: OnPath) -> bool | None:
    """The newest judgement of the reasons; None before the first (W-06)."""
    return bool(request.questions[-1].get("plausible")) if request.questions else None


def must_go_back(request: OnPath) -> bool:
    """Whether the reasons carry no change, so that the VPA is asked to carry on (W-02, W-07)."""
    return request.state == "open" and (
        plausible(request) is False or (bool(request.questions) and request.reason_kind in NO_REASON)
    )


def path_of(request: OnPath, measures_needed: int) -> list[Step]:
    """Every step and how far it is; exactly one is `now` while the request runs."""
    steps, found = [], False
    for code in STEPS:
        if _spared(request, code):
            steps.append(Step(code, "spared"))
        elif _done(request, code, measures_needed):
            steps.append(Step(code, "done"))
        elif request.state in CLOSED:
            steps.append(Step(code, "ended"))
        else:
            steps.append(Step(code, "ahead" if found else "now"))
            found = True
    return steps


def _spared(request: OnPath, code: str) -> bool:
    """Talk and measures without any of them, where the reason or a proposal made already does not ask for them."""
    made = {"talk": request.talks, "measures": request.measures}.get(code)
    past = request.state in ("proposed", "approved", "informed", "finished")
    return made is not None and not made and (past or request.reason_kind != "cooperation_failed")


def _done(request: OnPath, code: str, measures_needed: int) -> bool:
    state = request.state
    released = state in ("approved", "informed", "finished")
    asked = state == "open" and request.reason_kind == "cooperation_failed"
    return {
        "reasons": bool(plausible(request)) or released or state == "proposed",
        "talk": bool(request.talks),
        "measures": len(request.measures) >= (measures_needed if asked else 1),
        "proposal": released or state in ("proposed", "rejected"),
        "release": released,
        "informed": request.informed_on is not None and released,
        "training": released and (request.training_wanted is False or request.training_done_on is not None),
        "finished": state == "finished",
    }[code]


def next_action(request: OnPath, measures_needed: int) -> str:
    """The action that the path asks for now, such as `question`; empty where the request takes no further step."""
    if request.state in CLOSED:
        return ""
    if must_go_back(request):
        return "send-back"
    now = next(step.code for step in path_of(request, measures_needed) if step.how == "now")
    return ACTIONS[now]


ACTIONS = {
    "reasons": "question", "talk": "talk", "measures": "measure", "proposal": "propose", "release": "approve",
    "informed": "informed", "training": "training", "finished": "finish",
}  # fmt: skip
"""The action of each step."""


def possible(state: str) -> Sequence[str]:
    """The actions that a state allows, in the order of the path; another successor can be proposed until the end."""
    return {
        "open": ("question", "talk", "measure", "propose", "send-back"),
        "proposed": ("approve", "reject", "propose"),
        "approved": ("informed", "training", "finish", "propose"),
        "informed": ("training", "finish", "informed", "propose"),
    }.get(state, ())
