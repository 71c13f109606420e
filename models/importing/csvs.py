"""Reading CSV strictly: a stray quote is found, and what follows it is read all the same."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import deque
from collections.abc import Iterator

from models.importing.problems import Problems
from models.importing.records import Record, Records, begins_plainly, headings, is_blank, known_columns
from models.importing.source import Source
from models.importing.texts import LINE_LIMIT, Look, too_many_rows

DELIMITERS = (";", ",", "\t")
_SEP = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
"""The line with which Excel is told the delimiter."""
_PIECE = 1 << 16
"""Characters read at a time."""
_SAMPLE = 100_000
"""Characters among which the header is looked for."""


def read_csv(source: Source, look: Look, problems: Problems) -> Records | None:
    """The records of a file whose encoding is known; None where it has too many."""
    if source.head:
        delimiter = source.head.delimiter
    else:
        with _text(source, look) as text:
            delimiter = _delimiter(text.read(_SAMPLE), source)
    if too_many_rows(source, look, delimiter):
        why = "Die Datei hat mehr als 5.000.000 Zeilen."
        problems.refuse(source.label, source.table.name, "too_large", why)
        return None
    reader = _Reader(source, look, delimiter, problems)
    rows, known = reader.rows(), problems.count
    first = next(rows, (1, []))
    if first[1] and _SEP.fullmatch(delimiter.join(first[1])):
        first = next(rows, (1, []))
    while source.head and first[0] < source.head.line:
        first = next(rows, (source.head.line, []))
    if problems.count > known:  # no header, no columns: its fault is the only one to tell
        problems.lose(source.table.name)
        return None
    reader.width = len(first[1])
    return Records(headings(first[1]), rows, look.breaks)


def _text(source: Source, look: Look) -> io.TextIOWrapper:
    return io.TextIOWrapper(source.open(), look.encoding, newline="")


def _delimiter(sample: str, source: Source) -> str:
    """The one that makes the best header."""
    if told := _SEP.match(sample):
        return told[1]
    return max(DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter, source))


def _fitness(sample: str, delimiter: str, source: Source) -> tuple[int, int]:
    """Known columns, then cells, of the first record that is not blank."""
    header: list[str] = []
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True)
        header = next((row for row in reader if not is_blank(row)), [])
    except csv.Error:  # a stray quote must not hide the delimiter
        header = sample.lstrip().split("\n")[0].replace('"', "").split(delimiter)
    return known_columns(headings(header), source.table), len(header)


class _Reader:
    """One pass over a file, going on behind every record that is no CSV."""

    def __init__(self, source: Source, look: Look, delimiter: str, problems: Problems) -> None:
        self.width = 0
        """Cells of the header."""
        self._source = source
        self._look = look
        self._delimiter = delimiter
        self._problems = problems
        self._begin = 1
        """Line where the record begins that is being read."""
        self._held: deque[tuple[int, list[str]]] = deque()
        """Lines from that record on, in the pieces in which they were read, each with the number of its first."""
        self._taken = 0
        """Lines that are done when a faulty record has been left behind."""

    def rows(self) -> Iterator[Record]:
        """All records that are not blank."""
        with _text(self._source, self._look) as text:
            lines = itertools.chain.from_iterable(self._pieces(text))
            while True:
                reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
                base = self._taken
                begin = self._begin = base + 1
                try:
                    for row in reader:
                        if row and (begins_plainly(row[0]) or not is_blank(row)):
                            yield begin, row
                        begin = self._begin = base + reader.line_num + 1
                    return
                except csv.Error as error:
                    self._taken = base + reader.line_num
                    again, large = self._after(error, lines, begin)
                if large is not None:
                    yield begin, large
                self._taken -= len(again)
                lines = itertools.chain(again, lines)

    def _pieces(self, text: io.TextIOWrapper) -> Iterator[list[str]]:
        """The lines in pieces: csv takes them one by one without Python in between."""
        number = 1
        while piece := text.readlines(_PIECE):
            while self._held and self._held[0][0] + len(self._held[0][1]) <= self._begin:
                self._held.popleft()
            self._held.append((number, piece))
            number += len(piece)
            yield piece

    def _lines(self, first: int, last: int) -> list[str]:
        """Lines that are still held, by their numbers, both counted."""
        found: list[str] = []
        for number, piece in self._held:
            found += piece[max(first - number, 0) : max(last + 1 - number, 0)]
        return found

    def _after(self, error: csv.Error, lines: Iterator[str], begin: int) -> tuple[list[str], list[str] | None]:
        """Note what is wrong with the record; the lines to be read again, and its cells where only one is too large."""
        recent = self._lines(begin, self._taken)
        if "field limit" in str(error) and not self._goes_on(recent):
            row = self._large_record(recent, lines, begin)
            if row is None or row:
                return [], row
        self._problems.add(
            self._source.label, begin, "", "unbalanced_quote",
            "Ein Anführungszeichen steht allein oder vor weiterem Text. Verdopple es oder nimm es heraus.",
        )  # fmt: skip
        return recent[1:] if self._goes_on(recent) else [], None

    def _goes_on(self, recent: list[str]) -> bool:
        """Whether the line behind the first looks like a record of its own: then the first holds a stray quote."""
        if len(recent) < 2 or not self.width:
            return False
        try:
            (row,) = csv.reader(recent[1:2], delimiter=self._delimiter, strict=True)
        except csv.Error:  # it may hold a stray quote of its own
            return recent[1].count(self._delimiter) == self.width - 1
        return len(row) == self.width

    def _large_record(self, recent: list[str], lines: Iterator[str], begin: int) -> list[str] | None:
        """The cells of a well-formed record with a cell that is too large; empty where its quotes do not close.

        None, with the problem noted, where it is too large to be looked at.
        """
        size = sum(map(len, recent))
        inside = sum(line.count('"') for line in recent) % 2
        while inside:
            line = next(lines, None)
            if line is None:
                return []
            self._taken += 1
            inside = (inside + line.count('"')) % 2
            size += len(line)
            if size <= LINE_LIMIT:
                recent.append(line)
        if size > LINE_LIMIT:
            self._problems.add(self._source.label, begin, "", "too_large", "Die Zeile ist zu lang.")
            return None
        return split_record("".join(recent), self._delimiter)


def split_record(text: str, delimiter: str) -> list[str]:
    """The cells of one record of any size; empty where text stands behind a closing quote."""
    text = text.rstrip("\r\n")
    cells: list[str] = []
    at = 0
    while True:
        if text.startswith('"', at):
            end = _closing(text, at + 1)
            if end < 0 or text[end + 1 : end + 2] not in ("", delimiter):
                return []
            cells.append(text[at + 1 : end].replace('""', '"'))
            end += 1
        else:
            end = text.find(delimiter, at)
            end = len(text) if end < 0 else end
            cells.append(text[at:end])
        if end >= len(text):
            return cells
        at = end + 1


def _closing(text: str, at: int) -> int:
    """Where the quote stands that is not doubled; -1 where there is none."""
    while (found := text.find('"', at)) >= 0:
        if not text.startswith('""', found):
            return found
        at = found + 2
    return -1
