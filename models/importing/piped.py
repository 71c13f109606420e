"""One file of an export that comes without a name, by standard input: what it is follows from what is in it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import BinaryIO

from models.ground.errors import UsageError
from models.importing.columns import TABLES
from models.importing.csvs import DELIMITERS, split_record
from models.importing.records import known_columns

NAME = "eingabe"
"""What a file is called whose table cannot be told."""
MOST = 2_000_000_001
"""Bytes that are kept: one more than anything may have, so that too much is told as such and fills no disk."""
SAMPLE = 100_000
"""Bytes among which the header is looked for."""
WORKBOOKS = {"xl/workbook.xml": ".xlsx", "xl/workbook.bin": ".xlsb", "content.xml": ".ods"}
"""What an archive holds that is a workbook."""
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_KEY = re.compile(r'"([^"\\]+)"\s*:')


def save_piped(stream: BinaryIO, folder: Path) -> Path:
    """Keep what comes as a file with the name that it would have. Raises `UsageError` where nothing comes."""
    kept = folder / NAME
    with kept.open("wb") as file:
        left = MOST
        while left > 0 and (piece := stream.read(min(left, 1 << 20))):
            left -= file.write(piece)
    if not kept.stat().st_size:
        raise UsageError("Auf der Standardeingabe kam nichts an: schicht import - < DATEI")
    return kept.rename(folder / name_of(kept))


def name_of(path: Path) -> str:
    """The name that a file with this content has in an export."""
    with path.open("rb") as file:
        begin = file.read(SAMPLE)
    if begin.startswith(OLD_WORKBOOK):
        return f"{NAME}.xls"
    if begin.startswith(b"PK"):
        return f"{NAME}{_archive_of(path)}"
    text = begin.decode("utf-16" if begin[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="replace")
    if text.lstrip().startswith(("[", "{")):
        return f"{_table_of(_KEY.findall(text.partition('}')[0]))}.json"
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("sep=")]
    headers = [[cell.strip(' "') for cell in split_record(line, mark)] for line in lines[:1] for mark in DELIMITERS]
    tables = [table for header in headers if (table := _table_of(header)) != NAME]
    return f"{tables[0] if tables else NAME}.csv"


def _archive_of(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            held = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return ".zip"
    return next((ending for part, ending in WORKBOOKS.items() if part in held), ".zip")


def _table_of(header: list[str]) -> str:
    """The table that has most of these columns, and at least half of those that it must have."""
    known = {
        name: known_columns(header, table) for name, table in TABLES.items()
        if 2 * sum(column.name in header for column in table.columns if column.required)
        >= sum(column.required for column in table.columns)
    }  # fmt: skip
    best = max(known, key=lambda name: known[name], default=NAME)
    return best if known.get(best) else NAME
