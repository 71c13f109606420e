"""Behind a real PgBouncer (trial 20): each mode that it has, two screens' worth of reading and writing at once.

Part of `make test-long`; without PgBouncer on the machine there is nothing to be tried.
"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.support import office as lay
from tests.support.pooler import pooled, program
from tests.support.postgres import USER, Server
from tests.support.program import in_process
from tests.support.world import World

pytestmark = pytest.mark.skipif(program() is None, reason="no PgBouncer on this machine")


@pytest.fixture
def engine() -> str:
    """A server."""
    return "postgres"


def rounds(world: World, url: str, times: int) -> list[str]:
    """Two members who read and write at the same time, each on connections that are kept; what went wrong."""
    from models.action.run import run
    from models.action.work import Session
    from models.database.store import open_store
    from models.file.actions import LogEntry
    from models.ground.clock import FixedClock, parse_moment
    from models.tables.history import History

    store = open_store(url)
    store.keep_connection()
    faults: list[str] = []

    def work(kuerzel: str) -> None:
        session = Session(store, FixedClock(parse_moment(world.now)), kuerzel, "konto")
        for number in range(times):
            try:
                with store.connected():
                    list(History.select().limit(3).tuples())
                    text = f"{kuerzel} {number}"
                    run(session, LogEntry(vpa="V001", kind="other", situation=text, tag=("x",)))
            except Exception as error:  # noqa: BLE001  # whatever it is, it is told
                faults.append(repr(error))

    threads = [threading.Thread(target=work, args=(one,)) for one in ("TOM", "ANB")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.mark.parametrize("mode", ["session", "transaction"])
def test_both_modes_carry_two_members(world: World, postgres_server: Server, tmp_path: Path, mode: str) -> None:
    lay.settle(world)
    name = world.url.partition("@/")[2].partition("?")[0]
    (folder := tmp_path / "pgbouncer").mkdir()
    with pooled(postgres_server, folder, mode) as port:
        url = f"postgresql://{USER}@127.0.0.1:{port}/{name}"
        assert rounds(world, url, 30) == []
        for args in (["doctor"], ["check"], ["member", "list"], ["history", "verify"], ["case", "list"]):
            in_process(["--db", url, "--now", world.now, "--as", "TOM", "--json", *args]).ok()
        in_process(["--db", url, "--as", "TOM", "backup", str(tmp_path / "b.db")]).ok()
    world._take_back()
    assert len(world.cli("file", "show", "--vpa", "V001").ok().lines) == 60


def test_statement_mode_names_the_pooler(world: World, postgres_server: Server, tmp_path: Path) -> None:
    """It allows no transaction of several statements: nothing can be saved through it."""
    lay.settle(world)
    name = world.url.partition("@/")[2].partition("?")[0]
    (folder := tmp_path / "pgbouncer").mkdir()
    with pooled(postgres_server, folder, "statement") as port:
        url = f"postgresql://{USER}@127.0.0.1:{port}/{name}"
        told = in_process(
            ["--db", url, "--now", world.now, "--as", "TOM", "--json", "setting", "set", "afternoon", "13:00"]
        )
        assert told.exit_code == 5
        assert "Pooler" in told.json["error"]["message"]
    world._take_back()
