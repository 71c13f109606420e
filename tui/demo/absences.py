"""Absences of the demo: patterns that give each finding of D-20 to D-24, and quiet ones before and after.

Offsets are days from today; a start moves on to its Monday, so that people take whole weeks and a pattern
keeps its distances.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tui.demo.parts import Part
from tui.demo.rows import Row, next_weekday

NEXT = 10_000
"""As a start: the next weekday after today, which makes the absence a short-notice one (D-24)."""
AT_ONCE = 10_001
"""As a start: today itself."""


@dataclass(frozen=True, slots=True)
class Spell:
    """One absence of a pattern."""

    start: int
    """Days from today to the week in which it starts, or NEXT, AT_ONCE."""
    days: int
    """Length in calendar days, both ends counted."""
    seen: str = "both"
    """Which export holds it: `both`, `new` (today's) or `old` (yesterday's)."""
    was: tuple[int, int] | None = None
    """Start and length in yesterday's export where they differ."""


PATTERNS: dict[str, tuple[Spell, ...]] = {
    "": (),
    "plain": (Spell(28, 12, "new"),),
    "moved": (Spell(42, 5, was=(28, 5)),),
    "long": (Spell(35, 33, "new"),),
    "long_joined": (Spell(28, 12), Spell(42, 12, "new")),
    "long_extended": (Spell(-14, 33, was=(-14, 19)),),
    "frequent": (Spell(-70, 5), Spell(-42, 5), Spell(14, 5, "new")),
    "short": (Spell(NEXT, 5, "new"),),
    "short_today": (Spell(AT_ONCE, 3, "new"),),
    "long_short": (Spell(NEXT, 24, "new"),),
    "long_frequent": (Spell(-49, 5), Spell(-21, 5), Spell(21, 26, "new")),
    "frequent_short": (Spell(-63, 5), Spell(-28, 5), Spell(NEXT, 5, "new")),
    "all": (Spell(-63, 5), Spell(-28, 5), Spell(NEXT, 26, "new")),
    "withdrawn": (Spell(21, 5, "old"),),
    "away": (Spell(-7, 12),),
}
"""Name to absences; the same names stand in `parts.py`."""


def quiet_spells(part: Part, tenure: int, rng: Random) -> list[Spell]:
    """Absences nobody has to look at: far apart, long known, none in the last months before a pattern's own."""
    past = [Spell(start, rng.choice((5, 5, 12, 12, 19))) for start in range(-700 + rng.randrange(60), -140, 130)]
    chosen = [spell for spell in past if rng.random() < 0.7 and spell.start > 25 - tenure]
    ahead = Spell(rng.randrange(20, 150), rng.choice((5, 12, 12, 19)))
    return chosen + [ahead] * (rng.random() < 0.4 and not part.absence and not part.marks)


def _dates(start: int, days: int, today: date) -> tuple[date, date]:
    """First and last day of an absence."""
    if start == NEXT:
        first = next_weekday(today)
    elif start == AT_ONCE:
        first = today
    else:
        first = today + timedelta(days=start)
        first += timedelta(days=-first.weekday() % 7)
    return first, first + timedelta(days=days - 1)


def _row(vpa_id: str, dates: tuple[date, date], entered: date) -> Row:
    """An absence without its id."""
    first, last = dates
    return {
        "vpa_id": vpa_id,
        "von": first.isoformat(),
        "bis": last.isoformat(),
        "eingetragen_am": entered.isoformat(),
    }


def spell_rows(vpa_id: str, spell: Spell, today: date) -> tuple[Row | None, Row | None]:
    """The absence as yesterday's and as today's export hold it."""
    now = _dates(spell.start, spell.days, today)
    old = _dates(*spell.was, today) if spell.was else now
    entered = today if spell.seen == "new" else min(old[0] - timedelta(days=24), today - timedelta(days=6))
    yesterday = None if spell.seen == "new" else _row(vpa_id, old, entered)
    return yesterday, None if spell.seen == "old" else _row(vpa_id, now, entered)
