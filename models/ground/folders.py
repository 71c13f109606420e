"""Where things of this user lie on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from models.ground.errors import UsageError

NOWHERE = Path(os.devnull) / "schicht"
"""Where nothing can be, for a user without a home: what is optional there is passed over like any missing file."""


def _own(kind: Literal["state", "config", "data"]) -> Path:
    """The program's folder among the user's own, as the variable or the system says; `NOWHERE` where there is none."""
    if base := os.environ.get(f"XDG_{kind.upper()}_HOME"):
        return Path(base) / "schicht"
    import platformdirs

    find = {
        "state": platformdirs.user_state_path,
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
    }
    try:
        found = find[kind]("schicht", appauthor=False)
    except (RuntimeError, OSError):  # no HOME, and no entry in the list of accounts
        return NOWHERE
    return found if found.is_absolute() else NOWHERE


def state_folder() -> Path:
    """Where this user's program keeps what is no data: its log, and which leaders it has seen."""
    return _own("state")


def config_folder() -> Path:
    """Where this user's settings are."""
    return _own("config")


def data_folder() -> Path:
    """Where this user's own database is, and what lies beside it."""
    return _own("data")


def default_url() -> str:
    """The file in the user's data folder; made on first use. Raises `UsageError` for a user without a home."""
    folder = data_folder()
    if folder == NOWHERE:
        raise UsageError("Dein Konto hat keinen Ordner für eine eigene Datenbank. Nenne eine: --db oder SCHICHT_DB.")
    return str(folder / "schicht.db")
