"""Ids that a spreadsheet has mangled: without their leading zeros, their prefix or their last digits (`id_changed`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from models.importing.cells import SURE
from models.importing.columns import Table
from models.importing.sql import Sql
from models.importing.staging import staging

SAMPLE = 50
"""Ids of a file that are looked at."""
ZEROS = 12
"""Leading zeros that may be lost."""
PREFIX = 20
"""Characters of a prefix that may be lost."""
EXACT = 5
"""Digits that are left of a number written as 1,23457E+18."""

_SHORT = re.compile(r"(\d)[.,](\d+)E\+?(\d+)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Mangled:
    """A file whose ids are not those that we know."""

    file: str
    now: str
    """One of its ids."""
    known: str
    """What it was."""


def mangled(sql: Sql, table: Table) -> Mangled | None:
    """The first id that was mangled, where none of the file's is known and at least half of them answer to one that is;
    else None.
    """
    stage, (key,), (ours,) = staging(table), table.key, table.key_fields
    joined = f'FROM {stage} s JOIN "{table.table}" t ON t."{ours}" = s."{key}"'
    if sql.rows(f"SELECT 1 {joined} LIMIT 1"):
        return None
    first, last = _ends(sql, table)
    if first is None or last is None:
        return None
    ids = [str(found) for (found,) in sql.rows(f'SELECT "{key}" FROM {stage} ORDER BY pos LIMIT {SAMPLE}')]
    prefix = "".join(takewhile(bool, (a if a == b else "" for a, b in zip(first, last, strict=False))))[:PREFIX]
    pairs = [(one, known) for one in ids if (known := _answer(sql, table, one, prefix)) is not None]
    return Mangled(table.name, *pairs[0]) if pairs and 2 * len(pairs) >= len(ids) else None


def _ends(sql: Sql, table: Table) -> tuple[str | None, str | None]:
    """The first and the last known id, by their characters: what these two begin with all begin with."""
    (ours,) = table.key_fields
    name = f'"{ours}" COLLATE "C"' if sql.is_postgres else f'"{ours}"'
    ((first, last),) = sql.rows(f'SELECT MIN({name}), MAX({name}) FROM "{table.table}" WHERE exported IS NOT NULL')
    return first, last


def _answer(sql: Sql, table: Table, one: str, prefix: str) -> str | None:
    """The known id that became this one; None where there is none."""
    (ours,) = table.key_fields
    longer = sorted(set(_longer(one, prefix)), key=len)
    found = sql.rows_in(f'SELECT "{ours}" FROM "{table.table}" WHERE "{ours}" IN (?*)', longer)
    if not found and (pattern := _rounded(one)):
        query = f'SELECT "{ours}" FROM "{table.table}" WHERE "{ours}" LIKE ? LIMIT 1'
        found = [(known,) for (known,) in sql.rows(query, (pattern,)) if str(known).isdigit()]
    return min((str(known) for (known,) in found), default=None)


def _longer(one: str, prefix: str) -> Iterator[str]:
    """What it may have been before leading zeros or a prefix were lost."""
    heads = [prefix[:end] for end in range(len(prefix) + 1)]
    zeros = ["0" * count for count in range(ZEROS + 1)] if one[:1].isdigit() else [""]
    for head in heads:
        yield from (head + lost + one for lost in zeros if head or lost)


def _rounded(one: str) -> str | None:
    """A pattern for the whole number that it may have been before its last digits were lost; None for no such id."""
    if found := _SHORT.fullmatch(one):
        sure, length = (found[1] + found[2])[:EXACT], int(found[3]) + 1
    elif one.isdigit() and len(one) > SURE and not one[SURE:].strip("0"):
        sure, length = one[: SURE - 1], len(one)
    else:
        return None
    return sure + "_" * (length - len(sure)) if len(sure) < length < 300 else None
