"""Standard output and standard error, and what may happen to them; light, because `--help` goes this way too."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TextIO


class ReaderGoneError(Exception):
    """Whoever read our output has closed it. Click would end the program with 1 at the error itself."""


class AnswerLostError(Exception):
    """Our output could not be written: a full disk, a device that is gone. Its text is a sentence about why."""


def silence() -> None:
    """From now on nothing is printed, and Python does not complain about it at the end."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # for the rest of the process


def write(text: str, stream: TextIO) -> None:
    """Write at once. Raises `ReaderGoneError`, `AnswerLostError`."""
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        with contextlib.suppress(OSError, ValueError):  # what is buffered must not be tried again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(error, BrokenPipeError):
            raise ReaderGoneError from error
        from models.ground.os_errors import is_full

        why = "Der Datenträger ist voll." if is_full(error) else "Die Ausgabe nimmt nichts an."
        raise AnswerLostError(why) from error


def print_plain(text: str) -> None:
    """A help page or the version. A reader who has gone is no failure. Raises `AnswerLostError`."""
    from models.ground.text import clean_output

    try:
        write(clean_output(text).rstrip("\n") + "\n", sys.stdout)
    except ReaderGoneError:
        silence()
