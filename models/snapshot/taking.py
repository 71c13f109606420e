"""What every step of an import needs to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from models.absences import AbsenceLimits
from models.action.work import Work
from models.base import JsonField, MomentField
from models.snapshot.sql import Sql
from models.snapshot.staging import Progress, Stage

_JSON = JsonField()


def dumped(value: Any) -> str | None:
    """As a `JsonField` stores it."""
    return _JSON.db_value(value)


def loaded(text: str | None) -> Any:
    """The value back."""
    return _JSON.python_value(text)


@dataclass
class Taking:
    """One import while it is written."""

    work: Work
    stage: Stage
    baseline: bool
    progress: Progress
    cases: int = 0
    """Newly raised."""
    new: dict[int, int] = field(default_factory=dict)
    """Rows by number of their source."""
    changed: dict[int, int] = field(default_factory=dict)

    @property
    def sql(self) -> Sql:
        """The raw side of the database."""
        return self.stage.sql

    @cached_property
    def today(self) -> str:
        """As it is stored."""
        return self.work.today.isoformat()

    @cached_property
    def now(self) -> str:
        """As it is stored."""
        return str(MomentField().db_value(self.work.now))

    @cached_property
    def limits(self) -> AbsenceLimits:
        """The team's numbers about absences."""
        number = self.work.settings.number
        return AbsenceLimits(number("long_days"), number("frequent_count"), number("frequent_days"))
