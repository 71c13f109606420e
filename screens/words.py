"""Short German forms for narrow places: days, findings, what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.ground import clock
from models.playbook import playbook


def day_word(day: dt.date, today: dt.date) -> str:
    """`heute`, `gestern`, `morgen`, `Fr 20.11.`, with the year where it is another one."""
    words = {0: "heute", -1: "gestern", 1: "morgen"}
    distance = (day - today).days
    if distance in words:
        return words[distance]
    if day.year != today.year:
        return f"{day:%d.%m.%y}"
    return f"{clock.WEEKDAYS[day.weekday()]} {day:%d.%m.}"


def moment_word(moment: dt.datetime, today: dt.date) -> str:
    """`heute 14:00`; a day at 00:00 has no time."""
    local = clock.in_berlin(moment)
    day = day_word(clock.day_of(local), today)
    return day if local.time() == clock.MIDNIGHT else f"{day} {local:%H:%M}"


def short_date(day: dt.date) -> str:
    """`20.11.25`: where the year matters and room is short."""
    return f"{day:%d.%m.%y}"


def months_word(months: int) -> str:
    """`seit 14 Mon.`"""
    return f"seit {months} Mon." if months else "neu"


def counted(number: int, one: str, many: str) -> str:
    """`1 Kunde`, `6 Kunden`."""
    return f"{number:,} {one if number == 1 else many}".replace(",", ".")


def joined(parts: list[str]) -> str:
    """The parts that say something, with a middle dot between."""
    return " · ".join(part for part in parts if part)


def short(group: str, code: str | None) -> str:
    """The short label of a code; an unknown one shows as itself."""
    if not code:
        return ""
    kind = playbook().kinds[group].get(code)
    return kind.short or kind.label if kind else code


def label(group: str, code: str | None) -> str:
    """The label of a code with its symbol, where it has one."""
    if not code:
        return ""
    kind = playbook().kinds[group].get(code)
    return str(kind) if kind else code


def finding_words(kind: str, findings: list[str], before: Any, after: Any, workable: str = "") -> str:
    """What was found about a Case, on one line."""
    words = [short("finding", finding) for finding in findings]
    if kind == "class" and before and after and before.get("klasse") and after.get("klasse"):
        better = {"better", "worse"}
        words = [f"{before['klasse']} → {after['klasse']}", *(short("finding", f) for f in findings if f not in better)]
    if kind == "schedule" and not {"reverted", "new_vpa_declines"} & set(findings):
        words = [*changes(before, after), *words]
    if kind == "absence" and after and not words:
        words = [f"{_day(after.get('von'))}–{_day(after.get('bis'))}"]
    return ", ".join(part for part in (workable, *words) if part)


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """`Neukunden nein`: the new value of each changed field."""
    return [f"{label('field', name)} {value_word(value)}" for name, value in (after or {}).items()]


def change_lines(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """`Klasse: B → C`, one line a field."""
    names = sorted(dict.fromkeys((*(before or {}), *(after or {}))), key=_place)
    lines = []
    for name in names:
        old, new = (before or {}).get(name), (after or {}).get(name)
        change = value_word(new) if before is None else f"{value_word(old)} → {value_word(new)}"
        lines.append(f"{label('field', name)}: {change}")
    return lines


def _place(name: str) -> int:
    """Absences read from first to last day; everything else stays in its order."""
    return {"von": 1, "bis": 2, "eingetragen_am": 3}.get(name, 0)


def value_word(value: Any) -> str:
    """A value of the export in words."""
    if value is None:
        return "unbekannt"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    text = str(value)
    if len(text) == 10 and text[4:5] == "-":
        return _day(text)
    return text


def _day(text: Any) -> str:
    return f"{dt.date.fromisoformat(text):%d.%m.%y}" if isinstance(text, str) else "?"


def first_line(text: str | None) -> str:
    """The first line of a text."""
    return (text or "").strip().partition("\n")[0]
