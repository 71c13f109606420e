"""What goes to customer and VPA when something is booked, complained about or sent back: the Chatvorlagen, filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.action.work import Work
from models.playbook import first_name, playbook
from models.tables.people import Vpa
from models.tables.task import Task

EVERYBODY = "zusammen"
"""Whom a note greets that no VPA reads yet."""


def booked(work: Work, addon: str, parts: Mapping[str, str]) -> str:
    """The confirmation of a booking; every part stands in it, whatever a team's own Chatvorlage says (T-11)."""
    chosen = {**parts, "option": f"{playbook().label('addon', addon)}, {parts['option']}"}
    text = playbook().fill("booking", {**chosen, "anrede": "Guten Tag", "absender": _sender(work)})
    left = [f"{playbook().placeholders[name]}: {part}" for name, part in parts.items() if part not in text]
    return "\n".join([text, *left])


def complained(work: Work, task: Task, reason: str, next_steps: str) -> str:
    """The note about a complaint (T-25)."""
    return playbook().fill("complaint", {**_known(work, task, task.vpa), "grund": reason, "schritte": next_steps})


def sent_back(work: Work, task: Task, vpa: str | None, gaps: Sequence[str]) -> str:
    """The note with all that is missing (F-03)."""
    listed = "\n".join(f"– {gap}" for gap in gaps)
    return playbook().fill("return_gaps", {**_known(work, task, work.find(Vpa, vpa or "")), "luecken": listed})


def _known(work: Work, task: Task, vpa: Vpa | None) -> dict[str, str]:
    return {
        "vorname": first_name(vpa.name) if vpa else EVERYBODY,
        "aufgabe": task.title,
        "kunde": task.customer.name,
        "absender": _sender(work),
    }


def _sender(work: Work) -> str:
    assert work.member is not None
    return str(work.member.name)
