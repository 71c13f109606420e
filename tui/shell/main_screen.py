"""The screen behind everything: header, tabs, the shown tab, footer; keys go to the tab or to the shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen

from models.action.work import Session
from screens.tab import Deed, Tab
from screens.tab_view import TabView
from screens.widgets.background import Latest
from screens.widgets.window_list import Page, Row
from tui.keymap import KEYS, Key, key_name
from tui.shell.bars import Footer, Header, TabBar
from tui.shell.overview import Overview, raise_due_flags, read_overview, version
from tui.shell.tabs import TITLES, load_tab

BULK = ("main", "postpone", "take")
"""Verbs that marked rows take together."""
MOST_AT_ONCE = 500
"""Rows that one bulk may hold."""


def bindings(keys: Sequence[Key] = KEYS) -> list[BindingType]:
    """The keys of the keymap as Textual wants them; never priority, which would fire inside forms (PITFALLS)."""
    return [Binding(key.keys, key.action, key.label, id=key.id, show=False) for key in keys]


@dataclass
class State:
    """What the main screen remembers."""

    overview: Overview = field(default_factory=Overview)
    version: int = -1
    minute: str = ""
    drafts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """What was typed into forms that were left, by action and row."""
    stale: set[str] = field(default_factory=set)
    """Tabs whose rows have to be read again when they are shown."""


class MainScreen(Screen[None]):
    """Where a member works."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()
    AUTO_FOCUS = ""
    POLL: ClassVar[float] = 1.0
    """Seconds between two looks whether somebody changed something (issue 2: within 2 s)."""

    DEFAULT_CSS = """
    MainScreen { layout: vertical; background: $background; }
    #tabs { height: 1fr; }
    #tabs > TabView { display: none; }
    #tabs > TabView.-shown { display: block; }
    """

    def __init__(self, session: Session, keymap: dict[str, str], first: tuple[Tab, Page] | None = None) -> None:
        """`first` is the first tab with the rows of the first frame."""
        super().__init__()
        self.session, self.keymap = session, keymap
        self.state = State()
        self._first = first
        self._views: dict[str, TabView] = {}
        self._active = TITLES[0][0]
        self._polls: Latest[int] = Latest(self, "poll")
        self._overviews: Latest[Overview] = Latest(self, "overview")
        self._flags: Latest[int] = Latest(self, "flags")

    def compose(self) -> ComposeResult:
        """The frame and the first tab."""
        tab, page = self._first or (load_tab(self._active), None)
        view = self._views[tab.code] = TabView(tab, self.session, page)
        view.add_class("-shown")
        yield Header(self.session.store.label, self.session.kuerzel or "")
        yield TabBar(TITLES)
        with Container(id="tabs"):
            yield view
        yield Footer()

    def on_mount(self) -> None:
        """After the first frame: flags of today, the shift at a glance, then listening."""
        self._show_keys()
        self.query_one(Header).tick(self.session.clock.now())
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._flags.start(self._connected(raise_due_flags), lambda _: self._look(), self._flags_failed)
        self.set_interval(self.POLL, self._poll)

    def _flags_failed(self, error: Exception) -> None:
        self.app.report(error)
        self._look()

    def _connected(self, read: Any) -> Any:
        """A reading function as a call with a connection of its own thread."""
        session = self.session

        def call() -> Any:
            with session.store.connected():
                return read(session)

        return call

    # What others do

    def _poll(self) -> None:
        now = self.session.clock.now()
        minute = f"{now:%H:%M}"
        if minute != self.state.minute:
            if self.state.minute:
                self.refresh_all()
            self.state.minute = minute
            self.query_one(Header).tick(now)
        if not self._polls.busy:
            self._polls.start(self._connected(version), self._polled, lambda error: None)

    def _polled(self, found: int) -> None:
        if found != self.state.version:
            known, self.state.version = self.state.version, found
            if known >= 0:
                self.refresh_all()

    def refresh_all(self, follow: bool = True) -> None:
        """Something changed: read the shown rows and the counts again; other tabs when they are shown."""
        self.view.refresh_rows(follow)
        self.state.stale = set(self._views) - {self._active}
        self._look()

    def _look(self) -> None:
        self._overviews.start(self._connected(read_overview), self._seen, self.app.report)

    def _seen(self, overview: Overview) -> None:
        self.state.overview = overview
        self.query_one(Header).show(overview, self.session.clock.now())
        self.query_one(TabBar).show(overview)

    # Tabs

    @property
    def view(self) -> TabView:
        """The tab that is shown."""
        return self._views[self._active]

    def action_tab(self, number: int) -> None:
        """Show another tab, making it when it is first wanted."""
        code = TITLES[number - 1][0]
        if code == self._active:
            return
        if code not in self._views:
            tab = load_tab(code)
            self._views[code] = TabView(tab, self.session)
            self.query_one("#tabs").mount(self._views[code])
        self.view.remove_class("-shown")
        self._active = code
        self.view.add_class("-shown")
        self.query_one(TabBar).activate(code)
        if self.view.is_mounted:
            self.view.list.focus()
        if code in self.state.stale:
            self.state.stale.discard(code)
            self.view.refresh_rows()
        self._show_keys()

    def on_tab_bar_chosen(self, message: TabBar.Chosen) -> None:
        """A tab was clicked."""
        self.action_tab(message.number)

    def on_tab_view_changed(self, message: TabView.Changed) -> None:
        """The footer may offer other keys."""
        message.stop()
        self._show_keys()

    def on_tab_view_broken(self, message: TabView.Broken) -> None:
        """Reading failed: say so."""
        message.stop()
        self.app.report(message.error)

    def _show_keys(self) -> None:
        """The keys of the footer."""
        tab, marks = self.view.tab, self.view.list.marks
        labels = {key.action: key for key in KEYS}
        shown = []
        if self.view.over:
            shown.append(("Esc", "Liste"))
        for verb in tab.foot:
            if verb == "mark":
                shown.append((self._key_of("list.mark"), "Markieren"))
                continue
            key = labels.get(f"verb('{verb}')") or labels[verb]
            label = tab.main if verb == "main" else key.label
            shown.append((self._key_of(key.id), f"{label} (markierte)" if marks and verb in BULK else label))
        shown += [(self._key_of(name), label) for name, label in (("app.undo", "Rückgängig"), ("app.search", "Suche"))]
        self.query_one(Footer).show([*shown, (self._key_of("app.help"), "Hilfe")])

    def _key_of(self, binding: str) -> str:
        """The effective key of a binding, as people call it."""
        return key_name(self.keymap[binding])

    # Keys of a row

    def action_verb(self, verb: str) -> None:
        """Do something to the row, or to the marked ones."""
        if verb in BULK and self.view.list.marks:
            self._bulk(verb)
        else:
            self.view.with_row(lambda row: self._do(self.view.tab.deed(verb, row), row))
            if self.view.list.row is None and self.view.list.total == 0:
                self.app.tell("Hier steht keine Zeile, für die diese Taste etwas tun könnte.")

    def action_new(self) -> None:
        """Something new of the tab's kind."""
        self._do(self.view.tab.new())

    def _do(self, deed: Deed | str, row: Row | None = None) -> None:
        if isinstance(deed, str):
            if deed.startswith("show:"):
                self.app.show_subject(deed.removeprefix("show:"))
            else:
                self.app.tell(deed)
            return
        self.app.perform(deed, self.state.drafts)

    def _bulk(self, verb: str) -> None:
        marks, tab, source = self.view.list.marks, self.view.tab, self.view.tab.source(self.session, self.view.view)
        Latest[list[Row]](self, "bulk").start(
            lambda: [row for row in source.every(MOST_AT_ONCE) if row.id in marks],
            lambda rows: self._bulk_of(tab, verb, rows),
            self.app.report,
        )

    def _bulk_of(self, tab: Tab, verb: str, rows: list[Row]) -> None:
        deeds = [(row, tab.deed(verb, row)) for row in rows]
        wanted = [(row, deed) for row, deed in deeds if isinstance(deed, Deed) and "id" in deed.values]
        if not wanted or len({deed.code for _, deed in wanted}) > 1:
            reason = next((deed for _, deed in deeds if isinstance(deed, str)), "Das geht für die markierten Zeilen nicht zusammen.")
            self.app.tell(reason)
            return
        first = wanted[0][1]
        values = {name: value for name, value in first.values.items() if name != "id"}
        kinds = {deed.kind for _, deed in wanted}
        names = {deed.values["id"]: deed.title.partition(": ")[2] for _, deed in wanted}
        title = f"{first.title.partition(':')[0]}: {len(wanted)} markierte"
        together = Deed(first.code, title, values, first.preset, tuple(names), at_once=first.at_once, about=first.about,
                        kind=kinds.pop() if len(kinds) == 1 else "")  # fmt: skip
        self.app.perform(together, self.state.drafts, names)

    # Keys of the list and the shift

    def action_filter(self) -> None:
        """Filter while typing."""
        self.view.ask_filter()

    def action_view(self) -> None:
        """The next view of the tab."""
        self.view.next_view()

    def action_reload(self) -> None:
        """Read everything again."""
        self.refresh_all()

    def action_back(self) -> None:
        """One step back; never out of the program."""
        self.view.back()
        self._show_keys()

    def action_copy(self) -> None:
        """The fitting message, or the facts, to the clipboard by OSC 52."""
        detail = self.view.detail
        if detail is None or not detail.copy:
            self.app.tell("Hier gibt es nichts zu kopieren.")
            return
        self.app.copy_to_clipboard(detail.copy)
        self.app.tell(f"Kopiert: {detail.copied} · {detail.title}")

    def action_undo(self) -> None:
        """Take back the last action, without asking."""
        self.app.step_back("undo")

    def action_redo(self) -> None:
        """Bring it back, without asking."""
        self.app.step_back("redo")

    def go_to(self, code: str, row_id: Any) -> None:
        """Show a row of a tab."""
        number = next(place for place, (name, _) in enumerate(TITLES, 1) if name == code)
        self.action_tab(number)
        self.view.show_view(self.view.tab.start())
        self.view.list.go_to(row_id)


