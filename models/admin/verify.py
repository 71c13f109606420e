"""Whether anything but the program has touched the history, or what it speaks of."""

from __future__ import annotations

from typing import Any

from models.admin.witness import check_rows
from models.database.fields import proxy
from models.ground.errors import HistoryBrokenError
from models.tables.history import as_stored, digest, redactions, seal_of_redacted, sealed_fields


def verify() -> int:
    """Read the whole chain, and hold the tables against it; the number of rows, or `HistoryBrokenError` naming the
    first place that is wrong.
    """
    db: Any = proxy.obj
    if not (db.table_exists("history") and db.table_exists("history_head")):
        raise HistoryBrokenError("Der Verlauf ist beschädigt: Es gibt ihn nicht mehr.")
    columns = ", ".join(f'"{field.column_name}"' for field in sealed_fields())
    previous, count, redacted = "", 0, redactions()
    for *values, found in db.execute_sql(f"SELECT {columns}, hash FROM history ORDER BY id"):
        count += 1
        if values[0] != count:
            raise HistoryBrokenError(f"Der Verlauf ist beschädigt: Zeile {count} fehlt.")
        values = as_stored(values)
        expected = digest(previous, values)
        # An erased row keeps its place in the chain; what is left of it is sealed by the row that erased it.
        if found != expected and redacted.get(count) != seal_of_redacted(found, values):
            raise HistoryBrokenError(f"Der Verlauf ist beschädigt: Zeile {count} wurde verändert oder gefälscht.")
        previous = found
    _verify_end(db, count, previous)
    check_rows(count, redacted, as_stored)
    return count


def _verify_end(db: Any, count: int, last_hash: str) -> None:
    """The end on record must be the end that was read; the row made with the database is always there."""
    heads = db.execute_sql("SELECT id, last, hash, seal FROM history_head").fetchall()
    if len(heads) != 1 or heads[0][3] != digest("head", as_stored(heads[0][1:3])):
        raise HistoryBrokenError("Der Verlauf ist beschädigt: Sein Ende stimmt nicht.")
    if heads[0][1:3] != (count, last_hash) or count == 0:
        raise HistoryBrokenError(f"Der Verlauf ist beschädigt: Nach Zeile {count} stimmt sein Ende nicht.")
