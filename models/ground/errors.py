"""Everything that can go wrong, in the program's own words: one class for each exit code of CONTRACT §1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One fault of an export, at its place."""

    file: str
    line: int
    column: str
    code: str
    message: str

    def as_json(self) -> dict[str, Any]:
        """The shape of CONTRACT §1."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "message": self.message,
        }


class SchichtError(Exception):
    """A failure with a German sentence, a code for scripts and an exit status."""

    code = "defect"
    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def as_json(self) -> dict[str, Any]:
        """The inside of `{"error": …}` of CONTRACT §1."""
        return {"code": self.code, "message": self.message, "obstacles": [], "problems": []}


class UsageError(SchichtError):
    """Wrong usage, or a malformed value."""

    code, exit_code = "usage", 2


class NotFoundError(SchichtError):
    """An unknown id or Kürzel."""

    code, exit_code = "not_found", 2


class HistoryBrokenError(SchichtError):
    """The audit trail was touched by something else than the program."""

    code, exit_code = "refused", 3

    def as_json(self) -> dict[str, Any]:
        """Listed like an obstacle, so that scripts find the code where they find all others."""
        obstacle = {"code": "history_broken", "rule": "", "weight": "stop", "message": self.message}
        return {**super().as_json(), "obstacles": [obstacle]}


class BadDataError(SchichtError):
    """A faulty input file; nothing was changed."""

    code, exit_code = "bad_data", 4

    def __init__(self, problems: Sequence[Problem], message: str = "") -> None:
        """`message` is told instead of the import's own sentence."""
        self.problems = tuple(problems)
        count = len(self.problems)
        what = "einen Fehler" if count == 1 else f"{count} Fehler"
        way_out = "Berichtige ihn und importiere noch einmal."
        if problems and all(problem.code == "unknown_file" for problem in problems):
            way_out = "`schicht profile suggest DATEI` schlägt vor, wie eine eigene Tabelle zu lesen ist."
        super().__init__(message or f"Nichts importiert: Der Export hat {what}. {way_out}")

    def as_json(self) -> dict[str, Any]:
        """With the problems."""
        return {**super().as_json(), "problems": [problem.as_json() for problem in self.problems]}


class DatabaseUnusableError(SchichtError):
    """Missing, unreachable, read-only, an older or a newer schema."""

    code, exit_code = "database", 5

    def __init__(self, message: str, *, away: bool = False) -> None:
        super().__init__(message)
        self.away = away
        """Whether just nobody answers, as while another server takes over: that ends by itself."""


class OutcomeUnknownError(DatabaseUnusableError):
    """The answer to a COMMIT was lost: it may be saved or not, and must be shown as neither."""

    def __init__(self, command: str = "") -> None:
        super().__init__(
            "Ob das gespeichert ist, ist unbekannt: Die Datenbank hat nicht mehr geantwortet, "
            + ("auch nicht, als Schicht danach fragte. " if command else "als es schon unterwegs war. ")
            + "Sieh nach, sobald sie wieder da ist, bevor du es noch einmal tust."
        )
        self.command = command
        """Id of the command, where it has one: given again, nothing is done twice (DESIGN law 8)."""

    def as_json(self) -> dict[str, Any]:
        """With the command to ask for."""
        return {**super().as_json(), **({"command": self.command} if self.command else {})}


class ConflictError(SchichtError):
    """Somebody else changed it meanwhile."""

    code, exit_code = "conflict", 6


class AlreadyDoneError(SchichtError):
    """Already done, or exists already."""

    code, exit_code = "already_done", 6
