"""The screen behind everything: header, tabs, the shown tab, footer; and what others do appears by itself."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from models.action.work import Session
from screens.main.bars import Footer, Header, TabBar
from screens.main.deck import Deck, Opened
from screens.main.outlook import WithOutlook
from screens.main.overview import First, Overview, raise_flags, read_overview
from screens.main.place import Memory, bindings, connected
from screens.main.ringing import Ringing
from screens.main.tabs import OPTIONAL, TITLES, load_tab
from screens.main.tidying import Tidying
from screens.main.watching import Watching, Woken
from screens.tab.view import TabView
from screens.widgets.background import Latest
from screens.words import moment_word


class MainScreen(WithOutlook):
    """Where a member works."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()
    POLL: ClassVar[float] = 1.0
    """Seconds between two looks at the clock, and at whether somebody changed something (issue 2: within 2 s)."""

    DEFAULT_CSS = "MainScreen { layout: vertical; background: $background; }"

    def __init__(self, session: Session, keymap: dict[str, str], first: First | None = None) -> None:
        """`first` is the first tab with the rows of the first frame."""
        super().__init__(session, keymap, Memory())
        self.overview = Overview()
        self._minute = ""
        self._ringing = Ringing(self, session)
        self.deck = Deck(session, Opened(first.tab, first.page) if first else Opened(load_tab(TITLES[0][0]), None))
        self.watching = Watching(
            self, session, first.version if first else -1, lambda: self.host.refresh_screens(False)
        )
        self._tidying = Tidying()
        self._overviews: Latest[Overview] = Latest(self, "overview")
        self._flags: Latest[tuple[int, int]] = Latest(self, "flags")

    def compose(self) -> ComposeResult:
        """The frame and the tabs."""
        yield Header(self.session.store.label, self.session.kuerzel or "")
        yield TabBar(TITLES)
        yield self.deck
        yield Footer()

    def on_mount(self) -> None:
        """After the first frame: flags of today, the shift at a glance, then listening."""
        self._show_keys()
        self.query_one(Header).tick(self.session.clock.now())
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._tidying.begin()
        self._flags.start(partial(connected, self.session, raise_flags), self._flags_raised, self._flags_failed)
        self.set_timer(self.POLL, self.offer_digest)  # not beside the others: each thread at work holds memory
        self.set_interval(self.POLL, self._poll)
        self.watching.begin()
        if self.host.importing:
            self.action_import_export()

    def _flags_raised(self, versions: tuple[int, int]) -> None:
        self.watching.looked(*versions)
        self._look()

    def _flags_failed(self, error: Exception) -> None:
        self.host.report(error)
        self._look()

    # What others do

    def _poll(self) -> None:
        now = self.session.clock.now()
        minute = f"{now:%H:%M}"
        if minute != self._minute:
            if self._minute:
                self.refresh_all()
            self._ringing.tick(now)
            self._minute = minute
            self.query_one(Header).tick(now)
        self.watching.tick()
        self._tidying.tick(self.host.keys)
        self.host.outage.tick()

    def on_watching_woken(self, message: Woken) -> None:
        """Somebody has done something."""
        message.stop()
        self.watching.woken()

    def on_unmount(self) -> None:
        """Nobody listens for a screen that is gone."""
        self.watching.end()

    def refresh_all(self, follow: bool = True) -> None:
        """Something changed: read the shown rows and the counts again; other tabs when they are shown."""
        self.deck.read_again(follow)
        self._look()

    def _look(self) -> None:
        self._overviews.start(partial(connected, self.session, read_overview), self._seen, self.host.unread)

    def _seen(self, overview: Overview) -> None:
        self.overview = overview
        now = self.session.clock.now()
        self.query_one(Header).show(overview, now)
        self.query_one(TabBar).show(overview)
        newest = overview.last_import
        imported = f"Stand des Imports: {moment_word(newest, now.date())}." if newest else "Noch kein Import."
        self.deck.tell_import(imported)

    # Tabs

    @property
    def view(self) -> TabView:
        """The tab that is shown."""
        return self.deck.view

    @property
    def opening(self) -> bool:
        """Whether the tab that was asked for is not there yet: keys wait for it."""
        return super().opening or self.deck.opening

    def action_tab(self, number: int) -> None:
        """Show another tab."""
        code = TITLES[number - 1][0]
        if code == OPTIONAL and self.overview.outbox is None:
            self.host.tell("Den Ausgang gibt es, sobald ihr ihn nutzt: schicht setting set way_back on.")
            return
        self.deck.show(code)

    def on_deck_turned(self, message: Deck.Turned) -> None:
        """Another tab is shown."""
        message.stop()
        self.query_one(TabBar).activate(self.view.tab.code)
        self._show_keys()

    def on_tab_bar_chosen(self, message: TabBar.Chosen) -> None:
        """A tab was clicked."""
        self.action_tab(message.number)

    def on_tab_view_changed(self, message: TabView.Changed) -> None:
        """The footer may offer other keys."""
        message.stop()
        self._show_keys()

    def _show_keys(self) -> None:
        """The keys of the footer."""
        tail = (("app.undo", "Rückgängig"), ("app.search", "Suche"), ("row.more", "Mehr"))
        self.query_one(Footer).show(self.foot_keys(self.view.tab, tail))

    def go_to(self, code: str, row_id: Any) -> None:
        """Show a row of a tab."""
        view = self.deck.show_at_once(code)
        view.show_view(view.tab.start())
        view.list.go_to(row_id)

    def action_back(self) -> None:
        """One step back; never out of the program."""
        self.view.back()
        self._show_keys()

    # Keys of the shift and the program

    def action_palette(self) -> None:
        """A command by its name."""
        from screens.main.palette import open_palette

        open_palette(self)

    def action_messages(self) -> None:
        """Everything that was told."""
        from screens.main.messages import MessagesScreen

        self.host.push_screen(MessagesScreen(self.host.messages))

    def action_theme(self) -> None:
        """Light or dark."""
        self.host.switch_theme()

    def action_leave(self) -> None:
        """End the program."""
        self.host.exit(0)
