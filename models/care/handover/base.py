"""What all actions on a VPA-Wechsel share."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.care.handover.queries import show_handover
from models.ground import clock
from models.tables.handover import Handover


@dataclass(frozen=True, kw_only=True)
class OnHandover(Action):
    """An action on one request."""

    id: str = arg("VPA-Wechsel", "id", positional=True, required=True)

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """All fields but the request itself."""
        return [f.name for f in dataclasses.fields(cls) if "arg" in f.metadata and f.name != "id"]

    def load(self, work: Work) -> Handover:
        """The request, as the member saw it."""
        handover = work.get(Handover, self.id, "Den VPA-Wechsel")
        work.check_seen(handover, f"handover:{handover.id}", self.seen)
        return handover


def result(work: Work, handover: Handover) -> Result:
    """The request as it stands now."""
    return Result(f"handover:{handover.id}", show_handover(work, handover), handover.customer.name)


def record(work: Work, handover: Handover, column: str, **what: Any) -> Result:
    """Add a line of evidence to one of the request's lists: what, by whom, when."""
    line = {**what, "by": work.me, "at": clock.iso(work.now)}
    return result(work, work.update(handover, **{column: [*getattr(handover, column), line]}))
