"""Header, tab bar and footer: one line each, shortened in words before anything is cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from models.ground import clock
from models.playbook import playbook
from screens.main.overview import STALE_HOURS, Overview
from screens.main.tabs import OPTIONAL
from screens.widgets.window_columns import cut, one_line
from screens.words import day_word, joined

SHORT = {"VPA-Journey": "Journey", "Kundenakte": "Akten", "VPA-Wechsel": "Wechsel", "Reminder": "Reminder"}
SHORTEST = {**SHORT, "Reminder": "Rem.", "Aufgaben": "Aufg.", "Kundenakte": "Akte", "Ausgang": "Ausg."}
TIGHT = {**SHORTEST, "VPA-Journey": "Neu", "VPA-Wechsel": "Wech."}
WORDS = {"reminders": "eigene fällig", "tasks": "Forwarded", "outbox": "eigene"}
"""What a tab counts where its list shows more than that."""
FEWER = {"reminders": "eigene fällig", "tasks": "Fwd."}
FEWEST = {"reminders": "eigene", "tasks": "Fwd."}


class Step(NamedTuple):
    """One way to write the tabs: the first that fits is taken."""

    names: Mapping[str, str] = MappingProxyType({})
    gap: int = 2
    words: Mapping[str, str] | None = MappingProxyType({})
    """None: no numbers."""
    day: bool = False


STEPS = (
    Step(gap=3, words=WORDS, day=True), Step(words=WORDS, day=True), Step(words=FEWER, day=True),
    Step(words=FEWEST, day=True),
    Step(SHORT, words=FEWER, day=True), Step(SHORT, words=FEWEST, day=True), Step(words=FEWEST),
    Step(SHORT, words=FEWEST), Step(SHORTEST, words=FEWEST), Step(SHORTEST, gap=1, words=FEWEST),
    Step(SHORTEST, gap=1), Step(TIGHT, gap=1), Step(SHORTEST, gap=1, words=None),
)  # fmt: skip


class Bar(Widget):
    """One line across the screen."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"

    def render(self) -> Content:
        """The line, never wider than the screen."""
        return self.line(max(1, self.size.width)).truncate(max(1, self.size.width))

    def line(self, width: int) -> Content:
        """What it says in so many cells."""
        raise NotImplementedError


class Header(Bar):
    """Who works where, what time it is, how old the data is."""

    DEFAULT_CSS = "Header { color: $text-muted; }"

    def __init__(self, where: str, member: str) -> None:
        super().__init__()
        self._where, self._member = one_line(where), one_line(member)
        self._overview = Overview()
        self._now: dt.datetime | None = None
        self._sandbox = False

    def show(self, overview: Overview, now: dt.datetime) -> None:
        """Show this shift at this time."""
        self._overview, self._now, self._sandbox = overview, now, overview.sandbox
        self.refresh()

    def tick(self, now: dt.datetime) -> None:
        """Another minute."""
        self._now = now
        self.refresh()

    def line(self, width: int) -> Content:
        """Left who and where, right time and import; the least important gives way first."""
        me = self._overview.member or self._member or "ohne Kürzel"
        for level in range(4):
            who = joined([me, self._overview.role]) if level < 1 else me
            left = [Content.styled(" Schicht", "bold $foreground"), Content("   "), Content.styled(who, "$foreground")]
            if self._sandbox:
                left += [Content("   "), Content.styled(" SANDKASTEN ", "bold $text-warning reverse")]
            if level < 3:
                left += [Content("   "), Content(self._where)]
            line, right = Content("").join(left), self._right(level)
            gap = width - line.cell_length - right.cell_length - 1
            if gap >= 2:
                break
        return line + Content(" " * max(1, gap)) + right

    def _right(self, level: int) -> Content:
        if self._now is None:
            return Content("")
        local = clock.in_berlin(self._now)
        time = f"{clock.WEEKDAYS[local.weekday()]} {local:%d.%m. %H:%M}" if level < 3 else f"{local:%H:%M}"
        line = Content.styled(time, "$foreground")
        text, late = self._failed(level) or self._import(level)
        return line + Content(" · ") + Content.styled(text, "bold $text-warning" if late else "") if text else line

    def _failed(self, level: int) -> tuple[str, bool] | None:
        """A file that the inbox could not take goes before how old the data is."""
        failed = self._overview.failed
        if not failed:
            return None
        more = f" und {len(failed) - 1} weitere" if len(failed) > 1 else ""
        if level < 1:
            return f"! Nicht importiert: {cut(one_line(failed[0]), 30)}{more}", True
        return (f"! Import: {cut(one_line(failed[0]), 16)}" if level < 3 else "! Import"), True

    def _import(self, level: int) -> tuple[str, bool]:
        """How old the data is, and whether that is too old."""
        newest = self._overview.last_import
        if self._now is None or (newest is None and not self._overview.member):
            return "", False
        if newest is None:
            return "noch kein Import", True
        late = (self._now - newest).total_seconds() > STALE_HOURS * 3600
        local = clock.in_berlin(newest)
        when = f"{day_word(local.date(), clock.day_of(self._now))} {local:%H:%M}"
        if late:
            return (f"! Stand {when}, älter als ein Tag" if level < 1 else f"! Stand {when}"), True
        return f"Stand {when}" if level < 2 else "", False


