"""What the tests of the demo know of a platform export, read out of CONTRACT §3 once more, not out of `models`."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import holidays

from tui.demo.export import write_exports

Rows = dict[str, list[dict[str, str]]]
Span = tuple[dt.date, dt.date]

TODAY = dt.date(2026, 11, 23)
"""A Monday."""
DAYS = (
    TODAY,
    dt.date(2026, 12, 24),
    dt.date(2027, 1, 1),
    dt.date(2027, 3, 29),  # Easter Monday
    dt.date(2027, 5, 31),  # nobody starts on 31 February
    dt.date(2028, 2, 29),
    dt.date(2028, 4, 14),  # Good Friday
    dt.date(2026, 11, 28),  # a Saturday
)
CONTRACT = {
    "vpas": "vpa_id name klasse start rising_star onboarding_call teilzeit mobile_app aktiv letzte_aktivitaet "
    "neukunden auftraege bereiche buddy",
    "kunden": "kunden_id name klasse status muster letzte_buchung wizard vpa_akte_gepflegt_am vpa_akte_gepflegt_von",
    "zuordnungen": "kunden_id vpa_id von bis grund",
    "abwesenheiten": "abwesenheit_id vpa_id von bis eingetragen_am",
    "aufgaben": "aufgabe_id kunden_id vpa_id titel stunden deadline status link neukunde delegiert_von "
    "delegations_grund delegations_kommentar",
    "akten": "eintrag_id kunden_id vpa_id datei zeit verfasser von art situation loesung naechste_schritte link tags",
    "nachrichten": "nachricht_id aufgabe_id zeit von text tags",
}
REQUIRED = {
    "vpas": "vpa_id name klasse start aktiv neukunden auftraege",
    "kunden": "kunden_id name status",
    "zuordnungen": "kunden_id vpa_id von",
    "abwesenheiten": "abwesenheit_id vpa_id von bis eingetragen_am",
    "aufgaben": "aufgabe_id kunden_id titel status",
    "akten": "eintrag_id datei zeit situation",
    "nachrichten": "nachricht_id aufgabe_id zeit von text",
}
KINDS = {
    "oteam": "lead assignment_info status_change vpa_change it_problem personal_talk chat_info complaint "
    "package_extension special_agreement booking task_declined other",
    "vpa_kunde": "assignment contact_person preference running_task access_hint agreement peculiarity other",
    "vpa_akte": "contact absence class inactivity schedule journey delegation other",
}
_TAGS = "aufgabenbeschreibung rueckfrage erinnerung weiterleitung deadline buchung ergebnis beschwerde sonstiges"
TAGS = _TAGS.split()


def read(folder: Path) -> Rows:
    """An export as it stands on the disk."""
    tables = {}
    for path in folder.iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file, delimiter=";", strict=True))
    return tables


@cache
def exports(today: dt.date) -> tuple[Rows, Rows]:
    """Both exports of a day at 14:02, made once a day."""
    with TemporaryDirectory() as folder:
        before, after = write_exports(Path(folder), today, dt.datetime.combine(today, dt.time(14, 2)))
        return read(before), read(after)


def sample() -> Rows:
    """Today's export of the usual day."""
    return exports(TODAY)[1]


# What CONTRACT §3 says, read once more.

_FREE = holidays.country_holidays("DE")


def is_workday(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in _FREE


def workdays(after: dt.date, until: dt.date) -> int:
    """Working days in (after, until]."""
    return sum(is_workday(after + dt.timedelta(days=n)) for n in range(1, (until - after).days + 1))


def next_workday(day: dt.date) -> dt.date:
    day += dt.timedelta(days=1)
    return day if is_workday(day) else next_workday(day)


def joined(spans: list[Span], gap: int) -> list[Span]:
    """Spans that overlap or have at most `gap` working days between, as one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and workdays(found[-1][1], first - dt.timedelta(days=1)) <= gap:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def around(span: Span, spans: list[Span], gap: int) -> Span:
    return next(one for one in joined(spans, gap) if one[0] <= span[0] <= one[1])


def absence_findings(span: Span, entered: dt.date, spans: list[Span]) -> set[str]:
    whole, counted = around(span, spans, 1), around(span, spans, 0)
    window = counted[0] - dt.timedelta(days=89)
    starts = [first for first, _ in joined(spans, 0) if window <= first <= counted[0]]
    return {
        *(["long"] if (whole[1] - whole[0]).days + 1 > 21 else []),
        *(["frequent"] if len(starts) >= 3 else []),
        *(["short_notice"] if span[0] <= next_workday(entered) else []),
    }


def absence_cases(before: Rows, after: Rows, today: dt.date) -> Iterator[frozenset[str]]:
    day = dt.date.fromisoformat
    known = {row["abwesenheit_id"]: row for row in before["abwesenheiten"]}
    for row in after["abwesenheiten"]:
        old = known.get(row["abwesenheit_id"])
        moved = old is not None and (old["von"], old["bis"]) != (row["von"], row["bis"])
        if moved or (old is None and day(row["bis"]) >= today):
            mine = [other for other in after["abwesenheiten"] if other["vpa_id"] == row["vpa_id"]]
            spans = [(day(other["von"]), day(other["bis"])) for other in mine]
            entered = today if moved else day(row["eingetragen_am"])
            yield frozenset(absence_findings((day(row["von"]), day(row["bis"])), entered, spans))


def other_cases(before: Rows, after: Rows) -> Iterator[tuple[str, frozenset[str]]]:
    """Kind and findings of schedule, class and inactive Cases."""
    known = {row["vpa_id"]: row for row in before["vpas"]}
    for new in after["vpas"]:
        old = known.get(new["vpa_id"], new)
        changed = {column for column in new if old[column] != new[column] and old[column]}
        off = any(old[column] == "ja" and new[column] == "nein" for column in ("neukunden", "auftraege"))
        if changed & {"neukunden", "auftraege"}:
            declines = off and "N" in (old["klasse"], new["klasse"])
            agree = new["klasse"] in "AB"
            yield "schedule", frozenset(["new_vpa_declines"] * declines + ["priority_to_agree"] * agree)
        if changed & {"klasse", "rising_star"}:
            yield "class", class_findings(old, new)
        if "aktiv" in changed and new["aktiv"] == "nein":
            part, app = new["teilzeit"] == "ja", new["mobile_app"] in ("ja", "")
            yield "inactive", frozenset(["part_time"] * part + ["mobile_app"] * app)


def class_findings(old: dict[str, str], new: dict[str, str]) -> frozenset[str]:
    rank = {"A": 4, "B": 3, "N": 2.5, "C": 2, "D": 1}
    step = rank[new["klasse"]] - rank[old["klasse"]] if new["klasse"] != "N" else 0
    star = (old["rising_star"], new["rising_star"])
    found = ["better"] * (step > 0) + ["worse"] * (step < 0)
    found += ["rising_star"] * (star == ("nein", "ja")) + ["rising_star_lost", "worse"] * (star == ("ja", "nein"))
    return frozenset(found)


def months_since(start: dt.date, today: dt.date) -> int:
    """Whole calendar months; 31 January + 3 months = 30 April."""
    months = (today.year - start.year) * 12 + today.month - start.month
    last = (today.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return months - (today.day < min(start.day, last.day))


def stage(start: dt.date, today: dt.date) -> str | None:
    months = months_since(start, today)
    return next(
        (name for name, low in ((">12", 12), ("9-12", 9), ("6-9", 6), ("3-6", 3), ("0-3", 0)) if months >= low), None
    )
