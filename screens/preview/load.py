"""The workload: a row for each member, a column for each working day, bars with numbers; no colour is needed."""

from __future__ import annotations

from textual.content import Content

from models.shift.preview.workload import Load, Workload
from screens.preview.words import weekday
from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import cut

NAME, LATE, DAY = 8, 12, 10
"""Cells of the Kürzel, of what is overdue, and of each day."""
BAR = 4
"""Cells of the longest bar."""
EIGHTHS = " ▏▎▍▌▋▊▉█"
AWAY = "░" * BAR
"""Stands where a member is away."""


def bar(number: int, most: int) -> str:
    """A bar for a number, in `BAR` cells; anything but nothing is seen."""
    if number <= 0 or most <= 0:
        return " " * BAR
    eighths = max(1, round(number * BAR * 8 / most))
    full, rest = divmod(min(eighths, BAR * 8), 8)
    return ("█" * full + (EIGHTHS[rest] if rest else "")).ljust(BAR)


def shown_days(load: Workload, width: int) -> int:
    """How many days fit."""
    return max(1, min(len(load.days), (width - NAME - LATE) // DAY))


def load_text(load: Workload) -> str:
    """The picture as the command prints it."""
    lines = [
        "".join(
            [f"{'':<{NAME}}{'überfällig':<{LATE}}", *(f"{weekday(day)} {day:%d.%m.}".ljust(DAY) for day in load.days)]
        )
    ]
    for one in load.members:
        cells = [
            f"{AWAY if away else bar(due, load.most)}{due or '':>3}".ljust(DAY)
            for due, away in zip(one.due, one.away, strict=True)
        ]
        lines.append(
            "".join([cut(one.kuerzel, NAME - 2).ljust(NAME), f"{one.overdue or '':>{BAR}}".ljust(LATE), *cells])
        )
    return "\n".join(line.rstrip() for line in lines)


class LoadPicture(Drawn):
    """The picture."""

    def __init__(self) -> None:
        super().__init__()
        self._load: Workload | None = None

    def show(self, load: Workload) -> None:
        """Draw this."""
        self._load = load
        self.redraw()

    def draw(self, width: int) -> list[Content]:
        """Headings, members, and what the signs mean."""
        if self._load is None:
            return []
        days = shown_days(self._load, width)
        names = "".join(f"{weekday(day)} {day:%d.%m.}".ljust(DAY) for day in self._load.days[:days])
        lines = [Content.styled(f"{'':<{NAME}}{'überfällig':<{LATE}}{names}", "$foreground 60%"), Content("")]
        for load in self._load.members:
            lines += [self._line(load, days), Content("")]
        lines.append(
            Content.styled(f"{AWAY} abwesend · Zahl: Reminder, die an diesem Tag fällig werden;", "$foreground 60%")
        )
        lines.append(
            Content.styled("was auf einen freien Tag fällt, zählt zum nächsten Arbeitstag.", "$foreground 60%")
        )
        return lines

    def _line(self, load: Load, days: int) -> Content:
        assert self._load is not None
        late = f"{load.overdue:>{BAR}}" if load.overdue else ""
        parts = [(cut(load.kuerzel, NAME - 2).ljust(NAME), "bold"), (late.ljust(LATE), "$text-error")]
        for number, away in list(zip(load.due, load.away, strict=True))[:days]:
            drawn = AWAY if away else bar(number, self._load.most)
            style = "$foreground 60%" if away and not number else "$text-warning" if away else "$text-primary"
            parts += [(drawn, style), (f"{number:>3}" if number else "   ", "bold" if away else "")]
            parts.append((" " * (DAY - BAR - 3), ""))
        return Content.assemble(*parts)
