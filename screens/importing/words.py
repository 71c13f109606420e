"""What an import brings and takes away, and what is wrong with one, in German; for the screen and the command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from models.ground.errors import Problem
from screens.words import counted

ALIKE = 5
"""Problems of one kind in one column that are listed; the rest is counted."""


def file_words(file: dict[str, Any]) -> str:
    """What one file brings."""
    told = f"{file['rows']:>7} Zeilen: {file['new']} neu, {file['changed']} geändert, {file['unchanged']} gleich"
    passed = file["erased"] + file.get("skipped", 0)
    told = f"{told}, {passed} übergangen" if passed else told
    return f"{told} (Profil „{file['profile']}“)" if file.get("profile") else told


def raised_words(answer: dict[str, Any]) -> str:
    """What is raised."""
    cases = counted(answer["cases"], "neuer Case", "neue Cases")
    return f"{cases}, {counted(answer['flags'], 'neues Neu-Flag', 'neue Neu-Flags')}"


def vanished_words(answer: dict[str, Any], would: bool = False) -> str:
    """Who goes by missing (X-05): always told, also that nobody does."""
    gone, withdrawn = answer["gone"], answer["withdrawn"]
    vpas = counted(gone, "VPA", "VPAs")
    absences = counted(withdrawn, "Abwesenheit", "Abwesenheiten")
    if would:
        return f"{vpas} {'wäre' if gone == 1 else 'wären'} weg, {absences} zurückgenommen"
    return f"{vpas} {'ist' if gone == 1 else 'sind'} weg, {absences} zurückgenommen"


def erased_words(answer: dict[str, Any]) -> list[str]:
    """Who was erased here and still stands on the platform (CONTRACT §21)."""
    kinds = {"vpa": "Der VPA", "customer": "Der Kunde"}
    split = (subject.partition(":") for subject in answer["erased"])
    return [
        f"{kinds[kind]} {key} ist hier gelöscht und steht noch auf der Plattform; übergangen." for kind, _, key in split
    ]


def problem_words(problems: Sequence[Problem]) -> Iterator[tuple[str, str]]:
    """Place and sentence of each problem; of those of one kind in one column the first five, then how many more."""
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.file, problem.column, problem.code), []).append(problem)
    for found in alike.values():
        yield from ((place(one), one.message) for one in found[:ALIKE])
        if (more := len(found) - ALIKE) > 0:
            where = ", ".join(part for part in (found[0].file, found[0].column) if part)
            yield where, f"… und noch {counted(more, 'weiteres Mal', 'weitere Male')}."


def place(problem: Problem) -> str:
    """File, line and column, as far as there are any."""
    parts = [problem.file, f"Zeile {problem.line}" if problem.line else "", problem.column]
    return ", ".join(part for part in parts if part)
