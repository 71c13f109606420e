"""Which profile a table is read by: the header tells, whatever the file is called (X-03)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from models.importing.columns import TABLES, Table
from models.importing.problems import Problems
from models.importing.profiles.peeking import Peeked, peek
from models.importing.profiles.profile import Profile
from models.importing.profiles.terms import folded
from models.importing.source import Head, Source

ANY = next(iter(TABLES.values()))
"""Stands for the table of a file of which nobody knows yet what it is."""


class Fitting:
    """The profiles that may be used, asked for one table after the other."""

    def __init__(self, profiles: Sequence[Profile], problems: Problems) -> None:
        self._profiles, self._problems = profiles, problems

    def readings(self, source: Source, named: bool) -> list[Source]:
        """How a table is read: as ours where it has our name and header, else by each profile that fits, else as ours
        where it is at least called so (`named`), else not at all.
        """
        ours = [source] if named else []
        if not self._profiles:
            return ours
        peeked = peek(source)
        if named and any(_is_ours(source.table, one) for one in peeked):
            return ours
        return self._fitting(source, peeked) or ours

    def _fitting(self, source: Source, peeked: Sequence[Peeked]) -> list[Source]:
        found: dict[str, list[Source]] = {}
        for profile in self._profiles:
            if head := _head(profile, peeked):
                reading = replace(source, table=profile.table, profile=profile, head=head)
                found.setdefault(profile.table.name, []).append(reading)
        for readings in found.values():
            if len(readings) > 1:
                self._ambiguous(readings)
        return [readings[0] for readings in found.values()]

    def _ambiguous(self, readings: Sequence[Source]) -> None:
        first, *_ = readings
        names = " und ".join(f"„{one.profile.name}“" for one in readings if one.profile)
        line = min(one.head.line for one in readings if one.head)
        why = f"Auf diese Tabelle passen mehrere Profile: {names}. Nimm eines davon mit --profile."
        self._problems.refuse(first.label, first.table.name, "ambiguous_profile", why, line)


def _is_ours(table: Table, peeked: Peeked) -> bool:
    """Whether the first row that is not blank has every column that our format asks for."""
    header = next((row for _, row in peeked.rows if any(row)), [])
    return {column.name for column in table.columns if column.required} <= set(header)


def _head(profile: Profile, peeked: Iterable[Peeked]) -> Head | None:
    """Where the profile's headers stand, if they do."""
    wanted = set(profile.headers)
    for one in peeked:
        for line, row in one.rows:
            if wanted <= set(map(folded, row)):
                return Head(line, one.delimiter)
    return None
