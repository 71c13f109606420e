"""Working days: Monday to Friday less public holidays, by Berlin dates (CONTRACT §3, A-22).

*Monday* in the contract is the first working day after a weekend or public holiday.
"""

from __future__ import annotations

import datetime
from typing import Final

import pendulum

from models.ground import clock

NATIONWIDE: Final = "DE"
"""The default region: only the holidays that hold in every Land."""

LAENDER: Final = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH"
KANTONE: Final = "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH"
REGIONS: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "DE": ("germany", "Germany", tuple(LAENDER.split(" "))),
    "AT": ("austria", "Austria", tuple("123456789")),
    "CH": ("switzerland", "Switzerland", tuple(KANTONE.split(" "))),
}
"""For each country the module and class of the holidays package, and its Länder or Kantone, as in `DE-BY`, `AT-9`."""

NOON: Final = datetime.time(12)
"""Default of the setting `afternoon` (A-01)."""

_DAY: Final = datetime.timedelta(days=1)


def valid_region(text: str) -> bool:
    """Whether the setting `holidays` may have this value: a country, or one with its Land or Kanton."""
    country, hyphen, part = text.partition("-")
    return country in REGIONS and (part in REGIONS[country][2] if hyphen else True)


class Workdays:
    """The working days of one region; holidays are loaded on the first question about a year, then kept."""

    def __init__(self, region: str = NATIONWIDE) -> None:
        """Loads nothing yet; ValueError (a German sentence) for an unknown region."""
        if not valid_region(region):
            raise ValueError("Unbekannte Feiertagsregion: erwartet wird DE, AT oder CH, auch mit Land wie DE-BY, AT-9.")
        self.region = region
        """A country, or one with its Land or Kanton."""
        self._holidays: dict[int, frozenset[int]] = {}

    def is_workday(self, day: datetime.date) -> bool:
        """Whether the day is a Monday to Friday and no public holiday."""
        return day.weekday() < 5 and day.toordinal() not in self._holidays_of(day.year)

    def is_monday(self, day: datetime.date) -> bool:
        """Whether the day is the first working day after a weekend or public holiday (D-44, A-22)."""
        return self.is_workday(day) and not self.is_workday(day - _DAY)

    def next_workday(self, day: datetime.date) -> datetime.date:
        """The first working day strictly after the day."""
        return self.add_workdays(day, 1)

    def add_workdays(self, day: datetime.date, count: int) -> datetime.date:
        """The count-th working day strictly after the day, before it if negative; 0 is the day itself."""
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def count_between(self, first: datetime.date, last: datetime.date) -> int:
        """How many working days lie strictly between two days; 0 where the second is not later."""
        days = range(first.toordinal() + 1, last.toordinal())
        return sum(self.is_workday(datetime.date.fromordinal(day)) for day in days)

    def gap_at_most(self, first: datetime.date, last: datetime.date, limit: int) -> bool:
        """Whether at most `limit` working days lie strictly between; quick however far apart the two days are."""
        return self.add_workdays(first, limit + 1) >= last

    def at_least_apart(self, first: datetime.date, second: datetime.date, days: int) -> bool:
        """Whether the second day is at least so many working days after the first (T-14, A-19)."""
        return second >= self.add_workdays(first, days)

    def inactive_workable_from(self, change: datetime.date, afternoon: datetime.time = NOON) -> pendulum.DateTime:
        """From when a VPA that went inactive on `change` may be judged (D-40, D-44, A-06): the next working day at
        00:00, in the afternoon where that is a *Monday*.
        """
        day = self.next_workday(change)
        if self.is_monday(day):
            return clock.berlin_moment(day, afternoon)
        return clock.start_of_day(day)

    def _holidays_of(self, year: int) -> frozenset[int]:
        """The public holidays of a year as ordinals."""
        known = self._holidays.get(year)
        if known is None:
            known = self._holidays[year] = self._load(year)
        return known

    def _load(self, year: int) -> frozenset[int]:
        """Asks the package, which is slow to import and needed by few commands."""
        from importlib import import_module

        country, _, part = self.region.partition("-")
        module, name, _ = REGIONS[country]
        public = getattr(import_module(f"holidays.countries.{module}"), name)
        return frozenset(day.toordinal() for day in public(subdiv=part or None, years=year))
