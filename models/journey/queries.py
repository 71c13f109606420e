"""Questions about Neu-Flags."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.action.subjects import shows
from models.action.work import Work
from models.journey.stages import stage_of
from models.tables.flag import STAGES, Flag
from models.tables.people import Vpa


@shows("flag")
def show_flag(work: Work, flag: Flag) -> dict[str, Any]:
    """The shape of CONTRACT §6; those taken as known at the baseline count as removed."""
    shown = flag.show(is_overdue(work, flag))
    return {**shown, "state": "removed"} if flag.state == "baseline" else shown


def is_overdue(work: Work, flag: Flag) -> bool:
    """Open although the VPA has left the stage (A-09)."""
    return flag.state == "open" and has_left(flag.stage, flag.vpa.start, work.today)


def has_left(stage: str, start: dt.date, today: dt.date) -> bool:
    """Whether a VPA with this start is past the stage; not where a corrected start leads back before it."""
    now = stage_of(start, today)
    return now is not None and STAGES.index(now) > STAGES.index(stage)


def list_flags(state: str = "open") -> Any:
    """Flags, oldest first, with their VPA, as a query."""
    query = Flag.select(Flag, Vpa).join(Vpa).order_by(Flag.raised_on, Flag.id).where(Flag.state != "baseline")
    return query if state == "all" else query.where(Flag.state == state)
