"""Time as the team reads it: Europe/Berlin for people, dates are dates.

The only module that reads the wall clock. Dates are plain `datetime.date` (they bind to both engines), moments are
`pendulum.DateTime` in Berlin. Every `ValueError` raised here carries a German sentence that may be shown as it is.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Final, Protocol

import pendulum

BERLIN: Final = pendulum.timezone("Europe/Berlin")
"""The one time zone that people see."""

FIRST_YEAR: Final = 1900
"""First year that a date may lie in (CONTRACT §3)."""

LAST_YEAR: Final = 2199
"""Last year that a date may lie in (CONTRACT §3)."""

MIDNIGHT: Final = datetime.time()
"""The time of a date that is given without one."""

WEEKDAYS: Final = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
"""Short German weekday names, Monday first."""

_WEEKDAY_NAMES: Final = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_WEEKDAY_INDEX: Final = {
    **{short.lower(): index for index, short in enumerate(WEEKDAYS)},
    **{name: index for index, name in enumerate(_WEEKDAY_NAMES)},
    "sonnabend": 5,
}
_DAY_WORDS: Final = {
    "vorgestern": -2,
    "gestern": -1,
    "heute": 0,
    "morgen": 1,
    "übermorgen": 2,
    "uebermorgen": 2,
    "ubermorgen": 2,
}

_DATE_PART = r"(?:(\d{4})-(\d{2})-(\d{2})|(\d{2})\.(\d{2})\.(\d{4}))"
_TIME_PART = r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?"
_DATE: Final = re.compile(_DATE_PART, re.ASCII)
_MOMENT: Final = re.compile(rf"{_DATE_PART}(?:[T ]{_TIME_PART})?", re.ASCII)
_SPOKEN_OFFSET: Final = re.compile(r"[+-]\d{1,5}", re.ASCII)
_SPOKEN_DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\d{4})?", re.ASCII)
_SPOKEN_TIME: Final = re.compile(r"(?:um )?(\d{1,2})(?::(\d{2}))?(?: ?(?:h|uhr))?", re.ASCII)
_TIME_ALONE: Final = re.compile(r"um .*|\d{1,2}(?::.*| ?(?:h|uhr))", re.ASCII)

_NO_DATE = "Das ist kein Datum: erwartet wird JJJJ-MM-TT oder TT.MM.JJJJ (1900 bis 2199)."
_NO_MOMENT = "Das ist kein Zeitpunkt: erwartet wird JJJJ-MM-TTTHH:MM oder TT.MM.JJJJ HH:MM (1900 bis 2199)."
_NO_SPOKEN_DATE = "Das ist kein Datum: erwartet wird heute, morgen, +3, mo, 24.12. oder TT.MM.JJJJ."
_NO_SPOKEN_TIME = "Das ist keine Uhrzeit: erwartet wird HH:MM, 14h oder 14."
_NEVER = "Diese Uhrzeit gibt es an diesem Tag nicht: die Uhr wird dann auf Sommerzeit vorgestellt."


class NeverError(ValueError):
    """A wall-clock time in the hour that a change of the clocks skips."""


class Clock(Protocol):
    """Tells what time it is; the only way for rules and actions to learn it."""

    def now(self) -> pendulum.DateTime:
        """The present moment in Berlin."""
        ...

    def today(self) -> datetime.date:
        """The present day in Berlin."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> pendulum.DateTime:
        """The present moment in Berlin."""
        return pendulum.now(BERLIN)

    def today(self) -> datetime.date:
        """The present day in Berlin."""
        return day_of(self.now())


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still: `--now` on a sandbox, and tests."""

    moment: datetime.datetime
    """The moment it shows; must know its offset."""

    def now(self) -> pendulum.DateTime:
        """The fixed moment in Berlin."""
        return in_berlin(self.moment)

    def today(self) -> datetime.date:
        """The day of the fixed moment in Berlin."""
        return day_of(self.moment)


class ShiftedClock:
    """A clock that was set to a moment and goes on from there: the demo, on a day when nobody works."""

    def __init__(self, moment: datetime.datetime) -> None:
        """`moment` is what it shows now."""
        self._ahead = moment - SystemClock().now()

    def now(self) -> pendulum.DateTime:
        """The shifted moment in Berlin."""
        return in_berlin(SystemClock().now() + self._ahead)

    def today(self) -> datetime.date:
        """The day of the shifted moment in Berlin."""
        return day_of(self.now())


def in_berlin(moment: datetime.datetime) -> pendulum.DateTime:
    """The same moment on a Berlin clock; ValueError where it does not know its offset."""
    if moment.tzinfo is None:
        raise ValueError("Dem Zeitpunkt fehlt die Zeitzone.")
    local = moment.astimezone(BERLIN)
    if isinstance(local, pendulum.DateTime):
        return local
    return _moment(local, local.time(), BERLIN, local.fold)


def day_of(moment: datetime.datetime) -> datetime.date:
    """The Berlin day on which a moment lies."""
    local = in_berlin(moment)
    return datetime.date(local.year, local.month, local.day)


def berlin_moment(day: datetime.date, time: datetime.time = MIDNIGHT) -> pendulum.DateTime:
    """A Berlin wall-clock time: the first one in the hour that occurs twice, `NeverError` in the one that never is."""
    if not _occurs(day, time, BERLIN):
        raise NeverError(_NEVER)
    return _moment(day, time, BERLIN)


def _occurs(day: datetime.date, time: datetime.time, zone: datetime.tzinfo) -> bool:
    """Whether a clock of that zone ever shows it: only inside the spring gap is the offset before the change smaller
    than the one after it.
    """
    plain = datetime.datetime.combine(day, time)
    before, after = zone.utcoffset(plain), zone.utcoffset(plain.replace(fold=1))
    return before is None or after is None or before >= after


def start_of_day(day: datetime.date) -> pendulum.DateTime:
    """00:00 Berlin of a day."""
    return berlin_moment(day)


def parse_date(text: str) -> datetime.date:
    """`JJJJ-MM-TT` or `TT.MM.JJJJ`, years 1900 to 2199, nothing around it; else ValueError. Quick: called per cell."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(_NO_DATE)
    return _date_from(found, _NO_DATE)


