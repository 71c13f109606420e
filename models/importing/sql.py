"""Statements that both engines understand, and the quick way in for many rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.database.store import Store

BATCH = 5_000
"""Rows handled at a time where they pass through Python."""
MANY = 900
"""Values that are looked up by one statement."""
TOGETHER = 9_000
"""Values that are inserted by one statement; SQLite takes 32,766."""


class Sql:
    """The raw side of a store; statements are written with `?`."""

    def __init__(self, store: Store) -> None:
        self._db = store.db
        self.is_postgres = store.engine == "postgres"

    @property
    def moment(self) -> str:
        """A place for a moment inside a `SELECT` or `UPDATE`: a server has to be told what it is."""
        return "CAST(? AS TIMESTAMPTZ)" if self.is_postgres else "?"

    @property
    def is_closed(self) -> bool:
        """Whether the connection is gone, and its temporary tables with it."""
        return bool(self._db.is_closed())

    def run(self, statement: str, params: Sequence[Any] = ()) -> int:
        """Execute one statement; the number of rows it touched."""
        return int(self._db.execute_sql(self._own(statement), tuple(params)).rowcount)

    def rows(self, statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return list(self._db.execute_sql(self._own(statement), tuple(params)).fetchall())

    def value(self, statement: str, params: Sequence[Any] = ()) -> Any:
        """The first column of the first row."""
        return self.rows(statement, params)[0][0]

    def rows_in(self, statement: str, values: Sequence[Any], before: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query whose `(?*)` stands for a list of values of any length; `before` stand before it."""
        found: list[tuple[Any, ...]] = []
        for at in range(0, len(values), MANY):
            part = values[at : at + MANY]
            found += self.rows(statement.replace("?*", ",".join("?" * len(part))), (*before, *part))
        return found

    def many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Execute a statement once for each row, as a stream; Peewee's error classes as everywhere."""
        from peewee import __exception_wrapper__  # type: ignore[attr-defined]

        with __exception_wrapper__:
            self._db.cursor().executemany(self._own(statement), rows)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Fill a staging table, the quickest way there is."""
        names = ", ".join(f'"{column}"' for column in columns)
        if not self.is_postgres:
            return self.many(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", rows)
        from peewee import __exception_wrapper__  # type: ignore[attr-defined]

        with __exception_wrapper__, self._db.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return None

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows into one of our own tables, many by one statement: after each, a full-text index writes what it
        holds (SQLite), and a trigger runs (PostgreSQL).
        """
        names = ", ".join(f'"{column}"' for column in columns)
        if rows and self.is_postgres:  # by a table in between: nothing is copied into one with row security
            self.run(f'CREATE TEMPORARY TABLE bulk AS SELECT {names} FROM "{table}" WITH NO DATA')
            self.load("bulk", columns, rows)
            self.run(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM bulk')
            self.run("DROP TABLE bulk")
            return
        insert, marks = f'INSERT INTO "{table}" ({names}) VALUES ', f"({', '.join('?' * len(columns))})"
        together = TOGETHER // len(columns)
        for at in range(0, len(rows), together):
            part = rows[at : at + together]
            self.run(insert + ", ".join([marks] * len(part)), [value for row in part for value in row])

    def _own(self, statement: str) -> str:
        return statement.replace("?", self._db.param) if self.is_postgres else statement
