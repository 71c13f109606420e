"""Questions about Neu-Flags."""

from __future__ import annotations

from typing import Any

from models.action.work import Work
from models.journey.stages import stage_of
from models.journey.table import Flag
from models.people import Vpa


def show_flag(work: Work, flag: Flag) -> dict[str, Any]:
    """The shape of CONTRACT §6."""
    return flag.show(is_overdue(work, flag))


def is_overdue(work: Work, flag: Flag) -> bool:
    """Open although the VPA has left the stage (A-09)."""
    return flag.state == "open" and stage_of(flag.vpa.start, work.today) != flag.stage


def list_flags(state: str = "open") -> Any:
    """Flags, oldest first, with their VPA, as a query."""
    query = Flag.select(Flag, Vpa).join(Vpa).order_by(Flag.raised_on, Flag.id).where(Flag.state != "baseline")
    return query if state == "all" else query.where(Flag.state == state)
