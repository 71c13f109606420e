"""What every test may ask for: a fresh database on both engines, the program against it, a home of its own."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.support.pool import Pool
from tests.support.postgres import Home, Server, running
from tests.support.world import World, prepare
from tui.clipboard import ANSWERING, NEEDS

HOME = pytest.StashKey[Home]()
TEMPLATE = "template_schicht"
_numbers = itertools.count()

settings.register_profile("schicht", deadline=None)  # two busy cores say nothing about the code's speed
settings.load_profile("schicht")


def pytest_configure(config: pytest.Config) -> None:
    """Live far from Berlin, so that nobody leans on the machine's zone; lay out a home for the database server."""
    os.environ["TZ"] = "Pacific/Auckland"
    time.tzset()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup every program that a test starts would ignore it
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` has it ignored
    ours = ("SCHICHT_DB", "SCHICHT_AS", "SCHICHT_NOW", "NO_COLOR", "COLUMNS", "LINES")
    for name in (*ours, "STY", *(variable for _, variable in NEEDS), *ANSWERING):  # nobody's own clipboard is touched
        os.environ.pop(name, None)
    if not hasattr(config, "workerinput"):
        config.stash[HOME] = Home()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The whole shifts first: whoever begins them last keeps the other worker waiting."""
    items.sort(key=lambda item: item.path.name != "test_shift.py")
    for item in items:
        if _meets_server(item):
            item.add_marker("server")


def _meets_server(item: pytest.Item) -> bool:
    """Whether it runs on a PostgreSQL server: by its engine, or because it asks for a server by name."""
    call, fixtures = getattr(item, "callspec", None), getattr(item, "fixturenames", ())
    engine = call.params.get("engine") if call else None
    if engine is not None:
        return bool(engine == "postgres")
    return "engine" in fixtures or any(name.startswith("postgres") for name in fixtures)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server; its guard does the same should this never be reached."""
    if home := config.stash.get(HOME, None):
        home.close()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each worker of xdist where the one server lives."""
    node.workerinput["postgres_home"] = str(node.config.stash[HOME].path)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, so that no test meets a person's data or settings, nor another test's."""
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    return home


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Server:
    """The one PostgreSQL server of this run, started by the first test that needs it."""
    config = request.config
    worker: dict[str, str] | None = getattr(config, "workerinput", None)
    return running(Path(worker["postgres_home"]) if worker else config.stash[HOME].path)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    """A database with the current schema, made once a run, from which the tests' own are copied."""
    with postgres_server.lock():
        if not postgres_server.execute(f"SELECT 1 FROM pg_database WHERE datname = '{TEMPLATE}'"):
            postgres_server.execute("DROP DATABASE IF EXISTS half_made")
            postgres_server.execute("CREATE DATABASE half_made")
            prepare(postgres_server.url("half_made"))
            postgres_server.execute(f"ALTER DATABASE half_made RENAME TO {TEMPLATE}")
    return TEMPLATE


@pytest.fixture(scope="session")
def postgres_pool(postgres_server: Server, postgres_template: str) -> Pool:
    """Copies of it that this worker uses again and again."""
    return Pool(postgres_server, postgres_template)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the current schema, made once a worker, from which the tests' own are copied."""
    path = tmp_path_factory.mktemp("template") / "schicht.db"
    prepare(str(path))
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    """Both engines, one after the other."""
    return str(request.param)


@pytest.fixture
def empty_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database without any table; on SQLite the file does not exist yet."""
    if engine == "sqlite":
        yield str(tmp_path / "schicht.db")
    else:
        yield from _database(request.getfixturevalue("postgres_server"), "template0")


@pytest.fixture
def db_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh sandbox database with the current schema and nothing in it."""
    if engine == "sqlite":
        path = tmp_path / "schicht.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield str(path)
    else:
        with request.getfixturevalue("postgres_pool").lend() as url:
            yield url


def _database(server: Server, template: str) -> Iterator[str]:
    name = f"test_{os.getpid()}_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def world(db_url: str, engine: str) -> Iterator[World]:
    """A fresh database, opened and connected; see `World`."""
    from models.database.store import connect, open_store

    store = open_store(db_url)
    connect(store)
    yield World(db_url, engine, store)
    store.db.close()
