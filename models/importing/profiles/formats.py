"""Dates as a team writes them: pendulum's tokens, compiled once and quick for each cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from models.ground import clock

_TOKEN: Final = re.compile(
    r"\[([^\]]*)\]|\\(.)|YYYY|YY|MMMM|MMM|MM|M|DD|D|Do|dddd|ddd|HH|H|hh|h|mm|m|ss|s|S+|A|ZZ|Z|[A-Za-z]+"
)
_MONTHS: Final = (
    ("januar", "january", "jän", "jan"), ("februar", "february", "feb"), ("märz", "march", "mär", "mar", "mrz"),
    ("april", "apr"), ("mai", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"), ("august", "aug"),
    ("september", "sept", "sep"), ("oktober", "october", "okt", "oct"), ("november", "nov"),
    ("dezember", "december", "dez", "dec"),
)  # fmt: skip
_MONTH_NUMBER: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_PATTERNS: Final = {
    "YYYY": r"(?P<year>\d{4})", "YY": r"(?P<short>\d{2})", "MMMM": r"(?P<name>[^\W\d_]+)\.?",
    "MMM": r"(?P<name>[^\W\d_]+)\.?", "MM": r"(?P<month>\d{2})", "M": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{2})",
    "D": r"(?P<day>\d{1,2})", "Do": r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)", "dddd": r"[^\W\d_]+\.?",
    "ddd": r"[^\W\d_]+\.?", "HH": r"(?P<hour>\d{2})", "H": r"(?P<hour>\d{1,2})", "hh": r"(?P<hour>\d{2})",
    "h": r"(?P<hour>\d{1,2})", "mm": r"(?P<minute>\d{2})", "m": r"(?P<minute>\d{1,2})", "ss": r"(?P<second>\d{2})",
    "s": r"(?P<second>\d{1,2})", "A": r"(?P<half>[AaPp]\.?[Mm]\.?)", "Z": r"(?P<zone>Z|[+-]\d{2}:?\d{2})",
    "ZZ": r"(?P<zone>Z|[+-]\d{2}:?\d{2})",
}  # fmt: skip
"""What a token stands for; one that is not here is unknown to a profile."""

_PROBE: Final = dt.date(2026, 3, 4)
"""A day whose number is also that of a month."""

Format = Callable[[str], str | None]
"""The text as the export would write it, or None where it is not written so."""


def compile_format(tokens: str) -> Format:
    """Reads what is written so. Raises `ValueError` with a German sentence where the tokens make no date."""
    pattern, seen = _pattern(tokens)
    if not {"day"} <= seen or not seen & {"month", "name"} or not seen & {"year", "short"}:
        raise ValueError("Das Format braucht Tag, Monat und Jahr, etwa MM/DD/YYYY.")
    found = re.compile(pattern, re.IGNORECASE)

    def read(text: str) -> str | None:
        match = found.fullmatch(text)
        return _iso(match.groupdict()) if match else None

    _refuse_clash(tokens, read)
    return read


def _pattern(tokens: str) -> tuple[str, set[str]]:
    parts, seen, end = [], set[str](), 0
    for match in _TOKEN.finditer(tokens):
        parts.append(re.escape(tokens[end : match.start()]))
        end = match.end()
        token = match[0]
        if token[0] in "[\\":
            parts.append(re.escape(match[1] or match[2] or ""))
        elif set(token) == {"S"}:
            parts.append(r"\d{1,9}")
        elif token in _PATTERNS:
            names = set(re.findall(r"\?P<(\w+)>", _PATTERNS[token]))
            if names & seen:
                raise ValueError(f"„{token}“ steht zweimal im Format.")
            seen |= names
            parts.append(_PATTERNS[token])
        else:
            raise ValueError(
                f"„{token}“ ist kein Zeichen für ein Datum. Es gibt YYYY, MM, DD, HH, mm, ss und ihre Formen."
            )
    parts.append(re.escape(tokens[end:]))
    return "".join(parts), seen


def _iso(found: dict[str, str | None]) -> str | None:
    year = found.get("year") or f"20{found.get('short')}"
    month = found.get("month") or _MONTH_NUMBER.get((found.get("name") or "").casefold())
    if month is None:
        return None
    try:
        day = dt.date(int(year), int(month), int(found["day"] or 0)).isoformat()
    except ValueError:
        return None
    if found.get("hour") is None:
        return day
    hour = int(found["hour"] or 0)
    if half := (found.get("half") or "").casefold():
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    minute, second = (int(found.get(part) or 0) for part in ("minute", "second"))
    return f"{day}T{hour:02}:{minute:02}:{second:02}{found.get('zone') or ''}"


def _refuse_clash(tokens: str, read: Format) -> None:
    """A format that reads a date otherwise than it is always read would tear one column in two."""
    text = f"{_PROBE:%d.%m.%Y}"
    for written in (text, f"{text} 10:11", f"{text} 10:11:12"):
        said = read(written)
        if said is not None and not said.startswith(_PROBE.isoformat()):
            raise ValueError(f"„{tokens}“ liest {text} anders, als es überall gelesen wird (TT.MM.JJJJ).")


def is_standard(text: str) -> bool:
    """Whether it is a date or moment that is always read, format or not."""
    try:
        clock.parse_date(text)
    except ValueError:
        try:
            clock.parse_moment(text)
        except ValueError:
            return False
    return True
