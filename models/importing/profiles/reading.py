"""The stage between a table's records and the check of its cells: which cells make up each column of ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from models.ground import clock
from models.importing.cells import NO_CELL, CellError, Cells, Reading
from models.importing.columns import Column
from models.importing.profiles.formats import is_standard
from models.importing.profiles.profile import OTHER, Profile
from models.importing.profiles.terms import Term, folded

Take = Callable[[Sequence[Sequence[str]]], Sequence[str]]
"""Makes a column of ours from the columns of some records of theirs; there is at least one record."""


@dataclass(frozen=True)
class Part:
    """One column of ours: where its cells come from, and how they are read."""

    column: Column
    """Under their name, which problems are to tell."""
    ours: str
    take: Take
    cells: Cells


def plain_parts(columns: Sequence[Column], header: Sequence[str], reading: Reading) -> list[Part]:
    """The columns that a table of our own format has, in our order."""
    found = (column for column in columns if column.name in header)
    return [Part(one, one.name, itemgetter(header.index(one.name)), Cells(one, reading)) for one in found]


def places_of(names: Sequence[str], header: Sequence[str]) -> list[int]:
    """Where these headers stand, as far as they are there."""
    place = {folded(name): number for number, name in reversed(list(enumerate(header)))}
    return [place[folded(name)] for name in names if folded(name) in place]


def profile_parts(profile: Profile, header: Sequence[str], reading: Reading) -> list[Part]:
    """The columns that a profile makes of a table; one whose headers are not all there is left out."""
    if profile.timezone:
        reading = replace(reading, zone=clock.zone_of(profile.timezone))
    parts = []
    for ours, term in profile.columns.items():
        there = places_of(term.headers, header)
        if len(there) < len(term.headers):
            continue
        column = replace(profile.table.by_name[ours], name=term.header)
        cells = ForeignCells(column, reading, profile, ours)
        parts.append(Part(column, ours, _take(term, there), cells))
    return parts


def _take(term: Term, places: Sequence[int]) -> Take:
    if term.constant is not None:
        text = term.constant
        return lambda columns: [text] * len(columns[0])
    if term.is_plain:
        return itemgetter(places[0])
    fill = term.filler()
    return lambda columns: list(map(fill, *(columns[place] for place in places)))


class ForeignCells(Cells):
    """The canonical texts of a column that is written in a team's own words."""

    def __init__(self, column: Column, reading: Reading, profile: Profile, ours: str) -> None:
        super().__init__(column, reading)
        self._profile, self._ours = profile, ours
        self._words, self._format = profile.values.get(ours, {}), profile.formats.get(ours)
        self._as_it_is = not self._words and self._format is None

    def read_all(self, raw: Sequence[str]) -> Sequence[str]:
        """The canonical texts of many cells; raises `CellError` for the first faulty one."""
        return super().read_all(raw) if self._as_it_is else list(map(self.__getitem__, raw))

    def __missing__(self, raw: str) -> str:
        try:
            if self._as_it_is:
                return super().__missing__(raw)
            value = self.read(self._translated(raw))
        except CellError as error:
            raise self._explained(error) from None
        self.remember(raw, value)
        return value

    def _translated(self, raw: str) -> str:
        if raw.startswith(NO_CELL):
            return raw  # an error of a spreadsheet is no word
        if self._words:
            word = folded(raw)
            ours = self._words.get(word)
            if ours is None and word:
                ours = self._words.get(OTHER)
            return raw if ours is None else ours
        text = raw.strip()
        if self._format is None or is_standard(text):
            return raw
        return self._format(text) or raw

    def _explained(self, error: CellError) -> CellError:
        """With the way out that the profile offers."""
        if error.code == "bad_date" and self._format is not None:
            tokens = self._profile.written_formats[self._ours]
            return CellError(error.code, f"{error.message} Das Profil „{self._profile.name}“ sagt dazu {tokens}.")
        if error.code == "bad_value" and self.column.kind in ("choice", "yesno"):
            where = f"[values.{self._ours}]"
            more = f" Trag das Wort im Profil „{self._profile.name}“ unter {where} ein."
            return CellError(error.code, f"{error.message}{more}")
        return error
