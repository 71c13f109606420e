"""The export inside the database, beside our tables: what lets unchanged rows cost almost nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from models.database.store import Store
from models.ground.text import clean_input
from models.importing.cells import Reading
from models.importing.checking import Ahead, Checker
from models.importing.columns import ABSENT, ABWESENHEITEN, TABLES, ZUORDNUNGEN, Table
from models.importing.csvs import read_csv
from models.importing.finder import Export
from models.importing.jsons import read_json
from models.importing.problems import MOST, Problems
from models.importing.profiles.filling import check_one_vpa, name_absences
from models.importing.records import Progress, Records
from models.importing.sheets import read_sheet
from models.importing.source import Source
from models.importing.sql import Sql
from models.importing.texts import look_at

PRAGMAS = ("page_size = 8192", "journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE")
"""Of the file that holds an export on SQLite while it is taken: nobody else ever reads it."""


@dataclass
class Stage:
    """The staged export."""

    sql: Sql
    sources: list[Source] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    """Records of each source."""
    skipped: list[int] = field(default_factory=list)
    """Records of each source that its profile passes over."""
    ignored: list[str] = field(default_factory=list)
    newest: dict[str, str] = field(default_factory=dict)
    """Newest value of the columns that tell how new the export is."""
    ahead: list[Ahead] = field(default_factory=list)
    """Cells that tell of something done far ahead of now (`implausible_date`)."""
    _unknown: dict[str, list[str]] = field(default_factory=dict)

    def unknown(self, source: Source, names: Sequence[str]) -> None:
        """Note columns that nobody takes anything from; of a table that is read twice, those that neither way uses."""
        named = [clean_input(f"{source.label}:{name}") for name in names]
        before = self._unknown.get(source.label)
        self._unknown[source.label] = named if before is None else [name for name in before if name in named]

    @property
    def passed_over(self) -> list[str]:
        """Files, sheets and columns that nothing fitted."""
        return [*self.ignored, *(name for names in self._unknown.values() for name in names)]

    def has(self, table: Table) -> bool:
        """Whether the export has this file."""
        return any(source.table is table for source in self.sources)

    @property
    def tables(self) -> list[Table]:
        """The tables it has, in the order in which they are taken."""
        return [table for table in TABLES.values() if self.has(table)]


@contextmanager
def staged(store: Store, export: Export, problems: Problems, progress: Progress, reading: Reading) -> Iterator[Stage]:
    """Read and check everything into staging tables, which are gone afterwards; raises `BadDataError`."""
    sql = Sql(store)
    stage = Stage(sql, ignored=list(export.ignored))
    with _on_server(sql) if sql.is_postgres else _in_a_file(sql):
        # Deferred on SQLite: writing to a file of our own keeps no colleague waiting.
        with store.db.atomic() if sql.is_postgres else store.db.atomic("DEFERRED"):
            for source in export.sources:
                _stage_source(stage, source, problems, progress, reading)
            for table in stage.tables:
                _finish_table(stage, table, problems)
            for table in stage.tables:
                _check_references(stage, table, problems)
        problems.raise_if_any()
        yield stage


@contextmanager
def _on_server(sql: Sql) -> Iterator[None]:
    """Temporary tables, dropped in the end."""
    try:
        yield
    finally:
        if not sql.is_closed:
            for table in TABLES.values():
                sql.run(f"DROP TABLE IF EXISTS {staging(table)}")


@contextmanager
def _in_a_file(sql: Sql) -> Iterator[None]:
    """A file of our own for the staging tables: the SQLite of our wheel keeps temporary ones whole in memory."""
    with TemporaryDirectory(prefix="schicht-") as folder:
        path = Path(folder) / "stage"
        sql.run("ATTACH ? AS stage", (str(path),))
        try:
            if os.name == "posix":  # gone with the process, however that ends
                path.unlink()
            for pragma in PRAGMAS:
                sql.run(f"PRAGMA stage.{pragma}")
            yield
        finally:
            if not sql.is_closed:
                sql.run("DETACH stage")


def staging(table: Table) -> str:
    """Name of the staging table."""
    return f"stage_{table.name}"


def _stage_source(stage: Stage, source: Source, problems: Problems, progress: Progress, reading: Reading) -> None:
    table, number = source.table, len(stage.sources)
    if not stage.has(table):
        _create(stage.sql, table)
    stage.sources.append(source)
    stage.rows.append(0)
    stage.skipped.append(0)
    progress(source.label, 0, 1)
    records = _records(source, problems)
    if records is None:
        return
    checker = Checker(source, number, records, problems, reading)
    rows = checker.staged(sum(stage.rows), progress)
    stage.sql.load(staging(table), ("pos", "source", "line", "exported", *table.staged), rows)
    stage.rows[-1], stage.skipped[-1] = checker.rows, checker.skipped
    stage.unknown(source, checker.unknown)
    for name, value in checker.newest().items():
        stage.newest[name] = max(value, stage.newest.get(name, ""))
    stage.ahead += checker.ahead


def _create(sql: Sql, table: Table) -> None:
    columns = ", ".join(f'"{name}" TEXT' for name in table.staged)
    what = f"{staging(table)} (pos INTEGER PRIMARY KEY, source INTEGER, line INTEGER, exported TEXT, {columns})"
    if sql.is_postgres:
        sql.run(f"CREATE TEMPORARY TABLE {what}")
    else:  # the index grows with the rows: sorting them all afterwards would take memory
        sql.run(f"CREATE TABLE stage.{what}")
        sql.run(f"CREATE INDEX stage.{_key_index(table)}")


def _key_index(table: Table) -> str:
    keys = ", ".join(f'"{name}"' for name in table.key)
    return f"{staging(table)}_key ON {staging(table)} ({keys})"


def _records(source: Source, problems: Problems) -> Records | None:
    if source.form == "sheet":
        return read_sheet(source, problems)
    look = look_at(source, problems)
    if look is None:
        return None
    return read_json(source, look, problems) if source.form == "json" else read_csv(source, look, problems)


def _finish_table(stage: Stage, table: Table, problems: Problems) -> None:
    """Find keys that stand twice."""
    keys = ", ".join(f'"{name}"' for name in table.key)
    if table is ABWESENHEITEN:
        name_absences(stage.sql, stage.sources)
    if table is ZUORDNUNGEN:
        check_one_vpa(stage.sql, stage.sources, problems)
    if stage.sql.is_postgres:
        stage.sql.run(f"CREATE INDEX {_key_index(table)}")
        stage.sql.run(f"ANALYZE {staging(table)}")
    full = " AND ".join(f"\"{name}\" NOT IN ('', '{ABSENT}')" for name in table.key)
    same = " AND ".join(f's."{name}" = d."{name}"' for name in table.key)
    shown = ", ".join(f's."{name}"' for name in table.key)
    for source, line, *key in stage.sql.rows(
        f"SELECT s.source, s.line, {shown} FROM {staging(table)} s JOIN "
        f"(SELECT {keys}, MIN(pos) AS first FROM {staging(table)} WHERE {full} GROUP BY {keys} HAVING COUNT(*) > 1) d "
        f"ON {same} WHERE s.pos > d.first LIMIT {MOST}"
    ):
        name = ", ".join(key)[:80]
        twice = f"„{name}“ steht mehr als einmal im Export."
        found = stage.sources[source]
        problems.add(found.label, line, found.theirs(table.key[0]), "duplicate_id", twice)


def _check_references(stage: Stage, table: Table, problems: Problems) -> None:
    """Find cells that name a row which is neither in the export nor known."""
    for column in table.references:
        target = TABLES[column.refers]
        if problems.is_lost(target.name):
            continue
        here = ""
        if stage.has(target):
            here = f'AND NOT EXISTS (SELECT 1 FROM {staging(target)} t WHERE t."{target.key[0]}" = s."{column.name}") '
        for source, line, value in stage.sql.rows(
            f'SELECT s.source, s.line, s."{column.name}" FROM {staging(table)} s '
            f"WHERE s.\"{column.name}\" NOT IN ('', ?) {here}"
            f'AND NOT EXISTS (SELECT 1 FROM "{target.table}" m WHERE m.id = s."{column.name}") LIMIT {MOST}',
            (ABSENT,),
        ):
            unknown = f"„{value[:80]}“ gibt es weder in diesem Export noch in der Datenbank ({target.name})."
            found = stage.sources[source]
            problems.add(found.label, line, found.theirs(column.name), "unknown_reference", unknown)
