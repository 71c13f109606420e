"""Reading single cells into their one canonical text, quickly: most cells of a column have been seen before."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Final

from models.database.fields import MomentField
from models.ground import clock
from models.ground.text import clean_input
from models.importing.columns import Column

CELL_LIMIT: Final = 128 * 1024
"""Characters a cell may have."""

ID_LIMIT: Final = 300
"""Characters an id may have."""

SHEET_DATE: Final = "\x1d"
"""Stands before what was a real date in a sheet."""

NO_CELL: Final = "\x00\x1a"
"""Stands for a JSON value that can be no cell, such as an object."""

_KEPT: Final = 50_000
"""Different cells of a column that are remembered at a time."""
_LONG: Final = 60
"""Longer cells are not worth remembering."""

_YESNO: Final = {"ja": "ja", "1": "ja", "true": "ja", "nein": "nein", "0": "nein", "false": "nein"}
_FROM_SHEET: Final = re.compile(rf"{SHEET_DATE}\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)
_NUMBER: Final = re.compile(r"\+?\d+(?:[.,]\d+)?", re.ASCII)
_HOUR: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d)(:[0-5]\d)(:[0-5]\d)?", re.ASCII)

_DATE_FORM: Final = "JJJJ-MM-TT oder TT.MM.JJJJ, 1900 bis 2199"
_MOMENT_FORM: Final = "JJJJ-MM-TTTHH:MM oder TT.MM.JJJJ HH:MM, 1900 bis 2199"


class CellError(ValueError):
    """A cell that cannot be read: the contract's code and a German sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Cells(dict[str, str]):
    """The canonical text of each cell of one column; a cell that is asked for the first time is read then.

    Looking up a faulty cell raises `CellError`, every time.
    """

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.newest = ""
        """The greatest canonical text so far."""
        self._read = _READERS[column.kind]
        self._plain = column.kind == "id"

    def read_all(self, raw: Sequence[str]) -> Sequence[str]:
        """The canonical texts of many cells; raises `CellError` for the first faulty one."""
        if self._plain and (all(raw) or not self.column.required) and max(map(len, raw)) <= _LONG:
            together = "".join(raw)
            if together.isprintable() and " " not in together:
                return raw  # most ids: no two alike, nothing to clean
        return list(map(self.__getitem__, raw))

    def __missing__(self, raw: str) -> str:
        if self._plain and raw.isprintable() and 0 < len(raw) <= _LONG and raw[0] > " " < raw[-1]:
            return raw
        value = self.read(raw)
        if value > self.newest:
            self.newest = value
        if len(raw) <= _LONG and not self._plain:
            if len(self) >= _KEPT:
                self.clear()
            self[raw] = value
        return value

    def read(self, raw: str) -> str:
        """The canonical text of a cell; raises `CellError`."""
        if len(raw) > CELL_LIMIT:
            raise CellError("too_large", "Die Zelle ist größer als 128 KB.")
        if raw == NO_CELL:
            raise CellError("bad_value", "Hier darf nur ein Text, eine Zahl oder ja/nein stehen.")
        text = raw.strip() if raw.isprintable() else _cleaned(raw)
        if text:
            return self._read(text, self.column)
        if self.column.required:
            raise CellError("missing_value", f"In der Spalte „{self.column.name}“ fehlt der Wert.")
        return self.column.empty


def _cleaned(raw: str) -> str:
    return raw if _FROM_SHEET.fullmatch(raw) else clean_input(raw).strip()


def _text(text: str, column: Column) -> str:
    return text.removeprefix(SHEET_DATE)


def _id(text: str, column: Column) -> str:
    """An id; both engines must be able to keep it in an index."""
    if len(text) > ID_LIMIT:
        raise CellError("bad_value", f"Die Id ist länger als {ID_LIMIT} Zeichen.")
    return text.removeprefix(SHEET_DATE)


def _choice(text: str, column: Column) -> str:
    value = column.fold(text) if column.fold else text
    if value not in column.choices:
        raise _wrong(text, f"erwartet wird {_either(column.choices)}")
    return value


def _yesno(text: str, column: Column) -> str:
    value = _YESNO.get(text.lower())
    if value is None:
        raise _wrong(text, "erwartet wird ja oder nein")
    return value


def _date(text: str, column: Column) -> str:
    """A calendar day; a real date of a sheet may carry midnight."""
    if text.startswith(SHEET_DATE):
        text = text[1:].removesuffix("T00:00:00")
    try:
        return clock.parse_date(text).isoformat()
    except ValueError:
        raise CellError("bad_date", f"„{_short(text)}“ ist kein Datum ({_DATE_FORM}).") from None


def _day(text: str, column: Column) -> str:
    """A calendar day, or the Berlin day of a moment."""
    try:
        return clock.parse_date(text).isoformat()
    except ValueError:
        pass
    try:
        return clock.day_of(clock.parse_moment(text.removeprefix(SHEET_DATE))).isoformat()
    except ValueError:
        raise CellError("bad_date", f"„{_short(text)}“ ist kein Datum ({_DATE_FORM}).") from None


class _Hours(dict[str, str]):
    """Berlin hours as UTC ones: no change of the clocks lies within one."""

    def __missing__(self, hour: str) -> str:
        stored = str(MomentField().db_value(clock.parse_moment(f"{hour}:00")))[:13]
        if len(self) >= _KEPT:
            self.clear()
        self[hour] = stored
        return stored


_HOURS = _Hours()


def _moment(text: str, column: Column) -> str:
    """A moment as it is stored, in UTC; sortable."""
    text = text.removeprefix(SHEET_DATE)
    try:
        if found := _HOUR.fullmatch(text):
            hour, minute, second = found.groups()
            return f"{_HOURS[hour]}{minute}{second or ':00'}.000000+00:00"
        return str(MomentField().db_value(clock.parse_moment(text)))
    except (ValueError, OverflowError):
        raise CellError("bad_date", f"„{_short(text)}“ ist kein Zeitpunkt ({_MOMENT_FORM}).") from None


def _number(text: str, column: Column) -> str:
    value = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(value):
        raise _wrong(text, "erwartet wird eine Zahl wie 7,5")
    return repr(value)


def _list(text: str, column: Column) -> str:
    return "|".join(part for part in map(str.strip, text.removeprefix(SHEET_DATE).split("|")) if part)


def _wrong(text: str, wanted: str) -> CellError:
    return CellError("bad_value", f"„{_short(text)}“ ist hier nicht erlaubt: {wanted}.")


def _short(text: str) -> str:
    text = " ".join(text.removeprefix(SHEET_DATE).split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _either(choices: tuple[str, ...]) -> str:
    return f"{', '.join(choices[:-1])} oder {choices[-1]}"


_READERS: Final[dict[str, Callable[[str, Column], str]]] = {
    "id": _id,
    "text": _text,
    "kind": _text,
    "choice": _choice,
    "yesno": _yesno,
    "date": _date,
    "day": _day,
    "moment": _moment,
    "number": _number,
    "list": _list,
}
