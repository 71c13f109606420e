"""Two records that turned out to be one (S-06): what an export says of the first is about the second."""

from __future__ import annotations

from models.importing.columns import KUNDEN, SEPARATOR, TABLES, VPAS, Column, Table
from models.importing.context import Taking
from models.importing.sql import Sql
from models.importing.staging import staging


def lead_on(taking: Taking) -> None:
    """Pass over the rows of merged VPAs and customers; what else names one names the other instead."""
    for of in (VPAS, KUNDEN):
        leads = _leads(taking.sql, of)
        if not leads:
            continue
        if taking.stage.has(of):
            for key in leads:
                taking.sql.run(f'DELETE FROM {staging(of)} WHERE "{of.key[0]}" = ?', (key,))
        for table in taking.stage.tables:
            for column in table.references:
                if column.refers == of.name:
                    _point(taking.sql, table, column, leads)


def _leads(sql: Sql, of: Table) -> dict[str, str]:
    """Where each merged one leads in the end."""
    nexts = dict(sql.rows(f'SELECT id, merged_into FROM "{of.table}" WHERE merged_into IS NOT NULL'))
    ends = {}
    for key in nexts:
        end = key
        while end in nexts:
            end = nexts[end]
        ends[key] = end
    return ends


def _point(sql: Sql, table: Table, column: Column, leads: dict[str, str]) -> None:
    rows = sql.rows_in(
        f'SELECT pos, "{column.name}", exported FROM {staging(table)} WHERE "{column.name}" IN (?*)', list(leads)
    )
    for pos, key, exported in rows:
        told = pointed(table, column.name, exported, leads[key])
        if len(table.key) > 1 and _stands_twice(sql, table, told):
            sql.run(f"DELETE FROM {staging(table)} WHERE pos = ?", (pos,))
        else:
            query = f'UPDATE {staging(table)} SET "{column.name}" = ?, exported = ? WHERE pos = ?'
            sql.run(query, (leads[key], told, pos))


def _stands_twice(sql: Sql, table: Table, exported: str) -> bool:
    cells = table.cells(exported)
    same = " AND ".join(f'"{name}" = ?' for name in table.key)
    query = f"SELECT COUNT(*) FROM {staging(table)} WHERE {same}"
    return bool(sql.value(query, [cells[name] for name in table.key]))


def pointed(table: Table, column: str, exported: str, into: str) -> str:
    """What an export said of a row, about the other one."""
    cells = exported.split(SEPARATOR)
    cells[table.place[column]] = into
    return SEPARATOR.join(cells)


BY_TABLE = {table.table: table for table in TABLES.values()}
"""The files of an export by the tables that keep them."""
