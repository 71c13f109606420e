"""The detail of a row: what a decision needs, the Vorgehen, what is missing, the newest file entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from screens.widgets.checklist import Checklist, Point
from screens.widgets.drawn import Drawn
from screens.widgets.light import Light, LightState
from screens.widgets.strip import AbsenceStrip, Span
from screens.widgets.window_columns import cut, one_line, wrapped


@dataclass(frozen=True)
class Section:
    """A heading with lines below it."""

    title: str
    lines: tuple[str, ...]
    kind: Literal["text", "list", "message"] = "text"
    """`text` wraps as paragraphs, `list` keeps one line each, `message` is a text to copy."""


@dataclass(frozen=True)
class EntryLine:
    """One file entry in the detail."""

    day: str
    author: str
    symbol: str
    """■ intern or ▲ VPA."""
    text: str


@dataclass(frozen=True)
class Detail:
    """All that is shown of one row. Plain values, read in a thread."""

    title: str
    aside: str = ""
    at_work: str = ""
    """Who else works on it right now."""
    facts: tuple[str, ...] = ()
    absences: tuple[Span, ...] = ()
    today: dt.date | None = None
    """With a day the strip is shown."""
    caption: str = ""
    light: LightState | None = None
    before: tuple[Section, ...] = ()
    """Sections above what is missing."""
    points: tuple[Point, ...] = ()
    entries_title: str = ""
    entries: tuple[EntryLine, ...] = ()
    after: tuple[Section, ...] = ()
    """Sections below everything."""
    copy: str = ""
    """What `y` copies: the fitting message, or the facts."""
    copied: str = ""
    """The word of a toast for the text that `y` copies."""
    extra: dict[str, Any] = field(default_factory=dict)
    """What the tab wants to know again when a key is pressed."""


class Lines(Drawn):
    """Some lines of text in the detail."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002  Textual's own name for it
        super().__init__(id=id)
        self._detail: Detail | None = None

    def show(self, detail: Detail | None) -> None:
        """Draw this detail's part."""
        self._detail = detail
        self.redraw()
        self.display = bool(self.draw(max(10, self.size.width)))

    def draw(self, width: int) -> list[Content]:
        """Nothing without a detail."""
        return [] if self._detail is None else self.lines(self._detail, width)

    def lines(self, detail: Detail, width: int) -> list[Content]:
        """The lines of this part."""
        raise NotImplementedError


class Head(Lines):
    """Name in full, id and tenure, facts."""

    def lines(self, detail: Detail, width: int) -> list[Content]:
        if not detail.title:
            return []
        title = one_line(detail.title)
        aside = one_line(detail.aside)
        room = width - len(aside) - 2
        if len(title) <= room:
            lines = [Content.styled(title.ljust(room + 2), "bold") + Content.styled(aside, "$text-muted")]
        else:
            lines = [Content.styled(line, "bold") for line in wrapped(title, width)]
            lines += [Content.styled(aside, "$text-muted")] if aside else []
        lines += [Content.styled(line, "$text-primary") for line in wrapped(detail.at_work, width)]
        return lines + [Content(line) for fact in detail.facts for line in wrapped(fact, width)]


class Sections(Lines):
    """Headed paragraphs: Vorgehen and the like."""

    def __init__(self, part: Literal["before", "after"], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id)
        self._part = part

    def lines(self, detail: Detail, width: int) -> list[Content]:
        sections: Sequence[Section] = detail.before if self._part == "before" else detail.after
        lines: list[Content] = []
        for section in sections:
            if not section.lines:
                continue
            if lines:
                lines.append(Content(""))
            lines += _heading(section.title, width)
            lines += _section_lines(section, width)
        return lines


def _heading(title: str, width: int) -> list[Content]:
    """A heading, wrapped here so that its lines count in the height: else it would push out the last line below."""
    return [Content.styled(line, "bold") for line in wrapped(title, width)]


def _section_lines(section: Section, width: int) -> list[Content]:
    lines = []
    for text in section.lines:
        style = "$text-muted" if section.kind == "message" else ""
        if section.kind == "list":
            lines.append(Content.styled("  " + cut(text, max(1, width - 2)).rstrip(), style))
        else:
            before = " " * (2 + len(text) - len(text.lstrip(" ")))  # what is set in stays set in when it wraps
            parts = wrapped(text.lstrip(" "), max(10, width - len(before)))
            lines += [Content.styled(before + line, style) for line in parts]
    return lines


class Entries(Lines):
    """The newest file entries: day, author, what it says."""

    def lines(self, detail: Detail, width: int) -> list[Content]:
        if not detail.entries_title:
            return []
        lines = _heading(detail.entries_title, width)
        if not detail.entries:
            lines.append(Content.styled("  noch kein Eintrag", "$text-muted"))
        for entry in detail.entries:
            symbol = "$text-success" if entry.symbol == "▲" else ""
            head = f"  {entry.day:<9} {cut(entry.author, 4)} "
            rest = max(4, width - len(head) - 2)
            lines.append(
                Content.styled(head, "$text-muted")
                + Content.styled(f"{entry.symbol} ", symbol)
                + Content(cut(entry.text, rest).rstrip())
            )
        return lines


class DetailPanel(VerticalScroll):
    """The panel right of the list, or over it where the screen is narrow."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Runter", id="detail.down", show=False),
        Binding("up,k", "scroll_up", "Hoch", id="detail.up", show=False),
        Binding("pagedown", "page_down", "Seite runter", id="detail.page_down", show=False),
        Binding("pageup", "page_up", "Seite hoch", id="detail.page_up", show=False),
        Binding("home", "scroll_home", "Anfang", id="detail.home", show=False),
        Binding("end", "scroll_end", "Ende", id="detail.end", show=False),
    ]

    DEFAULT_CSS = """
    DetailPanel {
        width: 1fr; height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        scrollbar-color: $foreground 25%; scrollbar-background: $background;
        scrollbar-color-hover: $foreground 40%; scrollbar-background-hover: $background;
        scrollbar-color-active: $foreground 40%; scrollbar-background-active: $background;
        & > Drawn { margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__(can_focus=True)
        self.detail: Detail | None = None
        """What is shown."""
        self._ready = False

    def compose(self) -> ComposeResult:
        """The parts from top to bottom."""
        yield Head("detail-head")
        yield AbsenceStrip()
        yield Light()
        yield Sections("before")
        yield Checklist()
        yield Entries("detail-entries")
        yield Sections("after")

    def show(self, detail: Detail | None) -> None:
        """Show this row; a part without anything to say takes no room."""
        if detail == self.detail:
            return
        moved = detail is None or self.detail is None or detail.title != self.detail.title
        self.detail = detail
        if not self._ready:
            return
        for part in self.query(Lines):
            part.show(detail)
        strip, light, checklist = self.query_one(AbsenceStrip), self.query_one(Light), self.query_one(Checklist)
        strip.display = detail is not None and detail.today is not None
        if detail is not None and detail.today is not None:
            strip.show(detail.absences, detail.today, detail.caption)
        light.display = detail is not None and detail.light is not None
        light.show(detail.light if detail else None)
        checklist.display = detail is not None and bool(detail.points)
        checklist.show(detail.points if detail else ())
        if moved:
            self.scroll_home(animate=False)

    def on_mount(self) -> None:
        """What was given before the parts were there."""
        self._ready = True
        detail, self.detail = self.detail, None
        for part in (self.query_one(AbsenceStrip), self.query_one(Light), self.query_one(Checklist)):
            part.display = False
        self.show(detail)
