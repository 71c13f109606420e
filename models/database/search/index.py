"""Asking the index of either engine: the same hits, the same scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.database.search.query import Query
from models.database.store import Store

CANDIDATES = 2000
"""Where only the first hits are wanted: how many of the newest written ones are weighed.

The beginning of a word stands in every third of a million entries; weighing all of them would take seconds.
"""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that has all words."""

    score: float
    key: Any
    order: Any
    """Decides between equal scores."""


@dataclass(frozen=True)
class Index:
    """A table with an index over its words."""

    table: str
    fts: str
    """The FTS5 table on SQLite; PostgreSQL has a GIN index of `search_vector`."""
    number: str
    """The column that counts in the order of writing."""
    words: str
    """The indexed column: words parted by blanks."""
    key: str
    order: str

    def hits(
        self, store: Store, query: Query, limit: int | None, where: str = "", values: Sequence[Any] = ()
    ) -> list[Hit]:
        """Everything that has all words, or what is needed to know the best `limit` of it; in no order, each once.

        `where` is a further condition on the table `t`, with `?` for its values.
        """

        def ask(whole: bool, most: int | None) -> Iterable[Row]:
            postgres = store.engine == "postgres"
            sql = (self._postgres if postgres else self._sqlite)(where, most)
            expression = query.for_postgres(whole) if postgres else query.for_sqlite(whole)
            cursor: Iterable[Row] = store.db.execute_sql(sql.replace("?", store.db.param), (expression, *values))
            return cursor

        if limit is None:
            return list(_weighed(query, ask(False, None)))
        most = max(CANDIDATES, limit)
        rows = list(ask(False, most))
        if len(rows) == most:  # there may be more, and those with whole words are the best
            rows = list(dict.fromkeys([*ask(True, most), *rows]))
        return list(_weighed(query, rows))

    def _sqlite(self, where: str, most: int | None) -> str:
        # CROSS JOIN: first the index, then the rows that it names.
        return (
            f"SELECT t.{self.words}, t.{self.key}, t.{self.order} FROM {self.fts} f "
            f"CROSS JOIN {self.table} t ON t.{self.number} = f.rowid WHERE {self.fts} MATCH ? {where}"
            f"{'' if most is None else f' ORDER BY f.rowid DESC LIMIT {most:d}'}"
        )

    def _postgres(self, where: str, most: int | None) -> str:
        return (
            f"SELECT t.{self.words}, t.{self.key}, t.{self.order} FROM {self.table} t "
            f"WHERE search_vector(t.{self.words}) @@ CAST(? AS tsquery) {where}"
            f"{'' if most is None else f' ORDER BY t.{self.number} DESC LIMIT {most:d}'}"
        )


def _weighed(query: Query, rows: Iterable[Row]) -> Iterator[Hit]:
    for words, key, order in rows:
        if score := query.score(words):
            yield Hit(score, key, order)


ENTRIES = Index("entry", "search_entry", number="id", words="folded", key="id", order="created_at")
"""Akteneinträge; `order` is their moment as the engine gives it."""

NAMED = Index("named", "search_named", number="n", words="words", key="subject", order="words")
"""VPAs, customers and tasks by name or title and id."""
