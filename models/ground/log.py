"""The log of defects: readable by its owner only, without any value of the team's data."""

from __future__ import annotations

import os
import traceback
import uuid
from pathlib import Path

from models.ground.folders import state_folder


def log_folder() -> Path:
    """Where this user's program keeps its log."""
    return state_folder()


def log_defect(error: BaseException) -> str:
    """Write where it happened, not with what: file, line and kind of each step. Returns a reference to find it by."""
    reference = uuid.uuid4().hex[:8]
    path = log_folder() / "schicht.log"
    while isinstance(inner := getattr(error, "error", None), BaseException):  # a worker's failure wraps its cause
        error = inner
    lines = [f"[{reference}] {type(error).__name__}"]
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as log:  # noqa: PTH123
            log.write("\n".join(lines) + "\n")
    except OSError:
        return reference  # a full disk must not hide the failure itself
    return f"{reference} in {path}"
