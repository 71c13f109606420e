"""What the Vorschau tells of: one thing that is coming, and a group of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

MOST = 100
"""Rows of a group and week."""


@dataclass(frozen=True)
class Coming:
    """One thing that is coming."""

    day: dt.date
    subject: str
    """`vpa:…` or `customer:…` whose file tells more."""
    name: str
    about: str | None = None
    """`task:…` or `reminder:…` that is due then."""
    text: str = ""
    """Title of the task, reason of the Reminder."""
    stage: str | None = None
    """Stage of the VPA-Journey that begins."""
    why: str | None = None
    """`weekend`, `holiday`, `vacation`, `sick`, `left`, or `absence` of the VPA."""
    who: str | None = None
    """Kürzel of the owner, or name of the VPA who is away."""
    until: dt.date | None = None
    """Last day of that absence."""

    def show(self) -> dict[str, Any]:
        """One row of `shift preview`."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Group:
    """The first rows of something, and how many there are."""

    count: int = 0
    rows: tuple[Coming, ...] = ()

    def show(self) -> dict[str, Any]:
        """The shape of `shift preview`."""
        return {"count": self.count, "rows": [row.show() for row in self.rows]}
