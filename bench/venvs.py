"""Programs of others, each in an environment of its own, installed when first asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "build" / "bench" / "venv"
PINNED = Path(__file__).with_name("opponents.txt")
"""Which version of each, a line each."""


def pinned() -> dict[str, str]:
    """Version by name."""
    lines = PINNED.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line)


def program(package: str, command: str) -> str:
    """The path of a command that a package brings; installs the package if it is not there.

    CalledProcessError where that fails, as without a network.
    """
    wanted = f"{package}=={pinned()[package]}"
    home = FOLDER / wanted
    found = home / "bin" / command
    if not found.exists():
        sys.stderr.write(f"Installiere {wanted}\n")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, wanted], check=True, stdout=sys.stderr, stderr=subprocess.DEVNULL)
    return str(found)
