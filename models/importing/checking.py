"""From records to rows for the staging table; every fault on the way is noted at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, repeat
from typing import Any

from models.importing.cells import CellError, Cells, Reading
from models.importing.columns import ABSENT, SEPARATOR
from models.importing.problems import Problems
from models.importing.records import Progress, Records
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
        table = source.table
        self.present = [column for column in table.columns if column.name in records.header]
        """The known columns that it has, in our order."""
        self._places = [records.header.index(column.name) for column in self.present]
        self._caches = [Cells(column, reading) for column in self.present]
        self.ahead: list[Ahead] = []
        """For each column the first cell that tells of something done far ahead of now."""
        self._check_header()

    @property
    def unknown(self) -> list[str]:
        """Names in the header that the table does not have."""
        table = self.source.table
        return [name for name in dict.fromkeys(self._records.header) if name and name not in table.by_name]

    def newest(self) -> dict[str, str]:
        """The newest value of the columns that tell how new the export is; only where there is one."""
        return {c.column.name: c.newest for c in self._caches if c.column.newest and c.newest}

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
        if not self.present:
            return
        table = self.source.table
        apart = [table.place[name] for name in table.staged]
        while piece := list(islice(self._records.rows, PIECE)):
            lines, rows = zip(*piece, strict=True)
            columns = self._columns(lines, rows)
            first = start + self.rows + 1
            places = range(first, first + len(piece))
            exported = map(SEPARATOR.join, zip(*columns, strict=True))
            yield from zip(places, repeat(self._number), lines, exported, *(columns[at] for at in apart))
            self.rows += len(piece)
            if self.rows % BATCH == 0:
                self._tell(self.rows, progress)

    def _columns(self, lines: Sequence[int], rows: Sequence[list[str]]) -> list[Sequence[str]]:
        """The cells of some records, column by column as the table has them."""
        width = len(self._records.header)
        if set(map(len, rows)) != {width}:
            for line, row in zip(lines, rows, strict=True):
                self._fit(line, row, width)
        raw = list(zip(*rows, strict=True))
        try:
            cells = [cache.read_all(raw[at]) for cache, at in zip(self._caches, self._places, strict=True)]
        except CellError:
            faulty = (
                self._faulty(line, [row[at] for at in self._places]) for line, row in zip(lines, rows, strict=True)
            )
            cells = list(zip(*faulty, strict=True))
        self._note_ahead(lines, cells)
        found = dict(zip((column.name for column in self.present), cells, strict=True))
        absent = [ABSENT] * len(rows)
        columns = [found.get(name, absent) for name in self.source.table.place]
        return columns if self.source.table.check is None else self._checked(lines, columns)

    def _note_ahead(self, lines: Sequence[int], columns: Sequence[Sequence[str]]) -> None:
        """Note where a cell is that lies too far ahead; of each column the first."""
        noted = {column for _, _, column, _ in self.ahead}
        for cache, cells in zip(self._caches, columns, strict=True):
            if cache.ahead and cache.column.name not in noted:
                line = lines[cells.index(cache.ahead)]
                self.ahead.append((self.source.label, line, cache.column.name, cache.ahead))

    def _tell(self, rows: int, progress: Progress) -> None:
        """How far it is; also looks whether it should ever end."""
        label = self.source.label
        progress(label, rows, max(rows, self._records.expected))
        if rows > ROW_LIMIT:
            why = "Die Datei hat mehr als 5.000.000 Zeilen."
            self._problems.refuse(label, self.source.table.name, "too_large", why)
            self._problems.raise_if_any()

    def _fit(self, line: int, row: list[str], width: int) -> None:
        """Fill up a short record; cut a long one, which is a fault."""
        if len(row) > width:
            named = [name for name in self._records.header if name]
            extra = "Die Zeile hat mehr Zellen als die Kopfzeile."
            self._add(line, named[-1] if named else "", "bad_value", extra)
            del row[width:]
        row.extend([""] * (width - len(row)))

    def _faulty(self, line: int, raw: list[str]) -> list[str]:
        """The cells of a record that may have faults, empty where they are."""
        cells = []
        for cache, cell in zip(self._caches, raw, strict=True):
            try:
                cells.append(cache[cell])
            except CellError as error:
                cells.append("")
                self._add(line, cache.column.name, error.code, error.message)
        return cells

    def _checked(self, lines: Sequence[int], columns: list[Sequence[str]]) -> list[Sequence[str]]:
        """The same cells, when all is done that takes more than one cell of a record."""
        table = self.source.table
        assert table.check is not None
        entries = table.name == "akten"
        if not entries or not {"kunden_id", "vpa_id"}.isdisjoint(self._records.header):
            for line, cells in zip(lines, zip(*columns, strict=True), strict=True):
                for column, code, message in table.check(dict(zip(table.place, cells, strict=True))):
                    self._add(line, column, code, message)
        if entries:
            kind, file = table.place["art"], table.place["datei"]
            columns[kind] = list(map(_kind, columns[kind], columns[file]))
        return columns


def _kind(kind: str, file: str) -> str:
    """The kind of an entry is one of its file's, else `other`."""
    if kind == ABSENT or (file and file != ABSENT and kind in playbook().kinds[f"entry_{file}"]):
        return kind
    return "other"
