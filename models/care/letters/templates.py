"""Chatvorlagen filled for a subject (K-22, T-17): only with what its reader may know (K-02, A-27)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.action.subjects import belongs_to, find_subject
from models.action.work import Work
from models.care.facts import form_facts
from models.database.fields import BaseModel
from models.ground.errors import NotFoundError
from models.ground.vpa_text import class_places, stops
from models.playbook import Template, first_name, playbook
from models.playbook.refusals import Obstacle, RefusedError
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.people import Assignment, Customer, Vpa
from models.tables.task import Task

KINDS = ("new_offer", "new_regular", "new_prio", "inactive", "vpa_change", "vpa_dropout")
"""Kinds of assignment; each has the template of its own name (K-21, K-22)."""


def list_templates() -> list[dict[str, Any]]:
    """One line for each template."""
    return [
        {
            "code": template.code,
            "label": template.label,
            "reader": template.reader,
            "subjects": list(template.subjects),
            "placeholders": list(template.placeholders),
            "version": template.version,
            "hint": template.hint,
        }
        for template in playbook().templates.values()
    ]


def find_template(code: str) -> Template:
    """The template; `NotFoundError` for an unknown code."""
    template = playbook().templates.get(code)
    if template is None:
        raise NotFoundError(f"Die Chatvorlage „{code}“ gibt es nicht. `schicht template list` zeigt alle.")
    return template


def fill_for(work: Work, code: str, subject: str) -> dict[str, Any]:
    """The text with what is known put in; what is not known stays as `[…]`.

    `NotFoundError` for an unknown template or subject. `RefusedError` (`class_named`, D-32) where the facts would
    make a text name a class that others than we read.
    """
    template = find_template(code)
    row = find_subject(work, subject)
    text = fill(template, facts_for(work, template, row))
    if template.reader != "intern" and stops(class_places(text)):
        raise RefusedError([Obstacle("class_named", "D-32")], template.label)
    missing = {name: playbook().placeholders[name] for name in template.placeholders if f"[{name}]" in text}
    return {
        "code": code,
        "for": subject,
        "label": template.label,
        "reader": template.reader,
        "version": template.version,
        "text": text,
        "missing": missing,
    }


def fill(template: Template, facts: Mapping[str, object]) -> str:
    """The template's text with these facts."""
    return playbook().fill(template.code, facts)


def facts_for(work: Work, template: Template, row: BaseModel) -> dict[str, object]:
    """What is known about a subject and may stand in this template."""
    facts: dict[str, object] = {"absender": work.member.name if work.member else None}
    if isinstance(row, Task):
        facts |= {"aufgabe": row.title, "link": row.link, **_of_vpa(row.vpa), "kunde": row.customer.name}
    elif isinstance(row, Handover):
        facts |= _of_handover(work, template, row)
    elif isinstance(row, Case | Flag):
        facts |= _of_vpa(row.vpa)
    else:
        facts |= _of_person(work, template, belongs_to(row))
    if template.reader == "intern" and isinstance(row, Task) and row.hours is not None:
        facts["umfang"] = f"{row.hours:g} Stunden".replace(".", ",")
    return facts


def _of_person(work: Work, template: Template, subject: str) -> dict[str, object]:
    """A VPA, or a customer with the VPA in charge; who gets the customer is not known before the assignment."""
    kind, _, key = subject.partition(":")
    if kind == "vpa":
        return _of_vpa(work.find(Vpa, key))
    customer = work.find(Customer, key)
    if customer is None:
        return {}
    current = None if template.code in KINDS else Assignment.current(customer.id, work.today)
    return {"kunde": customer.name, **_of_vpa(current.vpa if current else None)}


def _of_handover(work: Work, template: Template, handover: Handover) -> dict[str, object]:
    """The form of W-11 is internal; a VPA reads only names: the successor in an assignment, else who gives away."""
    if template.reader == "intern":
        return {**form_facts(work, handover)}
    reads = work.find(Vpa, handover.successor or "") if template.code in KINDS else handover.vpa
    return {"kunde": handover.customer.name, **_of_vpa(reads)}


def _of_vpa(vpa: Vpa | None) -> dict[str, object]:
    return {"vpa": vpa.name, "vorname": first_name(vpa.name), "buddy": vpa.buddy} if vpa else {}


def unchanged(work: Work, kind: str, customer: Customer, vpa: Vpa, text: str) -> bool:
    """Whether a text is the template of this kind as it comes out filled, whoever it greets (K-23)."""
    template = find_template(kind)
    facts = facts_for(work, template, customer)
    greetings: tuple[dict[str, object], ...] = ({}, _of_vpa(vpa), {"vorname": vpa.name})
    given = " ".join(text.split())
    filled = [template.text, *(fill(template, {**facts, **greeting}) for greeting in greetings)]
    return given in (" ".join(one.split()) for one in filled)
