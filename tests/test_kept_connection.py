"""A screen's connection to a server is kept for the next read, and never a dead or an old one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from unittest import mock

import pytest
from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus

from models.database import server
from models.database.store import Store, open_store
from models.ground.errors import OutcomeUnknownError
from tests.support.world import World


@pytest.fixture
def engine() -> str:
    """A file has no connection that is worth keeping."""
    return "postgres"


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    """The test's database, as a screen opens it."""
    store = open_store(world.url)
    store.keep_connection()
    yield store
    store.db.keeping = 0
    while (kept := store.db._take()) is not None:
        kept.close()


def process(store: Store) -> int:
    """The server's process behind a connection of its own."""
    with store.connected() as db:
        return int(db.execute_sql("SELECT pg_backend_pid()").fetchone()[0])


def test_the_next_who_reads_gets_the_connection_of_the_one_before(store: Store) -> None:
    first = process(store)
    assert {process(store) for _ in range(3)} == {first}
    store.db.keeping = 0
    process(store)
    assert len({process(store), process(store)}) == 2, "the control: nothing is kept where nobody asked for it"


def test_one_that_died_meanwhile_is_replaced(store: Store, world: World) -> None:
    first = process(store)
    with world.store.connected() as db:
        db.execute_sql("SELECT pg_terminate_backend(%s)", (first,))
    assert process(store) != first


def test_one_to_a_leader_of_yesterday_is_closed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = process(store)
    known = server._is_newest
    old: list[Connection[object]] = []

    def newest(connection: Connection[object], timelines: server.Timelines) -> bool:
        if connection.info.backend_pid == first:
            old.append(connection)
            return False
        return known(connection, timelines)

    monkeypatch.setattr(server, "_is_newest", newest)
    assert process(store) != first
    assert old[0].closed


def test_one_that_lay_too_long_is_not_asked_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = process(store)
    monkeypatch.setattr(server, "monotonic", lambda: 1e12)
    assert process(store) != first


def test_nothing_of_the_one_before_is_left(store: Store) -> None:
    with store.connected() as db:
        db.execute_sql("CREATE TEMPORARY TABLE left_behind AS SELECT 1")
        first = db.execute_sql("SELECT pg_backend_pid()").fetchone()[0]
    with store.connected() as db:
        assert db.execute_sql("SELECT pg_backend_pid()").fetchone()[0] == first
        assert db.execute_sql("SELECT to_regclass('left_behind')").fetchone()[0] is None


def test_a_connection_in_the_middle_of_something_is_not_kept(store: Store) -> None:
    store.db.connect()
    store.db.begin()
    first = store.db.connection().info.backend_pid
    store.db.connection().execute("SELECT 1")
    store.db.close()
    assert process(store) != first


@pytest.mark.parametrize(
    ("status", "unknown"),
    [(TransactionStatus.ACTIVE, True), (TransactionStatus.UNKNOWN, True), (TransactionStatus.IDLE, False)],
)
def test_half_an_answer_to_commit_is_none(status: TransactionStatus, unknown: bool) -> None:
    """The wire broke in the answer: libpq may still wait for its rest and call the connection open."""
    connection = mock.Mock(closed=False, **{"info.transaction_status": status})

    @contextlib.contextmanager
    def atomic() -> Iterator[None]:
        yield
        raise OperationalError("connection socket closed")

    db = mock.Mock(**{"connection.return_value": connection, "atomic": atomic})
    with pytest.raises(OutcomeUnknownError if unknown else OperationalError), server.heard(db):
        pass
