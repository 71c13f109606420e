"""Reading single cells into their one canonical text, quickly: most cells of a column have been seen before."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from functools import cache
from typing import Final

from models.database.fields import MomentField
from models.ground import clock
from models.ground.formulas import unguard
from models.ground.text import clean_input, id_text, is_plain, is_unseen, readable_text
from models.importing.columns import Column

CELL_LIMIT: Final = 128 * 1024
"""Characters a cell may have."""

PLAUSIBLE: Final = timedelta(days=2)
"""So far ahead of now something done may lie: clocks and time zones of a platform are not ours."""

ID_LIMIT: Final = 300
"""Characters an id may have."""

SHEET_DATE: Final = "\x1d"
"""Stands before what was a real date in a sheet."""

SHEET_NUMBER: Final = "\x1c"
"""Stands before what was a real number with three digits behind the point: it can be read in one way only."""

NO_CELL: Final = "\x00\x1a"
"""Stands for what can be no cell, such as an object in JSON; the sentence that says why may stand behind it."""

SURE: Final = 15
"""Digits of a number that a spreadsheet keeps."""

LOST_DIGITS: Final = (
    f"{NO_CELL}Die Zahl hat mehr Ziffern, als ein Tabellenprogramm behält; die letzten sind verloren. "
    "Speichere die Spalte als Text und exportiere neu."
)
"""Stands for a number whose last digits nobody knows any more."""

BLANKS: Final = " \t\r\n\xa0"
"""What is trimmed where the marks above have to stay: for Python they are blanks too."""

_KEPT: Final = 50_000
"""Different cells of a column that are remembered at a time."""
_LONG: Final = 60
"""Longer cells are not worth remembering."""

_YESNO: Final = {"ja": "ja", "1": "ja", "true": "ja", "nein": "nein", "0": "nein", "false": "nein"}
_FROM_SHEET: Final = re.compile(rf"{SHEET_DATE}\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)
_REAL_NUMBER: Final = re.compile(rf"{SHEET_NUMBER}[+-]?\d+\.\d{{3}}", re.ASCII)
_NUMBER: Final = re.compile(r"\+?\d+(?:[.,]\d+)?", re.ASCII)
_ERROR: Final = re.compile(
    r"#(?:N/A|NV|REF!|BEZUG!|DIV/0!|VALUE!|WERT!|NAME\?|NUM!|ZAHL!|NULL!|SPILL!|ÜBERLAUF!|CALC!|KALK!|GETTING_DATA)|Err:\d{3}"
)
"""What spreadsheet programs show where there is no value; a CSV keeps it as a text."""
_THOUSANDS: Final = re.compile(r"\+?[1-9]\d{0,2}(?:\.\d{3}|,\d{3})", re.ASCII)
"""A number that is a thousand times as much to some readers as to others."""
_MIDNIGHT: Final = "T00:00:00"
_WHOLE_HOURS: Final = (clock.BERLIN, clock.zone_of("UTC"))
"""Zones whose offsets are whole hours, so that an hour there is one in UTC."""
_HOUR: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d)(:[0-5]\d)(:[0-5]\d)?", re.ASCII)

_DATE_FORM: Final = "JJJJ-MM-TT oder TT.MM.JJJJ, 1900 bis 2199"
_MOMENT_FORM: Final = "JJJJ-MM-TTTHH:MM oder TT.MM.JJJJ HH:MM, 1900 bis 2199"


_ODD: Final = re.compile("#|'|Err:")
"""What may be an error of a spreadsheet, or a guard against its formulas."""


class CellError(ValueError):
    """A cell that cannot be read: the contract's code and a German sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Reading:
    """What the reading of a whole source needs to know beside its cells."""

    zone: tzinfo = clock.BERLIN
    """Where the clocks of moments without offset stand."""
    guarded: bool = False
    """Whether a `'` may stand before what a spreadsheet would take for a formula: in CSV."""
    latest: Mapping[str, str] = field(default_factory=dict)
    """By kind of column, as it is stored: what lies behind it cannot have been done yet (`implausible_date`)."""

    @classmethod
    def at(cls, now: datetime, zone: tzinfo = clock.BERLIN) -> Reading:
        """As it is judged at this moment."""
        latest = now + PLAUSIBLE
        moment, day = str(MomentField().db_value(latest)), clock.day_of(latest).isoformat()
        return cls(zone, latest={"moment": moment, "day": day})


