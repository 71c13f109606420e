"""„Es fehlt noch“: what an action still wants, ticked as it comes in, each point with the key that supplies it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import one_line, wrapped

TITLE = "Es fehlt noch"
COMPLETE = "Es fehlt nichts mehr."
MISSING_SIGN, DONE_SIGN, WARN_SIGN = "○", "●", "!"
INDENT = "  "


@dataclass(frozen=True)
class Point:
    """One thing that an action wants."""

    text: str
    """What it is, in the words of the fields."""
    done: bool = False
    key: str = ""
    """The key that supplies it, such as `c`."""
    hint: str = ""
    """What that key does, such as `Kontakt`."""
    warn: bool = False
    """Whether it is a warning that a reason overrides, not a stop."""

    @property
    def sign(self) -> str:
        """The sign before the text, so that colour is never alone."""
        return DONE_SIGN if self.done else WARN_SIGN if self.warn else MISSING_SIGN

    @property
    def key_hint(self) -> str:
        """Key and what it does; nothing where the point is done."""
        return "" if self.done else " ".join(part for part in (self.key, self.hint) if part)


def point_lines(point: Point, width: int) -> list[tuple[str, str]]:
    """The lines of a point as left part (padded) and key hint, together at most `width` cells wide."""
    hint = one_line(point.key_hint)
    room = width - len(INDENT) - 2 - (cell_len(hint) + 2 if hint else 0)
    if room < 12:  # too narrow for both side by side: the hint gets a line of its own
        room, beside = width - len(INDENT) - 2, ""
    else:
        beside = hint
    texts = wrapped(point.text, room) or [""]
    lines = []
    for number, text in enumerate(texts):
        left = f"{INDENT}{point.sign if number == 0 else ' '} {text}"
        right = beside if number == 0 else ""
        lines.append((left + " " * max(0, width - cell_len(left) - cell_len(right)) if right else left, right))
    if hint and not beside:
        lines.append((" " * max(0, width - cell_len(hint)), hint))
    return lines


class Checklist(Drawn):
    """The points under their title, the missing ones first."""

    def __init__(
        self,
        points: Sequence[Point] = (),
        *,
        title: str = TITLE,
        id: str | None = None,  # noqa: A002  Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._title = title
        self._points = tuple(points)

    @property
    def points(self) -> tuple[Point, ...]:
        """The points as they were given."""
        return self._points

    def show(self, points: Sequence[Point]) -> None:
        """Show these points; nothing is drawn again where nothing has changed."""
        if tuple(points) != self._points:
            self._points = tuple(points)
            self.redraw()

    def draw(self, width: int) -> list[Content]:
        """Title and points; one sentence where nothing is missing; nothing without points."""
        if not self._points:
            return []
        missing = [point for point in self._points if not point.done]
        lines = [Content.styled(self._title if missing else COMPLETE, "bold" if missing else "bold $text-success")]
        for point in (*missing, *(point for point in self._points if point.done)):
            style = "$text-muted" if point.done else ""
            for left, right in point_lines(point, width):
                lines.append(Content.styled(left, style) + Content.styled(right, "$text-primary"))
        return lines
