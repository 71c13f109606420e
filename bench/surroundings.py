"""The same clean surroundings for every program that is measured, and what they are made of."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
import sys
from pathlib import Path

from bench.venvs import pinned
from tests.support.postgres import programs

try:  # the library that Peewee takes
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:
    import sqlite3

__all__ = ["OPPONENTS", "PYTHON", "ROOT", "SCHICHT", "sqlite3", "surroundings", "versions"]

ROOT = Path(__file__).parents[1]
"""Top of the checkout."""

OPPONENTS = Path(__file__).parent / "opponents"

PYTHON = sys.executable
"""The interpreter of the environment, for the product and for what it is compared with."""

SCHICHT = str(Path(PYTHON).with_name("schicht"))
"""The product as a user starts it."""


def surroundings(home: Path) -> dict[str, str]:
    """Variables for a program whose home is this folder: nothing of the user's own gets in."""
    return {
        "PATH": os.defpath,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    }


def versions() -> list[str]:
    """What was used, a line each: machine, the product's packages, what it is compared with."""
    packages = ("textual", "peewee", "pendulum", "click", "psycopg")
    with_version = [f"{name} {found}" for name in packages if (found := _version(name))]
    others = [f"{name} {version}" for name, version in pinned().items()]
    asked = (["/usr/bin/env", "sqlite3", "--version"], [str(programs() / "postgres"), "--version"])
    shell, server = (subprocess.run(argv, capture_output=True, check=True, encoding="utf-8").stdout for argv in asked)
    return [
        f"{platform.system()} {platform.release()} · {_processor()}, {os.cpu_count()} cores",
        f"Python {platform.python_version()} · SQLite {sqlite3.sqlite_version} · {' · '.join(with_version)}",
        f"{' · '.join(others)} · sqlite3 shell {shell.split()[0]} · {server.strip().replace('(PostgreSQL) ', '')}",
    ]


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    """Its name as Linux tells it, else as Python does."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
