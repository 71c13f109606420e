"""The tables of one file, to be looked at before anybody knows what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.ground.errors import UsageError
from models.ground.os_errors import why_not
from models.importing.finder import TEXTS, WORKBOOKS
from models.importing.profiles.fitting import ANY
from models.importing.profiles.terms import folded
from models.importing.sheets import is_too_wide, sheet_names
from models.importing.source import FILE_LIMIT, Source


@dataclass(frozen=True)
class Opened:
    """One table."""

    source: Source
    title: str
    """What file and sheet are called."""


def open_table(path: Path, sheet: str | None = None) -> Iterator[Opened]:
    """The table of a text file, or each sheet of a workbook, or the one of that name. Raises `UsageError`."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UsageError(f"„{path}“ lässt sich nicht lesen: {why_not(error)}.") from error
    suffix = path.suffix.casefold()
    if not path.is_file() or suffix not in (*TEXTS, *WORKBOOKS) or size > FILE_LIMIT:
        kinds = ", ".join((*TEXTS, *WORKBOOKS))
        raise UsageError(f"„{path.name}“ ist keine einzelne Tabelle. Lesbar ist: {kinds}.")
    if suffix in TEXTS:
        yield Opened(Source(ANY, path.name, TEXTS[suffix], lambda: path.open("rb"), size), path.stem)
        return
    names = None if is_too_wide(path) else sheet_names(path)
    if names is None:
        raise UsageError(f"„{path.name}“ ist keine lesbare Arbeitsmappe.")
    if sheet is not None and folded(sheet) not in map(folded, names):
        raise UsageError(f"Ein Blatt „{sheet}“ gibt es nicht. Es gibt: {', '.join(names)}.")
    for name in names:
        if sheet is None or folded(sheet) == folded(name):
            title = path.stem if len(names) == 1 else f"{path.stem} {name}"
            yield Opened(Source(ANY, f"{path.name}:{name}", "sheet", lambda: path.open("rb"), size, name), title)
