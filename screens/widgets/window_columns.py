"""Columns of a window list: which of them fit a width, and text cut to a number of terminal cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from unicodedata import category

from rich.cells import cell_len, set_cell_size

GAP = 2
"""Blank cells between two columns."""
ZERO_WIDTH_JOINER = "\u200d"


@dataclass(frozen=True)
class Column:
    """One column: what stands above it and how much room it takes."""

    key: str
    """Name of the column for sorting."""
    title: str
    """German heading."""
    width: int
    """Cells; with `flex` the least it may get."""
    flex: int = 0
    """Share of the room left over; 0 keeps the width."""
    align: Literal["left", "right"] = "left"
    """Text left, numbers right."""
    priority: int = 0
    """0 is always shown; of the others the highest number gives way first."""
    sortable: bool = True
    """Whether a member can sort by it."""
    most: int = 0
    """Cells at which a flexible column has enough; 0: never."""


class Slot(NamedTuple):
    """A column in its place on the line."""

    cell: int
    """Which cell of the row."""
    x: int
    """First cell of the column, counted from the left edge of the columns."""
    width: int
    right: bool


def fit(columns: Sequence[Column], width: int) -> list[Slot]:
    """The columns that fit into `width` cells, least important ones left out, with their places."""
    shown = list(range(len(columns)))
    while len(shown) > 1 and sum(columns[i].width + GAP for i in shown) - GAP > width:
        least = max(shown, key=lambda i: (columns[i].priority, i))
        if columns[least].priority == 0:
            break
        shown.remove(least)
    widths = _stretch([columns[i] for i in shown], width - GAP * (len(shown) - 1))
    slots, x = [], 0
    for i, cells in zip(shown, widths, strict=True):
        slots.append(Slot(i, x, cells, columns[i].align == "right"))
        x += cells + GAP
    return slots


def _stretch(columns: Sequence[Column], width: int) -> list[int]:
    """Widths of these columns, the room left over shared out among the flexible ones (and missing room taken there)."""
    widths = [column.width for column in columns]
    spare = width - sum(widths)
    if spare < 0:
        widest = max(range(len(widths)), key=lambda i: (columns[i].flex > 0, widths[i]))
        widths[widest] = max(1, widths[widest] + spare)
        return widths
    open_ones = [i for i, column in enumerate(columns) if column.flex]
    while spare > 0 and open_ones:
        shares = sum(columns[i].flex for i in open_ones)
        given = 0
        for i in list(open_ones):
            more = max(1, spare * columns[i].flex // shares)
            room = columns[i].most - widths[i] if columns[i].most else more
            more = min(more, max(0, room), spare - given)
            widths[i] += more
            given += more
            if columns[i].most and widths[i] >= columns[i].most:
                open_ones.remove(i)
        if not given:
            break
        spare -= given
    return widths


def one_line(text: str) -> str:
    """The text on one line: line ends and tabs as blanks, nothing that acts on a terminal or has no width.

    The app's line filter would drop these characters too; dropping them before measuring keeps columns in line.
    """
    if text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    """What stands for a character on one line."""
    if char in "\n\r\t\u2028\u2029\x0b\x0c\x85":
        return " "
    if category(char) in ("Cc", "Cf", "Cs") and char != ZERO_WIDTH_JOINER:
        return ""
    return char


def cut(text: str, width: int, right: bool = False) -> str:
    """The text in exactly `width` terminal cells: padded with blanks, or cut and ended by `…`."""
    text = one_line(text)
    if text.isascii():
        return _cut(text, len(text), width, right)
    shown = _cut(text, cell_len(text), width, right)
    if cell_len(shown) == width:
        return shown
    # Joiners and marks without a partner swallow what stands beside them: show the text without them.
    text = "".join(char for char in text if category(char) not in ("Cf", "Mc", "Me", "Mn"))
    return _cut(text, cell_len(text), width, right)


def _cut(text: str, cells: int, width: int, right: bool) -> str:
    """The text, `cells` wide, padded or cut."""
    if cells <= width:
        pad = " " * (width - cells)
        return pad + text if right else text + pad
    return set_cell_size(text, width - 1) + "…" if width > 1 else "…"[:width]


def wrapped(text: str, width: int) -> list[str]:
    """A text of our own in lines of at most `width` characters, its line ends kept."""
    from textwrap import wrap  # only empty lists need it

    return [line for part in text.splitlines() for line in (wrap(one_line(part), max(10, width)) or [""])]
