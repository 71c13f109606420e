"""Counts and fingerprints of tables, by which a copy is held against its source, also across engines."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.tables.history import as_stored

SIZE = 2**256
"""Fingerprints of rows are added up in this circle, so that no order is needed (collations differ by engine)."""


@dataclass
class TableTally:
    """How many rows, and the sum of their fingerprints."""

    rows: int = 0
    total: int = 0

    def add(self, row: Sequence[Any]) -> None:
        """Count a row as the driver gave it."""
        values = [value.isoformat() if type(value) is dt.date else value for value in as_stored(row)]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(text.encode()).digest())) % SIZE

    def differs(self, other: TableTally) -> bool:
        """Whether the two have seen other rows than each other."""
        return (self.rows, self.total) != (other.rows, other.total)


@dataclass
class Tally:
    """What was seen, table by table."""

    tables: dict[str, TableTally] = field(default_factory=dict)

    def add(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Count rows of a table."""
        seen = self.tables.setdefault(table, TableTally())
        for row in rows:
            seen.add(row)

    def differing(self, other: Tally) -> list[str]:
        """Names of the tables that are not the same."""
        empty = TableTally()
        names = {**self.tables, **other.tables}
        return [n for n in names if self.tables.get(n, empty).differs(other.tables.get(n, empty))]

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(table.rows for table in self.tables.values())

    @property
    def hash(self) -> str:
        """One fingerprint of everything, as hexadecimal digits: equal content, equal hash."""
        parts = sorted((name, table.rows, f"{table.total:064x}") for name, table in self.tables.items() if table.rows)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