def parse_moment(text: str, zone: datetime.tzinfo = BERLIN) -> pendulum.DateTime:
    """An ISO 8601 or German moment as a Berlin one; else ValueError.

    `T` or one blank before the time; a date alone is 00:00; without an offset the time is that zone's: the first one
    in the hour that occurs twice, `NeverError` in the one that never occurs.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(_NO_MOMENT)
    day = _date_from(found, _NO_MOMENT)
    time = _time_from(found)
    if found[11] is not None:
        zone = _zone_from(found[11])
    elif not _occurs(day, time, zone):
        raise NeverError(_NEVER)
    return in_berlin(_moment(day, time, zone))


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name, such as `UTC` or `Europe/Berlin`."""
    try:
        zone_of(name)
    except ValueError:
        return False
    return True


def zone_of(name: str) -> datetime.tzinfo:
    """The time zone of a name such as `UTC` or `Europe/Vienna`; ValueError for what is none."""
    try:
        return pendulum.timezone(name)
    except (ValueError, OSError) as error:
        raise ValueError(
            f"Die Zeitzone „{name}“ gibt es nicht. Schreib zum Beispiel UTC oder Europe/Vienna."
        ) from error


def parse_due(text: str) -> pendulum.DateTime:
    """When a Reminder is due, `D[THH:MM]` (CONTRACT §5): a date alone means 00:00 Berlin; else ValueError."""
    return parse_moment(text)


def iso(moment: datetime.datetime) -> str:
    """ISO 8601 in Berlin, to the second, with offset: the form of every moment in output."""
    return in_berlin(moment).isoformat(timespec="seconds")


def german_date(day: datetime.date) -> str:
    """`Mo 03.11.2025`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day:02}.{day.month:02}.{day.year:04}"


def german_moment(moment: datetime.datetime) -> str:
    """`Mo 03.11.2025 14:00`, Berlin."""
    local = in_berlin(moment)
    return f"{german_date(local)} {local.hour:02}:{local.minute:02}"


def german_start(moment: datetime.datetime) -> str:
    """From when something holds: `Mo 03.11.2025`, with the time where it is not the whole day."""
    return german_date(day_of(moment)) if in_berlin(moment).time() == MIDNIGHT else german_moment(moment)


def spoken_date(text: str, today: datetime.date) -> datetime.date:
    """A date as people type it: heute, morgen, gestern, +3, mo (the next one after today), 24.12. (the next one, today
    included), or a form of `parse_date`; else ValueError with a German sentence.
    """
    return _spoken_day(_tidy(text), today)


def spoken_moment(text: str, now: datetime.datetime) -> pendulum.DateTime:
    """A date as in `spoken_date` with a time (`14:00`, `14h`, `14`) or without (00:00), a time with `:` or `h` alone
    (today), or a form of `parse_moment`; else ValueError with a German sentence.
    """
    if _MOMENT.fullmatch(text.strip()):
        return parse_moment(text.strip())
    tidy = _tidy(text)
    if _TIME_ALONE.fullmatch(tidy):
        tidy = f"heute {tidy}"
    word, _, time = tidy.partition(" ")
    day = _spoken_day(word, day_of(now))
    return berlin_moment(day, _spoken_time(time) if time else MIDNIGHT)


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many calendar months later (earlier if negative), or the last of a shorter month: 31 January + 3
    months = 30 April.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def whole_months(start: datetime.date, today: datetime.date) -> int:
    """Whole calendar months since `start`, negative before (A-09): the last n with `add_months(start, n) <= today`."""
    months = (today.year - start.year) * 12 + today.month - start.month
    return months if add_months(start, months) <= today else months - 1


def twelve_months_before(today: datetime.date) -> datetime.date:
    """The day twelve calendar months before; what lies after it is within the last twelve months (W-15)."""
    return add_months(today, -12)


def _date_from(found: re.Match[str], complaint: str) -> datetime.date:
    """The date in the first six groups of a match; ValueError where the calendar has none such."""
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    return _date_of(int(year), int(month), int(day), complaint)


def _date_of(year: int, month: int, day: int, complaint: str) -> datetime.date:
    """A date in the years that count here, else ValueError with `complaint`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(complaint)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise ValueError(complaint) from None


