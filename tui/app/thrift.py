"""What libraries import at their top and the screen does without: it comes when somebody asks for it, or not at all.

Together 8 MiB and a tenth of the start (docs/performance.md).
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

PUT_OFF = ("bz2", "dateutil.parser", "ipaddress", "lzma", "mimetypes", "tokenize", "zlib")
"""Modules of which others take nothing while they are imported themselves."""

PALETTE = ("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider", "SimpleProvider")
"""What Textual takes from its own palette while it is imported; ours is `screens.main.palette`."""


class StandIn(ModuleType):
    """Stands for a module until somebody asks for something in it; then both find the real one."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            sys.modules.pop(self.__name__, None)
        return getattr(import_module(self.__name__), name)


def spare_modules() -> None:
    """Put off or leave out what is not needed: before Peewee, pendulum and Textual; what is there already stays."""
    for name in PUT_OFF:
        sys.modules.setdefault(name, StandIn(name))
    _import("asyncio", without="ssl")  # no loop of ours speaks TLS
    if find_spec("_sha256") or find_spec("_sha2"):  # else this Python has no hashes but those of OpenSSL
        _import("hashlib", without="_hashlib")
    if "textual" not in sys.modules:
        palette = sys.modules["textual.command"] = ModuleType("textual.command")
        for name in PALETTE:
            setattr(palette, name, type(name, (), {}))


def _import(name: str, without: str) -> None:
    """Import a module that can do without another one, as if that were not there."""
    if name not in sys.modules and without not in sys.modules:
        sys.modules[without] = None  # type: ignore[assignment]
        import_module(name)
        del sys.modules[without]
