"""Cells that a spreadsheet would take for a formula: guarded by a `'` in front, and freed of exactly that again."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

STARTS = frozenset("'=+-@\t\r")
"""What a cell begins with that has to be looked at."""


def guard(cell: str) -> str:
    """The cell as text that no spreadsheet executes."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell as it was before `guard`."""
    return cell[1:] if _GUARDED.match(cell) else cell
