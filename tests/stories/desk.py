"""A member at a terminal: the program in a pseudo-terminal on a stage, its forms filled by their labels."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.program import Result, in_process
from tests.support.terminal import Terminal

NOW = "2025-11-05T14:00"
"""A Wednesday afternoon: the time on every stage."""

READY = re.compile(r"Tag offen|gesiegelt|abgeschlossen")
"""What the header says once the shift is counted, so that nothing more comes by itself."""

FORM_KEYS = "Strg+S Speichern"
SMALL_PATIENCE = 0.04 if sys.platform == "linux" else 0.1
"""Seconds without output and, where that can be seen, without work after which a key counts as answered."""

ESC_PATIENCE = 0.06 if sys.platform == "linux" else 0.2
"""The same after Esc: a plain terminal only tells by waiting that no longer sequence begins with it."""


class Desk:
    """The full screen of one member, and the command line beside it."""

    def __init__(
        self,
        url: str | Path,
        member: str = "ANN",
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        ignore_sighup: bool = False,
    ) -> None:
        self.url, self.member = str(url), member
        self.t = Terminal(
            *("--db", self.url, "--as", member, "--now", NOW),
            columns=columns, rows=rows, env=env, ignore_sighup=ignore_sighup,
        )  # fmt: skip

    def __enter__(self) -> Self:
        try:
            self.t.wait_for(lambda text: " Cases" in text and "heute" in text)
            if self.t.picture.columns >= 100:
                self.t.wait_for(lambda text: READY.search(text) is not None)
            self.t.settle(SMALL_PATIENCE)
        except BaseException as error:
            self.t.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.t.__exit__(kind, error, trace)

    # The command line beside it

    def cli(self, *args: str, member: str | None = None) -> Result:
        """A command by the same member, or by another, in this process."""
        return in_process(["--db", self.url, "--as", member or self.member, "--now", NOW, "--json", *args])

    def ask(self, *args: str) -> Any:
        """The single object that a command answers."""
        return self.cli(*args).ok().json

    # Keys

    def press(self, *names: str) -> str:
        """Press keys one by one, each answered before the next; the screen."""
        for name in names:
            self.t.press(name)
            self.t.settle(ESC_PATIENCE if name == "esc" else SMALL_PATIENCE)
        return self.t.text

    def clear(self) -> None:
        """Esc until nothing lies over the list and no row is filtered or marked."""
        for _ in range(5):
            text = self.t.text
            lying_over = any(sign in text for sign in ("╭", "Esc zeigt alles", " markiert ", "Filter: Name"))
            if not lying_over and " 1 Cases " in text:
                return
            self.press("esc")
        raise AssertionError(f"Esc does not lead back. The screen:\n{self.t.text}")

    def type(self, text: str) -> str:
        """Type a text; the screen."""
        self.t.send(text)
        self.t.settle(SMALL_PATIENCE)
        return self.t.text

    def tab(self, number: int) -> str:
        """Show a tab."""
        self.t.press(str(number))
        self.t.settle(ESC_PATIENCE)
        return self.t.text

    def find(self, name: str) -> str:
        """Filter the list to the rows of a name and put the cursor on the first."""
        self.press("f")
        self.t.wait_for("Filter: Name")
        self.t.send(f"{name}\r")
        self.t.wait_for(
            lambda text: (
                f"„{name}“ (Esc zeigt alles)" in text
                and name[:8].casefold() in self.cursor_row.casefold()
                and name.casefold() in self.beside.casefold()
            )
        )
        self.t.settle(0.03)
        return self.t.text

    def all_rows(self) -> None:
        """Clear the filter by Esc."""
        self.press("esc")
        self.t.wait_for(lambda text: "(Esc zeigt alles)" not in text)

    @property
    def cursor_row(self) -> str:
        """The row of the list with the cursor."""
        return next((line.split("│")[0] for line in self.t.screen() if line.startswith("▌")), "")

    @property
    def beside(self) -> str:
        """First line of the detail beside the list: whom it is about."""
        return next((line.split("│", 1)[1] for line in self.t.screen() if "│" in line), "")

    # Forms

    @property
    def form_lines(self) -> list[str]:
        """The lines inside the form's frame; none without a form."""
        display = self.t.picture.display
        top, left, right, bottom = _frame(display)
        return [line[left + 1 : right] for line in display[top + 1 : bottom]]

    @property
    def missing(self) -> str:
        """What stands below “Es fehlt noch”, as one text."""
        lines = self.form_lines
        start = next((y for y, line in enumerate(lines) if "Es fehlt noch" in line), None)
        if start is None:
            return ""
        column = lines[start].index("Es fehlt noch")
        below = [line[column:].strip() for line in lines[start + 1 :]]
        return " ".join(part for part in below if part)

    def open_form(self, key: str, title: str) -> None:
        """Press a key that opens a form, and wait until its first field has the focus."""
        self.t.press(key)
        self.t.wait_for(lambda text: any(title in line for line in self.form_lines) and bool(self.focus))

    @property
    def focus(self) -> str:
        """The label of the field that has the focus, its first line; empty where no field has."""
        display = self.t.picture.display
        top, left, _, bottom = _frame(display)
        for y in range(top + 3, bottom):
            label = display[y][left + 3 : left + 24].strip()
            shade = self.t.picture.buffer[y][left + 60].bg
            if label and len({shade[at : at + 2] for at in (0, 2, 4)}) > 1:  # only the focus is coloured, not grey
                return label
        return ""

    def go(self, label: str) -> None:
        """Tab on to a field; AssertionError where no Tab reaches it."""
        seen: list[str] = []
        while len(seen) < 25:
            self.t.pump()
            now = self.focus
            if now and f"{label} ".startswith(f"{now} "):
                return
            seen.append(now)
            self.t.press("tab")
            self.t.wait_for(lambda text: self.focus not in ("", seen[-1]))
        raise AssertionError(f"Tab reaches no field {label!r}, only {seen}. The screen:\n{self.t.text}")

    def fill(self, **fields: str) -> None:
        """Go to fields by their labels (`_` for a blank) and type; texts such as ` ` tick a box."""
        for name, text in fields.items():
            self.go(name.replace("_", " "))
            before = self.t.text
            self.t.send(text)
            self.t.wait_for(lambda text, before=before: text != before)  # type: ignore[misc]  # a default binds the loop's value
            self.t.settle(SMALL_PATIENCE)

    def save(self, said: str) -> str:
        """Save with ctrl+s; the toast says so and the form is gone."""
        self.t.press("ctrl+s")
        return self.t.wait_for(lambda text: said in text and FORM_KEYS not in text)

    def told(self, words: str, timeout: float = 30.0) -> str:
        """Wait for a toast or any other words on the screen."""
        return self.t.wait_for(words, timeout)

    def quit(self) -> None:
        """Leave with q, everything put back."""
        self.t.press("q")
        assert self.t.exit_status() == 0
        assert self.t.left_on() == []


def eventually(question: Any, timeout: float = 30.0) -> None:
    """Wait until a question is answered with yes."""
    deadline = time.monotonic() + timeout
    while not question():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def _frame(screen: list[str]) -> tuple[int, int, int, int]:
    """Top, left, right and bottom of the form's frame on a screen; zeros without one."""
    top = next((y for y, line in enumerate(screen) if "╭" in line and "╮" in line), None)
    if top is None:
        return 0, 0, 0, 0
    bottom = next((y for y, line in enumerate(screen) if "╰" in line and y > top), top)
    return top, screen[top].index("╭"), screen[top].rindex("╮"), bottom
