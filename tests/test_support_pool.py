"""A database that was used before is like a fresh one."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.support.pool import Pool
from tests.support.postgres import Server

LOOK = """
SELECT (SELECT json_agg(meta ORDER BY key)::text FROM meta), (SELECT count(*) FROM member),
    (SELECT last_value || is_called::text FROM entry_id_seq), (SELECT count(*) FROM pg_class WHERE relname = 'more')
"""


@pytest.fixture
def pool(postgres_server: Server, postgres_template: str) -> Pool:
    """One that nobody else uses."""
    return Pool(postgres_server, postgres_template)


def lent(pool: Pool, *statements: str) -> tuple[str, Any]:
    """Borrow a database and do something with it; its address and how it looked before."""
    with pool.lend() as url, psycopg.connect(url, autocommit=True) as connection:
        seen = connection.execute(LOOK).fetchone()
        for statement in statements:
            connection.execute(statement.encode())
        return url, seen


def test_rows_and_sequences_are_those_of_the_template_again(pool: Pool) -> None:
    first, fresh = lent(pool, "DELETE FROM meta", "SELECT nextval('entry_id_seq')")
    assert lent(pool) == (first, fresh)
    with pool.lend() as one, pool.lend() as another:
        assert one == first != another


def test_a_changed_schema_is_thrown_away(pool: Pool) -> None:
    first, fresh = lent(pool, "CREATE TABLE more (id int)")
    second, seen = lent(pool, "DROP INDEX flag_state_vpa_folded_id")
    third, again = lent(pool)
    assert fresh == seen == again
    assert len({first, second, third}) == 3


def test_whoever_is_still_connected_is_cut_off(pool: Pool) -> None:
    with pool.lend() as url:
        left = psycopg.connect(url)
        left.execute("LOCK TABLE member")
    assert lent(pool)[0] == url
    with pytest.raises(psycopg.OperationalError):
        left.execute("SELECT 1")
