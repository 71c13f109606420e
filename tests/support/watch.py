"""A member at a screen all the while: keys up and down, how long each took, and a deed when asked for."""

from __future__ import annotations

import threading
import time

from tests.support.terminal import Terminal

PATIENCE = 5.0
"""Seconds after which a key counts as not answered."""


class Watch(threading.Thread):
    """Presses keys in a terminal of its own until it is stopped."""

    def __init__(self, url: str, member: str, now: str) -> None:
        super().__init__(daemon=True)
        self.terminal = Terminal("--db", url, "--as", member, "--now", now)
        self.terminal.wait_for(lambda text: " Cases" in text and "Mira Keller" in text)
        self.terminal.settle(0.5)
        self.answers: list[tuple[float, float]] = []
        """When a key was pressed, and the seconds until the screen moved."""
        self.away = 0.0
        """Seconds for which the line stood there that the database does not answer."""
        self._over = threading.Event()
        self._wanted: tuple[str, str] | None = None
        self._done = threading.Event()

    def run(self) -> None:
        """Down and up, so that each has something to move."""
        down = True
        while not self._over.wait(0.1):
            before = time.monotonic()
            self._press("down" if down else "up")
            down = not down
            if "antwortet nicht seit" in self.terminal.text:
                self.away += time.monotonic() - before + 0.1
            if self._wanted:
                self._do(*self._wanted)

    def _press(self, key: str) -> None:
        while self.terminal.pump():
            pass
        pressed = time.monotonic()
        self.terminal.press(key)
        while not self.terminal.pump(0.02) and time.monotonic() - pressed < PATIENCE:
            pass
        self.answers.append((pressed, time.monotonic() - pressed))

    def _do(self, key: str, toast: str) -> None:
        self.terminal.press(key)
        end = time.monotonic() + 3
        while time.monotonic() < end:
            if toast in self.terminal.text:
                self._wanted = None
                self._done.set()
                return
            self.terminal.pump(0.02)

    def do(self, key: str, toast: str, patience: float) -> float | None:
        """Press this key until the screen says that it is done; when it did, None if it never does."""
        self._done.clear()
        self._wanted = (key, toast)
        return time.monotonic() if self._done.wait(patience) else None

    def stop(self) -> None:
        """Leave."""
        self._over.set()
        self.join(30)
        self.terminal.__exit__(None, None, None)
