"""`python -m release.pictures`: a picture of each tab on the demo's data, at a fixed moment, into `docs/bilder/`."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path
from unittest import mock

from textual.pilot import Pilot
from textual.widgets import Input

from models.ground.clock import FixedClock, parse_moment
from release.tree import ROOT
from screens.main.screen import MainScreen
from tests.support.rest import at_rest
from tui.app.app import SchichtApp
from tui.app.start import make_app
from tui.demo.play import set_stage
from tui.settings import UserSettings

FOLDER = ROOT / "docs" / "bilder"
MOMENT = "2026-03-04T14:02"
"""A Wednesday afternoon: the day could be sealed."""
SIZE = (120, 40)
TABS = {
    "1": "cases",
    "2": "reminder",
    "3": "vpa-journey",
    "4": "kundenakte",
    "5": "aufgaben",
    "6": "vpa-wechsel",
}
"""The key of each tab and the name of its picture."""
SCENES = {"geaendert": ("1", "n", "a", "enter"), "krankmeldung": ("enter",)}
"""More to see, by the name of its picture and the keys that lead there, each from the one before."""
IMPORTING = {"zuordnung": ("enter",), "importe": ("escape", "ctrl+r")}
"""The same, from the import on, in which the table below is named."""
TABLE = (
    "Unsere Assistenten\n\nPersonalnummer;Nachname;Vorname;Einstufung;Eintritt;Status;Neukunden;Bemerkung\n"
    "P-101;Sommer;Mira;A;01/31/2020;online;x;\nP-102;Beispiel;Ida;B;02/03/2021;Sabbatical;;bis Mai\n"
    "P-103;Acker;Jonas;N;11/03/2025;online;x;\n"
)
"""A list as a team might keep it."""
HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
"""Variables that lead to somebody's own settings, which no picture is to show."""
FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""Fonts that Rich would fetch from a host; whoever looks has a monospaced one."""


async def draw(app: SchichtApp, folder: Path) -> None:
    """Go through the tabs and draw each as it stands."""
    async with app.run_test(size=SIZE) as pilot:
        for key, name in TABS.items():
            await pilot.press(key)
            await at_rest(app)
            keep(app, folder, name)
        for name, keys in SCENES.items():
            for key in keys:
                await pilot.press(key)
                await at_rest(app)
            keep(app, folder, name)
        await draw_import(app, pilot, folder)


async def draw_import(app: SchichtApp, pilot: Pilot[int], folder: Path) -> None:
    """A table that nothing fits, and the list of imports."""
    table = Path(os.environ["HOME"]) / "Assistenten.csv"
    table.write_text(TABLE, encoding="utf-8")
    while not isinstance(app.screen, MainScreen):
        await pilot.press("escape")
        await at_rest(app)
    await pilot.press("i")
    app.screen.query_one("#import-path", Input).value = str(table)
    for name, keys in IMPORTING.items():
        for key in keys:
            await pilot.press(key)
            await at_rest(app)
        keep(app, folder, name)


def keep(app: SchichtApp, folder: Path, name: str) -> None:
    """Draw the screen into a file of this name."""
    drawn = FONTS.sub("", app.export_screenshot(title="schicht"))
    (folder / f"{name}.svg").write_text(drawn.rstrip() + "\n", encoding="utf-8")


def main(folder: Path = FOLDER) -> None:
    """Set the demo's stage in a folder of its own and draw it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as stage, mock.patch.dict(os.environ, dict.fromkeys(HOMES, stage)):
        session = set_stage(Path(stage), FixedClock(parse_moment(MOMENT)))
        app = make_app(session, UserSettings())
        session.store.db.close()
        asyncio.run(draw(app, folder))


if __name__ == "__main__":
    main(*(Path(arg) for arg in sys.argv[1:]))
