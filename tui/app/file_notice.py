"""What a file does not protect, told once to everybody who works in one (issue 5 §2)."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from models.ground.log import log_folder

if TYPE_CHECKING:
    from models.action.work import Session

NOTICE = (
    "Deine Datenbank ist eine Datei. Auf die Regeln achtet das Programm; die Datei selbst schützt nichts: Wer sie "
    "schreiben darf, kommt daran vorbei. Was dabei verändert wurde, findet `schicht history verify`."
)
TOLD = "datei-gelesen"
"""An empty file beside the log; the settings would have to be read as TOML at every start for it."""


def file_notice(session: Session) -> str:
    """The notice, the first time this user works in a file that is no sandbox; else empty."""
    if session.store.engine != "sqlite":
        return ""
    told = log_folder() / TOLD
    if os.path.exists(told):  # noqa: PTH110  # a folder that may not be read is no reason to fail
        return ""
    from models.admin.schema import is_sandbox

    with session.store.connected():
        if is_sandbox():
            return ""
    with contextlib.suppress(OSError):  # then it is told again
        told.parent.mkdir(parents=True, exist_ok=True)
        told.touch(mode=0o600)
    return NOTICE
