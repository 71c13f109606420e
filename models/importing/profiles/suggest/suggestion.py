"""A profile as it most likely would be, to be finished by a person (X-03)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.action.work import Session
from models.ground.errors import UsageError
from models.ground.text import clean_input
from models.importing.cells import SHEET_DATE
from models.importing.columns import TABLES, Column, Table
from models.importing.profiles.peeking import FIRST_ROWS, Peeked, peek
from models.importing.profiles.suggest.guess import Guess, Guesses, guess
from models.importing.profiles.suggest.opened import Opened, open_table
from models.importing.profiles.suggest.seen import Seen, ask_who_is_known
from models.importing.profiles.suggest.words import header_words, likeness, our_word
from models.importing.profiles.terms import folded
from models.importing.sheets import forget_sheets
from models.importing.sql import Sql

SAMPLE = 2_000
"""Rows that are looked at."""


@dataclass
class Suggestion:
    """What a table most likely is, with the cells by which that was found."""

    name: str
    guesses: Guesses
    columns: list[Seen]
    """All of theirs."""
    rows: list[list[str]]
    """The first rows below the header."""
    line: int
    """Of the header."""

    def show(self) -> dict[str, Any]:
        """The shape of CONTRACT §14."""
        found = self.guesses.columns
        return {
            "file": self.guesses.table.name,
            "columns": {name: {"from": one.written, "sure": one.sure} for name, one in found.items()},
            "open": self.guesses.open,
            "toml": "\n".join(_toml(self)) + "\n",
        }


def suggest(session: Session, path: Path, sheet: str | None = None, file: str | None = None) -> Suggestion:
    """A suggestion for one table. Raises `UsageError` for what is none, or an unknown `file`."""
    only = TABLES.get((file or "").strip().casefold())
    if file is not None and only is None:
        raise UsageError(f"„{file}“ ist keine unserer Tabellen. Möglich ist: {', '.join(TABLES)}.")
    try:
        with session.store.connected():
            sql = Sql(session.store)
            best = [_suggest(sql, opened, only) for opened in open_table(path, sheet)]
    finally:
        forget_sheets()
    found = [one for one in best if one is not None]
    if not found:
        raise UsageError(f"In „{path.name}“ ist keine Tabelle mit einer Kopfzeile.")
    return max(found, key=lambda one: one.guesses.fit)


def _suggest(sql: Sql, opened: Opened, only: Table | None) -> Suggestion | None:
    heads = [(head, peeked) for peeked in peek(opened.source, SAMPLE) if (head := _header(peeked)) is not None]
    if not heads:
        return None
    place, peeked = max(heads, key=lambda one: (_looks(one[1].rows[one[0]][1]), len(one[1].rows[one[0]][1])))
    line, header = peeked.rows[place][0], [clean_input(name).strip() for name in peeked.rows[place][1]]
    rows = [row for _, row in peeked.rows[place + 1 :] if any(row)]
    width = max(len(name) and at + 1 for at, name in enumerate(header))
    columns = [
        Seen(name, [row[at] if at < len(row) else "" for row in rows]) for at, name in enumerate(header[:width]) if name
    ]
    ask_who_is_known(sql, columns)
    guesses = guess(columns, opened.title, only)
    return Suggestion(opened.title, guesses, columns, rows, line)


def _header(peeked: Peeked) -> int | None:
    """Which of the first rows is the header: the one whose cells look most like names of columns."""
    first = [
        (place, row) for place, (line, row) in enumerate(peeked.rows) if line <= FIRST_ROWS and sum(map(bool, row)) > 1
    ]
    if not first:
        return None
    return max(first, key=lambda one: (round(_looks(one[1]), 1), sum(map(bool, one[1])), -one[0]))[0]


def _looks(row: Sequence[str]) -> float:
    """How many cells of a row are like the name of a column of ours."""
    synonyms = [header_words(table.name, column.name) for table in TABLES.values() for column in table.columns]
    return sum(max((likeness(cell, words) for words in synonyms), default=0.0) for cell in row if len(cell) <= 40)


# As TOML


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(plain_cell(text), ensure_ascii=False)


def _toml(found: Suggestion) -> Iterator[str]:
    guesses = found.guesses
    yield f"name = {quoted(found.name)}"
    yield f"file = {quoted(guesses.table.name)}"
    yield f"headers = [{', '.join(map(quoted, telling_headers(guesses)))}]   # eine Tabelle, die alle diese hat"
    yield ""
    yield "[columns]   # unsere Spalte = ihre Überschrift; {…} setzt mehrere zusammen, =ja ist ein fester Wert"
    for name, one in guesses.columns.items():
        yield f"{name} = {quoted(one.written)}   # {round(one.sure * 100)} %{_samples(one)}"
    yield from (f"# offen: {name}" for name in guesses.open)
    yield from _values(guesses)
    yield from _formats(guesses)
    if without := empty_key(found):
        yield from ("", "[rows]", f"without = {quoted(without)}   # Zeilen ohne das werden übergangen")
    used = {seen.header for one in guesses.columns.values() if (seen := one.seen)}
    used |= {c.header for c in found.columns for one in guesses.columns.values() if f"{{{c.header}}}" in one.written}
    if unused := [column.header for column in found.columns if column.header not in used]:
        yield from ("", f"# nicht benutzt: {', '.join(' '.join(header.split()) for header in unused)}")
    if guesses.table.name == "kunden" and any(
        likeness(header, header_words("zuordnungen", "vpa_id")) for header in unused
    ):
        yield "# Steht darin auch, wer betreut? Ein zweites Profil liest das: profile suggest … --file zuordnungen"


def telling_headers(guesses: Guesses) -> list[str]:
    """The headers by which the table is known again: the surest of those that it must have."""
    plain = [
        (guesses.table.by_name[name].required, one.sure, one.seen.header)
        for name, one in guesses.columns.items()
        if one.seen is not None
    ]
    best = [header for _, _, header in sorted(plain, key=lambda one: one[:2], reverse=True)[:3]]
    return best or ["?"]


def plain_cell(cell: str) -> str:
    """A cell as it looked in its table: without the marks of a sheet's own dates and numbers."""
    return clean_input(cell.removesuffix("T00:00:00") if cell.startswith(SHEET_DATE) else cell)


