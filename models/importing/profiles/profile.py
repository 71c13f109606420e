"""A profile: what a table of the team's is, and which of its columns is which of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.importing.columns import Table
from models.importing.profiles.formats import Format
from models.importing.profiles.terms import Term

OTHER = "*"
"""Stands for every word that is not named and not empty."""

MAY_LACK: Mapping[str, frozenset[str]] = {
    "abwesenheiten": frozenset({"abwesenheit_id", "eingetragen_am"}),
    "zuordnungen": frozenset({"von"}),
}
"""Required columns that a profile may leave out: the import finds them (CONTRACT §14)."""


@dataclass(frozen=True)
class Profile:
    """How a table is read."""

    name: str
    table: Table
    """What it is."""
    headers: tuple[str, ...]
    """Folded; a table that has all of these is meant."""
    columns: Mapping[str, Term]
    """By column of ours, in our order."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By column of ours: their words, folded, and what they are called here; `OTHER` for all others."""
    formats: Mapping[str, Format] = field(default_factory=dict)
    """By column of ours: how its dates are written."""
    written_formats: Mapping[str, str] = field(default_factory=dict)
    """The same as the profile says it."""
    without: tuple[str, ...] = ()
    """Headers as written; a row where one of these cells is empty is passed over."""
    timezone: str = ""
    """Of moments without offset; empty for Berlin."""

    @property
    def used(self) -> list[str]:
        """Every header that it takes something from, as written."""
        named = (header for term in self.columns.values() for header in term.headers)
        return list(dict.fromkeys((*named, *self.without)))
