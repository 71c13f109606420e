"""The tabs of the main screen: one is shown, the others keep their place; each is made when it is first wanted."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from models.action.work import Session
from screens.main.tabs import load_tab
from screens.tab.tab import Tab
from screens.tab.view import TabView, first_page
from screens.widgets.background import Prompt
from screens.widgets.unpainted import Unpainted
from screens.widgets.window_source import Page


class Opened(NamedTuple):
    """A tab with the rows of its first frame."""

    tab: Tab
    page: Page | None


class Deck(Unpainted, Container):
    """Shows one tab of several.

    A new one is laid out once, with its rows: they are read first, beside the screen. Where that takes longer than a
    moment, the tab comes without them and says that they are on their way.
    """

    DEFAULT_CSS = "Deck { height: 1fr; }"

    class Turned(Message):
        """Another tab is shown now."""

    def __init__(self, session: Session, first: Opened) -> None:
        super().__init__()
        self._session = session
        self.view = TabView(first.tab, session, first.page)
        """The tab that is shown."""
        self._views = {first.tab.code: self.view}
        self._stale: set[str] = set()
        """Tabs whose rows have to be read again when they are shown."""
        self._coming = ""
        """Code of the tab that is on its way."""
        self._reading: Prompt[Opened] = Prompt(self, "tab")

    def compose(self) -> ComposeResult:
        """The first tab."""
        yield self.view

    @property
    def opening(self) -> bool:
        """Whether the tab that was asked for is not there yet."""
        return bool(self._coming) or not self.view.is_mounted

    def show(self, code: str) -> None:
        """Show this tab, soon."""
        self._reading.drop()
        self._coming = ""
        if code in self._views:
            self._turn(self._views[code])
            return
        self._coming = code
        self._reading.start(partial(read_first, self._session, code, self.size.height), self._bring)

    def show_at_once(self, code: str) -> TabView:
        """Show this tab, whatever its rows: who calls wants others. Returns it."""
        self._reading.drop()
        self._coming = ""
        if code not in self._views:
            self.mount(self._made(Opened(load_tab(code), None)))
        self._turn(self._views[code])
        return self.view

    def read_again(self, follow: bool) -> None:
        """Something changed: read the shown rows again, those of the others when they are shown."""
        self.view.refresh_rows(follow)
        self._stale = {code for code, view in self._views.items() if view is not self.view}

    def tell_import(self, imported: str) -> None:
        """When the last import was: an empty list says so."""
        for view in self._views.values():
            view.tell_import(imported)

    def _bring(self, opened: Opened | None) -> None:
        self.call_later(self._mount_and_turn, opened or Opened(load_tab(self._coming), None))

    async def _mount_and_turn(self, opened: Opened) -> None:
        """Lay it out only when all its parts are there."""
        if opened.tab.code != self._coming:
            return
        view = self._made(opened)
        view.display = False
        with self.app.batch_update():
            await self.mount(view)
            if opened.tab.code == self._coming:
                self._coming = ""
                self._turn(view)

    def _made(self, opened: Opened) -> TabView:
        view = self._views[opened.tab.code] = TabView(opened.tab, self._session, opened.page, self.view.imported)
        return view

    def _turn(self, view: TabView) -> None:
        if view is not self.view:
            before, self.view = self.view, view
            view.display = True
            view.list.focus()
            before.display = False
            if view.tab.code in self._stale:
                view.refresh_rows()
        self._stale.discard(view.tab.code)
        self.post_message(self.Turned())


def read_first(session: Session, code: str, rows: int) -> Opened:
    """A tab and its first rows; in a thread."""
    tab = load_tab(code)
    return Opened(tab, first_page(tab, session, rows))
