"""The databases that tests are given: fresh, separate, on a real server, and never seen by anybody else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from models.admin.schema import version
from models.tables.registry import Meta
from tests.support import postgres
from tests.support.postgres import Home, NoServerError, Server, start
from tests.support.terminal import ROOT
from tests.support.world import World


def test_a_world_has_the_schema_and_is_a_sandbox(world: World) -> None:
    assert version(world.store) > 0
    assert Meta.read("sandbox") == "1"


@pytest.mark.parametrize("turn", [1, 2])
def test_worlds_share_nothing(world: World, turn: int) -> None:
    assert Meta.read("turn") is None
    Meta.create(key="turn", value=str(turn))
    assert Meta.read("turn") == str(turn)


def test_an_empty_database_has_no_schema(empty_url: str) -> None:
    from models.database.store import connect, open_store

    store = open_store(empty_url, create=True)
    connect(store)
    assert version(store) == 0
    store.db.close()


def test_the_server_is_real_and_ours_alone(postgres_server: Server) -> None:
    ((version_text,),) = postgres_server.execute("SELECT version()")
    assert version_text.startswith("PostgreSQL")
    assert stat.S_IMODE(postgres_server.home.stat().st_mode) == 0o700
    owner = (postgres_server.home / "data").stat().st_uid
    assert owner != 0, "a server never runs as root"
    assert postgres_server.execute("SHOW listen_addresses") == [("",)]


def test_a_server_comes_back_after_a_crash_and_leaves_nothing() -> None:
    home = Home()
    server = start(home.path)
    server.execute("CREATE TABLE kept (id int)")
    server.crash()
    server = start(home.path)
    assert server.execute("SELECT count(*) FROM kept") == [(0,)]
    home.close()
    assert not home.path.exists()


def test_a_machine_without_a_server_is_an_error_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(postgres.WANTED, raising=False)
    monkeypatch.setattr(postgres, "_candidates", lambda: iter([Path(os.devnull)]))
    postgres.programs.cache_clear()
    try:
        with pytest.raises(NoServerError, match="make test"):
            postgres.programs()
    finally:
        postgres.programs.cache_clear()


def test_a_server_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Before all that are found; where it is none, another is not taken in its stead."""
    command = (sys.executable, "-m", postgres.__name__)
    for name in postgres.PROGRAMS:
        (tmp_path / name).touch(0o755)
    monkeypatch.setenv(postgres.WANTED, str(tmp_path))
    assert done(*command).stdout.splitlines() == [str(tmp_path)]
    assert len(done(*command, "all").stdout.splitlines()) > 1
    (tmp_path / "initdb").unlink()
    assert postgres.WANTED in done(*command).stderr


def done(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
