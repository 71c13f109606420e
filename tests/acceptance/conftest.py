"""The house, built once a run and engine, copied for every story."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.house import House, settle
from tests.support.pool import Pool
from tests.support.world import World, prepare


def _build(url: str, engine: str, folder: Path) -> None:
    from models.database.store import connect, open_store

    store = open_store(url)
    connect(store)
    try:
        settle(House(World(url, engine, store), folder))
    finally:
        store.db.close()


@pytest.fixture(scope="session")
def sqlite_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the house in it."""
    folder = tmp_path_factory.mktemp("house")
    prepare(str(folder / "house.db"))
    _build(str(folder / "house.db"), "sqlite", folder)
    return folder / "house.db"


@pytest.fixture(scope="session")
def postgres_house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """Databases with the house in them."""
    server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
    name = f"house_{os.getpid()}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    _build(server.url(name), "postgres", tmp_path_factory.mktemp("house"))
    yield Pool(server, name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def house(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """The house on Wednesday at 14:00; ANN acts."""
    from models.database.store import connect, open_store

    with contextlib.ExitStack() as lent:
        if engine == "sqlite":
            url = str(tmp_path / "schicht.db")
            shutil.copyfile(request.getfixturevalue("sqlite_house"), url)
        else:
            url = lent.enter_context(request.getfixturevalue("postgres_house").lend())
        store = open_store(url)
        connect(store)
        yield House(World(url, engine, store, now="2025-11-05T14:00", me="ANN"), tmp_path)
        store.db.close()


@pytest.fixture
def bare(world: World, tmp_path: Path) -> House:
    """An empty database."""
    return House(world, tmp_path)
