"""The one name that Schicht takes among installed packages, and the door of its command.

A wheel carries `models`, `screens` and `tui` beneath it, in `_app/` (setup.py); in a checkout they lie beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

OURS = ("models", "screens", "tui")
"""The packages of the program; their names are ours only inside its own process."""


def home() -> str:
    """The folder that holds the packages of the program."""
    here = Path(__file__).parent
    beneath = here / "_app"
    return str(beneath if beneath.is_dir() else here.parent)


def foreign(folder: str) -> str | None:
    """The file of a package with one of our names that was loaded before us from elsewhere; else None."""
    for name in OURS:
        module = sys.modules.get(name)
        if module is not None and not str(getattr(module, "__file__", None)).startswith(folder):
            return str(getattr(module, "__file__", None) or name)
    return None


def main() -> int:
    """Run `schicht`, whatever packages named `models`, `screens` or `tui` are installed beside it; its exit status."""
    folder = home()
    sys.path.insert(0, folder)
    if found := foreign(folder):
        sys.stderr.write(
            f"Schicht kann so nicht starten: Python hat vorher ein fremdes Paket gleichen Namens geladen ({found}). "
            "Installiere Schicht in eine eigene Umgebung: pipx install …\n"
        )
        return 1
    from tui.main import main as run

    return run()
