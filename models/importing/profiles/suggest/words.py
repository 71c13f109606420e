"""How others call what is ours: the synonyms of the playbook, as they are compared."""

from __future__ import annotations

from functools import cache
from typing import Any

from models.ground.text import words
from models.playbook.reading import load_file


@cache
def _synonyms() -> dict[str, Any]:
    return load_file("profiles")


def key_of(text: str) -> str:
    """The words of a header or a cell, folded: punctuation and case do not count."""
    return " ".join(words(text))


@cache
def table_words(table: str) -> frozenset[str]:
    """What a table of ours is called."""
    return frozenset(map(key_of, _synonyms()["tables"][table]))


@cache
def header_words(table: str, column: str) -> tuple[str, ...]:
    """What a column of ours is called, the most usual first."""
    named = _synonyms()["columns"].get(table, {}).get(column, [])
    return tuple(dict.fromkeys((key_of(column), *map(key_of, named))))


@cache
def name_parts() -> tuple[frozenset[str], frozenset[str]]:
    """What first and last name are called where they stand in columns of their own."""
    parts = _synonyms()["parts"]
    return frozenset(map(key_of, parts["first"])), frozenset(map(key_of, parts["last"]))


def formats() -> tuple[str, ...]:
    """Ways of writing a date that are tried, the likeliest first."""
    return tuple(_synonyms()["formats"]["tokens"])


@cache
def our_word(table: str, column: str, kind: str, word: str) -> str | None:
    """What a word of theirs most likely is in a column of ours; None where nobody knows."""
    known = _synonyms()["yesno"] if kind == "yesno" else _synonyms()["words"].get(table, {}).get(column, {})
    plain = word.strip().casefold()
    for ours, theirs in known.items():
        if plain == ours.casefold() or plain in theirs or (key_of(word) and key_of(word) in map(key_of, theirs)):
            return str(ours)
    return None


def likeness(header: str, synonyms: tuple[str, ...]) -> float:
    """How much a header looks like one of these, from 0 to 1: the same words, or some of them."""
    said = key_of(header)
    if not said:
        return 0.0
    best = 0.0
    mine = said.split()
    for place, synonym in enumerate(synonyms):
        if said == synonym or said.replace(" ", "") == synonym.replace(" ", ""):
            return 1.0 if place == 0 else 0.95
        theirs = synonym.split()
        if theirs and set(theirs) <= set(mine):
            best = max(best, 0.45 + 0.4 * len(theirs) / len(mine))
    return best
