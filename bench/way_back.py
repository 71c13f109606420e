"""What recognising costs an import, and how quick an export is: `python -m bench.way_back [ENTRIES] [OWN]`.

In turn the same entries are imported with and without looking for those that were written here, each into a database of
its own; then everything is exported, beside the least that Python can do: a bare read and a csv write of the same rows.
"""

from __future__ import annotations

import csv
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from bench.data import say
from models.action.work import Session
from models.admin.schema import initialise
from models.database.store import connect, open_store
from models.exporting.export import export
from models.ground.clock import FixedClock, parse_moment
from models.importing import files
from models.importing.importer import take
from models.tables.entry import Entry
from models.tables.history import Stamp
from models.tables.people import Customer, Member

NOW = parse_moment("2025-11-05T14:00")
CUSTOMERS = 1_000
TEXT = "Die Kundin hat angerufen und bittet um Rückruf wegen der Messeliste, Nummer {0}. Alles Weitere steht im Chat."


def main() -> None:
    """Measure, and print the ratios."""
    entries, own = (int(arg) for arg in (*sys.argv[1:], "1000000", "100000")[:2])
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        source = folder / "akten.csv"
        write_entries(source, entries)
        base = prepared(folder / "base.db", own)
        base.store.db.close()
        times: dict[str, list[float]] = {"with": [], "without": []}
        for turn in range(2):
            for how in ("with", "without") if turn % 2 == 0 else ("without", "with"):
                path = folder / f"{how}.db"
                shutil.copyfile(folder / "base.db", path)
                times[how].append(timed(lambda path=path, how=how: import_into(path, source, how)))  # type: ignore[misc]
        best = {how: min(found) for how, found in times.items()}
        say(f"import of {entries} entries, {own} of our own: {best['with']:.2f} s")
        say(f"  without looking for those: {best['without']:.2f} s")
        say(f"  ratio {best['with'] / best['without']:.3f} (bar 1.2)")
        again = timed(lambda: import_into(folder / "with.db", source, "again"))
        say(f"  the same once more, when all is known: {again:.2f} s")
        measure_export(folder, folder / "with.db")


def timed(work: Callable[[], Any]) -> float:
    """Seconds of the processor that it takes."""
    begun = time.process_time()  # others may be at work
    work()
    return time.process_time() - begun


def session_of(path: Path) -> Session:
    """The database at this path, connected."""
    store = open_store(str(path), create=True)
    connect(store)
    return Session(store, FixedClock(NOW), "ANN", "bench")


def prepared(path: Path, own: int) -> Session:
    """A team, customers, and entries that were written here: each tenth of the export's texts, as far as they go."""
    session = session_of(path)
    initialise(session.store, Stamp(NOW, None, "bench"), sandbox=True)
    Member.create(kuerzel="ANN", key="ann", name="Ann", roles=["at", "vpa_manager"])
    with session.store.db.atomic():
        for number in range(CUSTOMERS):
            Customer.create(id=f"K{number}", name=f"Kunde {number}", folded=f"kunde {number}", status="aktiv")
        for number in range(own):
            text = TEXT.format(number * 10)
            Entry.create(file="oteam", subject=f"customer:K{number * 10 % CUSTOMERS}", kind="other", situation=text,
                         author="ANN", account="bench", created_at=NOW, folded=Entry.searchable(text))  # fmt: skip
    return session


def write_entries(path: Path, entries: int) -> None:
    """The platform's export."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["eintrag_id", "kunden_id", "datei", "zeit", "verfasser", "situation"])
        for number in range(entries):
            row = (f"P{number}", f"K{number % CUSTOMERS}", "oteam", "2025-11-01T10:00", "AT", TEXT.format(number))
            writer.writerow(row)


def import_into(path: Path, source: Path, how: str) -> None:
    """Take the export."""
    session = session_of(path)
    with mock.patch.object(files, "recognise") if how == "without" else mock.MagicMock():
        answer = take(session, [source])
    session.store.db.close()
    say(f"  {how}: {answer['files'][0]}")


def measure_export(folder: Path, path: Path) -> None:
    """Export everything, then read and write the same entries with nothing around it."""
    session = session_of(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours = timed(lambda: export(session, folder / "alles"))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bare = timed(lambda: bare_copy(session, folder / "bare.csv"))
    say(f"export of everything: {ours:.2f} s, bare read and csv write of the entries {bare:.2f} s,")
    say(f"  ratio {ours / bare:.2f} (bar 2); memory grew by {(after - before) / 1024:.0f} MB")
    session.store.db.close()


def bare_copy(session: Session, path: Path) -> None:
    """What Python cannot do without."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        cursor = session.store.db.execute_sql(
            "SELECT id, subject, file, created_at, author, origin, kind, situation, response, next_steps, link, tags "
            "FROM entry ORDER BY id"
        )
        while rows := cursor.fetchmany(5_000):
            writer.writerows(rows)


if __name__ == "__main__":
    main()
