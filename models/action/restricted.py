"""Persons whose processing is restricted: kept, not worked on (P-03). The runner asks here, once for every deed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.action.args import args_of
from models.action.base import Action
from models.action.subjects import MODELS, belongs_to
from models.action.work import Work
from models.database.fields import BaseModel
from models.ground.text import id_text
from models.playbook.refusals import Obstacle
from models.tables.people import Absence, Customer, Vpa
from models.tables.person import Restriction
from models.tables.task import Message, Note, Task

NOUNS: dict[str, Any] = {**MODELS, "journey": MODELS["flag"], "file": MODELS["entry"], "absence": Absence}
"""What the `id` of an action names, by its noun."""

PERSONS: dict[str, Any] = {"vpa": Vpa, "customer": Customer}


def obstacles_of(work: Work, action: Action, target: Any) -> Iterator[Obstacle]:
    """All obstacles of an action: its own, and `restricted` where it is about such a person (P-03)."""
    yield from action.obstacles(work, target)
    if action.on_restricted:
        return
    if found := Restriction.among(set(_subjects(work, action, target))):
        yield Obstacle("restricted", "P-03", detail=", ".join(_named(subject) for subject in sorted(found)))


def is_restricted(subject: str) -> bool:
    """Whether this person's processing is restricted."""
    return bool(Restriction.among({subject}))


def _named(subject: str) -> str:
    kind, _, key = subject.partition(":")
    row = PERSONS[kind].get_or_none(PERSONS[kind].id == key)
    return str(row.name) if row is not None else key


def _subjects(work: Work, action: Action, target: Any) -> Iterator[str]:
    """Whom a deed is about: who is named, whom its thing belongs to. Whom a customer is taken from is not meant."""
    for name, spec in args_of(type(action)).items():
        given = getattr(action, name)
        if spec.kind in PERSONS and given and name not in action.frees:
            yield f"{spec.kind}:{id_text(str(given))}"
        elif name == "id" and given and (model := NOUNS.get(action.code.partition(".")[0])) is not None:
            yield from _owner(work.find(model, given))
    yield from _owner(target)


def _owner(thing: Any) -> Iterator[str]:
    """The person that a thing is about; none for what is no thing of ours."""
    if isinstance(thing, Message | Note):
        thing = Task.get_or_none(Task.id == thing.__data__["task"])
    if isinstance(thing, Absence):
        yield f"vpa:{thing.vpa_id}"
    elif isinstance(thing, BaseModel) and isinstance(thing, tuple(MODELS.values())):
        yield belongs_to(thing)
    else:  # a subject by itself, or what a deed hangs on
        subject = thing if isinstance(thing, str) else getattr(thing, "subject", None)
        if isinstance(subject, str) and subject.partition(":")[0] in PERSONS:
            yield subject