def _samples(one: Guess) -> str:
    shown = [" ".join(plain_cell(cell).split())[:30] for cell in (one.seen.distinct[:3] if one.seen else ())]
    return f": {', '.join(shown)}" if shown else ""


def words_of(table: Table, column: Column, seen: Seen) -> dict[str, str | None]:
    """Their words that are not ours, each with what it most likely is; the most frequent first."""
    ours = {"ja", "nein", "1", "0", "true", "false"} if column.kind == "yesno" else set(map(folded, column.choices))
    foreign = [word for word in seen.distinct if folded(word) not in ours]
    found = {
        word: our_word(table.name, column.name, column.kind, word)
        for word in sorted(foreign, key=lambda word: -seen.counts[word])
    }
    if column.required and _only_ticked(seen, found):
        found[""] = "nein"
    return found


def _values(guesses: Guesses) -> Iterator[str]:
    table = guesses.table
    for name, one in guesses.columns.items():
        column = table.by_name[name]
        if column.kind not in ("yesno", "choice") or one.seen is None:
            continue
        foreign = words_of(table, column, one.seen)
        if not foreign:
            continue
        choices = column.choices or ("ja", "nein")
        yield from ("", f"[values.{name}]   # ihr Wort = unseres: {', '.join(choices)}")
        done: set[str] = set()
        for word, ours in foreign.items():
            if folded(word) not in done:
                known = f"{quoted(word)} = {quoted(ours or '?')}"
                yield known if ours else f"# offen: {known}"
            done.add(folded(word))


def _only_ticked(seen: Seen, foreign: dict[str, str | None]) -> bool:
    """Whether a column has a mark or nothing: then nothing means no."""
    return set(foreign.values()) == {"ja"} and len(seen.distinct) == 1 and not all(map(str.strip, seen.cells))


def _formats(guesses: Guesses) -> Iterator[str]:
    found = {name: one.seen.format for name, one in guesses.columns.items() if one.seen and one.seen.format}
    dated = [name for name in found if guesses.table.by_name[name].kind in ("date", "day", "moment")]
    if dated:
        yield from ("", "[formats]   # wie ihre Daten geschrieben sind")
    for name in dated:
        yield f"{name} = {quoted(found[name] or '')}"


def empty_key(found: Suggestion) -> str | None:
    """The header of the key, if rows with something else in them have none: sums and blank sections."""
    for name in found.guesses.table.key:
        key = found.guesses.columns.get(name)
        if key is not None and key.seen is not None and not all(map(str.strip, key.seen.cells)):
            return key.seen.header
    return None
