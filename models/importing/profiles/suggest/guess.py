"""Which of their columns is which of ours, and what table it is: by header first, then by content."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from models.importing.columns import TABLES, Column, Table
from models.importing.profiles.profile import MAY_LACK
from models.importing.profiles.suggest.seen import FEW, Seen
from models.importing.profiles.suggest.words import header_words, key_of, likeness, name_parts, table_words

BY_CONTENT = 0.36
"""How sure a column is that only its cells speak for."""
LEAST = 0.35
"""What is less sure than that is open."""
KEYED = ("vpas", "kunden", "aufgaben")


@dataclass(frozen=True)
class Guess:
    """Where a column of ours most likely comes from."""

    written: str
    """As a profile says it."""
    sure: float
    """From 0 to 1."""
    seen: Seen | None = None
    """The column, where it is one alone."""


@dataclass
class Guesses:
    """What a table most likely is."""

    table: Table
    columns: dict[str, Guess] = field(default_factory=dict)
    """By column of ours, in our order."""
    fit: float = 0.0
    """How well the table fits as a whole."""

    @property
    def open(self) -> list[str]:
        """Columns that the table must have, and nobody knows where they are."""
        needed = [c.name for c in self.table.columns if c.required and c.name not in MAY_LACK.get(self.table.name, ())]
        missing = [name for name in needed if name not in self.columns]
        if self.table.name == "akten" and not {"kunden_id", "vpa_id"} & set(self.columns):
            missing.append("kunden_id")
        return missing


def guess(columns: Sequence[Seen], title: str, only: Table | None = None) -> Guesses:
    """The best guess; `title` is what file and sheet are called."""
    found = [_guess(table, columns, title) for table in ([only] if only else TABLES.values())]
    return max(found, key=lambda one: one.fit)


def _guess(table: Table, columns: Sequence[Seen], title: str) -> Guesses:
    guesses = Guesses(table, dict(_assigned(table, columns)))
    needed = {c.name: 0.5 if c.name in MAY_LACK.get(table.name, ()) else 1.0 for c in table.columns if c.required}
    found = sum(weight * guesses.columns[name].sure for name, weight in needed.items() if name in guesses.columns)
    explained = sum(guess.sure for guess in guesses.columns.values()) / max(len(columns), 1)
    words = {*key_of(title).split(), key_of(title)}
    headers = {word for column in columns for word in key_of(column.header).split()}
    named = 0.3 * bool(words & table_words(table.name)) + 0.1 * bool(headers & table_words(table.name))
    guesses.fit = 0.6 * found / sum(needed.values()) + 0.4 * explained + named
    if table.name == "zuordnungen" and "von" not in guesses.columns and not words & table_words(table.name):
        guesses.fit -= 0.35  # a list of customers names their VPA too
    return guesses


def _assigned(table: Table, columns: Sequence[Seen]) -> Iterator[tuple[str, Guess]]:
    """The likeliest pairs first, each column of theirs and of ours once."""
    pairs = [
        (sure, -place, column.name, seen)
        for place, column in enumerate(table.columns)
        for seen in columns
        if (sure := _sure(table, column, seen)) >= LEAST
    ]
    taken: dict[str, Guess] = {}
    used: set[int] = set()
    if (name := _two_names(columns)) and "name" in table.by_name:
        taken["name"], parts = name
        used |= parts
    for sure, _, ours, seen in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if ours not in taken and id(seen) not in used:
            written = f"{{{seen.header}}}" if seen.header.startswith("=") else seen.header
            taken[ours] = Guess(written, round(sure, 2), seen)
            used.add(id(seen))
    rest = [seen for seen in columns if id(seen) not in used]
    taken |= dict(_by_content(table, taken.keys(), rest))
    return ((name, taken[name]) for name in table.by_name if name in taken)


def _by_content(table: Table, known: Container[str], rest: Sequence[Seen]) -> Iterator[tuple[str, Guess]]:
    """Columns that are still open and must be there, where just as many of theirs look like it, in their order."""
    wanted = [column for column in table.columns if column.required and column.name not in known]
    for kinds, fits in ((("date", "day", "moment"), _is_dated), (("yesno",), _is_yes_or_no)):
        ours = [column for column in wanted if column.kind in kinds and column.name != "eingetragen_am"]
        theirs = [seen for seen in rest if seen.distinct and fits(table, seen)]
        if ours and theirs and len(ours) >= len(theirs):
            for column, seen in zip(ours, theirs, strict=False):
                yield column.name, Guess(seen.header, BY_CONTENT, seen)


def _is_dated(table: Table, seen: Seen) -> bool:
    return seen.format is not None


def _is_yes_or_no(table: Table, seen: Seen) -> bool:
    return seen.understood(table, table.by_name["aktiv"]) == 1 if "aktiv" in table.by_name else False


def _two_names(columns: Sequence[Seen]) -> tuple[Guess, set[int]] | None:
    """First and last name in columns of their own."""
    firsts, lasts = name_parts()
    first = next((seen for seen in columns if key_of(seen.header) in firsts), None)
    last = next((seen for seen in columns if key_of(seen.header) in lasts), None)
    if first is None or last is None:
        return None
    return Guess(f"{{{first.header}}} {{{last.header}}}", 0.95), {id(first), id(last)}


def _sure(table: Table, column: Column, seen: Seen) -> float:
    """How sure it is that a column of theirs is this one of ours."""
    header = likeness(seen.header, header_words(table.name, column.name))
    content = _content(table, column, seen, header)
    if content is None:
        return 0.0
    if header:
        return min(0.99, header * 0.85 + 0.14 * content)
    return content if content >= 0.5 else 0.0


def _content(table: Table, column: Column, seen: Seen, header: float) -> float | None:
    """How well the cells fit, from 0 to 1; None where they cannot be meant."""
    if not seen.distinct:
        return 0.0
    if column.kind == "id":
        return _ids(table, column, seen)
    if column.kind in ("date", "day", "moment"):
        return None if seen.format is None else 0.45
    if column.kind in ("yesno", "choice"):
        understood = seen.understood(table, column)
        if len(seen.distinct) > FEW or (not understood and header < 0.9):
            return None
        return understood * (0.6 if column.name == "klasse" and understood == 1 else 0.45)
    if column.kind == "number":
        return None if seen.numbers < 0.5 else 0.3
    if column.name == "name":
        known = seen.known.get(f"name:{table.name}", 0.0)
        return None if seen.format is not None or seen.numbers > 0.5 else known * 0.9
    return 0.2


def _ids(table: Table, column: Column, seen: Seen) -> float | None:
    target = column.refers or table.name
    known = seen.known.get(target, 0.0)
    if not column.refers and not seen.is_unique:
        return None
    others = max((share for name, share in seen.known.items() if name in KEYED and name != target), default=0.0)
    return None if others > max(known, 0.5) else known * 0.9
