"""Writers that are killed in the middle (kill -9), and what must hold afterwards (issue 2, section 4).

As a module it is one such writer: it closes Cases with their file entries until it is killed, and says aloud what was
acknowledged.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from typing import Any

from tests.support import office as lay
from tests.support.terminal import ROOT
from tests.support.world import World


def kill_writers(world: World, kills: int, side_by_side: int = 2, seed: int = 1) -> list[dict[str, Any]]:
    """Kill so many writers, some at a time, each somewhere in its work; what they had acknowledged."""
    chance = random.Random(seed)
    acknowledged: list[dict[str, Any]] = []
    killed = 0
    while killed < kills:
        writers = [_writer(world) for _ in range(min(side_by_side, kills - killed))]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
        first = [writer.stdout.readline() if writer.stdout and chance.random() < 0.8 else b"" for writer in writers]
        time.sleep(chance.uniform(0.0, 0.03))
        for writer, line in zip(writers, first, strict=True):
            writer.kill()
            out, err = writer.communicate()
            assert err == b"", err.decode()
            acknowledged += [json.loads(line) for line in (line + out).splitlines() if line.endswith(b"}")]
            killed += 1
    return acknowledged


def check_whole(world: World, acknowledged: list[dict[str, Any]]) -> None:
    """No acknowledged write lost, no half pair: each row of the history has all that it tells of, and nothing more."""
    from models.admin.verify import verify
    from models.tables.case import Case
    from models.tables.entry import Entry
    from models.tables.history import History
    from models.tables.reminder import Reminder

    rows = list(History.select().where(History.action == "case.contact"))
    told = Counter(str(change.key) for row in rows for change in row.changed() if change.table == "reminder")
    assert told == Counter(str(reminder.id) for reminder in Reminder.select())
    logged = [row.subject for row in History.select().where(History.action == "file.log")]
    assert Counter(logged) == Counter(f"entry:{entry.id}" for entry in Entry.select())
    contacted = {row.subject for row in rows}
    assert contacted == {f"case:{case.id}" for case in Case.select().where(Case.contacted_at.is_null(False))}
    done = contacted | set(logged)
    assert [one for one in acknowledged if one["subject"] not in done] == []
    assert verify() == len(rows) + len(logged) + 1
    assert world.cli("doctor").ok().json["integrity"] == "ok"


def lay_cases(world: World, count: int) -> None:
    """So many open Cases, for writers to fall over."""
    lay.settle(world)
    with world.store.db.atomic():
        for number in range(count):
            lay.vpa(f"W{number}", f"Wer {number}")
            lay.case(vpa=f"W{number}")


def _writer(world: World) -> subprocess.Popen[bytes]:
    args = [sys.executable, "-m", __name__, world.url, str(random.getrandbits(30))]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(args, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)


def write(url: str, seed: str) -> None:
    """Contact Cases and log entries without end, each a transaction of its own."""
    from models.action.run import check, run
    from models.action.work import Session
    from models.case.actions import ContactCase
    from models.database.store import connect, open_store
    from models.file.actions import LogEntry
    from models.ground.clock import FixedClock, parse_moment
    from models.ground.errors import SchichtError
    from models.tables.case import Case

    store = open_store(url)
    connect(store)
    session = Session(store, FixedClock(parse_moment("2025-11-05T14:00")), "TOM", "test")
    chance = random.Random(seed)
    query: Any = Case.select(Case.id).tuples()
    ids = [str(key) for (key,) in query]
    check(session, LogEntry(vpa="V001"))  # loads what the first action would
    _say("ready")
    while True:
        with contextlib.suppress(SchichtError):
            done = run(session, ContactCase(id=chance.choice(ids), note="x"))
            _say(json.dumps({"subject": done.result.subject}))
            done = run(session, LogEntry(vpa="V001", kind="other", situation="Neu " * 50, tag=("x",)))
            _say(json.dumps({"subject": done.result.subject}))


def _say(line: str) -> None:
    """Only what was said before the kill was acknowledged."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    write(*sys.argv[1:])
