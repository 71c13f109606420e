"""A stage for every test of the screens: a file of its own, filled."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.screens.stage import Stage, fill, opened


@pytest.fixture(scope="session")
def filled_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled database, made once."""
    path = tmp_path_factory.mktemp("stage") / "schicht.db"
    shutil.copyfile(sqlite_template, path)
    store = opened(path)
    fill(store)
    store.db.close()
    return path


@pytest.fixture
def stage(filled_template: Path, tmp_path: Path) -> Stage:
    """This test's own copy."""
    path = tmp_path / "schicht.db"
    shutil.copyfile(filled_template, path)
    return Stage(path, opened(path))


@pytest.fixture
def bare_stage(sqlite_template: Path, tmp_path: Path) -> Stage:
    """A database with nothing in it."""
    path = tmp_path / "schicht.db"
    shutil.copyfile(sqlite_template, path)
    return Stage(path, opened(path))