class Cells(dict[str, str]):
    """The canonical text of each cell of one column; a cell that is asked for the first time is read then.

    Looking up a faulty cell raises `CellError`, every time.
    """

    def __init__(self, column: Column, reading: Reading) -> None:
        super().__init__()
        self.column = column
        self.newest = ""
        """The greatest canonical text so far that can be true."""
        self.ahead = ""
        """The first one that cannot."""
        self._reading = reading
        self._latest = reading.latest.get(column.kind, "") if column.done else ""
        self._read = _READERS[column.kind]
        self._plain = column.kind == "id"

    def read_all(self, raw: Sequence[str]) -> Sequence[str]:
        """The canonical texts of many cells; raises `CellError` for the first faulty one."""
        if self._plain and (all(raw) or not self.column.required) and max(map(len, raw)) <= _LONG:
            together = "".join(raw)
            if " " not in together and is_plain(together) and not _ODD.search(together):
                return raw  # most ids: no two alike, nothing to clean
        return list(map(self.__getitem__, raw))

    def __missing__(self, raw: str) -> str:
        if (
            self._plain
            and 0 < len(raw) <= _LONG
            and raw[0] > "#"
            and raw[-1] > " "
            and is_plain(raw)
            and raw[0] not in "E'"
        ):
            return raw
        value = self.read(raw)
        self.remember(raw, value)
        return value

    def remember(self, raw: str, value: str) -> None:
        """Keep what a cell means, as long as there is room."""
        if self._latest and value > self._latest:
            self.ahead = self.ahead or value
        elif value > self.newest:
            self.newest = value
        if len(raw) <= _LONG and not self._plain:
            if len(self) >= _KEPT:
                self.clear()
            self[raw] = value

    def read(self, raw: str) -> str:
        """The canonical text of a cell; raises `CellError`."""
        if len(raw) > CELL_LIMIT:
            raise CellError("too_large", "Die Zelle ist größer als 128 KB.")
        if raw.startswith(NO_CELL):
            why = raw.removeprefix(NO_CELL) or "Hier darf nur ein Text, eine Zahl oder ja/nein stehen."
            raise CellError("bad_value", why)
        text = self._cleaned(raw)
        if self._reading.guarded and text.startswith("'"):
            text = unguard(text)
        if text and _ERROR.fullmatch(text):
            raise CellError("bad_value", f"Hier steht {text} statt eines Werts. Berichtige die Zelle.")
        if text:
            return self._read(text, self.column, self._reading)
        if self.column.required:
            raise CellError("missing_value", f"In der Spalte „{self.column.name}“ fehlt der Wert.")
        return self.column.empty

    def _cleaned(self, raw: str) -> str:
        """Trimmed, and without what nobody sees: in an optional text that may stay, but it is no text by itself."""
        if is_plain(raw):
            return raw.strip()
        if raw[:1] in (SHEET_DATE, SHEET_NUMBER) and (_FROM_SHEET.fullmatch(raw) or _REAL_NUMBER.fullmatch(raw)):
            return raw
        if self.column.kind not in ("text", "list"):
            return id_text(raw)
        if self.column.required or self.column.kind == "list":
            return readable_text(raw)
        return "" if is_unseen(raw) else clean_input(raw).strip()


def _text(text: str, column: Column, reading: Reading) -> str:
    return _unmarked(text)


def number_cell(text: str) -> str:
    """A number that was written as one, as a cell: without an exponent, and marked where its point could be taken for
    that of thousands.
    """
    if "e" in text.lower():
        value = float(text)
        if value.is_integer() and not is_sure(value):
            return LOST_DIGITS
        text = str(int(value)) if value.is_integer() else repr(value)
    plain = text
    return SHEET_NUMBER + plain if _THOUSANDS.fullmatch(plain.lstrip("-")) else plain


def is_sure(value: float) -> bool:
    """Whether a spreadsheet has kept every digit of a number."""
    return math.isfinite(value) and abs(value) < 10**SURE


def _unmarked(text: str) -> str:
    """What a sheet gave as a date or a number, as the text that it shows."""
    return text.removeprefix(SHEET_DATE).removeprefix(SHEET_NUMBER)


def _id(text: str, column: Column, reading: Reading) -> str:
    """An id; both engines must be able to keep it in an index."""
    if len(text) > ID_LIMIT:
        raise CellError("bad_value", f"Die Id ist länger als {ID_LIMIT} Zeichen.")
    return _unmarked(text)


def _choice(text: str, column: Column, reading: Reading) -> str:
    value = column.fold(text) if column.fold else text
    if value not in column.choices:
        raise _wrong(text, f"erwartet wird {_either(column.choices)}")
    return value


