"""What a rule still wants, in the playbook's words, and the refusal that lists it (CONTRACT §1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from models.ground.errors import SchichtError
from models.playbook import ObstacleText, playbook

Weight = Literal["stop", "warn"]


@dataclass(frozen=True)
class Obstacle:
    """Something a rule still wants before an action may happen."""

    code: str
    """The contract's code, such as `answer_missing`."""
    rule: str
    """Id of REQUIREMENTS.md, such as `D-21`."""
    weight: Weight = "stop"
    """`warn` can be passed with a reason, `stop` never."""
    detail: str = ""
    """What the playbook cannot know, such as the moment from which it is allowed."""

    @property
    def text(self) -> ObstacleText:
        """The playbook's words about this obstacle."""
        return playbook().obstacle(self.code, self.rule)

    @property
    def missing(self) -> str:
        """The line of the list „Es fehlt noch“."""
        return f"{self.text.missing}{f' ({self.detail})' if self.detail else ''}"

    @property
    def message(self) -> str:
        """The German sentence: why it is refused, and what is missing."""
        return f"{self.text.sentence(self.rule, self.detail)} {self.text.way_out}"

    def as_json(self) -> dict[str, Any]:
        """The shape of CONTRACT §1."""
        return {"code": self.code, "rule": self.rule, "weight": self.weight, "message": self.message}


@dataclass(frozen=True)
class Hint:
    """A W row without a code: shown, never stopping anybody."""

    rule: str
    message: str

    def as_json(self) -> dict[str, str]:
        """The shape of CONTRACT §1."""
        return {"rule": self.rule, "message": self.message}


class RefusedError(SchichtError):
    """A rule refuses; the obstacles say which."""

    code, exit_code = "refused", 3

    def __init__(self, obstacles: Sequence[Obstacle], label: str = "") -> None:
        self.obstacles = tuple(obstacles)
        why = list(dict.fromkeys(o.text.clause(o.rule, o.detail) for o in obstacles))
        missing = ", ".join(dict.fromkeys(o.text.missing for o in obstacles))
        head = "Gesperrt" if any(o.weight == "stop" for o in obstacles) else "Nur mit Begründung"
        subject = f"{head}: {label}, " if label else f"{head}, "
        super().__init__(f"{subject}{'; '.join(why)}. Es fehlt: {missing}.")
        more = {0: "", 1: "; und aus einem weiteren Grund"}.get(
            len(why) - 1, f"; und aus {len(why) - 1} weiteren Gründen"
        )
        self.line = f"{subject}{why[0] if why else ''}{more}."
        """The refusal in one line, for a place where what is missing stands beside it."""

    def as_json(self) -> dict[str, Any]:
        """With the obstacles."""
        return {**super().as_json(), "obstacles": [obstacle.as_json() for obstacle in self.obstacles]}
