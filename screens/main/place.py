"""A screen where a member does things: to one row, to the shift, or to what was done last."""

from __future__ import annotations

import os
import sys
from abc import abstractmethod
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from models.action.work import Session
from screens.keys.keymap import KEYS, Key, key_name
from screens.main.host import Drafts, Host
from screens.tab.tab import WHO, Deed, Tab
from screens.widgets.background import Latest
from screens.widgets.window_list import Row

if TYPE_CHECKING:
    from models.shift.walk.walk import Walk
    from screens.detail.detail import Detail

Result = TypeVar("Result")


def bindings(keys: Sequence[Key] = KEYS) -> list[BindingType]:
    """The keys of the keymap as Textual wants them; never priority, which would fire inside forms (PITFALLS)."""
    return [Binding(key.keys, key.action, key.label, id=key.id, show=False) for key in keys]


def elsewhere(here: Collection[str]) -> list[BindingType]:
    """The keys of the keymap that do nothing on a screen: they say so (CONTRACT §11)."""
    return [Binding(key.keys, f"elsewhere('{key.label}')", id=key.id, show=False) for key in KEYS if key.id not in here]


def connected(session: Session, read: Callable[[Session], Result]) -> Result:
    """What it reads, with a connection of its own; for a thread."""
    with session.store.connected():
        return read(session)


class Memory:
    """What outlives a screen, as long as the program runs."""

    def __init__(self) -> None:
        self.drafts: Drafts = {}
        self.walk: Walk | None = None
        """The Schichtlauf that was left."""


