"""The stage of all stories: the demo's team on a Wednesday afternoon, set once a worker and copied."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from models.database.store import open_store
from models.ground.clock import FixedClock, parse_moment
from tests.stories.desk import NOW
from tests.support.postgres import Server

_numbers = itertools.count()


@pytest.fixture(scope="session")
def stage_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's database, made once a worker."""
    from tui.demo.play import set_stage

    folder = tmp_path_factory.mktemp("stage")
    set_stage(folder, FixedClock(parse_moment(NOW))).store.db.close()
    return folder / "demo.db"


@pytest.fixture
def stage(stage_file: Path, tmp_path: Path) -> Path:
    """A copy of it for one story."""
    path = tmp_path / "team.db"
    shutil.copyfile(stage_file, path)
    return path


@pytest.fixture
def postgres_stage(postgres_server: Server, tmp_path: Path) -> Iterator[str]:
    """The same stage on a PostgreSQL server."""
    from tui.demo.play import set_stage

    name = f"story_{os.getpid()}_{next(_numbers)}"
    postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    url = postgres_server.url(name)
    with mock.patch("tui.demo.play.open_store", lambda path, create: open_store(url, create=create)):
        set_stage(tmp_path, FixedClock(parse_moment(NOW))).store.db.close()
    yield url
    postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")
