"""Ticking off items of the Ausgang that an export shows to have arrived (X-01, X-02)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from models.importing.columns import AUFGABEN, KUNDEN, NACHRICHTEN, Table
from models.importing.context import Taking
from models.importing.staging import staging


def carried(taking: Taking, which: str, values: tuple[Any, ...] = ()) -> None:
    """The open items that answer to this condition have arrived."""
    sql = taking.sql
    sql.run(
        f"UPDATE outbox SET state = 'carried', how = 'import', done_at = {sql.moment}, done_by = ?, "
        f"version = version + 1 WHERE state = 'open' AND takes_back IS NULL AND {which}",
        (taking.now, taking.work.me, *values),
    )


def tick_off(taking: Taking) -> None:
    """Status, tasks and tags have arrived when the export names their values."""
    _named(taking, KUNDEN, "status", "'customer:' || s.kunden_id", _same_cells)
    _named(taking, AUFGABEN, "task", "'task:' || s.aufgabe_id", _same_cells)
    twin = "SELECT w.own FROM twin w WHERE w.file = 'nachrichten' AND w.platform_id = s.nachricht_id"
    _named(taking, NACHRICHTEN, "tags", f"'message:' || COALESCE(({twin}), s.nachricht_id)", _same_tags)


def _named(
    taking: Taking, table: Table, kind: str, written: str, same: Callable[[dict[str, str], dict[str, Any]], bool]
) -> None:
    """Look only where something is open: few, whatever the size of the export."""
    if not taking.stage.has(table):
        return
    open_ones = "SELECT id, written, value FROM outbox WHERE kind = ? AND state = 'open' AND takes_back IS NULL"
    wanted = {row[1]: (row[0], json.loads(row[2] or "{}")) for row in taking.sql.rows(open_ones, (kind,))}
    if not wanted:
        return
    rows = taking.sql.rows_in(
        f"SELECT {written}, s.exported FROM {staging(table)} s WHERE s.{table.key[0]} IN (?*)", _keys(taking, wanted)
    )
    arrived = [wanted[name][0] for name, cells in rows if name in wanted and same(table.cells(cells), wanted[name][1])]
    for item in arrived:
        carried(taking, "id = ?", (item,))


def _keys(taking: Taking, wanted: dict[str, Any]) -> list[str]:
    """Ids by which the export may name them: ours, and the platform's own."""
    own = [name.partition(":")[2] for name in wanted]
    if not any(name.startswith("message:") for name in wanted):
        return own
    twins = taking.sql.rows_in("SELECT platform_id FROM twin WHERE file = 'nachrichten' AND own IN (?*)", own)
    return own + [key for (key,) in twins]


def _same_cells(cells: dict[str, str], value: dict[str, Any]) -> bool:
    return all(cells[name] == wanted for name, wanted in value.items())


def _same_tags(cells: dict[str, str], value: dict[str, Any]) -> bool:
    return set(filter(None, cells["tags"].split("|"))) == set(value["tags"])
