"""`python -m bench.members ROLE URL FOLDER COUNT`: so many members at once, each a process of its own.

`join` takes them into the team. `ours` lets them read and resolve through the product's functions, `record` also writes
down each one's statements, `replay` sends these alone. Prints how it went as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from peewee import SQL, fn

from models.action.run import run
from models.action.work import Session
from models.case.actions import ResolveCase
from models.database.store import connect, open_store
from models.ground.clock import SystemClock
from models.ground.errors import AlreadyDoneError
from models.tables.case import Case
from models.team.actions import AddMember
from screens.cases.detail import case_detail
from screens.cases.tab import CasesTab

PAGES, DETAILS, OWN, SHARED = 6, 6, 3, 1
"""What a member does: pages of the list, details, Cases of one's own, and one that the next member resolves too."""
LOG = "Mit dem VPA besprochen, der Einsatzplan stimmt wieder."
FREE = SQL("state = 'open' AND findings = '[]'")
"""Cases that nothing but a measure is missing for."""
Statement = tuple[Any, Any]
Told = dict[str, Any]


@dataclass
class Notes:
    """The statements of a member, by operation."""

    operations: list[list[Statement]] = field(default_factory=list)

    def cursor(self) -> type[psycopg.Cursor[Any]]:
        """A cursor that writes down what it is asked."""
        operations = self.operations

        class Noting(psycopg.Cursor[Any]):
            def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
                operations[-1].append((query, params))
                return super().execute(query, params, **how)

        return Noting


def name(number: int) -> str:
    """The Kürzel of a member."""
    return f"M{number:03d}"


def join(url: str, folder: Path, count: int) -> Told:
    """All into the team, by the first one."""
    session = _session(url, 0)
    for number in range(1, count):
        run(session, AddMember(kuerzel=name(number), name=f"Mitglied {number}", role=("at",)))
    return {"members": count}


def _session(url: str, number: int) -> Session:
    store = open_store(url)
    connect(store)
    return Session(store, SystemClock(), name(number), "bench")


def _work(session: Session, number: int, count: int) -> Iterator[Callable[[], Any]]:
    """What a member does, in an order of their own."""
    query: Any = Case.select(Case.id).where(FREE).order_by(Case.id).tuples()
    keys = [key for (key,) in query.limit(count * (OWN + SHARED))]
    own = keys[number * OWN : (number + 1) * OWN]
    shared = [keys[count * OWN + number // 2]] if SHARED else []
    chance = random.Random(number)
    tab = CasesTab()
    source = tab.source(session, tab.start())
    work: list[Callable[[], Any]] = [lambda: source.page(None, "from", 100)] * PAGES
    work += [partial(case_detail, session, key) for key in chance.sample(keys, DETAILS)]
    work += [partial(_resolve, session, key) for key in (*own, *shared)]
    chance.shuffle(work)
    yield from work


def _warm(session: Session) -> None:
    """Load what the first page, detail and action would: members' programs have been running for a while."""
    key = Case.select(fn.MAX(Case.id)).where(FREE).scalar()
    tab = CasesTab()
    tab.source(session, tab.start()).page(None, "from", 100)
    case_detail(session, key)
    run(session, ResolveCase(id=str(key), measure="checked", log=LOG), dry_run=True)


def _resolve(session: Session, key: int) -> bool:
    """Whether it was done; False where somebody was first."""
    try:
        run(session, ResolveCase(id=str(key), measure="checked", log=LOG))
    except AlreadyDoneError:
        return False
    return True


def _ours(url: str, folder: Path, number: int, count: int, start: Any, record: bool = False) -> Told:
    session = _session(url, number)
    notes = Notes()
    work = list(_work(session, number, count))
    _warm(session)
    if record:
        session.store.db.connection().cursor_factory = notes.cursor()
    start.wait()
    began, used, refused = time.monotonic(), time.process_time(), 0
    for step in work:
        notes.operations.append([])
        refused += step() is False
    ended, used = time.monotonic(), time.process_time() - used
    if record:
        (folder / str(number)).write_bytes(pickle.dumps(notes.operations))
    return {"began": began, "ended": ended, "operations": len(work), "refused": refused, "used": used}


def _replay(url: str, folder: Path, number: int, start: Any) -> Told:
    operations: list[list[Statement]] = pickle.loads((folder / str(number)).read_bytes())
    with psycopg.connect(url, autocommit=True) as connection:
        start.wait()
        began, used, refused = time.monotonic(), time.process_time(), 0
        for statements in operations:
            try:
                _send(connection, statements)
            except psycopg.Error:
                refused += 1
                connection.execute("ROLLBACK")
        ended, used = time.monotonic(), time.process_time() - used
    return {"began": began, "ended": ended, "operations": len(operations), "refused": refused, "used": used}


def _send(connection: Any, statements: list[Statement]) -> None:
    for query, values in statements:
        cursor = connection.cursor()
        cursor.execute(query, values)
        if cursor.description:
            cursor.fetchall()


def _member(role: str, url: str, folder: Path, number: int, count: int, start: Any, told: Any) -> None:
    try:
        if role == "replay":
            answer = _replay(url, folder, number, start)
        else:
            answer = _ours(url, folder, number, count, start, role == "record")
    except Exception as error:  # noqa: BLE001  told to the parent, which raises it
        start.abort()
        answer = {"error": f"{name(number)}: {error!r}"}
    told.put(answer)


def together(role: str, url: str, folder: Path, count: int) -> Told:
    """All at once; what each did, and what stands in the database afterwards. RuntimeError where one failed."""
    folder.mkdir(exist_ok=True)
    forked = multiprocessing.get_context("fork")
    start, told = forked.Barrier(count), forked.Queue()
    members = [
        forked.Process(target=_member, args=(role, url, folder, number, count, start, told)) for number in range(count)
    ]
    for member in members:
        member.start()
    answers = [told.get(timeout=300) for _ in members]
    for member in members:
        member.join()
    if errors := [answer["error"] for answer in answers if "error" in answer]:
        raise RuntimeError("\n".join(errors[:5]))
    seconds = max(answer["ended"] for answer in answers) - min(answer["began"] for answer in answers)
    sums = {what: sum(answer[what] for answer in answers) for what in ("operations", "refused", "used")}
    return {"seconds": seconds, **sums, **_counted(url, count * (OWN + SHARED) - sums["refused"])}


def _counted(url: str, resolved: int) -> Told:
    """Cases that stand in the history or the files more than once, and those that were told done and are not there."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT subject FROM history WHERE action = 'case.resolve' AND route = 'do'")
        subjects = Counter(subject for (subject,) in rows)
        closed = connection.execute("SELECT count(*) FROM \"case\" WHERE state = 'resolved'").fetchone()
        entries = connection.execute("SELECT count(*) FROM entry WHERE situation = %s", (LOG,)).fetchone()
    assert closed is not None
    assert entries is not None
    double = sum(times - 1 for times in subjects.values()) + max(0, entries[0] - resolved)
    return {"double": double, "lost": max(0, resolved - min(len(subjects), closed[0], entries[0]))}


def main(role: str, url: str, folder: str, count: str) -> None:
    """Do it and print."""
    os.environ.setdefault("SCHICHT_DB", url)
    answer = (join(url, Path(folder), int(count))) if role == "join" else together(role, url, Path(folder), int(count))
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
