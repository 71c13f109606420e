"""From records to rows for the staging table; every fault on the way is noted at its place."""

from __future__ import annotations

from collections.abc import Iterator
from operator import getitem, itemgetter
from typing import Any

from models.playbook import playbook
from models.snapshot.cells import CellError, Cells
from models.snapshot.columns import ABSENT, SEPARATOR, Table
from models.snapshot.problems import Problems
from models.snapshot.records import Progress, Records
from models.snapshot.source import Source
from models.snapshot.sql import BATCH
from models.snapshot.texts import ROW_LIMIT

Staged = tuple[Any, ...]
"""Place, source number, line, `exported`, then the cells of `Table.staged`."""


class Checker:
    """Checks the records of one source."""

    def __init__(self, source: Source, number: int, records: Records, problems: Problems) -> None:
        self.source = source
        self.rows = 0
        """Records so far; blank lines are none."""
        self._number = number
        self._records = records
        self._problems = problems
        table = source.table
        self.present = [column for column in table.columns if column.name in records.header]
        """The known columns that it has, in our order."""
        self._caches = [Cells(column) for column in self.present]
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
        table, header, caches = self.source.table, self._records.header, self._caches
        width, number, join, finish = len(header), self._number, SEPARATOR.join, self._finish
        places = [header.index(column.name) for column in self.present]
        # The usual file has our columns in our order: then the row is what would be picked.
        pick = _picker(places) if places != list(range(width)) else tuple
        arrange = _arranger(table, [column.name for column in self.present])
        apart = _picker([table.place[name] for name in table.staged])
        for place, (line, row) in enumerate(self._records.rows, start + 1):
            if len(row) != width:
                self._fit(line, row, width)
            try:
                cells = list(map(getitem, caches, pick(row)))
            except CellError:
                cells = self._faulty(line, pick(row))
            if arrange is not None:
                cells.append(ABSENT)
                cells = list(arrange(cells))
            if finish is not None:
                finish(line, cells)
            yield place, number, line, join(cells), *apart(cells)
            if place % BATCH == 0:
                self._tell(place - start, progress)
            self.rows = place - start

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

    def _faulty(self, line: int, raw: tuple[str, ...]) -> list[str]:
        """The cells of a record that has faults, empty where they are."""
        cells = []
        for cache, cell in zip(self._caches, raw, strict=True):
            try:
                cells.append(cache[cell])
            except CellError as error:
                cells.append("")
                self._add(line, cache.column.name, error.code, error.message)
        return cells

    @property
    def _finish(self) -> Any:
        """What is left to do with the arranged cells of each record, if anything."""
        if self.source.table.check is None:
            return None
        return self._finish_entry if self.source.table.name == "akten" else self._cross_check

    def _cross_check(self, line: int, cells: list[str]) -> None:
        table = self.source.table
        assert table.check is not None
        for column, code, message in table.check(dict(zip(table.place, cells, strict=True))):
            self._add(line, column, code, message)

    def _finish_entry(self, line: int, cells: list[str]) -> None:
        """The kind is one of its file's, else `other`."""
        if self._records.header and not (self._lacks("kunden_id") and self._lacks("vpa_id")):
            self._cross_check(line, cells)
        place = self.source.table.place
        kind, file = place["art"], cells[place["datei"]]
        if cells[kind] != ABSENT and (file in ("", ABSENT) or cells[kind] not in playbook().kinds[f"entry_{file}"]):
            cells[kind] = "other"

    def _lacks(self, name: str) -> bool:
        return name not in self._records.header


def _picker(places: list[int]) -> Any:
    """Takes these places out of a row, always as a tuple."""
    if len(places) == 1:
        only = places[0]
        return lambda row: (row[only],)
    return itemgetter(*places)


def _arranger(table: Table, present: list[str]) -> Any:
    """Puts cells into the table's order; `ABSENT` is expected behind them. None where they are complete."""
    if len(present) == len(table.columns):
        return None
    return _picker([present.index(name) if name in present else len(present) for name in table.place])
