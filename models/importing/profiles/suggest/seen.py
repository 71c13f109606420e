"""What the cells of a column look like: dates, yes and no, numbers, ids and names that are known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.ground.text import name_key
from models.importing.cells import BLANKS, SHEET_DATE
from models.importing.columns import TABLES, Column, Table
from models.importing.profiles.formats import compile_format, is_standard
from models.importing.profiles.suggest.words import formats, our_word
from models.importing.sql import Sql

FEW = 15
"""More different words are no choice."""


@dataclass
class Seen:
    """One column of theirs."""

    header: str
    cells: Sequence[str]
    """Of some rows; the empty ones too."""
    known: dict[str, float] = field(default_factory=dict)
    """By file: which part of its different cells are ids of it that are known here; by `name:` and file, names."""

    @cached_property
    def _filled(self) -> list[str]:
        return [cell for cell in (cell.strip(BLANKS) for cell in self.cells) if cell]

    @cached_property
    def distinct(self) -> list[str]:
        """Its different cells, in the order of their first appearance; no empty ones."""
        return list(dict.fromkeys(self._filled))

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each of them stands there."""
        found = dict.fromkeys(self.distinct, 0)
        for cell in self._filled:
            found[cell] += 1
        return found

    @cached_property
    def is_unique(self) -> bool:
        """Whether every row has a cell of its own."""
        return bool(self._filled) and len(self.distinct) == len(self._filled)

    @cached_property
    def format(self) -> str | None:
        """How its dates are written: empty as they are always read, None where it holds none."""
        others = [cell for cell in self.distinct if not (cell.startswith(SHEET_DATE) or is_standard(cell))]
        if not self.distinct or (len(others) == len(self.distinct) and not any(map(_has_digits, others))):
            return None
        if not others:
            return ""
        return next((tokens for tokens in formats() if all(map(compile_format(tokens), others))), None)

    @cached_property
    def numbers(self) -> float:
        """Which part of its different cells are numbers."""
        found = sum(cell.replace(",", ".", 1).replace(".", "", 1).isdecimal() for cell in self.distinct)
        return found / len(self.distinct) if self.distinct else 0.0

    def understood(self, table: Table, column: Column) -> float:
        """Which part of its words has a meaning in a column with choices."""
        if not self.distinct or len(self.distinct) > FEW:
            return 0.0
        known = [our_word(table.name, column.name, column.kind, word) for word in self.distinct]
        return sum(one is not None for one in known) / len(known)


def _has_digits(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def ask_who_is_known(sql: Sql, columns: Sequence[Seen]) -> None:
    """Look which columns hold ids and names of VPAs, customers and tasks that are known here."""
    for column in columns:
        for table in (TABLES["vpas"], TABLES["kunden"], TABLES["aufgaben"]):
            ids = sql.rows_in(f'SELECT id FROM "{table.table}" WHERE id IN (?*)', column.distinct)
            names = [name_key(cell) for cell in column.distinct]
            named = sql.rows_in(f'SELECT folded FROM "{table.table}" WHERE folded IN (?*)', names) if names else []
            for key, found in ((table.name, ids), (f"name:{table.name}", named)):
                column.known[key] = len(found) / len(column.distinct) if column.distinct else 0.0
