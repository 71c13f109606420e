"""From records to rows for the staging table; every fault on the way is noted at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, repeat
from typing import Any

from models.importing.cells import CellError, Reading
from models.importing.columns import ABSENT, ABWESENHEITEN, SEPARATOR
from models.importing.problems import Problems
from models.importing.profiles.filling import absence_id, lacks
from models.importing.profiles.profile import Profile
from models.importing.profiles.reading import places_of, plain_parts, profile_parts
from models.importing.profiles.terms import folded
from models.importing.records import Progress, Record, Records
from models.importing.source import Source
from models.importing.sql import BATCH
from models.importing.texts import ROW_LIMIT
from models.playbook import playbook

PIECE = 200
"""Records that are checked at a time: column by column, which is quicker than one by one, and quickest where all of
them lie in the processor's cache.
"""

Ahead = tuple[str, int, str, str]
"""File, line, column and value of a cell that cannot be true."""

Staged = tuple[Any, ...]
"""Place, source number, line, `exported`, then the cells of `Table.staged`."""


class Checker:
    """Checks the records of one source."""

    def __init__(self, source: Source, number: int, records: Records, problems: Problems, reading: Reading) -> None:
        self.source = source
        self.rows = 0
        """Records so far; blank lines are none."""
        self._number = number
        self._records = records
        self._problems = problems
        self.skipped = 0
        """Records that a profile passes over."""
        self.ahead: list[Ahead] = []
        """For each column the first cell that tells of something done far ahead of now."""
        reading = replace(reading, guarded=source.form == "csv")
        profile = source.profile
        if profile is None:
            self._parts = plain_parts(source.table.columns, records.header, reading)
            self._check_header()
        else:
            self._parts = profile_parts(profile, records.header, reading)
            self._check_their_header(profile)
        self._without = places_of(profile.without, records.header) if profile else []

    @property
    def unknown(self) -> list[str]:
        """Names in the header that nobody takes anything from."""
        known = set(map(folded, self.source.profile.used)) if self.source.profile else None
        table = self.source.table
        names = filter(None, dict.fromkeys(self._records.header))
        return [name for name in names if (name not in table.by_name if known is None else folded(name) not in known)]

    def newest(self) -> dict[str, str]:
        """The newest value of the columns that tell how new the export is; only where there is one."""
        return {part.ours: part.cells.newest for part in self._parts if part.column.newest and part.cells.newest}

    def _check_their_header(self, profile: Profile) -> None:
        """By a profile: every header that a required column of ours comes from is there; none of them stands twice."""
        line = self.source.head.line if self.source.head else 1
        there = Counter(map(folded, self._records.header))
        found = {part.ours for part in self._parts}
        required = profile.required(found)
        for name in profile.used:
            shown = name[:40]
            if not there[folded(name)] and name in required:
                why = f"Die Spalte „{shown}“ fehlt; das Profil „{profile.name}“ braucht sie."
                self._add(line, name, "missing_column", why)
            elif there[folded(name)] > 1:
                self._add(line, name, "bad_value", f"Die Spalte „{shown}“ steht zweimal in der Kopfzeile.")
        if any(name not in found for name in profile.table.key if name in profile.columns):
            self._problems.lose(profile.table.name)

    def _check_header(self) -> None:
        header, table = self._records.header, self.source.table
        for column in table.columns:
            if column.required and column.name not in header:
                self._missing_column(column.name)
                if column.name in table.key:
                    self._problems.lose(table.name)
        if table.name == "akten" and not {"kunden_id", "vpa_id"} & set(header):
            self._missing_column("kunden_id")
        for name in dict.fromkeys(header):
            if name and header.count(name) > 1:
                self._add(1, name, "bad_value", f"Die Spalte „{name[:40]}“ steht zweimal in der Kopfzeile.")

    def _missing_column(self, name: str) -> None:
        self._add(1, name, "missing_column", f"Die Spalte „{name}“ fehlt.")

    def _add(self, line: int, column: str, code: str, message: str) -> None:
        self._problems.add(self.source.label, line, column, code, message)

    def staged(self, start: int, progress: Progress) -> Iterator[Staged]:
        """Every record as a row to be staged, the faulty ones too: others may refer to them; `start` are done."""
        if not self._parts:
            return
        told, table = 0, self.source.table
        apart = [table.place[name] for name in table.staged]
        while piece := list(islice(self._records.rows, PIECE)):
            if self._without and not (piece := self._wanted(piece)):
                continue
            lines, rows = zip(*piece, strict=True)
            columns = self._columns(lines, rows)
            first = start + self.rows + 1
            places = range(first, first + len(piece))
            exported = map(SEPARATOR.join, zip(*columns, strict=True))
            yield from zip(places, repeat(self._number), lines, exported, *(columns[at] for at in apart))
            self.rows += len(piece)
            told = self._tell(told, progress)

    def _columns(self, lines: Sequence[int], rows: Sequence[list[str]]) -> list[Sequence[str]]:
        """The cells of some records, column by column as the table has them."""
        width = len(self._records.header)
        if set(map(len, rows)) != {width}:
            for line, row in zip(lines, rows, strict=True):
                self._fit(line, row, width)
        theirs = list(zip(*rows, strict=True))
        raw = [part.take(theirs) for part in self._parts]
        try:
            cells = [part.cells.read_all(column) for part, column in zip(self._parts, raw, strict=True)]
        except CellError:
            faulty = (self._faulty(line, row) for line, row in zip(lines, zip(*raw, strict=True), strict=True))
            cells = list(zip(*faulty, strict=True))
        self._note_ahead(lines, cells)
        found = dict(zip((part.ours for part in self._parts), cells, strict=True))
        absent = [ABSENT] * len(rows)
        if self.source.table is ABWESENHEITEN and lacks(self.source, "abwesenheit_id"):
            found["abwesenheit_id"] = list(map(absence_id, found.get("vpa_id", absent), found.get("von", absent)))
        columns = [found.get(name, absent) for name in self.source.table.place]
        return columns if self.source.table.check is None else self._checked(lines, columns)

    def _note_ahead(self, lines: Sequence[int], columns: Sequence[Sequence[str]]) -> None:
        """Note where a cell is that lies too far ahead; of each column the first."""
        noted = {column for _, _, column, _ in self.ahead}
        for part, cells in zip(self._parts, columns, strict=True):
            if part.cells.ahead and part.column.name not in noted:
                line = lines[cells.index(part.cells.ahead)]
                self.ahead.append((self.source.label, line, part.column.name, part.cells.ahead))

    def _wanted(self, piece: list[Record]) -> list[Record]:
        """The records that the profile does not pass over."""
        kept = [
            record for record in piece if all(at < len(record[1]) and record[1][at].strip() for at in self._without)
        ]
        self.skipped += len(piece) - len(kept)
        return kept

    def _tell(self, told: int, progress: Progress) -> int:
        """Say now and then how far it is, and look whether it should ever end; the rows told last."""
        label, rows = self.source.label, self.rows
        if rows - told < BATCH:
            return told
        progress(label, rows, max(rows, self._records.expected))
        if rows > ROW_LIMIT:
            why = "Die Datei hat mehr als 5.000.000 Zeilen."
            self._problems.refuse(label, self.source.table.name, "too_large", why)
            self._problems.raise_if_any()
        return rows

    def _fit(self, line: int, row: list[str], width: int) -> None:
        """Fill up a short record; cut a long one, which is a fault."""
        if self.source.profile and not any(map(str.strip, row[width:])):
            del row[width:]  # a spreadsheet writes what is empty beside the table
        if len(row) > width:
            named = [name for name in self._records.header if name]
            extra = "Die Zeile hat mehr Zellen als die Kopfzeile."
            self._add(line, named[-1] if named else "", "bad_value", extra)
            del row[width:]
        row.extend([""] * (width - len(row)))

    def _faulty(self, line: int, raw: Sequence[str]) -> list[str]:
        """The cells of a record that may have faults, empty where they are."""
        cells = []
        for part, cell in zip(self._parts, raw, strict=True):
            try:
                cells.append(part.cells[cell])
            except CellError as error:
                cells.append("")
                self._add(line, part.column.name, error.code, error.message)
        return cells

    def _checked(self, lines: Sequence[int], columns: list[Sequence[str]]) -> list[Sequence[str]]:
        """The same cells, when all is done that takes more than one cell of a record."""
        table = self.source.table
        assert table.check is not None
        entries = table.name == "akten"
        if not entries or not {"kunden_id", "vpa_id"}.isdisjoint(part.ours for part in self._parts):
            for line, cells in zip(lines, zip(*columns, strict=True), strict=True):
                for column, code, message in table.check(dict(zip(table.place, cells, strict=True))):
                    self._add(line, self.source.theirs(column), code, message)
        if entries:
            kind, file = table.place["art"], table.place["datei"]
            columns[kind] = list(map(_kind, columns[kind], columns[file]))
        return columns


def _kind(kind: str, file: str) -> str:
    """The kind of an entry is one of its file's, else `other`."""
    if kind == ABSENT or (file and file != ABSENT and kind in playbook().kinds[f"entry_{file}"]):
        return kind
    return "other"