class TabBar(Bar):
    """The tabs with what is open in each, and the day."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    DEFAULT_CSS = "TabBar { border-bottom: solid $foreground 20%; height: 2; color: $text-muted; }"

    def __init__(self, titles: Sequence[tuple[str, str]]) -> None:
        """`titles` are code and name of each tab, in their order."""
        super().__init__()
        self._all = tuple(titles)
        self._titles = tuple(one for one in self._all if one[0] != OPTIONAL)
        self._active = titles[0][0]
        self._overview = Overview()
        self._starts: list[int] = []

    def show(self, overview: Overview) -> None:
        """Other counts."""
        self._overview = overview
        self._titles = tuple(one for one in self._all if one[0] != OPTIONAL or overview.outbox is not None)
        self.refresh()

    def activate(self, code: str) -> None:
        """Another tab is shown."""
        self._active = code
        self.refresh()

    def line(self, width: int) -> Content:
        """The tabs in the longest words that fit, then the day."""
        day = self._day()
        for step in STEPS:
            line = self._tabs(step)
            room = width - line.cell_length + step.gap - 1
            if room >= (len(day) + 2 if step.day else 0):
                break
        return line + Content(" " * (room - step.gap - len(day)) + day) if step.day else line

    def _tabs(self, step: Step) -> Content:
        words = {code: playbook().say(word) for code, word in (step.words or {}).items()}
        texts = self._overview.counts(words) if step.words is not None else {}
        line = Content(" ")
        self._starts = []
        for number, (code, title) in enumerate(self._titles, 1):
            count = texts.get(code, "")
            text = f"{number} {step.names.get(title, title)}"
            self._starts.append(line.cell_length)
            active = code == self._active
            line += Content.styled(text, "bold underline $text-primary" if active else "$foreground")
            if count:
                due = code == "reminders"
                line += Content.styled(f" {count}", "$text-warning" if due else "bold $text-primary" if active else "")
            line += Content(" " * step.gap)
        return line

    def _day(self) -> str:
        if self._overview.sealed_by:
            at = f" {clock.in_berlin(self._overview.sealed_at):%H:%M}" if self._overview.sealed_at else ""
            return f"Tag abgeschlossen: {self._overview.sealed_by}{at} "
        return "Tag offen " if self._overview.member else ""

    def on_click(self, event: events.Click) -> None:
        """The tab under the mouse."""
        before = [start for start in self._starts if start <= event.x]
        if before:
            self.post_message(self.Chosen(len(before)))


class Footer(Bar):
    """The keys that matter here, as many as fit."""

    DEFAULT_CSS = "Footer { color: $text-muted; border-top: solid $foreground 20%; height: 2; }"
    MOST = 7
    """Keys at 80 columns; more would be a wall."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[tuple[str, str], ...] = ()

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Key and label, the most important first; the last one stands at the right."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.refresh()

    def line(self, width: int) -> Content:
        """Keys from the left while there is room, help at the right."""
        if not self._keys:
            return Content("")
        *keys, last = self._keys
        end = self._item(*last)
        most = self.MOST - 1 if width < WIDE else len(keys)
        gap = "  " if width < WIDE else "   "
        line, shown = Content(" "), 0
        for key, label in keys:
            item = self._item(key, label)
            if shown == most or line.cell_length + item.cell_length + len(gap) + end.cell_length + 1 > width:
                continue  # a shorter one behind it may still fit
            line, shown = line + item + Content(gap), shown + 1
        return line + Content(" " * max(0, width - line.cell_length - end.cell_length - 1)) + end

    def _item(self, key: str, label: str) -> Content:
        return Content.styled(key, "bold $text-primary") + Content(f" {label}")


WIDE = 110
"""Columns from which on the footer may show more keys."""
