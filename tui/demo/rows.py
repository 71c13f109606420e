"""The shape of a platform export (CONTRACT §3) and how the demo writes one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

Row = dict[str, str]
"""One record; a column that is left out is an empty cell."""
Export = dict[str, list[Row]]
"""Records by file name without ending."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "vpas": (
        *("vpa_id", "name", "klasse", "start", "rising_star", "onboarding_call", "teilzeit", "mobile_app", "aktiv"),
        *("letzte_aktivitaet", "neukunden", "auftraege", "bereiche", "buddy"),
    ),
    "kunden": (
        *("kunden_id", "name", "klasse", "status", "muster", "letzte_buchung", "wizard"),
        *("vpa_akte_gepflegt_am", "vpa_akte_gepflegt_von"),
    ),
    "zuordnungen": ("kunden_id", "vpa_id", "von", "bis", "grund"),
    "abwesenheiten": ("abwesenheit_id", "vpa_id", "von", "bis", "eingetragen_am"),
    "aufgaben": (
        *("aufgabe_id", "kunden_id", "vpa_id", "titel", "stunden", "deadline", "status", "link", "neukunde"),
        *("delegiert_von", "delegations_grund", "delegations_kommentar"),
    ),
    "akten": (
        *("eintrag_id", "kunden_id", "vpa_id", "datei", "zeit", "verfasser", "von", "art"),
        *("situation", "loesung", "naechste_schritte", "link", "tags"),
    ),
    "nachrichten": ("nachricht_id", "aufgabe_id", "zeit", "von", "text", "tags"),
}
"""File name to its columns, in the contract's order."""


def write(folder: Path, export: Export) -> Path:
    """Write `export` as one CSV a table into `folder`, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in export.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(COLUMNS[name])
            writer.writerows(_cells(COLUMNS[name], rows))
    return folder


def _cells(columns: tuple[str, ...], rows: Iterable[Row]) -> Iterable[list[str]]:
    """The cells of `rows` in the order of `columns`."""
    return ([row.get(column, "") for column in columns] for row in rows)


def yes(flag: bool) -> str:
    """`ja` or `nein`."""
    return "ja" if flag else "nein"


def moment(when: datetime) -> str:
    """`when`, Berlin wall time, to the minute."""
    return when.isoformat(timespec="minutes")


def months_before(day: date, months: int) -> date:
    """The day `months` calendar months before `day`, the month's last one where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:  # the month is shorter
            continue
    return date(year, month + 1, day.day)


def next_weekday(day: date) -> date:
    """The first Monday to Friday after `day`; a holiday counts as one, so this is never later than a working day."""
    return day + timedelta(days=max(1, 7 - day.weekday()) if day.weekday() >= 4 else 1)


def weekday_before(day: date) -> date:
    """`day` itself from Monday to Friday, else the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))
