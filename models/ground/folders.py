"""Where things of this user lie on this machine."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """Where this user's program keeps what is no data: its log, and which leaders it has seen."""
    if base := os.environ.get("XDG_STATE_HOME"):
        return Path(base) / "schicht"
    from platformdirs import user_state_path

    return user_state_path("schicht", appauthor=False)


def default_url() -> str:
    """The file in the user's data folder; made on first use."""
    if base := os.environ.get("XDG_DATA_HOME"):
        return str(Path(base) / "schicht" / "schicht.db")
    from platformdirs import user_data_path

    return str(user_data_path("schicht", appauthor=False) / "schicht.db")
