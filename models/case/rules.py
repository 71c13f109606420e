"""What each kind of Case still needs before it may be closed (D-05 to D-45)."""

from __future__ import annotations

from collections.abc import Iterator

from models.playbook.refusals import Obstacle
from models.shared.agreement import vpa_manager
from models.shared.inactivity import contact_on_record
from models.tables.case import Case

MEASURES: dict[str, tuple[str, ...]] = {
    "schedule": ("checked", "contacted", "agreed"),
    "absence": ("checked", "contacted"),
    "class": ("checked", "contacted", "praised"),
    "inactive": ("reminder", "active_again", "list_checked", "contacted"),
    "gone": ("handed_on", "left", "mistake"),
}
DECISIONS = ("prio", "no_prio", "not_needed")

CONTACT_RULES = {"new_vpa_declines": "D-10", "long": "D-21", "frequent": "D-23", "short_notice": "D-24"}
"""Findings that ask for a contact and an answer, in the order of their rules."""


def decision_obstacles(
    case: Case, decision: str | None, agreed_with: str | None, note: str | None
) -> Iterator[Obstacle]:
    """Class A and B: the VPA manager decides on priority, or it is not needed, with a reason (D-12)."""
    if case.kind != "schedule" or "priority_to_agree" not in case.findings:
        return
    if decision not in DECISIONS:
        yield Obstacle("decision_missing", "D-12")
    elif decision == "not_needed" and not note and not only_declines(case):
        yield Obstacle("decision_missing", "D-12", detail="Notiz")
    elif decision != "not_needed" and vpa_manager(agreed_with) is None:
        yield Obstacle("decision_missing", "D-12", detail="abgestimmt mit")


def only_declines(case: Case) -> bool:
    """Whether every change of the Case is a ja that became a nein: nobody is to get priority who takes less (D-12)."""
    before, after = case.before or {}, case.after or {}
    return bool(after) and all(before.get(name) is True and value is False for name, value in after.items())


def contact_rules(case: Case, odd: bool) -> list[str]:
    """Ids of the rules that want the VPA approached (D-10, D-21, D-23, D-24)."""
    rules = [rule for finding, rule in CONTACT_RULES.items() if finding in case.findings]
    if odd and case.kind == "schedule" and "D-10" not in rules:
        rules.insert(0, "D-10")
    return rules


def contact_obstacles(case: Case, odd: bool, measure: str | None, answer: str | None) -> Iterator[Obstacle]:
    """Where a rule wants it: no close without contact and answer."""
    rules = contact_rules(case, odd)
    if measure != "contacted":
        yield from (Obstacle("contact_missing", rule) for rule in rules)
    if not answer:
        yield from (Obstacle("answer_missing", rule) for rule in rules)


def cause_obstacles(case: Case, cause: str | None) -> Iterator[Obstacle]:
    """A worse class is looked into (D-30)."""
    if "worse" in case.findings and not cause:
        yield Obstacle("cause_missing", "D-30")


def leaving_obstacles(findings: list[str], measure: str | None) -> Iterator[Obstacle]:
    """Nobody leaves while customers are his, unless it was a mistake; open tasks want a reason (S-04)."""
    if measure == "mistake" or "returned" in findings:
        return
    if "has_customers" in findings:
        yield Obstacle("customers_left", "S-04")
    if "has_tasks" in findings:
        yield Obstacle("tasks_left", "S-04", "warn")


def measure_of(case: Case, given: str | None) -> str | None:
    """The measure that counts: a contact on record stands for `contacted` when none is given."""
    if given is None and contact_on_record(case):
        return "contacted"
    return given if given in MEASURES[case.kind] else None
