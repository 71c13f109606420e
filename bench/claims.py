"""`python -m bench.claims`: how many claims a second many connections get on one PostgreSQL, and that none is doubled.

Two ways to get hold of things alone: a queue that skips what others lock, and a conditional UPDATE. And the product's
own upsert (`models.claim`), which makes known who works on what: on things of one's own, and on the same things as
everybody else; doubled would be one desk twice at a thing, lost one that is missing. The control takes without asking.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import psycopg

from models.action.claims import POSTGRES, TAKE
from tests.support import postgres
from tests.support.world import prepare

PROCESSES = 5
"""So many share the connections: Python gives one processor to each."""

LASTING = ("fsync=on", "full_page_writes=on", "autovacuum=on")
"""A commit lasts, as in a team's own server; claims of the product are not logged, and need no disk."""

SHARED = 5_000
"""Things that all members open forms about."""

JOBS = 400_000
"""Things that wait in the table of the first two ways: more than are taken in time."""

SETUP = (
    "CREATE TABLE job (id integer PRIMARY KEY, holder text)",
    f"INSERT INTO job SELECT n, NULL FROM generate_series(1, {JOBS}) n",
    "CREATE INDEX job_free ON job (id) WHERE holder IS NULL",
)
QUEUE = """
UPDATE job SET holder = %s WHERE id =
(SELECT id FROM job WHERE holder IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id
"""
NEXT = "SELECT id FROM job WHERE holder IS NULL ORDER BY id LIMIT 1"
CONDITIONAL = "UPDATE job SET holder = %s WHERE id = %s AND holder IS NULL"
CARELESS = "UPDATE job SET holder = %s WHERE id = %s"
APPEND = """
INSERT INTO audit (at, member, account, action, command, step, route, undoable, changes)
VALUES (now(), NULL, 'bench', 'bench', %s, 0, 'auto', false, '[]') RETURNING id
"""
UPSERT = TAKE.format(values=f"(%s, %s, %s, {POSTGRES['now']}, {POSTGRES['end']})", **POSTGRES)

Try = Callable[[Any, str], Iterator[int | None]]
"""For a connection and a name: tries to claim one thing after the other; its number, or None for a lost race."""


@dataclass
class Got:
    """What some connections have got."""

    won: list[int] = field(default_factory=list)
    lost: int = 0


def queue(connection: Any, me: str) -> Iterator[int | None]:
    """The next thing that nobody else is just about to take."""
    while row := connection.execute(QUEUE, (me,)).fetchone():
        yield row[0]


def conditional(connection: Any, me: str, update: str = CONDITIONAL) -> Iterator[int | None]:
    """Look for the next free one, take it if it still is."""
    while row := connection.execute(NEXT).fetchone():
        yield row[0] if connection.execute(update, (me, row[0])).rowcount else None


def careless(connection: Any, me: str) -> Iterator[int | None]:
    """The control: take it, whoever has it by now."""
    return conditional(connection, me, CARELESS)


def ours_apart(connection: Any, me: str) -> Iterator[int | None]:
    """Each member opens forms of their own, as on most days."""
    return _ours(connection, me, iter(range(int(me) * SHARED, (int(me) + 1) * SHARED)))


def ours_same(connection: Any, me: str) -> Iterator[int | None]:
    """Everybody opens forms about the same things, in an order of their own."""
    things = random.Random(me).sample(range(SHARED), SHARED)
    return _ours(connection, me, iter(things))


def _ours(connection: Any, me: str, things: Iterator[int]) -> Iterator[int | None]:
    for thing in things:
        connection.execute(UPSERT, (f"case:{thing}", me, me))
        yield int(me) * JOBS + thing


def history(connection: Any, me: str) -> Iterator[int | None]:
    """The next place in the history; each row in a transaction of its own."""
    while True:
        yield connection.execute(APPEND, (str(uuid.uuid4()),)).fetchone()[0]


WAYS: dict[str, Try] = {
    "FOR UPDATE SKIP LOCKED": queue,
    "bedingtes UPDATE": conditional,
    "Schicht: jedes Mitglied an eigenen Fällen": ours_apart,
    "Schicht: alle an denselben Fällen": ours_same,
    "Verlauf: eine Zeile nach der anderen": history,
    "Kontrolle: ohne zu fragen": careless,
}


def main() -> int:
    """Measure each way and print it; 1 where one of them doubled a claim, or the control did not."""
    args = _arguments()
    home = postgres.Home()
    vars(postgres)["SETTINGS"] = (*postgres.SETTINGS, *LASTING)
    server = postgres.running(home.path)
    try:
        sys.stdout.write(f"{args.connections} Verbindungen, {args.seconds:g} s je Weg, {os.cpu_count()} Kerne\n")
        wrong = [name for name in WAYS if not _measure(server, name, args.connections, args.seconds)]
    finally:
        home.close()
    return 1 if wrong else 0


def _measure(server: postgres.Server, name: str, connections: int, seconds: float) -> bool:
    """One way on a fresh database; whether it is as it must be."""
    server.execute("DROP DATABASE IF EXISTS claims WITH (FORCE)")
    server.execute("CREATE DATABASE claims")
    url = server.url("claims")
    prepare(url)
    for statement in SETUP:
        server.execute(statement, "claims")
    server.execute("VACUUM ANALYZE job", "claims")
    places = [list(range(connections))[place::PROCESSES] for place in range(PROCESSES)]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        start = time.monotonic() + 3
        found = pool.starmap(_work, [(url, name, members, start, seconds) for members in places])
    won = Counter(number for got in found for number in got.won)
    doubled, lost = sum(count - 1 for count in won.values()), sum(got.lost for got in found)
    if name.startswith("Schicht"):  # what the database holds in the end says whether one is missing or there twice
        ((rows, kept),) = server.execute("SELECT count(*), count(DISTINCT (subject, holder)) FROM claim", "claims")
        doubled, lost = rows - kept, len(won) - kept
    line = f"{name:<44}{len(won) / seconds:>9,.0f} je s{lost / seconds:>10,.0f} verloren je s{doubled:>8,} doppelt"
    sys.stdout.write(line.replace(",", ".") + "\n")
    sys.stdout.flush()
    return (doubled > 0) is name.startswith("Kontrolle")


def _work(url: str, name: str, members: list[int], start: float, seconds: float) -> Got:
    """In a process of its own: a thread for each connection."""
    got = Got()
    threads = [threading.Thread(target=_claim, args=(url, name, str(me), start, seconds, got)) for me in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def _claim(url: str, name: str, me: str, start: float, seconds: float, got: Got) -> None:
    won, lost = [], 0
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        tries = WAYS[name](connection, me)
        time.sleep(max(0.0, start - time.monotonic()))
        while time.monotonic() < start + seconds:
            number = next(tries, -1)
            if number == -1:
                break
            if number is None:
                lost += 1
            else:
                won.append(number)
    got.won += won
    got.lost += lost


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=5.0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
