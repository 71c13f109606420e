"""The command line. Nothing is imported before it is needed: no Click for the full screen, no data for `--help`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.cli.commands import COMMANDS, root, run

VERSION = "0.2.0"
"""The version of the program; the only place that says it."""

__all__ = ["COMMANDS", "VERSION", "root", "run"]


def __getattr__(name: str) -> Any:
    """The commands themselves, with Click, when somebody asks for them."""
    if name not in __all__:
        raise AttributeError(name)
    import importlib

    return getattr(importlib.import_module("tui.cli.commands"), name)