def _time_from(found: re.Match[str]) -> datetime.time:
    """The time in groups 7 to 10 of a match, midnight where they are empty; ValueError where no clock shows it."""
    hour, minute, second = (int(part or 0) for part in found.group(7, 8, 9))
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(_NO_MOMENT)
    return datetime.time(hour, minute, second, int((found[10] or "").ljust(6, "0")))


def _moment(day: datetime.date, time: datetime.time, zone: datetime.tzinfo, fold: int = 0) -> pendulum.DateTime:
    """Day and time put together, without looking whether that time exists there."""
    clock = (time.hour, time.minute, time.second, time.microsecond)
    return pendulum.DateTime(day.year, day.month, day.day, *clock, tzinfo=zone, fold=fold)


def _zone_from(text: str) -> datetime.timezone:
    """The fixed zone of `Z`, `+01`, `+0100` or `+01:00`."""
    if text == "Z":
        return datetime.UTC
    hours, minutes = int(text[1:3]), int(text[3:].removeprefix(":") or 0)
    if hours > 23 or minutes > 59:
        raise ValueError(_NO_MOMENT)
    offset = datetime.timedelta(hours=hours, minutes=minutes)
    return datetime.timezone(-offset if text[0] == "-" else offset)


def _tidy(text: str) -> str:
    """Lower case, single blanks, none at the ends."""
    return " ".join(text.casefold().split())


def _spoken_day(word: str, today: datetime.date) -> datetime.date:
    """The day that a tidy word means."""
    if word in _DAY_WORDS:
        return _shifted(today, _DAY_WORDS[word])
    if _SPOKEN_OFFSET.fullmatch(word):
        return _shifted(today, int(word))
    weekday = _WEEKDAY_INDEX.get(word.removesuffix("."))
    if weekday is not None:
        return _shifted(today, (weekday - today.weekday() - 1) % 7 + 1)
    if found := _SPOKEN_DAY.fullmatch(word):
        return _calendar_day(int(found[1]), int(found[2]), found[3], today)
    if found := _DATE.fullmatch(word):
        return _date_from(found, _NO_SPOKEN_DATE)
    raise ValueError(_NO_SPOKEN_DATE)


def _shifted(today: datetime.date, days: int) -> datetime.date:
    """So many days from today; ValueError outside the years that count here."""
    day = today + datetime.timedelta(days=days)
    return _date_of(day.year, day.month, day.day, _NO_SPOKEN_DATE)


def _calendar_day(day: int, month: int, year: str | None, today: datetime.date) -> datetime.date:
    """That day of that year, or the next such day from today on (29 February waits for a leap year)."""
    if year is not None:
        return _date_of(int(year), month, day, _NO_SPOKEN_DATE)
    for candidate in range(today.year, today.year + 9):
        last = calendar.monthrange(candidate, month)[1] if 1 <= month <= 12 else 0
        if 1 <= day <= last and (month, day) >= ((today.month, today.day) if candidate == today.year else (0, 0)):
            return _date_of(candidate, month, day, _NO_SPOKEN_DATE)
    raise ValueError(_NO_SPOKEN_DATE)


def _spoken_time(text: str) -> datetime.time:
    """The time that `14:00`, `14h`, `14 Uhr` or `14` means; ValueError otherwise."""
    found = _SPOKEN_TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise ValueError(_NO_SPOKEN_TIME)
    return datetime.time(int(found[1]), int(found[2] or 0))
