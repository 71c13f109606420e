"""The databases that are measured, filled through the product's own import and kept for the next run.

`python -m bench.data 1000000` makes those of a size; a former run's are brought to the current schema, not made anew.
"""

from __future__ import annotations

import csv
import functools
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bench.rows import add_rows
from bench.surroundings import ROOT, SCHICHT, sqlite3, surroundings
from tui.demo.bulk import write_bulk

CACHE = ROOT / "build" / "bench"
MEMBER = "ANN"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
"""VPAs; as many Cases are open."""
ENTRIES, TASKS = 10, 2
"""So many times as many."""
ENTRIES_AT_ONCE = 1_000_000
NAMES = 400
"""So many first rows of the list are known by name: more than a run scrolls through."""


@dataclass(frozen=True)
class Data:
    """What is measured on at one size; each file is made when first asked for, and then only read."""

    vpas: int

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return CACHE / str(self.vpas)

    @property
    def told(self) -> str:
        """How much it is."""
        counts = (self.vpas, self.vpas, ENTRIES * self.vpas, TASKS * self.vpas)
        return "{:,} VPAs and open Cases, {:,} customers, {:,} entries, {:,} tasks".format(*counts)

    def large(self) -> Path:
        """VPAs and open Cases, customers, entries, tasks, Reminders, VPA-Wechsel."""
        return self._kept("schicht.db", self._fill)

    def before(self) -> Path:
        """The VPAs alone, before the import that is measured."""
        return self._kept("before.db", self._fill_before)

    def export(self, share: int) -> Path:
        """The folder of an export of the VPAs in which one of `share` has changed since."""
        return self._kept(f"export-{share}", lambda target: self._write_export(target, share))

    def table(self) -> Path:
        """The first rows of the list as CSV, for a stock DataTable."""
        return self._kept("table.csv", self._write_table)

    def listed(self) -> Path:
        """A SQLite file with nothing but the list, a row a Case: what others can open."""
        return self._kept("listed.db", self._write_listed)

    def stock(self) -> Path:
        """A SQLite file with a stock FTS5 index of the entries' texts, under their numbers."""
        return self._kept("stock.db", self._write_stock)

    def names(self) -> list[str]:
        """VPAs of the first rows, in the order of the list."""
        with self.table().open(encoding="utf-8", newline="") as file:
            return [row["VPA"] for row in csv.DictReader(file)]

    def _kept(self, name: str, make: Callable[[Path], None]) -> Path:
        """The file of this name, made if it is not there. CalledProcessError if the product fails."""
        path = self.folder / name
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            say(f"Baue {path.relative_to(CACHE)}")
            unfinished = path.with_name(f"{name}.neu")
            _remove(unfinished)
            make(unfinished)
            unfinished.rename(path)
        if name in ("schicht.db", "before.db"):
            lift(path)
        return path

    def _fill(self, target: Path) -> None:
        """All tables; the exports go through the product's import, each file by itself."""
        folder = self.folder / "export.neu"
        _remove(folder)
        first, second = write_bulk(
            folder, self.vpas, 0, customers=self.vpas, entries=ENTRIES * self.vpas, tasks=TASKS * self.vpas,
            all_cases=True,
        )  # fmt: skip
        entries = list(_split(first / "akten.csv", folder))
        begin(target)
        for export in (first, *entries, second):
            schicht(target, "import", str(export))
            shutil.rmtree(export)
        add_rows(target, self.vpas // 2, self.vpas // 10)
        shutil.rmtree(folder)

    def _fill_before(self, target: Path) -> None:
        folder = self.folder / "vpas.neu"
        first, _ = write_bulk(folder, self.vpas, 0, customers=0, entries=0)
        begin(target)
        schicht(target, "import", str(first))
        shutil.rmtree(folder)

    def _write_export(self, target: Path, share: int) -> None:
        folder = self.folder / "vpas.neu"
        _, second = write_bulk(folder, self.vpas, self.vpas // share, customers=0, entries=0)
        second.rename(target)
        shutil.rmtree(folder)

    def _write_table(self, target: Path) -> None:
        lines = schicht(self.large(), "case", "list", "--limit", str(NAMES), "--json")
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["seit", "VPA", "Case", "Befund", "bei"])
            for case in map(json.loads, lines.splitlines()):
                findings = ", ".join(case["findings"])
                writer.writerow([case["opened_at"][:10], case["vpa_name"], case["kind"], findings, case["vpa"]])

    def _write_listed(self, target: Path) -> None:
        source = sqlite3.connect(f"file:{self.large()}?mode=ro", uri=True)
        source.execute("ATTACH ? AS other", (str(target),))
        source.execute(
            "CREATE TABLE other.cases AS SELECT substr(opened_at, 1, 10) AS seit, vpa_name AS vpa, kind, findings, "
            "vpa AS bei FROM \"case\" WHERE state = 'open' ORDER BY opened_at, id"
        )
        source.close()

    def _write_stock(self, target: Path) -> None:
        db = sqlite3.connect(f"file:{target}", uri=True)
        db.execute("ATTACH ? AS ours", (f"file:{self.large()}?mode=ro",))
        db.execute("CREATE VIRTUAL TABLE stock USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2')")
        db.execute(
            "INSERT INTO stock (rowid, text) "
            "SELECT id, situation || ' ' || coalesce(response, '') || ' ' || coalesce(next_steps, '') FROM ours.entry"
        )
        db.commit()
        db.close()


@functools.cache
def lift(database: Path) -> None:
    """Bring a database of an earlier schema to the current one; the copy that the product makes before that goes."""
    beside = set(database.parent.iterdir())
    schicht(database, "init")
    for path in set(database.parent.iterdir()) - beside:
        if not path.name.endswith(("-wal", "-shm")):
            _remove(path)
    if _columns(database) != _columns(_fresh()):
        say(f"{database.relative_to(CACHE)} hat andere Spalten als eine neue: lösche sie, dann wird sie neu gebaut")


@functools.cache
def _fresh() -> Path:
    """A new database of the current schema."""
    path = CACHE / "fresh.db"
    path.unlink(missing_ok=True)
    schicht(path, "init")
    return path


def _columns(database: Path) -> list[tuple[Any, ...]]:
    """Table, name and type of all columns, but for those that lie inside an index."""
    db = sqlite3.connect(database)
    query = "SELECT m.name, c.name, c.type, c.pk FROM sqlite_master m, pragma_table_info(m.name) c"
    rows = db.execute(f"{query} WHERE m.type = 'table' ORDER BY 1, 2").fetchall()
    db.close()
    return list(rows)


def copy(source: Path, target: Path) -> None:
    """A fresh copy of a database, on the disk: the next commit must not pay for it."""
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def variables(database: Path | str, home: Path) -> dict[str, str]:
    """Surroundings in which the product opens this database without a question."""
    return {**surroundings(home), "SCHICHT_DB": str(database), "SCHICHT_AS": MEMBER}


def begin(database: Path) -> None:
    """A new database with one member."""
    database.unlink(missing_ok=True)
    schicht(database, "init")
    schicht(database, "member", "add", MEMBER, "Anna Beispiel", acting="")


def schicht(database: Path | str, *args: str, acting: str = MEMBER) -> str:
    """Run a command of the product; what it printed."""
    started = time.perf_counter()
    env = {**variables(database, CACHE), "SCHICHT_AS": acting}
    done = subprocess.run([SCHICHT, *args], env=env, cwd=CACHE, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    taken = time.perf_counter() - started
    if taken > 5:
        say(f"{taken:6.1f} s  schicht {' '.join(args)}")
    return done.stdout


def say(text: str) -> None:
    """Progress, beside the table."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _split(file: Path, folder: Path) -> Iterator[Path]:
    """Folders with a part of the file each, which goes: an export's file may hold 500 MB."""
    with file.open(encoding="utf-8") as lines:
        header = next(lines)
        while part := list(islice(lines, ENTRIES_AT_ONCE)):
            target = folder / f"akten-{part[0].partition(';')[0]}"
            target.mkdir()
            with (target / file.name).open("w", encoding="utf-8") as written:
                written.write(header)
                written.writelines(part)
            yield target
    file.unlink()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    for wanted in map(int, sys.argv[1:]):
        made = Data(wanted)
        say("\n".join(map(str, (made.large(), made.before(), made.export(100), made.table(), made.listed()))))
