"""The answer of `stats`: one object for the whole time, or one for each week, member, VPA or customer (L-01)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.action.work import Work
from models.questions.stats.counting import DAY, Span, day_of_value, in_all, per_day, per_key, still_open
from models.questions.stats.lengths import Found, Lengths, cases_took, reminders_late
from models.questions.stats.measures import DECLINED_BY, MEASURES, STOCKS, By
from models.shared.seals import missing_seals
from models.tables.people import Customer, Member, Vpa

WEEKS = 8
"""How many weeks are looked at where nothing else is asked for, the running one included."""

EMPTY: dict[str, tuple[str, ...]] = {
    "cases": ("raised", "resolved", "open", "median_days", "oldest_days"),
    "reminders": ("set", "done", "late", "median_late_days"),
    "flags": ("raised", "removed", "open"),
    "tasks": ("forwarded", "returned", "declined", "offered"),
    "handovers": ("opened", "finished", "changes"),
    "days": ("sealed", "missing"),
    "entries": ("oteam", "vpa_kunde", "vpa_akte"),
}
"""Parts and their numbers in the order of CONTRACT §20."""

UNKNOWN = ("median_days", "oldest_days", "median_late_days")
"""Numbers that are null where there is nothing to measure."""

Numbers = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """Whose numbers, of which days."""

    key: str
    name: str
    span: Span


def span_of(work: Work, weeks: int | None, since: dt.date | None, until: dt.date | None) -> Span:
    """The days that are looked at: from a Monday so many weeks back, or from `since`, until `until` or today."""
    last = until or work.today
    monday = last - dt.timedelta(days=last.weekday())
    return Span(since or monday - dt.timedelta(weeks=(weeks or WEEKS) - 1), last)


def stats(work: Work, span: Span, by: By | None = None) -> Iterator[dict[str, Any]]:
    """The numbers of CONTRACT §20, from the tables alone; withdrawn and undone things do not count."""
    if by is None:
        yield {"from": span.first, "until": span.last, **_whole(work, span)}
    elif by == "week":
        yield from _weekly(work, span)
    else:
        yield from _each(work, span, by)


def _nothing() -> Numbers:
    return {part: {name: None if name in UNKNOWN else 0 for name in names} for part, names in EMPTY.items()}


def _whole(work: Work, span: Span) -> Numbers:
    numbers = _nothing()
    for measure in MEASURES:
        numbers[measure.part][measure.name] = in_all(measure, span)
    _lengths(numbers, _joined(cases_took(span, None)), _joined(reminders_late(span, None, work.today)))
    for stock in STOCKS:
        _stock(numbers, stock.part, still_open(stock, span.last).get("", (0, None)), span.last, work.today)
    numbers["days"]["missing"] = len(missing_seals(work, span.first, span.last))
    return numbers


def _lengths(numbers: Numbers, took: Lengths, late: Lengths) -> None:
    numbers["cases"]["median_days"] = took.median
    numbers["reminders"] |= {"late": late.count, "median_late_days": late.median}


def _stock(numbers: Numbers, part: str, found: tuple[int, Any], last: dt.date, today: dt.date) -> None:
    """How many are open, and of Cases how many days the oldest is old at the end of the time."""
    count, oldest = found
    numbers[part]["open"] = count
    if part == "cases" and oldest is not None:
        numbers[part]["oldest_days"] = max(0, (min(last, today) - day_of_value(oldest)).days)


def _joined(found: Found, key: str | None = None, span: Span | None = None) -> Lengths:
    """The lengths of one key, or of one time."""
    together: Counter[int] = Counter()
    for (owner, day), lengths in found.items():
        if (key is None or owner == key) and (span is None or span.holds(day)):
            together += lengths.days
    return Lengths(together)


def weeks_of(span: Span) -> list[Asked]:
    """Calendar weeks, Monday to Sunday, as far as they lie in the span."""
    found = []
    monday = span.first - dt.timedelta(days=span.first.weekday())
    while monday <= span.last:
        year, week, _ = monday.isocalendar()
        part = Span(max(span.first, monday), min(span.last, monday + 6 * DAY))
        found.append(Asked(f"{year}-W{week:02d}", f"KW {week} {year}", part))
        monday += 7 * DAY
    return found


def _weekly(work: Work, span: Span) -> Iterator[dict[str, Any]]:
    daily = [(measure, per_day(measure, span)) for measure in MEASURES]
    took, late = cases_took(span, None), reminders_late(span, None, work.today)
    missing = missing_seals(work, span.first, span.last)
    for week in weeks_of(span):
        numbers = _nothing()
        for measure, days in daily:
            numbers[measure.part][measure.name] = sum(n for day, n in days.items() if week.span.holds(day))
        _lengths(numbers, _joined(took, span=week.span), _joined(late, span=week.span))
        for stock in STOCKS:
            _stock(
                numbers, stock.part, still_open(stock, week.span.last).get("", (0, None)), week.span.last, work.today
            )
        numbers["days"]["missing"] = sum(week.span.holds(day) for day in missing)
        yield _line(week, numbers)


def _line(asked: Asked, numbers: Numbers) -> dict[str, Any]:
    return {"key": asked.key, "name": asked.name, "from": asked.span.first, "until": asked.span.last, **numbers}


def _each(work: Work, span: Span, by: By) -> Iterator[dict[str, Any]]:
    """One line for each; what belongs to none of them, such as a day without seal, stays zero."""
    measures = [DECLINED_BY if (by, m.part, m.name) == ("member", "tasks", "declined") else m for m in MEASURES]
    counts = [(measure, per_key(measure, by, span)) for measure in measures]
    took = _by_key(cases_took(span, by)) if by != "customer" else {}
    late = _by_key(reminders_late(span, by, work.today))
    stocks = [(stock.part, still_open(stock, span.last, stock.vpa)) for stock in STOCKS] if by == "vpa" else []
    for key, name in _named(by):
        numbers = _nothing()
        for measure, found in counts:
            numbers[measure.part][measure.name] = found.get(key, 0)
        _lengths(numbers, took.get(key, Lengths()), late.get(key, Lengths()))
        for part, open_ones in stocks:
            _stock(numbers, part, open_ones.get(key, (0, None)), span.last, work.today)
        yield _line(Asked(key, name, span), numbers)


def _by_key(found: Found) -> dict[str, Lengths]:
    together: dict[str, Lengths] = {}
    for (key, _), lengths in found.items():
        together.setdefault(key, Lengths()).days.update(lengths.days)
    return together


def _named(by: By) -> Iterator[tuple[str, str]]:
    """Every member, VPA or customer: key and name, in the order of their keys."""
    model: Any = {"member": Member, "vpa": Vpa, "customer": Customer}[by]
    key = Member.kuerzel if by == "member" else model.id
    return iter(model.select(key, model.name).order_by(key).tuples().iterator())
