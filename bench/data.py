"""The databases that are measured, filled through the product's own import and kept for the next run."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from itertools import islice
from pathlib import Path

from bench.rows import add_rows
from bench.surroundings import ROOT, SCHICHT, sqlite3, surroundings
from tui.demo.bulk import write_bulk

CACHE = ROOT / "build" / "bench"
MEMBER = "ANN"
ENTRIES_AT_ONCE = 1_000_000
NAMES = 120
"""So many first rows of the list are known by name: more than a run scrolls through."""


@dataclass(frozen=True)
class Size:
    """How much is in the large database."""

    vpas: int = 100_000
    """As many Cases are open."""
    customers: int = 100_000
    entries: int = 300_000
    changes: int = 10_000
    """VPAs that differ in the export whose import is measured."""
    tasks: int = 50_000

    @property
    def small(self) -> Size:
        """A hundredth of it, for growth."""
        return Size(self.vpas // 100, self.customers // 100, self.entries // 100, 0, self.tasks // 100)


@dataclass(frozen=True)
class Data:
    """What is measured on; a folder that is filled once and then only read."""

    folder: Path

    @property
    def empty(self) -> Path:
        """Schema and one member."""
        return self.folder / "empty.db"

    @property
    def large(self) -> Path:
        """VPAs and open Cases, customers, entries."""
        return self.folder / "large.db"

    @property
    def small(self) -> Path:
        """A hundredth of the large one."""
        return self.folder / "small.db"

    @property
    def before(self) -> Path:
        """The VPAs alone, before the import that is measured."""
        return self.folder / "before.db"

    @property
    def export(self) -> Path:
        """The export that is imported: its `vpas.csv`."""
        return self.folder / "changed" / "second"

    @property
    def table(self) -> Path:
        """The first rows of the list as CSV, for a stock DataTable."""
        return self.folder / "table.csv"

    def names(self) -> list[str]:
        """VPAs of the first rows, in the order of the list."""
        with self.table.open(encoding="utf-8", newline="") as file:
            return [row["VPA"] for row in csv.DictReader(file)]


def prepare(size: Size, say: Callable[[str], None]) -> Data:
    """Data of this size, made unless a former run has left them; outdated ones go.

    CalledProcessError if the product fails.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    empty = CACHE / "empty.db"
    _start(empty)
    name = f"{size.vpas}-{size.customers}"
    folder = CACHE / f"{name}-{_fingerprint(empty, size)}"
    if not folder.exists():
        say(f"Baue die Daten: {size.vpas} VPAs, {size.entries} Einträge …")
        for outdated in CACHE.glob(f"{name}-*"):
            shutil.rmtree(outdated)
        unfinished = folder.with_suffix(".neu")
        unfinished.mkdir()
        _fill(Data(unfinished), size)
        unfinished.rename(folder)
    empty.replace(folder / empty.name)
    return Data(folder)


def copy(source: Path, target: Path) -> None:
    """A fresh copy of a database, on the disk: the next commit must not pay for it."""
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def variables(database: Path, home: Path) -> dict[str, str]:
    """Surroundings in which the product opens this database without a question."""
    return {**surroundings(home), "SCHICHT_DB": str(database), "SCHICHT_AS": MEMBER}


def _fingerprint(empty: Path, size: Size) -> str:
    """Changes with the schema, with how an import fills it, and with what is imported."""
    digest = hashlib.sha256(repr(astuple(size)).encode())
    database = sqlite3.connect(empty)
    digest.update(repr(database.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()).encode())
    database.close()
    sources = [ROOT / "tui" / "demo" / "bulk.py", ROOT / "bench" / "rows.py"]
    for path in [*sorted((ROOT / "models" / "snapshot").glob("*.py")), *sources]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _start(database: Path) -> None:
    """A new database with one member."""
    database.unlink(missing_ok=True)
    _schicht(database, "init")
    _schicht(database, "member", "add", MEMBER, "Anna Beispiel", acting="")


def _fill(data: Data, size: Size) -> None:
    _fill_whole(data.large, data.folder / "large", size)
    _fill_whole(data.small, data.folder / "small", size.small)
    first, _ = write_bulk(data.folder / "changed", size.vpas, size.changes, customers=0, entries=0)
    _start(data.before)
    _schicht(data.before, "import", str(first))
    _write_table(data, _schicht(data.large, "case", "list", "--limit", str(NAMES), "--json"))
    for folder in (data.folder / "large", data.folder / "small", first):
        shutil.rmtree(folder)


def _fill_whole(database: Path, folder: Path, size: Size) -> None:
    """All tables; the exports go through the product's import."""
    first, second = write_bulk(
        folder, size.vpas, 0, customers=size.customers, entries=size.entries, tasks=size.tasks, all_cases=True
    )
    entries = list(_split(first / "akten.csv", folder))
    _start(database)
    for export in (first, *entries, second):
        _schicht(database, "import", str(export))
    add_rows(database, size.vpas // 2, size.vpas // 10)


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


def _write_table(data: Data, lines: str) -> None:
    with data.table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["seit", "VPA", "Case", "Befund", "bei"])
        for case in map(json.loads, lines.splitlines()):
            findings = ", ".join(case["findings"])
            writer.writerow([case["opened_at"][:10], case["vpa_name"], case["kind"], findings, case["vpa"]])


def _schicht(database: Path, *args: str, acting: str = MEMBER) -> str:
    """Run a command of the product; what it printed."""
    env = {**variables(database, CACHE), "SCHICHT_AS": acting}
    done = subprocess.run([SCHICHT, *args], env=env, cwd=CACHE, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout
