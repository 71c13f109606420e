"""Small exports for tests: rows as dicts with sensible cells where nothing is said."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.importing.columns import TABLES
from models.importing.importer import take
from tests.support.world import World

Row = dict[str, Any]

USUAL: Mapping[str, Row] = {
    "vpas": {
        "vpa_id": "V1", "name": "Mira Keller", "klasse": "C", "start": "2020-01-01", "aktiv": "ja",
        "neukunden": "ja", "auftraege": "ja",
    },
    "kunden": {"kunden_id": "K1", "name": "Bäckerei Sommer", "status": "aktiv"},
    "zuordnungen": {"kunden_id": "K1", "vpa_id": "V1", "von": "2025-01-01"},
    "abwesenheiten": {
        "abwesenheit_id": "A1", "vpa_id": "V1", "von": "2025-12-01", "bis": "2025-12-05",
        "eingetragen_am": "2025-11-04",
    },
    "aufgaben": {"aufgabe_id": "T1", "kunden_id": "K1", "titel": "Recherche", "status": "offen"},
    "akten": {
        "eintrag_id": "E1", "kunden_id": "K1", "datei": "oteam", "zeit": "2025-11-01T10:00", "verfasser": "Sales",
        "situation": "Erstes Gespräch",
    },
    "nachrichten": {
        "nachricht_id": "M1", "aufgabe_id": "T1", "zeit": "2025-11-01T10:00", "von": "kunde", "text": "Hallo",
    },
}  # fmt: skip
"""A row of each file with nothing but what is required (and an owner of the entry)."""


def row(table: str, **cells: Any) -> Row:
    """The usual row with these cells."""
    return {**USUAL[table], **cells}


def vpa(**cells: Any) -> Row:
    """A row of `vpas`."""
    return row("vpas", **cells)


def absence(**cells: Any) -> Row:
    """A row of `abwesenheiten`."""
    return row("abwesenheiten", **cells)


def csv_text(rows: list[Row], columns: list[str] | None = None, delimiter: str = ";") -> str:
    """As CSV; by default with every column that any row has."""
    names = columns or list(dict.fromkeys(name for each in rows for name in each))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, delimiter=delimiter, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def all_columns(table: str) -> list[str]:
    """The columns of a file in the contract's order."""
    return [column.name for column in TABLES[table].columns]


def write_folder(folder: Path, tables: Mapping[str, list[Row]]) -> Path:
    """An export as a folder of CSVs; an empty list is a file with a header alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = None if rows else all_columns(name)
        (folder / f"{name}.csv").write_text(csv_text(rows, columns), encoding="utf-8")
    return folder


def write_json(path: Path, value: Any) -> Path:
    """A value as JSON."""
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def counted(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """What an answer says of each file's rows."""
    names = ("file", "rows", "new", "changed", "unchanged")
    return [{name: file[name] for name in names} for file in answer["files"]]


class Exports:
    """Takes small exports into a world, one after the other."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self._folder = folder
        self._count = 0

    def folder(self, **tables: list[Row]) -> Path:
        """A new folder with these files."""
        self._count += 1
        return write_folder(self._folder / f"export{self._count}", tables)

    def take(
        self, now: str | None = None, *, baseline: bool = False, despite: str | None = None, **tables: list[Row]
    ) -> dict[str, Any]:
        """Take an export of these files."""
        return self.take_paths(self.folder(**tables), now=now, baseline=baseline, despite=despite)

    def take_paths(self, *paths: Path, now: str | None = None, **how: Any) -> dict[str, Any]:
        """Take an export that lies there."""
        return take(self.world.session(now=now), paths, **how)

    def cases(self, **where: Any) -> list[dict[str, Any]]:
        """All Cases, oldest first, in their `show` shape."""
        from models.tables.case import Case

        shown = [case.show([]) for case in Case.select().order_by(Case.id)]
        return [case for case in shown if all(case[name] == value for name, value in where.items())]

    def case(self, **where: Any) -> dict[str, Any]:
        """The only Case of that sort."""
        (case,) = self.cases(**where)
        return case

    def resolve(self, case: dict[str, Any]) -> None:
        """Close a Case, as a member would."""
        from models.tables.case import Case

        Case.update(state="resolved").where(Case.id == case["id"]).execute()
