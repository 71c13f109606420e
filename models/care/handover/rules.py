"""What a VPA-Wechsel still needs before its next step (W-02 to W-16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.action.work import Work
from models.care.facts import is_active
from models.ground import clock
from models.ground.text import words
from models.playbook.refusals import Obstacle
from models.shared.fitness import Job, fitness_obstacles
from models.tables.handover import CLOSED, RELEASED, Handover
from models.tables.people import Assignment, Vpa

REASON_KINDS = (
    "need_changed", "cooperation_failed", "customer_inactive", "hard_to_reach", "budget", "difficult", "other",
)  # fmt: skip
NO_REASON = ("hard_to_reach", "budget", "difficult")
"""The next VPA would have the same trouble with this customer (W-02)."""

TROUBLE = ("cooperation_failed", "hard_to_reach", "difficult")
"""Trouble with the customer, where we mediate (W-09)."""

EFFORTS = ("high", "medium", "low")

LONG_AGO = 12
"""Months after which a measure or a talk tells little about today (W-04, W-08)."""


@dataclass(frozen=True)
class Proposal:
    """What is proposed, as far as it is given."""

    successor: Vpa | None
    effort: str | None
    refund: bool | None
    has_exception: bool
    """Whether a manager lets another reason count."""


def closed_obstacles(handover: Handover) -> Iterator[Obstacle]:
    """A request that has ended takes no further step."""
    if handover.state in CLOSED:
        yield Obstacle("not_open", "W-12")


def day_obstacles(work: Work, day: dt.date | None, rule: str) -> Iterator[Obstacle]:
    """The day of something done: it has come."""
    if day is None or day > work.today:
        yield Obstacle("on_in_future", rule)


def record_obstacles(
    work: Work, recorded: Sequence[Mapping[str, Any]], day: dt.date, told: Mapping[str, Any], rule: str
) -> Iterator[Obstacle]:
    """A measure or a talk counts once (W-04, W-08), and more than so many months later for little."""
    what = {name: _folded(text) for name, text in told.items()}
    for line in recorded:
        if line["on"] == day.isoformat() and all(_folded(line[name]) == text for name, text in what.items()):
            yield Obstacle("repeated", rule, detail=clock.german_date(day))
            break
    if day < clock.add_months(work.today, -LONG_AGO):
        yield Obstacle("long_ago", rule, "warn", detail=clock.german_date(day))


def _folded(text: str | None) -> str:
    return " ".join(words(text or "")) or (text or "").strip()


def question_obstacles(handover: Handover) -> Iterator[Obstacle]:
    """Step 1: the reasons were questioned (W-06)."""
    if not handover.questions:
        yield Obstacle("questions_missing", "W-06")


def proposal_obstacles(work: Work, handover: Handover, proposal: Proposal) -> Iterator[Obstacle]:
    """What stands against step 3, in the order of CONTRACT §9."""
    yield from question_obstacles(handover)
    if handover.questions and not handover.questions[-1]["plausible"]:
        yield Obstacle("not_plausible", "W-06")
    yield from _reason_obstacles(handover, proposal)
    if handover.reason_kind == "cooperation_failed":
        yield from _cooperation_obstacles(work, handover)
    wanted = ["Einarbeitungsaufwand"] if proposal.effort not in EFFORTS else []
    wanted += ["Erstattung nötig"] if proposal.refund is None else []
    if wanted:
        yield Obstacle("facts_missing", "W-15", detail=", ".join(wanted))
    if handover.reason_kind == "customer_inactive" and is_active(work, handover.customer):
        yield Obstacle("customer_active", "W-05", "warn")
    yield from _successor_obstacles(work, handover, proposal.successor)


def _reason_obstacles(handover: Handover, proposal: Proposal) -> Iterator[Obstacle]:
    if handover.reason_kind in NO_REASON:
        yield Obstacle("reason_not_valid", "W-02")
    elif handover.reason_kind == "other" and not proposal.has_exception:
        yield Obstacle("reason_not_valid", "W-03")


def _cooperation_obstacles(work: Work, handover: Handover) -> Iterator[Obstacle]:
    wanted, there = work.settings.number("measures_needed"), len(handover.measures)
    if there < wanted:
        yield Obstacle("measures_missing", "W-04", detail=f"{there} von {wanted}")
    if not handover.talks:
        yield Obstacle("talk_missing", "W-08")


def _successor_obstacles(work: Work, handover: Handover, successor: Vpa | None) -> Iterator[Obstacle]:
    if successor is None:
        yield Obstacle("successor_missing", "W-10")
        return
    current = Assignment.current(handover.customer_id, work.today)
    if successor.id == handover.vpa_id or (current is not None and successor.id == current.vpa_id):
        yield Obstacle("successor_same", "W-10")
    else:
        yield from fitness_obstacles(work, successor, Job(handover.customer_id, "new_customers"), "W-10")


def decision_obstacles(work: Work, handover: Handover) -> Iterator[Obstacle]:
    """Who may decide, and on what (W-12); four eyes (A-17)."""
    if not work.has_role("vpa_manager", "customer_manager"):
        yield Obstacle("role_vpa_or_customer_manager", "W-12")
    if work.me in (handover.opened_by, handover.proposed_by):
        yield Obstacle("own_request", "A-17")
    if handover.state != "proposed":
        yield Obstacle("not_proposed", "W-12")


def release_obstacles(handover: Handover, rule: str) -> Iterator[Obstacle]:
    """Nothing happens outside before the release."""
    if handover.state not in RELEASED:
        yield Obstacle("not_approved", rule)


def finish_obstacles(handover: Handover) -> Iterator[Obstacle]:
    """The customer knows, and has had the Einarbeitung it wants (W-13, W-14)."""
    yield from release_obstacles(handover, "W-12")
    if handover.informed_on is None:
        yield Obstacle("customer_not_informed", "W-13")
    if handover.training_wanted is None:
        yield Obstacle("training_answer_missing", "W-14")
    elif handover.training_wanted and handover.training_done_on is None:
        yield Obstacle("training_open", "W-14")
