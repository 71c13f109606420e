"""Reading a JSON array of objects piece by piece: memory does not grow with the file."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from models.ground.text import id_text
from models.importing.cells import NO_CELL, number_cell
from models.importing.columns import Table
from models.importing.problems import Problems
from models.importing.records import Record, Records, headings
from models.importing.source import UNREADABLE, Source
from models.importing.texts import CHUNK, LINE_LIMIT, ROW_LIMIT, Look

_BLANK = re.compile(r"[ \t\n\r]*")
_NAMES = 1_000
"""Unknown names that are remembered: more are a bomb."""


class _FaultError(Exception):
    """The file as a whole cannot be used: code, sentence, column."""

    def __init__(self, code: str, message: str, column: str = "") -> None:
        super().__init__(message)
        self.code, self.column = code, column


class _Pairs(list[tuple[str, Any]]):
    """An object as it was written, so that a key that stands twice is seen."""


def read_json(source: Source, look: Look, problems: Problems) -> Records | None:
    """The records of a file; None, with the problem noted, where it is no array of objects."""
    try:
        if look.encoding == "cp1252":
            raise _no_json()
        header = _header(source, look)
    except _FaultError as fault:
        problems.refuse(source.label, source.table.name, fault.code, str(fault), column=fault.column)
        return None
    return Records(headings(header), _rows(source, header, look), look.breaks)


def _no_json() -> _FaultError:
    return _FaultError("bad_encoding", "Die Datei ist kein gültiges JSON in UTF-8.")


def _header(source: Source, look: Look) -> list[str]:
    """Every name that any element has, in the order of their first appearance; raises `_FaultError`."""
    names: dict[str, None] = {}
    number = 0
    for number, element in enumerate(_elements(source, look), 1):
        keys = [key for key, _ in element]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise _FaultError("bad_value", f"„{twice[:40]}“ steht in Element {number} zweimal.", twice[:200])
        names.update((key, None) for key in keys if len(names) < _NAMES or id_text(key) in source.table.by_name)
        if number > ROW_LIMIT:
            raise _FaultError("too_large", "Die Datei hat mehr als 5.000.000 Elemente.")
    return list(names) if number else _all_names(source.table)


def _all_names(table: Table) -> list[str]:
    """An empty array lacks rows, not columns."""
    return [column.name for column in table.columns]


def _rows(source: Source, header: list[str], look: Look) -> Iterator[Record]:
    for number, element in enumerate(_elements(source, look), 1):
        found = dict(element)
        yield number, [_cell(found[name]) if name in found else "" for name in header]


def _cell(value: Any) -> str:
    """A value as the text that a CSV would have; a list of texts as `a|b`."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not isinstance(value, _Pairs):
        parts = [_cell(part) for part in value]
        return NO_CELL if NO_CELL in parts else "|".join(parts)
    return NO_CELL


def _elements(source: Source, look: Look) -> Iterator[_Pairs]:
    """The objects of the array, one after the other; raises `_FaultError`."""
    try:
        with io.TextIOWrapper(source.open(), look.encoding) as text:
            yield from _Scanner(text).elements()
    except (*UNREADABLE, RecursionError) as error:
        raise _no_json() from error


class _Scanner:
    """Decodes one value after the other from a stream."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._buffer = ""
        self._at = 0
        self._ended = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_Pairs, parse_int=str, parse_float=number_cell, parse_constant=_refuse
        )

    def elements(self) -> Iterator[_Pairs]:
        """The objects of the array; ValueError where it is no JSON, `_FaultError` where it is something else."""
        if self._peek() != "[":
            self._value()
            self._end()
            raise _FaultError("bad_value", "Die Datei ist kein Array von Objekten.")
        self._at += 1
        other = False
        while self._peek() != "]":
            value = self._value()
            other = other or not isinstance(value, _Pairs)
            if not other:
                yield value
            if self._peek() == ",":
                self._at += 1
                if self._peek() == "]":
                    raise ValueError("comma before the end")
            elif self._peek() != "]":
                raise ValueError("neither comma nor end")
        self._at += 1
        self._end()
        if other:
            raise _FaultError("bad_value", "Das Array enthält etwas anderes als Objekte.")

    def _more(self) -> bool:
        """Read on, dropping what is done."""
        chunk = self._text.read(CHUNK)
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def _peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            found = _BLANK.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def _value(self) -> Any:
        """The next value; ValueError where there is none."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
                if end < len(self._buffer) or not self._more():
                    self._at = min(end, len(self._buffer))
                    return value
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos >= len(self._buffer) - 20
                if not cut:
                    raise
                if len(self._buffer) - self._at > LINE_LIMIT:
                    raise _FaultError("too_large", "Ein Element der Datei ist zu groß.") from error
                if not self._more():
                    raise

    def _end(self) -> None:
        if self._peek():
            raise ValueError("text behind the end")


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
