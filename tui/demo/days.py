"""Days and moments of the demo, all counted back from its today."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from tui.demo.rows import weekday_before


class Days:
    """Turns 'so many days ago' into dates and plausible moments of work, Berlin wall time without an offset."""

    def __init__(self, today: date, now: datetime) -> None:
        """`now` is the newest moment there may be; its offset is dropped."""
        self.today = today
        self.now = now.replace(tzinfo=None, second=0, microsecond=0)
        self.export = datetime.combine(today - timedelta(days=1), time(18))
        """When yesterday's export was made: what is later stands in today's alone."""

    def day(self, ago: int) -> date:
        """The day `ago` days before today, after it if negative."""
        return self.today - timedelta(days=ago)

    def at(self, ago: int, place: int, rng: Random) -> datetime:
        """A moment on the last weekday up to `ago` days before today, later for a higher `place`; today: before now."""
        drawn = rng.randrange(60)
        if ago <= 0:
            return self.lately(min(0.9, 0.05 + place * 0.15 + drawn / 500))
        hour = min(16, 8 + place * 2)
        return datetime.combine(weekday_before(self.day(ago)), time(hour, drawn))

    def lately(self, share: float) -> datetime:
        """A moment between yesterday's export and now, if possible of this morning; `share` from 0 to 1."""
        morning = datetime.combine(self.today, time(7))
        begin = morning if self.now > morning + timedelta(hours=1) else self.export
        later = begin + (self.now - begin) * share
        return later.replace(second=0, microsecond=0) + timedelta(minutes=1 if begin is self.export else 0)
