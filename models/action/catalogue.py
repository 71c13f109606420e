"""Every room that holds Actions or gives a subject its shape: found by name alone."""

from __future__ import annotations

import importlib

ROOMS = (
    "models.case.actions",
    "models.reminder.actions",
    "models.journey.actions",
    "models.file.actions",
    "models.task.actions",
    "models.care.handover.actions",
    "models.care.assignment.actions",
    "models.outbox.actions",
    "models.shift.day.actions",
    "models.team.actions",
    "models.team.settings",
    "models.erasure.actions",
    "models.erasure.requests",
    "models.persons.actions",
    "models.persons.report",
    "models.importing.profiles.actions",
    "models.importing.revert.actions",
    "models.records.actions",
)


SHAPES = {
    "case": "models.case.queries",
    "flag": "models.journey.queries",
    "reminder": "models.reminder.queries",
    "entry": "models.file.queries",
    "outbox": "models.outbox.queries",
    "task": "models.task.queries",
    "handover": "models.care.handover.queries",
    "vpa": "models.questions.people",
    "customer": "models.questions.people",
}
"""Which room shows each kind of subject (`models.action.subjects.shows`)."""


def load_shape(kind: str) -> None:
    """Import the room that shows this kind of subject: a command loads no other."""
    importlib.import_module(SHAPES[kind])


def load_all() -> None:
    """Import them all; afterwards `models.action.base.CATALOGUE` is complete."""
    for room in ROOMS:
        importlib.import_module(room)
