"""Every room that holds Actions, so that all of them can be found by code."""

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
    "models.shift.day.actions",
    "models.team.actions",
    "models.team.settings",
    "models.erasure.actions",
)


def load_all() -> None:
    """Import them all; afterwards `models.action.base.CATALOGUE` is complete."""
    for room in ROOMS:
        importlib.import_module(room)
