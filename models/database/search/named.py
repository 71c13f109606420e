"""Filtering a long list by name: whoever bears a rare name is looked up, a frequent one is met on the way anyhow."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

from models.database.fields import proxy
from models.database.search.query import Query

RARE = 5000
"""Hits up to which looking them up and sorting them is quicker than walking the list in its order."""

SQLITE = (
    "SELECT t.subject FROM (SELECT rowid AS n FROM search_named WHERE search_named MATCH ? LIMIT ?) f "
    "CROSS JOIN named t ON t.n = f.n"
)
POSTGRES = "SELECT subject FROM named t WHERE search_vector(t.words) @@ CAST(%s AS tsquery) LIMIT %s"


def rare_names(text: str, *kinds: str) -> tuple[list[str], ...] | None:
    """Ids of the VPAs, customers or tasks (`kinds`) whose words begin with all those of `text`, a list for each kind;
    some more are found by their id. None where there are too many, of whatever kind.
    """
    db: Any = proxy.obj
    query = Query.of(text)
    on_sqlite = isinstance(db, SqliteDatabase)
    expression = query.for_sqlite(whole=False) if on_sqlite else query.for_postgres(whole=False)
    found = _rows(db, SQLITE if on_sqlite else POSTGRES, expression)
    if len(found) > RARE:
        return None
    pairs = [subject.partition(":") for (subject,) in found]
    return tuple([key for of, _, key in pairs if of == kind] or [""] for kind in kinds)


def _rows(db: Any, sql: str, expression: str) -> list[tuple[str]]:
    return list(db.execute_sql(sql, (expression, RARE + 1)).fetchall())
