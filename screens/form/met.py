"""What stands against a form's action: one obstacle a field, and the reason that passes warnings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from models.playbook.refusals import Obstacle


def passing(obstacles: Sequence[Obstacle], stopped: bool) -> str:
    """The reasons by which one key passes these warnings; empty where something stops or a warning knows none."""
    reasons = [obstacle.text.passing for obstacle in obstacles]
    return "" if stopped or not all(reasons) else " ".join(dict.fromkeys(reasons))


def apart(obstacles: Sequence[Obstacle], labels: set[str]) -> Iterator[Obstacle]:
    """One for each field, where an obstacle names several of them by their labels."""
    for obstacle in obstacles:
        named = obstacle.detail.split(", ")
        several = len(named) > 1 and labels.issuperset(named)
        yield from (dataclasses.replace(obstacle, detail=name) for name in named) if several else (obstacle,)
