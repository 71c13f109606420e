"""The same clean surroundings for every program that is measured, and what they are made of."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
import time
from pathlib import Path

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
    """What was used, a line each: machine, date, versions."""
    packages = ("textual", "peewee", "pendulum", "click", "psycopg")
    with_version = [f"{name} {found}" for name in packages if (found := _version(name))]
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    machine = f"{platform.system()} {platform.release()} · {_processor()}, {os.cpu_count()} Kerne · Last {load}"
    return [
        f"{time.strftime('%d.%m.%Y %H:%M')} · {machine}",
        f"Python {platform.python_version()} · SQLite {sqlite3.sqlite_version} · {' · '.join(with_version)}",
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
