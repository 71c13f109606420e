"""The outermost door: one command line in, an exit status out; nothing escapes as a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

COMPLETING = "_SCHICHT_COMPLETE"
"""Set by a shell that asks what may follow (README), also with nothing on the command line yet."""


def main(args: Sequence[str] | None = None) -> int:
    """Run `schicht` with these arguments (default: the process's own); the exit status of CONTRACT §1."""
    status = _run(list(sys.argv[1:] if args is None else args))
    if "tui.app.ending" in sys.modules:  # else no screen was asked for, and importing it would slow every command
        from tui.app.ending import leave

        leave(status)
    return status


def _run(given: list[str]) -> int:
    from tui.cli.opening import only_globals, open_at_once

    values = only_globals(given)
    if values is not None and COMPLETING not in os.environ:
        return open_at_once(given, values)
    from tui.cli.commands import run

    return run(given)