def _yesno(text: str, column: Column, reading: Reading) -> str:
    value = _YESNO.get(text.lower())
    if value is None:
        raise _wrong(text, "erwartet wird ja oder nein")
    return value


def _date(text: str, column: Column, reading: Reading) -> str:
    """A calendar day; a real date of a sheet may carry midnight."""
    if text.startswith(SHEET_DATE):
        text = text[1:].removesuffix(_MIDNIGHT)
    try:
        return clock.parse_date(text).isoformat()
    except ValueError:
        raise CellError("bad_date", f"„{_short(text)}“ ist kein Datum ({_DATE_FORM}).") from None


def _day(text: str, column: Column, reading: Reading) -> str:
    """A calendar day, or the Berlin day of a moment; a real date of a sheet at midnight is a day."""
    if text.startswith(SHEET_DATE):
        text = text[1:].removesuffix(_MIDNIGHT)
    try:
        return clock.parse_date(text).isoformat()
    except ValueError:
        pass
    try:
        return clock.day_of(clock.parse_moment(text, reading.zone)).isoformat()
    except clock.NeverError:
        raise _never(text) from None
    except ValueError:
        raise CellError("bad_date", f"„{_short(text)}“ ist kein Datum ({_DATE_FORM}).") from None


class _Hours(dict[str, str]):
    """The hours of a zone as UTC ones: no change of the clocks lies within one."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone

    def __missing__(self, hour: str) -> str:
        stored = str(MomentField().db_value(clock.parse_moment(f"{hour}:00", self._zone)))[:13]
        if len(self) >= _KEPT:
            self.clear()
        self[hour] = stored
        return stored


@cache
def _hours_of(zone: tzinfo) -> _Hours:
    return _Hours(zone)


def _moment(text: str, column: Column, reading: Reading) -> str:
    """A moment as it is stored, in UTC; sortable."""
    text = text.removeprefix(SHEET_DATE)
    try:
        if (found := _HOUR.fullmatch(text)) and reading.zone in _WHOLE_HOURS:
            hour, minute, second = found.groups()
            return f"{_hours_of(reading.zone)[hour]}{minute}{second or ':00'}.000000+00:00"
        return str(MomentField().db_value(clock.parse_moment(text, reading.zone)))
    except clock.NeverError:
        raise _never(text) from None
    except (ValueError, OverflowError):
        raise CellError("bad_date", f"„{_short(text)}“ ist kein Zeitpunkt ({_MOMENT_FORM}).") from None


def _never(text: str) -> CellError:
    """The hour that the clocks skip in spring: no clock here showed it, one in UTC did."""
    return CellError(
        "bad_date",
        f"„{_short(text)}“ gab es in Berlin nicht: Da wurde die Uhr vorgestellt. Stehen die Zeiten der Datei in UTC? "
        "Dann importiere sie mit --timezone UTC.",
    )


def _number(text: str, column: Column, reading: Reading) -> str:
    if _THOUSANDS.fullmatch(text):
        raise _two_readings(text)
    text = text.removeprefix(SHEET_NUMBER)
    value = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(value):
        raise _wrong(text, "erwartet wird eine Zahl wie 7,5")
    return repr(value)


def written_number(value: float) -> str:
    """A number as people write it, with one reading only: `1,1250`, for `1,125` is a thousand to some."""
    text = f"{value:.15g}".replace(".", ",")
    return f"{text}0" if _THOUSANDS.fullmatch(text) else text


def _two_readings(text: str) -> CellError:
    """Both ways in which a number can be read, each as it may be written."""
    whole = re.sub(r"[.,+]", "", text)
    value = float(text.replace(",", "."))
    broken = f"{value:g}".replace(".", ",")
    told = f"„{text}“ kann {whole} oder {broken} heißen. Schreib {whole} oder {written_number(value)}."
    return CellError("bad_value", told)


def _list(text: str, column: Column, reading: Reading) -> str:
    return "|".join(part for part in map(str.strip, _unmarked(text).split("|")) if part)


def _wrong(text: str, wanted: str) -> CellError:
    return CellError("bad_value", f"„{_short(text)}“ ist hier nicht erlaubt: {wanted}.")


def _short(text: str) -> str:
    text = " ".join(_unmarked(text).split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _either(choices: tuple[str, ...]) -> str:
    return f"{', '.join(choices[:-1])} oder {choices[-1]}"


_READERS: Final[dict[str, Callable[[str, Column, Reading], str]]] = {
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
