"""The file of one VPA or customer, or the Aufgabenchat of one task: everything in it, read in full."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from models.action.work import Session
from screens.files.entries import FileTab
from screens.keys.keymap import KEYS
from screens.main.bars import Bar, Footer
from screens.main.place import Memory, bindings, elsewhere
from screens.main.workplace import Workplace
from screens.records.leaving import LeavingTab
from screens.tab.view import TabView
from screens.tasks.chat import ChatTab
from screens.widgets.background import Latest

HERE = {
    "row.main", "row.log", "row.remind", "row.copy", "row.postpone", "row.take", "row.contact", "row.new", "row.file",
    "list.filter", "list.view", "list.reload", "app.back", "app.undo", "app.redo", "app.help", "app.search",
    "shift.escalate", "row.vpa_view", "row.more",
}  # fmt: skip


class FileScreen(Workplace):
    """Esc goes back to where one came from."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings([key for key in KEYS if key.id in HERE]), *elsewhere(HERE)]

    DEFAULT_CSS = """
    FileScreen { layout: vertical; background: $background; }
    FileScreen > Bar.title { height: 2; border-bottom: solid $foreground 20%; }
    """

    def __init__(self, session: Session, keymap: dict[str, str], memory: Memory, subject: str) -> None:
        """`subject` may name an entry behind `#`, on which the list then stands; `task:…` is its Aufgabenchat."""
        super().__init__(session, keymap, memory)
        self._subject, _, self._entry = subject.partition("#")
        kind, _, key = self._subject.partition(":")
        self._tab = _tab_of(kind, key)
        self._view = TabView(self._tab, session)
        self._names: Latest[str] = Latest(self, "name")

    @property
    def view(self) -> TabView:
        """The entries."""
        return self._view

    def compose(self) -> ComposeResult:
        """Whose file it is, the entries, the keys."""
        yield TitleBar()
        yield self._view
        yield Footer()

    def on_mount(self) -> None:
        """Find out the name."""
        self._show_keys()
        self._names.start(self._read_name, self._named, self.host.report)
        if self._entry:
            self._view.list.go_to(int(self._entry))

    def _read_name(self) -> str:
        from models.action.subjects import name_of
        from models.tables.task import Task

        kind, _, key = self._subject.partition(":")
        with self.session.store.connected():
            return str(Task.get_by_id(key).title) if kind == "task" else name_of(self._subject.removeprefix("left:"))

    def _named(self, name: str) -> None:
        self._tab.name = name
        self.query_one(TitleBar).show(f"{self._tab.title}: {name} ({self._subject.rpartition(':')[2]})")

    def refresh_all(self, follow: bool = True) -> None:
        """Something changed."""
        self._view.refresh_rows(follow)

    def on_tab_view_changed(self, message: TabView.Changed) -> None:
        """The footer may offer other keys."""
        message.stop()
        self._show_keys()

    def _show_keys(self) -> None:
        back = [] if self._view.over else [("Esc", "Zurück")]
        self.query_one(Footer).show([*back, *self.foot_keys(self._view.tab, (("row.copy", "Kopieren"),))])

    def action_vpa_view(self) -> None:
        """What a VPA may see of this customer, whether or not there is an entry."""
        self.show_vpa_view(self._subject)

    def action_back(self) -> None:
        """One step back in the list, then off the screen."""
        if not self._view.back():
            self.dismiss()


def _tab_of(kind: str, key: str) -> FileTab | ChatTab | LeavingTab:
    """`task:…` is its Aufgabenchat, `left:vpa:…` what a VPA has left behind; anything else has a file."""
    if kind == "left":
        return LeavingTab(key.removeprefix("vpa:"))
    return ChatTab(key) if kind == "task" else FileTab(f"{kind}:{key}")


class TitleBar(Bar):
    """Whose file it is."""

    def __init__(self) -> None:
        super().__init__(classes="title")
        self._text = ""

    def show(self, text: str) -> None:
        """Show a line of text above the list."""
        self._text = text
        self.refresh()

    def line(self, width: int) -> Content:
        """The name in full."""
        return Content.styled(f" {self._text}", "bold")
