"""The least that an import can do: `csv` and one `executemany` of the same rows into a new file, durably.

Called with the CSV file and the database.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

try:
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:
    import sqlite3


def take(source: Path, target: Path) -> None:
    """Write all rows of a CSV file into a table whose first column is its key."""
    db = sqlite3.connect(target)
    db.execute("PRAGMA journal_mode = wal")
    db.execute("PRAGMA synchronous = full")
    with source.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=";", strict=True)
        first, *others = next(reader)
        db.execute(f"CREATE TABLE rows ({first} TEXT PRIMARY KEY, {', '.join(f'{name} TEXT' for name in others)})")
        marks = ", ".join("?" * (len(others) + 1))
        db.executemany(f"INSERT INTO rows VALUES ({marks})", reader)
    db.commit()
    db.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
