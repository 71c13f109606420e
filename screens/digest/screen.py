"""„Was geschah mit meinen Fällen“ over everything: what happened, and getting back what is in Vertretung."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from models.action.work import Session
from screens.digest.tab import DigestTab
from screens.digest.words import TITLE, away_word
from screens.files.screen import TitleBar
from screens.keys.keymap import KEYS
from screens.main.bars import Footer
from screens.main.place import Memory, bindings, elsewhere
from screens.main.workplace import MOST_AT_ONCE, Workplace
from screens.tab.view import TabView
from screens.widgets.background import Latest
from screens.widgets.window_list import Row

HERE = {
    "row.main", "row.log", "row.remind", "row.copy", "row.take", "row.file", "list.filter", "list.view", "list.reload",
    "app.back", "app.undo", "app.redo", "app.help", "app.search", "shift.escalate",
}  # fmt: skip


class DigestScreen(Workplace):
    """Esc goes back to where one came from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings([key for key in KEYS if key.id in HERE]),
        *elsewhere(HERE),
        Binding("Z", "all_back", "Alle zurück", id="digest.all", show=False),
    ]

    DEFAULT_CSS = """
    DigestScreen { layout: vertical; background: $background; }
    DigestScreen > Bar.title { height: 2; border-bottom: solid $foreground 20%; }
    """

    def __init__(self, session: Session, keymap: dict[str, str], memory: Memory) -> None:
        super().__init__(session, keymap, memory)
        self._tab = DigestTab()
        self._view = TabView(self._tab, session)
        self._all: Latest[list[Row]] = Latest(self, "all")

    @property
    def view(self) -> TabView:
        """The things."""
        return self._view

    def compose(self) -> ComposeResult:
        """Whose absence, what happened, the keys."""
        yield TitleBar()
        yield self._view
        yield Footer()

    def on_mount(self) -> None:
        """The keys; the days are told as soon as they are read."""
        self.query_one(TitleBar).show(TITLE)
        self._show_keys()

    def refresh_all(self, follow: bool = True) -> None:
        """Something changed."""
        self._view.refresh_rows(follow)

    def on_tab_view_changed(self, message: TabView.Changed) -> None:
        """Rows are there: the title can name the days, the footer may offer other keys."""
        message.stop()
        self._show_keys()
        if self._tab.away is not None:
            days = away_word(self._tab.away, self.session.clock.today())
            self.query_one(TitleBar).show(f"{TITLE} · {days}")

    def _show_keys(self) -> None:
        first, *others = self.foot_keys(self._tab, (("app.undo", "Rückgängig"),))
        shown = [("Esc", "Zurück"), first, (self.key_of("digest.all"), "alle zurück"), *others]
        self.query_one(Footer).show(list(dict(shown).items()))

    def action_all_back(self) -> None:
        """Take back in one step what is with somebody who is away; where nothing is, give back what one holds."""
        source = self._tab.source(self.session, self._tab.start())
        self._all.start(lambda: source.every(MOST_AT_ONCE), self._back, self.host.report)

    def _back(self, rows: list[Row]) -> None:
        ways = ("take_reason", "take") if any(row.data.way.startswith("take") for row in rows) else ("give_back",)
        wanted = [row for way in ways for row in rows if row.data.way == way]
        if wanted:
            self._bulk_of(self._tab, "take", wanted)
            return
        held = sorted({row.data.holder for row in rows if row.data.way == "ask"})
        if held:
            have = "hat" if len(held) == 1 else "haben"
            self.host.tell(f"Was {' und '.join(held)} noch {have}, kommt nur von dort zurück, mit z (R-05).")
        else:
            self.host.tell("Nichts ist in Vertretung: Alles ist wieder, wo es hingehört.")

    def action_back(self) -> None:
        """One step back in the list, then off the screen."""
        if not self._view.back():
            self.dismiss()
