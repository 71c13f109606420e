"""Rows that were recognised once (X-02), and assignments, which are known again by their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from models.importing.carried import carried
from models.importing.columns import ABSENT, ZUORDNUNGEN, Table
from models.importing.comparing import Difference, count, stored
from models.importing.context import Taking
from models.importing.recognise import TWINNED
from models.importing.staging import staging

DAYS = 7
"""Days within which an assignment of the platform is the one that was made here."""


def passed_over(table: Table) -> str:
    """The condition that leaves out of a comparison what was recognised."""
    return f" AND NOT {TWINNED}".format(file=table.name, key=table.key[0])


def changed_twins(taking: Taking, table: Table) -> Iterator[tuple[str, Difference]]:
    """Recognised rows that the platform has changed since, each with our id; not those of an erased person (A-28)."""
    rows = taking.sql.rows(
        f"SELECT w.own, s.source, w.exported, s.exported FROM twin w JOIN {staging(table)} s "
        f"ON s.{table.key[0]} = w.platform_id WHERE w.file = ? AND w.exported NOT IN ('', s.exported) ORDER BY s.pos",
        (table.name,),
    )
    for own, source, before, now in rows:
        difference = Difference.between(table, source, before, now)
        count(taking, difference)
        taking.sql.run(
            "UPDATE twin SET exported = ? WHERE file = ? AND own = ?", (difference.exported, table.name, own)
        )
        yield own, difference


def update_message(taking: Taking, table: Table, own: str, difference: Difference) -> None:
    """What the platform has changed of a message of ours holds here too."""
    fields = [table.by_name[name] for name in difference.changed if name not in ("nachricht_id", "aufgabe_id")]
    if fields:
        sets = ", ".join(f'"{column.field}" = ?' for column in fields)
        values = [stored(column, difference.new[column.name]) for column in fields]
        taking.sql.run(f"UPDATE message SET {sets}, version = version + 1 WHERE id = ?", (*values, own))


def recognise_assignments(taking: Taking) -> None:
    """An assignment of the same customer and VPA that begins within 7 days is the one made here; its `von` holds."""
    rows = taking.sql.rows(
        "SELECT a.id, a.start, s.pos, s.source, s.exported FROM assignment a "
        f"JOIN {staging(ZUORDNUNGEN)} s ON s.kunden_id = a.customer AND s.vpa_id = a.vpa "
        'WHERE a.exported IS NULL AND (a."end" IS NULL OR a."end" >= a.start) '
        "AND NOT EXISTS (SELECT 1 FROM assignment k "
        f"WHERE k.customer = s.kunden_id AND k.vpa = s.vpa_id AND k.start = {_day(taking)} AND k.exported IS NOT NULL)"
    )
    pairs = sorted(filter(None, (_pair(row) for row in rows)))
    ours: set[int] = set()
    theirs: set[int] = set()
    for _, _, own, pos, source, exported in pairs:
        if own not in ours and pos not in theirs:
            ours.add(own)
            theirs.add(pos)
            _take(taking, own, exported)
            taking.recognised[source] = taking.recognised.get(source, 0) + 1


def _day(taking: Taking) -> str:
    return "CAST(s.von AS DATE)" if taking.sql.is_postgres else "s.von"


def _pair(row: tuple[Any, ...]) -> tuple[bool, str, int, int, int, str] | None:
    """Sorted: the same day first, then the oldest; None where the days are too far apart."""
    own, start, pos, source, exported = row
    begun = dt.date.fromisoformat(str(start))
    apart = abs((dt.date.fromisoformat(ZUORDNUNGEN.cells(exported)["von"]) - begun).days)
    return (apart > 0, str(begun), own, pos, source, exported) if apart <= DAYS else None


def _take(taking: Taking, own: int, exported: str) -> None:
    cells = ZUORDNUNGEN.cells(exported)
    end = None if cells["bis"] in ("", ABSENT) else cells["bis"]
    day = "CAST(? AS DATE)" if taking.sql.is_postgres else "?"
    taking.sql.run(
        f'UPDATE assignment SET start = ?, "end" = COALESCE({day}, "end"), reason = COALESCE(reason, ?), exported = ?, '
        "version = version + 1 WHERE id = ?",
        (cells["von"], end, cells["grund"].replace(ABSENT, "") or None, exported, own),
    )
    carried(taking, "written = ?", (f"assignment:{own}",))
