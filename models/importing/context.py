"""What every step of an import needs to know."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from typing import Any

from models.action.work import Work
from models.database.fields import CANONICAL, MomentField
from models.ground.absences import AbsenceLimits
from models.importing.columns import SEPARATOR
from models.importing.mangled import Mangled
from models.importing.records import Progress
from models.importing.sql import Sql
from models.importing.staging import Stage
from models.tables.person import Restriction

CASE_COLUMNS = (
    "version", "kind", "vpa", "vpa_name", "vpa_folded", "absence", "opened_at", "findings", "facts", "state",
    "before", "after", "changed_on", "workable_from", "details",
)  # fmt: skip
"""What a raised Case is written with."""


def dumped(value: dict[str, Any] | list[str] | None) -> str | None:
    """As a `JsonField` stores it; for flat values."""
    if value is None:
        return None
    return _dumped_dict(tuple(value.items())) if isinstance(value, dict) else _dumped_list(tuple(value))


# The same few findings and changes come ten thousand times.
@lru_cache(maxsize=10_000)
def _dumped_dict(items: tuple[tuple[str, Any], ...]) -> str:
    return CANONICAL.encode(dict(items))


@lru_cache(maxsize=10_000)
def _dumped_list(items: tuple[str, ...]) -> str:
    return CANONICAL.encode(items)


@lru_cache(maxsize=10_000)
def loaded(text: str | None) -> Any:
    """The value back; shared, not to be changed."""
    return None if text is None else json.loads(text)


NAMED = 200
"""Of what goes, so many are named."""


@dataclass
class Vanishing:
    """What an import takes away by not naming it (X-05)."""

    known: int = 0
    """VPAs that were not gone before it."""
    gone: int = 0
    """VPAs that are gone by it."""
    withdrawn: int = 0
    """Absences that are withdrawn by it."""
    vpas: list[str] = field(default_factory=list)
    """Names of the first of the gone, by name."""
    absences: list[tuple[str, str, str]] = field(default_factory=list)
    """VPA, first and last day of the first of the withdrawn, by name."""


@dataclass
class Taking:
    """One import while it is written."""

    work: Work
    stage: Stage
    baseline: bool
    progress: Progress
    partial: bool = False
    """Whether its files hold only a part: what is missing is neither gone nor withdrawn (X-05)."""
    older: bool = False
    """Whether it is older than the last one, and taken all the same."""
    cases: int = 0
    """Newly raised."""
    new: dict[int, int] = field(default_factory=dict)
    """Rows by number of their source."""
    changed: dict[int, int] = field(default_factory=dict)
    erased: dict[int, int] = field(default_factory=dict)
    """Rows passed over because they are about an erased person."""
    still_there: set[str] = field(default_factory=set)
    """The erased persons who still stand in the export, as subjects."""
    changed_ids: list[Mangled] = field(default_factory=list)
    """Files whose ids are not those that we know (`id_changed`)."""
    vanishing: Vanishing = field(default_factory=Vanishing)
    """What goes because it is missing."""
    recognised: dict[int, int] = field(default_factory=dict)
    """Rows that say what was written here (X-02); they count as unchanged."""

    only: str = ""
    """The one VPA whose Cases are judged; all of them for an export."""

    def memory(self, cells: dict[str, str], there: bool) -> dict[str, Any]:
        """What is remembered of a row, to compare the next export with."""
        return {"exported": SEPARATOR.join(cells.values())}

    def presence(self, there: bool, first: bool) -> dict[str, Any]:
        """What a row that was named says of being there: one made here is, by the first export that names it."""
        return {"gone": False, "missing": False} if there and first else {}

    def named_absence(self, there: bool) -> dict[str, Any]:
        """What an absence that was named says of being there."""
        return {"missing": False} if there else {}

    def raise_cases(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write new Cases, each as `CASE_COLUMNS`; none about a VPA whose processing is restricted (P-03)."""
        rows = self.workable(rows)
        self.sql.insert("case", CASE_COLUMNS, rows)
        self.cases += len(rows)

    def workable(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
        """Those of the Cases whose VPA may be worked on."""
        at = CASE_COLUMNS.index("vpa")
        return [row for row in rows if row[at] not in self.restricted] if self.restricted else rows

    @cached_property
    def restricted(self) -> set[str]:
        """Ids of the VPAs whose processing is restricted."""
        return Restriction.keys("vpa")

    def of_vpa(self, column: str) -> tuple[str, tuple[str, ...]]:
        """The condition that a row is about a VPA whose Cases are judged, and its values."""
        return (f" AND {column} = ?", (self.only,)) if self.only else ("", ())

    @property
    def sql(self) -> Sql:
        """The raw side of the database."""
        return self.stage.sql

    @cached_property
    def has_withdrawn(self) -> bool:
        """Whether entries of the platform stand here withdrawn, since an import was taken back."""
        which = "withdrawn_at IS NOT NULL AND platform_id IS NOT NULL"
        return bool(self.sql.rows(f"SELECT 1 FROM entry WHERE {which} LIMIT 1"))

    @cached_property
    def today(self) -> str:
        """As it is stored."""
        return self.work.today.isoformat()

    @cached_property
    def now(self) -> str:
        """As it is stored."""
        return str(MomentField().db_value(self.work.now))

    @cached_property
    def workable_from(self) -> str:
        """When a VPA who went inactive today may be judged: the next working day, in the afternoon of a *Monday*
        (D-40, D-44).
        """
        work = self.work
        return str(MomentField().db_value(work.workdays.inactive_workable_from(work.today, work.settings.afternoon)))

    @cached_property
    def limits(self) -> AbsenceLimits:
        """The team's numbers about absences."""
        settings = self.work.settings
        return AbsenceLimits(**{field.name: settings.number(field.name) for field in fields(AbsenceLimits)})
