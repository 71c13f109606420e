"""The Vorschau in German words, for the screen and for the command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models.ground import clock
from models.playbook import playbook
from models.shift.preview.ahead import Week
from models.shift.preview.coming import Coming, Group
from models.shift.preview.preview import WeekAhead
from screens.widgets.window_columns import cut
from screens.words import counted, day_word, first_line

GROUPS = {
    "stages": "Neue Phasen",
    "absences": "Fristen ohne VPA",
    "reminders": "Reminder zur Unzeit",
}
"""What the three groups are called."""


def what(row: Coming) -> str:
    """What happens: a stage that begins, or what is due."""
    if row.stage is not None:
        return playbook().label("stage", row.stage)
    kind = (row.about or "").partition(":")[0]
    return f"{'Aufgabe' if kind == 'task' else 'Reminder'}: {first_line(row.text)}"


def why(row: Coming, today: dt.date) -> str:
    """Why it is worth a look."""
    if row.why is None:
        return ""
    until = f" bis {row.until:%d.%m.}" if row.until else ""
    if row.why == "absence":
        return f"weg{until}: {row.who}"
    if row.why == "left":
        return f"{row.who} verabschiedet"
    if row.why in ("vacation", "sick"):
        return f"{row.who} weg{until}"
    return f"{row.who} · {'Feiertag' if row.why == 'holiday' else WEEKEND[row.day.weekday()]}"


WIDEST = 44
"""Characters of the widest column of the command."""

WEEKEND = {5: "Samstag", 6: "Sonntag"}


def week_word(week: Week) -> str:
    """`KW 46`."""
    return f"KW {week.number}"


def span_word(week: Week) -> str:
    """`10.–16.11.`"""
    first, last = week.first, week.last
    begin = f"{first:%d.}" if first.month == last.month else f"{first:%d.%m.}"
    return f"{begin}–{last:%d.%m.}" if first != last else f"{last:%d.%m.}"


def gathered(weeks: Sequence[Group]) -> tuple[int, list[Coming]]:
    """How many of a group there are in these weeks, and those that are named."""
    return sum(one.count for one in weeks), [row for one in weeks for row in one.rows]


def heading(group: str, count: int) -> str:
    """Name of a group with how many there are."""
    return f"{GROUPS[group]} · {counted(count, '', '').strip() if count else 'keine'}"


def rest_word(count: int, shown: int) -> str:
    """How many are only counted."""
    return f"… und {counted(count - shown, 'weiterer', 'weitere')}"


def as_text(weeks: Sequence[WeekAhead], today: dt.date) -> str:
    """The weeks as the command prints them."""
    lines = []
    for ahead in weeks:
        lines.append(f"{week_word(ahead.week)} · {span_word(ahead.week)}")
        for group in GROUPS:
            count, rows = gathered([getattr(ahead, group)])
            if not count:
                continue
            lines.append(f"  {heading(group, count)}")
            table = [(day_word(row.day, today), row.name, what(row), why(row, today)) for row in rows]
            widths = [min(WIDEST, max((len(line[place]) for line in table), default=0)) for place in range(4)]
            for line in table:
                cells = (cut(cell, width) for cell, width in zip(line, widths, strict=True))
                lines.append(f"    {'  '.join(cells)}".rstrip())
            if count > len(rows):
                lines.append(f"    {rest_word(count, len(rows))}")
    return "\n".join(lines)


def weekday(day: dt.date) -> str:
    """`Mo`."""
    return clock.WEEKDAYS[day.weekday()]
