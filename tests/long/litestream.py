"""Litestream beside a SQLite file that is written to: thirty times both killed and restored: `make test-long`."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.database.store import open_store
from tests.support import office as lay
from tests.support.cluster import tools, until
from tests.support.outage import Said, Writer
from tests.support.world import World

RESTORES = int(os.environ.get("SCHICHT_RESTORES", "30"))
SEED = int(os.environ.get("SCHICHT_SEED", "5"))
MOST_LOST = 3.0
"""Seconds of writes that a restore may miss (issue 5 §4)."""


@pytest.fixture
def engine() -> str:
    """A file."""
    return "sqlite"


@dataclass
class Restored:
    """What came back of one file."""

    written: int
    """Writes that had been acknowledged."""
    lost: int
    """Of those, how many are missing."""
    seconds: float
    """Age of the oldest missing one when the machine died."""
    faults: list[str]


def litestream(*args: object) -> list[str]:
    """The command: of this environment, else of that of the long tests."""
    ours = Path(sys.executable).with_name("litestream")
    return [str(ours if ours.exists() else tools() / "litestream"), *map(str, args)]


def replicate(path: Path, replica: Path, every: str) -> subprocess.Popen[bytes]:
    """What docs/betrieb.md says, with the interval in a configuration file."""
    config = path.with_suffix(".yml")
    dbs = [{"path": str(path), "replica": {"type": "file", "path": str(replica), "sync-interval": every}}]
    config.write_text(json.dumps({"dbs": dbs}))  # JSON is YAML
    command = litestream("replicate", "-config", config)
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def round_(world: World, folder: Path, seconds: float, every: str) -> Restored:
    """Write for so long beside Litestream, kill both, restore elsewhere, compare."""
    folder.mkdir()
    path, replica, copy = folder / "schicht.db", folder / "replica", folder / "restored.db"
    store = open_store(world.url)
    with store.connected():
        store.db.execute_sql(f"VACUUM INTO '{path}'")
    beside = replicate(path, replica, every)
    # Level 9 is the first whole copy: it may come after the first changes, with what was written by then.
    until(lambda: any(replica.rglob("9/*.ltx")), 20, "Litestream fängt nicht an.")
    writer = Writer(str(path), "Satz")
    until(lambda: len(writer.said) > 0, 30, "Niemand schreibt.")
    time.sleep(seconds)
    died = time.monotonic()
    beside.kill()
    writer.kill()
    beside.wait()
    subprocess.run(litestream("restore", "-o", copy, f"file://{replica}"), check=True, capture_output=True)
    return compare(copy, [one for one in writer.said if one.told == "saved"], died)


def compare(copy: Path, acknowledged: list[Said], died: float) -> Restored:
    """What is there against what was said."""
    from models.admin.verify import verify
    from models.tables.entry import Entry

    store = open_store(str(copy))
    with store.connected():
        (integrity,) = store.db.execute_sql("PRAGMA integrity_check").fetchone()
        there = Counter(row.situation for row in Entry.select())
        verify()
    missing = [one for one in acknowledged if not there[one.text]]
    faults = [] if integrity == "ok" else [integrity]
    faults += [f"doubled: {text}" for text, times in there.items() if times > 1]
    age = max((died - one.ended for one in missing), default=0.0)
    return Restored(len(acknowledged), len(missing), age, faults)


@pytest.fixture
def rounds(world: World, tmp_path: Path) -> Callable[[int, str, float], list[Restored]]:
    """So many rounds of random length."""
    lay.settle(world)
    chance = random.Random(SEED)

    def run(count: int, every: str, least: float) -> list[Restored]:
        return [
            round_(world, tmp_path / f"{every}-{number}", least + chance.uniform(0.0, 3.0), every)
            for number in range(count)
        ]

    return run


@pytest.mark.slow
def test_restores(rounds: Callable[[int, str, float], list[Restored]]) -> None:
    """Every copy is sound, and what is missing is younger than three seconds."""
    found = rounds(RESTORES, "1s", 1.0)
    version = subprocess.run(litestream("version"), capture_output=True, text=True, check=True).stdout.strip()
    print(f"\nLitestream {version}, SQLite {sqlite_version()}, Zufallsstart {SEED}, {RESTORES} Wiederherstellungen")
    print(f"{sum(one.written for one in found)} bestätigt, {sum(one.lost for one in found)} davon fehlen; ", end="")
    print(f"das älteste, das fehlt, war {max(one.seconds for one in found):.2f} s alt")
    assert [fault for one in found for fault in one.faults] == []
    assert max(one.seconds for one in found) <= MOST_LOST
    assert sum(one.written - one.lost for one in found) > RESTORES, "something came back each time"


@pytest.mark.slow
def test_a_lazy_replica_is_found_out(rounds: Callable[[int, str, float], list[Restored]]) -> None:
    """The control: one that looks every minute loses more than three seconds."""
    (found,) = rounds(1, "60s", 5.0)
    print(f"\nKontrolle, Abgleich jede Minute: das älteste, das fehlt, war {found.seconds:.2f} s alt")
    assert found.seconds > MOST_LOST


def sqlite_version() -> str:
    """The library's, as Peewee uses it."""
    from peewee import sqlite3  # type: ignore[attr-defined]

    return str(sqlite3.sqlite_version)
