"""What the Schichtlauf draws beside a detail: the band above every stop, and the closing page."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from models.shift.walk.walk import GROUPS, Standing
from screens.walk.walk import GROUPS as NAMES
from screens.walk.walk import Ending, Look, Seen
from screens.widgets.checklist import Checklist
from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import one_line, wrapped

COLUMNS = (("erledigt", "done"), ("vertagt", "deferred"), ("abgegeben", "elsewhere"), ("liegen geblieben", "due"))
"""Headings of the closing table and the fates they count."""
PARTS = (("Cases", "cases"), ("Reminder", "reminders"), ("Neu-Flags", "flags"))
LEFT = 22
"""Width of the first column."""
NAMED = 8
"""Stops left that are named; the others are counted."""
EMPTY = "Nichts ist fällig: kein eigener und kein übernommener Reminder, kein Case, kein Neu-Flag."


class Band(Drawn):
    """Where one stands, and why this is due."""

    DEFAULT_CSS = "Band { padding: 0 1; border-bottom: solid $foreground 20%; }"

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None

    def show(self, look: Look) -> None:
        """Show this step."""
        self._look = look
        self.redraw()

    def draw(self, width: int) -> list[Content]:
        """Position and counts on one line, then the rule."""
        if self._look is None:
            return [_between("Schichtlauf", "", width)]
        found, seen = self._look.standing, self._look.seen
        done, left = found.count("done", "deferred", "elsewhere"), len(found.walk.skipped)
        counts = " · ".join(part for part in (f"erledigt {done}", f"liegen geblieben {left}" if left else "") if part)
        if seen is None or found.walk.stop is None:
            return [_between("Schichtlauf · Abschluss", "", width)]
        place = f"{found.number} von {found.total} · {NAMES[found.walk.stop.group]}"
        titled = f"Schichtlauf · {place}"
        place = titled if len(titled) + len(counts) + 2 <= width else place
        return [_between(place, counts, width), *_why(seen, width)]


def _why(seen: Seen, width: int) -> list[Content]:
    left = len(seen.rule) + 2
    lines = wrapped(seen.why, max(10, width - left))
    heads = [Content.styled(f"{seen.rule}  ", "bold $text-primary"), *[Content(" " * left)] * (len(lines) - 1)]
    return [head + Content(line) for head, line in zip(heads, lines, strict=True)]


def _between(left: str, right: str, width: int) -> Content:
    """One text at each side."""
    gap = max(2, width - len(left) - len(right))
    return Content.styled(left, "bold") + Content(" " * gap) + Content.styled(right, "$text-muted")


class Closing(Drawn):
    """The closing page: counts, what was left, what the seal still wants."""

    DEFAULT_CSS = "Closing { padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None
        self.key = "d"
        """What the key that seals is called."""

    def show(self, look: Look) -> None:
        """Show this end."""
        self._look = look
        self.redraw()

    def draw(self, width: int) -> list[Content]:
        """Nothing while the walk goes on."""
        if self._look is None or self._look.ending is None:
            return []
        found, ending = self._look.standing, self._look.ending
        parts = [
            _counts(found, width),
            _left(found, ending, width),
            _team(ending),
            _others(ending, width),
            _waiting(ending, width),
        ]
        lines = [line for part in parts if part for line in (Content(""), *part)]
        return [*lines, Content(""), *self._seal(ending, width)]

    def _seal(self, ending: Ending, width: int) -> list[Content]:
        """Who has sealed the day, or what that takes."""
        if ending.sealed:
            return [Content.styled(f"✓ Tag abgeschlossen: {ending.sealed}", "bold $text-success")]
        ready = not any(point for point in ending.points if not point.warn)
        how = "mit einer Begründung " if ready and ending.points else ""
        text = f" schließt den Tag {how}ab." if ready else " schließt den Tag ab, sobald es geht."
        key = Content.styled(self.key, "bold $text-primary") + Content(text)
        points = Checklist(ending.points).draw(width) if ending.points else []
        return [*points, *([Content("")] if points else []), key]


def _counts(found: Standing, width: int) -> list[Content]:
    if not found.fates:
        return [Content.styled(line, "bold") for line in wrapped(EMPTY, width)] if not sum(found.due.values()) else []
    wide = width >= LEFT + sum(len(title) + 3 for title, _ in COLUMNS)
    titles = [title if wide else title.split()[0][:9] for title, _ in COLUMNS]
    widths = [len(title) + 3 for title in titles]
    heads = "".join(title.rjust(room) for title, room in zip(titles, widths, strict=True))
    lines = [Content.styled("In diesem Lauf".ljust(LEFT), "bold") + Content.styled(heads, "$text-muted")]
    for group in GROUPS:
        numbers = [found.count(what, group=group) for _, what in COLUMNS]
        if group == "outbox" and not (found.due[group] or any(numbers)):
            continue  # the team does not use it, or has carried everything over
        cells = "".join((str(n) if n else "–").rjust(room) for n, room in zip(numbers, widths, strict=True))
        lines.append(Content(NAMES[group].ljust(LEFT) + cells))
    return lines


def _left(found: Standing, ending: Ending, width: int) -> list[Content]:
    if not ending.names:
        return []
    lines = [Content.styled("Liegen geblieben", "bold")]
    for stop, name in ending.names[:NAMED]:
        lines.append(Content.styled(f"  {NAMES[stop.group]:<{LEFT}}", "$text-muted") + Content(one_line(name)))
    if (more := len(ending.names) - NAMED) > 0:
        lines.append(Content.styled(f"  … und {more} weitere", "$text-muted"))
    return [line.truncate(width, ellipsis=True) for line in lines]


def _team(ending: Ending) -> list[Content]:
    lines = [Content.styled("Heute im Team", "bold")]
    for title, part in PARTS:
        lines.append(Content.styled(f"  {title:<{LEFT}}", "$text-muted") + Content(_by(ending.team[part])))
    return lines


def _by(counts: Mapping[str, int]) -> str:
    """`ANN 3 · BEN 2`, the busiest first."""
    return " · ".join(f"{who} {count}" for who, count in sorted(counts.items(), key=lambda one: -one[1])) or "–"


def _waiting(ending: Ending, width: int) -> list[Content]:
    """What is not workable yet: no stop, and nothing that was left (D-44)."""
    if not ending.waiting:
        return []
    what = "1 Case" if ending.waiting == 1 else f"{ending.waiting} Cases"
    return [Content(line) for line in wrapped(f"Noch nicht dran: {what}, ab {ending.waiting_from}.", width)]


def _others(ending: Ending, width: int) -> list[Content]:
    if ending.others <= 0:
        return []
    away = f", {ending.away} davon von Abwesenden (Reiter 2: z übernimmt)" if ending.away else ""
    text = f"Bei anderen noch fällig: {ending.others} Reminder{away}."
    return [Content(line) for line in wrapped(text, width)]
