"""The VPAs of the demo as both exports hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from tui.demo.absences import PATTERNS, quiet_spells, spell_rows
from tui.demo.days import Days
from tui.demo.names import AREAS, person_names
from tui.demo.parts import Part, all_parts
from tui.demo.rows import Row, moment, months_before, weekday_before, yes

_TENURE = {"0-3": (6, 84), "3-6": (97, 174), "6-9": (192, 264), "9-12": (284, 354), ">12": (385, 2600)}
"""Days since the start that keep a VPA well inside its stage, whatever the months' lengths."""
_ENTERS = {"3-6": 3, "6-9": 6, "9-12": 9, ">12": 12}
"""Months after which a VPA enters a stage."""
_LOAD = {"A": 9, "B": 8, "C": 6, "D": 4, "N": 1}
"""How many customers a VPA of a class looks after, roughly."""
_BUDDIES = ("TOM", "LIA", "ANN", "Wiebke Harms", "Goran Petrović", "Eva-Maria Köster", "")


@dataclass(slots=True)
class Vpa:
    """One assistant of the demo."""

    vpa_id: str
    """The platform's id, `V0042`."""
    name: str
    """Family name first: 'Keller, Mira'."""
    part: Part
    """What changes about this VPA from yesterday to today."""
    start: date
    """First day on the platform."""
    areas: list[str]
    """Assistenzbereiche, one at least."""
    before: Row | None
    """The row of yesterday's export, None for one first seen today."""
    after: Row | None
    """The row of today's export, None for one that is gone."""

    @property
    def spoken(self) -> str:
        """The name as one says it: 'Mira Keller'."""
        last, _, first = self.name.partition(", ")
        return f"{first} {last}"

    @property
    def load(self) -> int:
        """Weight in handing out customers; 0 for those who come, go or only begin."""
        if self.part.marks & {"new", "gone"}:
            return 0
        return _LOAD[self.part.before["klasse"]]


def make_vpas(days: Days) -> list[Vpa]:
    """All VPAs, the oldest first; the same people, whatever day it is."""
    rng = Random(1403)
    drawn = sorted(((_tenure(part, rng), part) for part in all_parts()), key=lambda pair: -pair[0])
    names = person_names(len(drawn), Random(11))
    return [
        _vpa(f"V{number:04d}", name, part, tenure, days)
        for number, (name, (tenure, part)) in enumerate(zip(names, drawn, strict=True), 1)
    ]


def _tenure(part: Part, rng: Random) -> int:
    """Days on the platform; for those who enter a stage today only as a place in the order."""
    low, high = _TENURE[part.stage]
    drawn = rng.randrange(low, high)
    if part.stage == "0-3" and "new" in part.marks:
        return drawn % 4 + 2
    return low - 8 if "enters" in part.marks else drawn


def _vpa(vpa_id: str, name: str, part: Part, tenure: int, days: Days) -> Vpa:
    """One VPA with both rows, out of a seed of its own so that no other part of the demo shifts it."""
    rng, today = Random(int(vpa_id[1:])), days.today
    start = months_before(today, _ENTERS[part.stage]) if "enters" in part.marks else today - timedelta(days=tenure)
    areas = rng.sample(AREAS, rng.choice((2, 3, 3, 4, 5)))
    facts = {
        "vpa_id": vpa_id,
        "name": name,
        "start": start.isoformat(),
        "bereiche": "|".join(areas),
        **_ordinary_facts(part, start, today, rng),
    }
    yesterday, now = _activity(part, days, rng)
    before = facts | part.before | {"letzte_aktivitaet": yesterday}
    after = facts | part.after | {"letzte_aktivitaet": now}
    for row in (before, after):
        row["onboarding_call"] = _call(row["onboarding_call"], start, today)
    return Vpa(
        *(vpa_id, name, part, start, areas),
        before=None if "new" in part.marks else before,
        after=None if "gone" in part.marks else after,
    )


def _ordinary_facts(part: Part, start: date, today: date, rng: Random) -> Row:
    """The cells a part leaves open."""
    klasse = part.before["klasse"]
    beginner = part.stage == "0-3"
    return {
        "rising_star": "nein",
        "onboarding_call": "past" if not beginner or rng.random() < 0.6 else "",
        "teilzeit": yes(rng.random() < 0.25),
        "mobile_app": rng.choice(("ja", "ja", "ja", "nein", "nein", "nein", "nein", "")),
        "aktiv": "ja",
        "neukunden": yes(rng.random() < (0.3 if klasse == "A" else 0.7)),
        "auftraege": yes(rng.random() < 0.9),
        "buddy": rng.choice(_BUDDIES) if (today - start).days < 380 else "",
    }


def _call(cell: str, start: date, today: date) -> str:
    """`past` and `ahead` as dates around the start, a date or nothing as it is."""
    if cell == "past":
        return min(start + timedelta(days=9), today - timedelta(days=1)).isoformat()
    return (today + timedelta(days=3)).isoformat() if cell == "ahead" else cell


def _activity(part: Part, days: Days, rng: Random) -> tuple[str, str]:
    """Newest activity in yesterday's and in today's export, for the inactive one of an earlier weekday."""
    back = rng.choice((1, 1, 1, 1, 2, 3))
    hour, seen_today, share = time(rng.randrange(8, 18), rng.randrange(60)), rng.random() < 0.6, rng.random()
    was, now = part.before.get("aktiv", "ja"), part.after.get("aktiv", "ja")
    if was == "nein":
        back += 30
    last = days.day(back) if now == "ja" else weekday_before(days.day(back + 1))
    old = moment(datetime.combine(last, hour))
    return old, moment(days.lately(share)) if now == "ja" and (seen_today or was == "nein") else old


def absence_rows(vpas: list[Vpa], today: date) -> tuple[list[Row], list[Row]]:
    """Yesterday's and today's absences of everybody, ids in the order of the VPAs."""
    before: list[Row] = []
    after: list[Row] = []
    number = 0
    for vpa in vpas:
        rng = Random(vpa.vpa_id)
        quiet = [] if vpa.part.marks & {"new", "gone"} else quiet_spells(vpa.part, (today - vpa.start).days, rng)
        for spell in (*quiet, *PATTERNS[vpa.part.absence]):
            number += 1
            old, new = spell_rows(vpa.vpa_id, spell, today)
            before += [{"abwesenheit_id": f"A{number:04d}"} | old] if old else []
            after += [{"abwesenheit_id": f"A{number:04d}"} | new] if new else []
    return before, after