class Place(Screen[None]):
    """What all screens have in common on which something is done."""

    AUTO_FOCUS = ""

    def __init__(self, session: Session, keymap: dict[str, str], memory: Memory) -> None:
        super().__init__()
        self.session, self.keymap, self.memory = session, keymap, memory
        self._reports: Latest[dict[str, Any]] = Latest(self, "report")

    @property
    def host(self) -> Host:
        """The app, by what it can do for a screen."""
        return cast(Host, self.app)

    @property
    def opening(self) -> bool:
        """Whether something is on its way that the next key is meant for."""
        return self._reports.busy

    def render_lines(self, crop: Region) -> list[Strip]:
        """What shows between the widgets: the same blank line everywhere, so that its pieces are kept but once."""
        background = self.background_colors[1]
        line = Strip.blank(crop.width, Style(bgcolor=background.rich_color))
        for line_filter in self.get_line_filters():
            line = line.apply_filter(line_filter, background)
        return [line] * crop.height

    @abstractmethod
    def refresh_all(self, follow: bool = True) -> None:
        """Something changed: read what is shown again."""

    def key_of(self, binding: str) -> str:
        """The effective key of a binding, as people call it."""
        return key_name(self.keymap[binding])

    # Doing

    def do(self, deed: Deed | str) -> None:
        """Carry out a deed, show a file, or say why a key does nothing."""
        if isinstance(deed, Deed):
            self.host.perform(deed, self.memory.drafts)
        elif deed.startswith("show:"):
            self.host.show_subject(deed.removeprefix("show:"))
        elif deed == WHO:
            self._ask_who()
        else:
            self.host.tell(deed)

    def _ask_who(self) -> None:
        """Whom it is about, then what has changed."""
        from screens.records.who import WhoScreen

        self.host.push_screen(WhoScreen(self.session), self._changed)

    def _changed(self, whom: Deed | tuple[str, list[Deed]] | None) -> None:
        if isinstance(whom, Deed):
            self.do(whom)
        elif whom is not None:
            self.choose(f"Was hat sich geändert? {whom[0]}", whom[1])

    def do_chosen(self, deed: Any) -> None:
        """What was picked, if anything was."""
        if deed is not None:
            self.do(deed)

    def choose(self, question: str, deeds: list[Deed]) -> None:
        """Do one of several."""
        self._pick(question, [("", deed) for deed in deeds])

    def _pick(self, question: str, deeds: Sequence[tuple[str, Deed | str]]) -> None:
        """Do one of several, each with the verb of its key."""
        from screens.widgets.picker import Choice, Picker

        keys = {f"verb('{verb}')": verb for verb, _ in deeds if verb}
        names = {keys[key.action]: self.key_of(key.id) for key in KEYS if key.action in keys}
        choices = [
            Choice(deed.title if isinstance(deed, Deed) else "Akte öffnen", names.get(verb, ""), deed)
            for verb, deed in deeds
        ]
        self.host.push_screen(Picker(question, choices), self.do_chosen)

    def more_of(self, tab: Tab, row: Row) -> None:
        """Everything that can be done with a row."""
        self._pick("Was soll mit dieser Zeile geschehen?", tab.deeds(row))

    def escalate(self, tab: Tab, row: Row | None) -> None:
        """Report a Sonderfall at once, from anywhere (W-16); the customer of the row, if it has one, stands there."""
        log = tab.deed("log", row) if row else ""
        self.escalate_about(log.about if isinstance(log, Deed) else "")

    def escalate_about(self, subject: str) -> None:
        """Report a Sonderfall; the customer stands there if it is one."""
        kind, _, key = subject.partition(":")
        known = {"customer": key} if kind == "customer" else {}
        self.do(Deed("handover.escalate", "Sonderfall sofort an die Manager melden", preset=known))

    def copy_of(self, detail: Detail | None) -> None:
        """The fitting message, or the facts, to the clipboard."""
        if detail is None or not detail.copy:
            self.host.tell("Hier gibt es nichts zu kopieren.")
            return
        left = []
        if detail.copied == "Nachricht":  # a text for a VPA passes the same check as one that is sent from here
            from models.ground.vpa_text import class_places, placeholder_places, stops
            from models.shared.entry_rules import template_names

            if stops(class_places(detail.copy)):
                self.host.tell(
                    "Gesperrt: Die Nachricht nennt eine Klasse, und die darf kein VPA lesen (D-32).", "warning"
                )
                return
            left = [place.of(detail.copy) for place in placeholder_places(detail.copy, template_names())]
        rest = f" · noch auszufüllen: {', '.join(left)}" if left else ""
        self.host.copy(detail.copy, f"{detail.copied} · {detail.title}{rest}")

    def copy_told(self) -> bool:
        """Copy what the last deed has put on the Ausgang, if this key comes right behind it."""
        told, self.host.told = self.host.told, None
        if told is None or self.host.keys - told.keys > 1:
            return False
        self.host.copy(told.text, "Text für die Plattform · im Ausgang hakst du ihn ab")
        return True

    def open_link(self, link: str) -> None:
        """Open a link in the browser; where there is none to open, it is copied."""
        if not link.startswith(("https://", "http://")):
            self.host.tell("Zu dieser Zeile ist kein Link auf die Plattform bekannt.")
        elif sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            self.host.copy(link, "Link zur Plattform, denn hier gibt es keinen Browser")
        else:
            self.host.open_url(link)

    # Keys of the shift

    def action_elsewhere(self, label: str) -> None:
        """A key that does nothing here."""
        self.host.tell(f"„{label}“ gibt es hier nicht: Esc führt dahin zurück, wo du warst.")

    def action_close_day(self) -> None:
        """Seal the day."""
        self.do(Deed("day.close", "Tag abschließen", subjects=(f"day:{self.session.clock.today()}",)))

    def action_walk(self) -> None:
        """Walk what is due, from the first stop that is open, or from where one left."""
        from screens.walk.screen import WalkScreen

        self.host.push_screen(WalkScreen(self.session, self.keymap, self.memory))

    def action_report(self) -> None:
        """Show the report of the shift."""
        from screens.report.screen import read_report

        session = self.session
        self._reports.start(lambda: read_report(session), self._show_report, self.host.report)

    def _show_report(self, report: dict[str, Any]) -> None:
        from screens.report.screen import ReportScreen

        self.host.push_screen(ReportScreen(report, self.key_of("row.copy")))

    def action_step_back(self, route: Literal["undo", "redo"]) -> None:
        """Take back the last action, or bring it back, without asking."""
        self.host.step_back(route)

    def action_search(self) -> None:
        """Search everywhere."""
        from screens.main.search import SearchScreen

        self.host.push_screen(SearchScreen(self.session), self.host.found)
