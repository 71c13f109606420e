"""The assignment of a table as a list, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from models.ground import clock
from models.importing.profiles.parsing import DATED
from models.importing.profiles.suggest.draft import Draft, Trial, shown_cell
from models.importing.profiles.suggest.seen import Seen
from screens.widgets.text_screen import Line
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row
from screens.words import counted

COLUMNS = (
    Column("theirs", "Ihre Spalte", 16, flex=1, most=30, sortable=False),
    Column("seen", "Zum Beispiel", 18, flex=2, priority=1, sortable=False),
    Column("ours", "Unsere", 18, flex=1, most=30, sortable=False),
    Column("sure", "Sicher", 6, align="right", priority=2, sortable=False),
)

SAMPLES = 3
"""Cells that are shown of a column."""

LONGEST = 24
"""Characters of each."""

WORDS = 30
"""Of the words to be translated, so many are listed."""


class Item(NamedTuple):
    """What a row of the list is about."""

    kind: str
    """`column`, `word`, `open` or `dates`."""
    name: str
    """Header of theirs, or column of ours."""
    word: str = ""


def assign_rows(draft: Draft) -> list[Row]:
    """Their columns; what is missing; words that are not ours; dates as they are read."""
    rows = [_column_row(draft, seen) for seen in draft.seen]
    for title, more in (
        (("Fehlt noch", "was aus keiner Spalte kommt"), [_open_row(name) for name in draft.open]),
        (("Wörter", "die nicht unsere sind"), list(_word_rows(draft))),
        (("Daten", "wie sie gelesen werden"), list(_date_rows(draft))),
    ):
        if more:
            air, (name, said) = Row(f"air {title}", ("", "", "", "")), title
            rows += [air, Row(f"head {title}", ((name, "strong"), (said, "strong"), "", "")), *more]
    return rows


def _column_row(draft: Draft, seen: Seen) -> Row:
    samples = " · ".join(shown_cell(cell)[:LONGEST] for cell in seen.distinct[:SAMPLES]) or "leer"
    ours = draft.of_theirs(seen.header)
    guess = draft.columns.get(ours) if ours else None
    sure = "" if guess is None else "gewählt" if guess.sure >= 1 else f"{round(guess.sure * 100)} %"
    named = (f"→ {ours}", "accent") if ours else ("–", "muted")
    header = " ".join(seen.header.split())
    return Row(f"{header} {ours} {sure}", (header, (samples, "muted"), named, sure), data=Item("column", seen.header))


def _open_row(name: str) -> Row:
    cells = ((f"? {name}", "overdue"), ("Enter: Spalte oder fester Wert", "muted"), "", "")
    return Row(f"open {name}", cells, data=Item("open", name))


def _word_rows(draft: Draft) -> Iterator[Row]:
    for ours, found in draft.words.items():
        guess = draft.columns.get(ours)
        counts = guess.seen.counts if guess is not None and guess.seen is not None else {}
        for word, means in list(found.items())[:WORDS]:
            times = f"{counts.get(word, 0)}× in {ours}"
            named = (f"→ {means}", "accent") if means is not None else ("→ ?", "overdue")
            cells = (f"„{shown_cell(word)}“" if word else "leere Zelle", (times, "muted"), named, "")
            yield Row(f"word {ours} {word} {means}", cells, data=Item("word", ours, word))


def _date_rows(draft: Draft) -> Iterator[Row]:
    for ours, one in draft.columns.items():
        if draft.table.by_name[ours].kind not in DATED or one.seen is None or not one.seen.distinct:
            continue
        first = one.seen.distinct[0]
        read, tokens = draft.as_read(ours, first), draft.formats.get(ours, "üblich")
        style = "overdue" if read.startswith("?") else "muted"
        cells = (ours, (f"{shown_cell(first)} = {_day(read)}", style), tokens, "")
        yield Row(f"dates {ours} {read} {tokens}", cells, data=Item("dates", ours))


def _day(read: str) -> str:
    """A canonical day as people read it; anything else as it is."""
    try:
        return clock.german_date(clock.parse_date(read[:10]))
    except ValueError:
        return read


def beside_lines(draft: Draft, trial: Trial, full: bool) -> list[Line]:
    """What is missing, what cannot be read, and, with `full`, the first rows as they would come out."""
    lines: list[Line] = [(f"Wird gelesen als: {draft.table.name}", "", "bold"), (f"Profil: {draft.name}", "", "")]
    missing = [*draft.open, *(f"„{shown_cell(word)}“ in {ours}" for ours, word in draft.untranslated)]
    if missing:
        lines += [("", " ", ""), ("Es fehlt noch", "", "bold $text-warning")]
        lines += [(f"· {name}", "", "$foreground") for name in missing[:12]]
        if len(missing) > 12:
            lines.append((f"· und {len(missing) - 12} weitere", "", "$text-muted"))
    looked = counted(trial.looked_at, "Zeile", "Zeilen")
    passed = f", {trial.skipped} übergangen" if trial.skipped else ""
    lines += [("", " ", ""), (f"Angesehen: {looked}{passed}", "", "$text-muted")]
    if trial.faults:
        lines += [("Nicht lesbar", "", "bold $text-error")]
        lines += [(f"· {fault.count}× {fault.column}: {fault.message}", "", "$foreground") for fault in trial.faults]
    elif not missing:
        lines.append(("Alles lesbar. Strg+S speichert das Profil.", "", "bold $text-success"))
    if full:
        lines += [("", " ", ""), ("So kämen die ersten Zeilen heraus", "", "bold"), *table_lines(trial)]
    return lines


def table_lines(trial: Trial) -> list[Line]:
    """The first rows, one a line, cells between bars."""
    lines: list[Line] = [(" │ ".join(trial.columns), "", "$text-muted")]
    return lines + [(" │ ".join(shown_cell(cell) or "·" for cell in row), "", "$foreground") for row in trial.rows]
