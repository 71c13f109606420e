"""Copying from the full screen: the text goes where the setting says, and what is told is no more than known."""

from __future__ import annotations

import os

from screens.keys.keymap import key_name
from screens.main.host import Host
from screens.widgets.background import Latest
from tui.clipboard import choose, put


class Copying:
    """What is on its way to the clipboard."""

    def __init__(self, app: Host, setting: str) -> None:
        self._app, self._setting = app, setting
        self._latest: Latest[bool] = Latest(app, "copy")

    def asks_terminal(self) -> bool:
        """Whether the text goes by OSC 52 too."""
        return choose(self._setting, os.environ).osc52

    def send(self, text: str, what: str) -> None:
        """Give the text to a program where the terminal does not answer for it; `what` it is is told, if it says so."""
        way = choose(self._setting, os.environ)
        if way.program is None:
            self._told(what, way.sure)
        else:
            program = way.program
            self._latest.start(lambda: put(program, text), lambda took: self._told(what, took), self._app.report)

    def _told(self, what: str, took: bool) -> None:
        if what and took:
            self._app.tell(f"Kopiert: {what}")
        elif what:
            way = f"{key_name(self._app.keymap['app.copied'])} zeigt den Text zum Markieren"
            self._app.tell(f"{what}: an das Terminal gesendet; kam nichts an: {way}")
