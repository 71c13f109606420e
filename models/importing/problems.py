"""What is wrong with an export: collected, because every problem is listed (CONTRACT §3)."""

from __future__ import annotations

from models.ground.errors import BadDataError, Problem

MOST = 100_000
"""Problems after which reading stops: such an export is none, and the memory of this machine is finite."""


class Problems:
    """The problems of one export."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._unreadable: set[str] = set()
        self._all_lost = False

    def add(self, file: str, line: int, column: str, code: str, message: str) -> None:
        """One more; raises `BadDataError` at once where there are far too many."""
        self._found.append(Problem(file, line, column, code, message))
        if len(self._found) >= MOST:
            self.raise_if_any()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._found)

    def lose(self, table: str) -> None:
        """Note that rows of this file may be missing: nobody can say then what is not in the export."""
        self._unreadable.add(table)

    def lose_all(self) -> None:
        """Note that rows of any file may be missing."""
        self._all_lost = True

    def refuse(self, file: str, table: str, code: str, message: str, line: int = 1, column: str = "") -> None:
        """Note that a file cannot be used at all."""
        self.lose(table)
        self.add(file, line, column, code, message)

    def is_lost(self, table: str) -> bool:
        """Whether rows of this file may be missing."""
        return self._all_lost or table in self._unreadable

    def forget(self, file: str) -> None:
        """Drop what was said about a file that turns out to be none."""
        self._found = [problem for problem in self._found if problem.file != file]

    def raise_if_any(self) -> None:
        """Raise `BadDataError` with all of them in order of file, line and column."""
        if self._found:
            raise BadDataError(sorted(set(self._found), key=lambda p: (p.file, p.line, p.column, p.code, p.message)))
