"""Who plays which part in the demo: every finding of CONTRACT §3, written down as one line a VPA.

A line reads `STAGE KLASSE word…`. `B>C` and `column:ja>nein` say what changes between the two exports, `column:ja` what
stays, `abs:NAME` names a pattern of `absences.py`. `enters` starts a stage today, `new` is first seen today, `gone` is
missing today.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SCHEDULE = """
0-3 N auftraege:ja>nein
0-3 N auftraege:ja>nein neukunden:ja>nein
0-3 N neukunden:ja>nein
3-6 N>B neukunden:ja>nein
>12 A neukunden:nein>ja
>12 A auftraege:ja>nein teilzeit:ja
9-12 B neukunden:nein>ja auftraege:nein>ja
>12 B neukunden:ja>nein
6-9 B neukunden:nein>ja mobile_app:ja
>12 C neukunden:ja>nein
>12 C auftraege:ja>nein neukunden:ja>nein
3-6 C neukunden:nein>ja
>12 C auftraege:nein>ja
>12 D neukunden:ja>nein
6-9 D auftraege:ja>nein
>12 C neukunden:ja>nein abs:plain
"""
"""Zeitplanung geändert: odd ones (new, declining), A and B to agree on, plain ones."""

ABSENCE = """
>12 B abs:plain
3-6 C abs:plain
9-12 C abs:plain
>12 A abs:moved
>12 B abs:long
6-9 C abs:long
>12 C abs:long_joined
>12 B abs:long_extended
>12 D abs:frequent teilzeit:ja
3-6 C abs:frequent
>12 C abs:frequent
>12 A abs:short
0-3 N abs:short
9-12 D abs:short
>12 C abs:short_today
>12 B abs:long_short
>12 C abs:long_frequent
6-9 D abs:frequent_short
>12 C abs:frequent_short mobile_app:ja
>12 D abs:all
>12 B abs:withdrawn
3-6 C abs:withdrawn
"""
"""Abwesenheit eingetragen; a withdrawn one raises no Case, its predecessor was taken as known."""

CLASS = """
>12 C>B
9-12 D>C
0-3 N>A
>12 B>C
>12 A>B teilzeit:ja
6-9 C>D
3-6 N>D
>12 B rising_star:nein>ja
>12 C rising_star:nein>ja
>12 C>B rising_star:nein>ja
>12 A rising_star:ja>nein
>12 B>C rising_star:ja>nein
"""
"""Klasse geändert and Rising Star, both ways and together."""

INACTIVE = """
>12 C aktiv:ja>nein teilzeit:ja mobile_app:nein
9-12 B aktiv:ja>nein teilzeit:ja mobile_app:nein
>12 D aktiv:ja>nein mobile_app:ja
3-6 C aktiv:ja>nein mobile_app:ja
>12 A aktiv:ja>nein mobile_app:
>12 C aktiv:ja>nein teilzeit:ja mobile_app:ja
>12 B aktiv:ja>nein teilzeit:ja mobile_app:
6-9 C aktiv:ja>nein mobile_app:nein
>12 C aktiv:ja>nein mobile_app:nein
0-3 N aktiv:ja>nein mobile_app:nein
>12 B>C aktiv:ja>nein mobile_app:nein abs:short_today
>12 C aktiv:nein>ja
9-12 B aktiv:nein>ja mobile_app:ja
"""
"""inaktiv geworden; the last two came back, which raises nothing."""

JOURNEY = """
3-6 N enters
3-6 C enters buddy:
3-6 B enters
6-9 A enters
6-9 C enters
6-9 D enters
9-12 B enters
9-12 C enters
9-12 N enters
>12 A enters
>12 C enters
>12 D enters
0-3 N new onboarding_call:past
0-3 N new onboarding_call:
0-3 N new onboarding_call:ahead
0-3 N new onboarding_call:
3-6 C new
6-9 D new
9-12 B new
>12 C new
0-3 N gone
"""
"""New flags of all five stages; those `new` beyond 0-3 come back to the platform after a break."""

QUIET = """
>12 B abs:away
>12 C abs:away
9-12 B abs:away
>12 A abs:away neukunden:nein auftraege:nein
>12 C aktiv:nein teilzeit:ja
>12 D aktiv:nein
>12 B aktiv:nein teilzeit:ja
6-9 C aktiv:nein
>12 A rising_star:ja
9-12 B rising_star:ja
"""
"""Facts without anything due: away just now, long inactive, Rising Star for a while."""

ORDINARY = {
    "0-3": "N" * 6 + "C",
    "3-6": "N" + "B" * 2 + "C" * 2 + "D",
    "6-9": "A" + "B" * 2 + "C" * 2 + "D",
    "9-12": "A" + "B" * 2 + "C" * 2 + "D",
    ">12": "A" * 6 + "B" * 9 + "C" * 8 + "D" * 2,
}
"""Those about whom nothing is due today: stage to one letter a VPA."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one VPA shows in the two exports."""

    stage: str
    """Journey stage on the demo's day: 0-3, 3-6, 6-9, 9-12, >12."""
    before: dict[str, str] = field(default_factory=dict)
    """Cells that are fixed in yesterday's export, by column."""
    after: dict[str, str] = field(default_factory=dict)
    """The same cells in today's export."""
    absence: str = ""
    """Name of the pattern of absences, empty for none of its own."""
    marks: frozenset[str] = frozenset()
    """`enters`, `new` or `gone`."""


def part(line: str) -> Part:
    """One line of the tables above as a Part."""
    stage, klasse, *words = line.split()
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    absence = ""
    marks = set()
    for word in [f"klasse:{klasse}", *words]:
        column, colon, cell = word.partition(":")
        if not colon:
            marks.add(word)
        elif column == "abs":
            absence = cell
        else:
            old, change, new = cell.partition(">")
            before[column], after[column] = old, new if change else old
    return Part(stage, before, after, absence, frozenset(marks))


def all_parts() -> list[Part]:
    """Every VPA of the demo, in the order of the tables."""
    lines = f"{SCHEDULE}{ABSENCE}{CLASS}{INACTIVE}{JOURNEY}{QUIET}".splitlines()
    lines += [f"{stage} {letter}" for stage, letters in ORDINARY.items() for letter in letters]
    return [part(line) for line in lines if line]
