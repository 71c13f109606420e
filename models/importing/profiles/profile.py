"""A profile: what a table of the team's is, and which of its columns is which of ours."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from models.importing.columns import AKTEN, Table
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

    def required(self, found: Container[str]) -> set[str]:
        """Headers that may not be missing, where these columns of ours were found: an optional one stays as known."""
        needed = {name for name in self.columns if self.table.by_name[name].required}
        owners = [name for name in ("kunden_id", "vpa_id") if name in self.columns]
        if self.table is AKTEN and not any(name in found for name in owners):
            needed |= set(owners[:1])
        named = (header for name in needed for header in self.columns[name].headers)
        return {*named, *self.without}

    @property
    def used(self) -> list[str]:
        """Every header that it takes something from, as written."""
        named = (header for term in self.columns.values() for header in term.headers)
        return list(dict.fromkeys((*named, *self.without)))
