"""PostgreSQL databases that are used again: emptying one takes a tenth of what making one takes.

A database is handed out as it was made: rows and sequences as in its template, everything else untouched. One whose
schema somebody changed is thrown away instead.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from tests.support.postgres import Server

MOST = 100
"""Times a database is used: rows that were deleted stay in its files, because nothing vacuums them."""
_numbers = itertools.count()

CATALOGUES = (
    "pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_index", "pg_trigger", "pg_proc", "pg_type",
    "pg_rewrite", "pg_extension", "pg_db_role_setting",
)  # fmt: skip
SHAPE = "SELECT " + ", ".join(f"(SELECT count(*) || ':' || max(xmin::text::bigint) FROM {name})" for name in CATALOGUES)
"""What is different after any change of the schema."""
ALONE = """
SELECT coalesce(bool_and(pg_terminate_backend(pid, 5000)), true) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""Ends everybody else's connections, as dropping it would; whether that has worked."""
TABLES = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^pg_|^information_schema$' ORDER BY 1, 2"
SEQUENCES = "SELECT schemaname, sequencename FROM pg_sequences ORDER BY 1, 2"


@dataclass
class Lent:
    """One database and our own connection to it."""

    name: str
    connection: psycopg.Connection[Any]
    shape: Any
    uses: int = 0


@dataclass
class Pool:
    """The copies of one template that one process uses one after the other."""

    server: Server
    template: str
    free: list[Lent] = field(default_factory=list)
    contents: list[tuple[Composed, bytes]] = field(default_factory=list)
    """The rows of those tables of the template that have any."""
    emptying: Composed | None = None
    """Deletes every row and sets the sequences back."""

    @contextlib.contextmanager
    def lend(self) -> Iterator[str]:
        """The address of a database like the template, for one test."""
        one = self.free.pop() if self.free else self._make()
        try:
            yield self.server.url(one.name)
        finally:
            one.uses += 1
            if one.uses < MOST and self._reset(one):
                self.free.append(one)
            else:
                self._drop(one)

    def _make(self) -> Lent:
        name = f"pool_{os.getpid()}_{next(_numbers)}"
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {self.template}")
        connection = psycopg.connect(self.server.url(name), autocommit=True)
        if self.emptying is None:
            self._learn(connection)
        return Lent(name, connection, connection.execute(SHAPE).fetchone())

    def _learn(self, connection: psycopg.Connection[Any]) -> None:
        """Take down what a fresh copy holds."""
        parts: list[Composed] = []
        for table in connection.execute(TABLES).fetchall():
            parts.append(SQL("DELETE FROM {}").format(Identifier(*table)))
            with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(*table))) as copy:
                rows = b"".join(bytes(block) for block in copy)
            if rows:
                self.contents.append((SQL("COPY {} FROM STDIN").format(Identifier(*table)), rows))
        for schema, name in connection.execute(SEQUENCES).fetchall():
            sequence = Identifier(schema, name)
            row = connection.execute(SQL("SELECT last_value, is_called FROM {}").format(sequence)).fetchone()
            assert row is not None
            parts.append(SQL("SELECT setval({}::regclass, {}, {})").format(sequence.as_string(), *map(Literal, row)))
        self.emptying = SQL("; ").join(parts)

    def _reset(self, one: Lent) -> bool:
        """Put a database back into the state it was made in; whether that is possible."""
        connection = one.connection
        assert self.emptying is not None
        try:
            if connection.execute(ALONE).fetchone() != (True,) or connection.execute(SHAPE).fetchone() != one.shape:
                return False
            with connection.transaction():
                connection.execute("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
                connection.execute(self.emptying)
                for statement, rows in self.contents:
                    with connection.cursor().copy(statement) as copy:
                        copy.write(rows)
        except psycopg.OperationalError:  # a test has ended our connection, too
            return False
        return True

    def _drop(self, one: Lent) -> None:
        one.connection.close()
        self.server.execute(f"DROP DATABASE {one.name} WITH (FORCE)")
