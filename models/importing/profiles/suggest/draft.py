"""A profile while somebody puts it together: what is assigned, what is still open, and what would come of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from models.ground.errors import BadDataError
from models.importing.cells import CellError, Reading
from models.importing.columns import TABLES, Column, Table
from models.importing.profiles.formats import compile_format
from models.importing.profiles.parsing import DATED, read_profile
from models.importing.profiles.profile import Profile
from models.importing.profiles.reading import Part, profile_parts
from models.importing.profiles.suggest.guess import Guess, guess
from models.importing.profiles.suggest.seen import Seen
from models.importing.profiles.suggest.suggestion import (
    Suggestion,
    empty_key,
    plain_cell,
    quoted,
    telling_headers,
    words_of,
)
from models.importing.profiles.suggest.words import formats
from models.importing.profiles.terms import Term, folded

FIRST = 20
"""Rows that are shown as they would come out."""

CHOSEN = 1.0
"""How sure it is what a person has said."""


@dataclass(frozen=True)
class Fault:
    """Cells of one column that cannot be read."""

    column: str
    count: int
    message: str
    """Of the first."""


@dataclass(frozen=True)
class Trial:
    """What the rows that were looked at would become."""

    columns: tuple[str, ...]
    """Of ours."""
    rows: tuple[tuple[str, ...], ...]
    """The first of them; a faulty cell is empty."""
    faults: tuple[Fault, ...]
    looked_at: int
    skipped: int


@dataclass
class Draft:
    """What stands so far; every change is made by one of its methods."""

    name: str
    table: Table
    seen: list[Seen]
    """All columns of theirs."""
    rows: list[list[str]]
    """Cells of the rows that were looked at, by column of theirs."""
    columns: dict[str, Guess] = field(default_factory=dict)
    """By column of ours, in our order."""
    words: dict[str, dict[str, str | None]] = field(default_factory=dict)
    """By column of ours: their words that are not ours, and what they are called here; None where that is open."""
    formats: dict[str, str] = field(default_factory=dict)
    """By column of ours, where dates are written otherwise."""
    without: str | None = None

    @classmethod
    def of(cls, found: Suggestion) -> Draft:
        """As it was suggested."""
        width = [column.header for column in found.columns]
        cells = [list(row) for row in zip(*(column.cells for column in found.columns), strict=True)]
        draft = cls(found.name, found.guesses.table, found.columns, cells or [[""] * len(width)])
        draft._take(found.guesses.columns)
        draft.without = empty_key(found)
        return draft

    def _take(self, columns: dict[str, Guess]) -> None:
        self.columns, self.words, self.formats = {}, {}, {}
        for name, one in columns.items():
            self._set(name, one)

    def _set(self, ours: str, one: Guess) -> None:
        column = self.table.by_name[ours]
        self.columns = {n: c for n in self.table.by_name if (c := one if n == ours else self.columns.get(n))}
        self.words.pop(ours, None)
        self.formats.pop(ours, None)
        if one.seen is None:
            return
        if column.kind in ("yesno", "choice") and (found := words_of(self.table, column, one.seen)):
            self.words[ours] = found
        if column.kind in DATED and one.seen.format:
            self.formats[ours] = one.seen.format

    # What a person says

    def become(self, table: str) -> None:
        """It is another table of ours: everything is guessed anew."""
        self.table = TABLES[table]
        self._take(guess(self.seen, self.name, self.table).columns)

    def assign(self, header: str, ours: str | None) -> None:
        """This column of theirs is that one of ours, or none."""
        self.columns = {
            name: one for name, one in self.columns.items() if one.seen is None or one.seen.header != header
        }
        for name in [*self.words, *self.formats]:
            if name not in self.columns:
                self.words.pop(name, None)
                self.formats.pop(name, None)
        if ours is not None:
            seen = next(one for one in self.seen if one.header == header)
            self._set(ours, Guess(f"{{{header}}}" if header.startswith("=") else header, CHOSEN, seen))

    def fix(self, ours: str, written: str) -> None:
        """A column of ours is a constant (`=ja`) or put together of several (`{Vorname} {Nachname}`)."""
        self._set(ours, Guess(written, CHOSEN))

    def translate(self, ours: str, word: str, meaning: str | None) -> None:
        """A word of theirs means this here."""
        for other in self.words[ours]:
            if folded(other) == folded(word):
                self.words[ours][other] = meaning

    def read_dates(self, ours: str, tokens: str) -> None:
        """Dates of a column are written so; empty for how they are always read."""
        self.formats.pop(ours, None)
        if tokens:
            self.formats[ours] = tokens

    def pass_over(self, header: str | None) -> None:
        """Rows where this column is empty do not count; None: all do."""
        self.without = header

    def call(self, name: str) -> None:
        """What the profile is called."""
        self.name = name.strip() or self.name

    # What one is shown

    @property
    def open(self) -> list[str]:
        """Columns that it must have and nobody has assigned."""
        from models.importing.profiles.suggest.guess import Guesses

        return Guesses(self.table, self.columns).open

    @property
    def untranslated(self) -> list[tuple[str, str]]:
        """Columns of ours with a word of theirs of which nobody has said what it means."""
        return [(ours, word) for ours, found in self.words.items() for word, means in found.items() if means is None]

    def choices(self, ours: str) -> tuple[str, ...]:
        """What a word of this column can mean; nothing where any text may stand."""
        column = self.table.by_name[ours]
        return column.choices or (("ja", "nein") if column.kind == "yesno" else ())

    def fitting_formats(self, ours: str) -> list[str]:
        """Ways in which all dates of a column can be read."""
        one = self.columns[ours]
        cells = one.seen.distinct if one.seen else []
        return [tokens for tokens in formats() if cells and all(map(compile_format(tokens), cells))]

    def of_theirs(self, header: str) -> str | None:
        """What a column of theirs is assigned to."""
        for ours, one in self.columns.items():
            if one.seen is not None and one.seen.header == header:
                return ours
        return next((ours for ours, one in self.columns.items() if f"{{{header}}}" in one.written), None)

    def as_read(self, ours: str, cell: str) -> str:
        """A cell as it is understood."""
        part = next((part for part in self._parts() if part.ours == ours), None)
        if part is None:
            return cell
        try:
            return part.cells[cell]
        except CellError as error:
            return f"? {error.message}"

    def trial(self) -> Trial:
        """What would come of the rows that were looked at."""
        at = {folded(one.header): place for place, one in enumerate(self.seen)}.get(folded(self.without or ""))
        kept = [row for row in self.rows if at is None or row[at].strip()]
        parts, faults = self._parts(), dict[str, list[str]]()
        theirs = list(zip(*kept, strict=True))
        columns = [list(_cells(part, part.take(theirs) if theirs else [], faults)) for part in parts]
        found = tuple(Fault(name, len(said), said[0]) for name, said in faults.items())
        rows = tuple(islice(zip(*columns, strict=True), FIRST)) if columns else ()
        return Trial(tuple(part.ours for part in parts), rows, found, len(kept), len(self.rows) - len(kept))

    def _parts(self) -> list[Part]:
        return profile_parts(self._profile(), [one.header for one in self.seen], Reading())

    def _profile(self) -> Profile:
        """As far as it goes; nobody has checked it."""
        return Profile(
            self.name, self.table, (), {name: Term.read(one.written) for name, one in self.columns.items()},
            {ours: {folded(word): means for word, means in found.items() if means is not None}
             for ours, found in self.words.items()},
            {ours: compile_format(tokens) for ours, tokens in self.formats.items()}, self.formats,
            (self.without,) if self.without else (),
        )  # fmt: skip

    def faults(self) -> list[str]:
        """Why it cannot be saved yet, in sentences."""
        try:
            read_profile(self.toml(), self.name)
        except BadDataError as error:
            return [problem.message for problem in error.problems]
        return []

    def toml(self) -> str:
        """As it is saved."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        from models.importing.profiles.suggest.guess import Guesses

        yield f"name = {quoted(self.name)}"
        yield f"file = {quoted(self.table.name)}"
        yield f"headers = [{', '.join(map(quoted, telling_headers(Guesses(self.table, self.columns))))}]"
        yield from ("", "[columns]")
        yield from (f"{name} = {quoted(one.written)}" for name, one in self.columns.items())
        for ours, found in self.words.items():
            known = {folded(word): (word, means) for word, means in found.items() if means is not None}
            if known:
                yield from ("", f"[values.{ours}]")
                yield from (f"{quoted(word)} = {quoted(means)}" for word, means in known.values())
        if self.formats:
            yield from ("", "[formats]", *(f"{ours} = {quoted(tokens)}" for ours, tokens in self.formats.items()))
        if self.without:
            yield from ("", "[rows]", f"without = {quoted(self.without)}")


def _cells(part: Part, raw: Sequence[str], faults: dict[str, list[str]]) -> Iterator[str]:
    for cell in raw:
        try:
            yield part.cells[cell]
        except CellError as error:
            faults.setdefault(part.ours, []).append(error.message)
            yield ""


def label_of(column: Column) -> str:
    """A column of ours as it is offered."""
    return f"{column.name}{' *' if column.required else ''}"


def shown_cell(cell: str) -> str:
    """A cell of theirs on one line."""
    return " ".join(plain_cell(cell).split())
