"""Answers on the way out: JSON for programs, plain German text for people. Nothing that acts on a terminal."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from models import clock
from models.text import clean_output, json_line
from tui.cli.titles import TITLES

SAMPLE = 200
"""Rows looked at to find a table's widths; later ones may be wider."""

WIDEST = 48


class ReaderGoneError(Exception):
    """Whoever read our output has closed it. Click would end the program with 1 at the error itself."""


def silence() -> None:
    """From now on nothing is printed, and Python does not complain about it at the end."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # for the rest of the process


def _write(text: str, stream: TextIO) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError as error:
        with contextlib.suppress(OSError, ValueError):  # what is buffered must not be tried again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise ReaderGoneError from error


def print_json(thing: dict[str, Any]) -> None:
    """One object, one line. Raises `ReaderGoneError`."""
    _write(json_line(thing) + "\n", sys.stdout)


def print_text(text: str, stream: TextIO | None = None) -> None:
    """Text for a person. Raises `ReaderGoneError`."""
    _write(clean_output(text).rstrip("\n") + "\n", stream or sys.stdout)


def plain(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime):
        return clock.german_moment(value)
    if isinstance(value, dt.date):
        return clock.german_date(value)
    if isinstance(value, list | tuple):
        return ", ".join(plain(one) for one in value) or "–"
    if isinstance(value, dict):
        return ", ".join(f"{title(key)} {plain(one)}" for key, one in value.items()) or "–"
    return str(value)


def title(key: str) -> str:
    """German title of a field, where it has one."""
    if key in TITLES:
        return TITLES[key]
    from models.playbook import playbook

    return playbook().label("field", key)


def as_text(thing: dict[str, Any]) -> str:
    """One object: a line for each field."""
    width = max((len(title(key)) for key in thing), default=0)
    return "\n".join(f"{title(key):<{width}}  {plain(value)}" for key, value in thing.items())


def print_table(things: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> None:
    """A list: aligned columns, one line each."""
    # Cleaned before it is measured, and one line each: a cell must not push the others about.
    rows = ([" ".join(clean_output(plain(thing.get(name))).split()) for name in columns] for thing in things)
    first = list(islice(rows, SAMPLE))
    if not first:
        print_text("Nichts da.")
        return
    head = [title(name) for name in columns]
    widths = [min(WIDEST, max(len(row[i]) for row in [head, *first])) for i in range(len(columns))]
    for row in (head, *first):
        print_text(_line(row, widths))
    for row in rows:
        print_text(_line(row, widths))


def _line(row: list[str], widths: list[int]) -> str:
    cut = (cell if len(cell) <= width else f"{cell[: width - 1]}…" for cell, width in zip(row, widths, strict=True))
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cut, widths, strict=True)).rstrip()
