"""The list of imports, and taking the newest back (X-04)."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from models.action.work import Session
from screens.main.host import Host
from screens.tab.listed import Listed
from screens.tab.tab import Deed
from screens.widgets.background import Latest
from screens.widgets.text_screen import Body
from screens.widgets.window_columns import Column
from screens.widgets.window_list import WindowList
from screens.widgets.window_source import Row
from screens.words import counted, moment_word

COLUMNS = (
    Column("at", "Wann", 17, sortable=False),
    Column("member", "Wer", 6, sortable=False),
    Column("what", "Was", 20, flex=2, sortable=False),
    Column("raised", "Brachte", 22, flex=1, priority=1, sortable=False),
    Column("state", "Stand", 23, sortable=False),
)

MOST = 500
"""Imports that are listed."""


class ImportsScreen(ModalScreen[None]):
    """Newest first; `e` or Enter takes the newest back, with a reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Zurück"),
        Binding("e", "revert", "Zurücknehmen"),
        Binding("r,f5", "reload", "Neu laden", show=False),
    ]

    DEFAULT_CSS = """
    ImportsScreen {
        align: center middle; background: $background 70%;
        & > Vertical {
            width: 110; max-width: 100%; height: 80%; padding: 0 1;
            border: round $primary; background: $surface; border-title-color: $foreground;
        }
        & Body { height: 1; }
    }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows = Listed(())
        self.list = WindowList(COLUMNS, self._rows, empty="Noch kein Import.")
        self._reading: Latest[list[dict[str, Any]]] = Latest(self, "imports")

    def compose(self) -> ComposeResult:
        """The list and its keys."""
        with Vertical() as box:
            box.border_title = Content("Importe")
            yield self.list
            yield Body((("Enter oder e: den neuesten zurücknehmen   Esc Zurück", "", "$text-muted"),), 0)

    def on_mount(self) -> None:
        """Read the imports in the background."""
        self.list.focus()
        self.action_reload()

    def on_screen_resume(self) -> None:
        """A form was closed: one may have been taken back."""
        self.action_reload()

    def action_reload(self) -> None:
        """Read them anew."""
        session = self._session

        def work() -> list[dict[str, Any]]:
            from itertools import islice

            from models.importing.revert.listing import list_imports

            with session.store.connected():
                return list(islice(list_imports(), MOST))

        self._reading.start(work, self._show, self._host.report)

    @property
    def _host(self) -> Host:
        assert isinstance(self.app, Host)
        return self.app

    def _show(self, imports: list[dict[str, Any]]) -> None:
        today = self._session.clock.today()
        self._rows.hold([import_row(one, today) for one in imports])
        self.list.refresh_rows()

    def on_window_list_opened(self, message: WindowList.Opened) -> None:
        """Take it back."""
        message.stop()
        self.action_revert()

    def action_revert(self) -> None:
        """Ask why the newest was wrong; an older one cannot be taken back."""
        rows = self._rows.whole.rows
        if not rows or self.list.row is None or self.list.row.id != rows[0].id:
            self._host.tell("Nur der neueste Import lässt sich zurücknehmen: Er steht ganz oben.")
            return
        self._host.perform(Deed("imports.revert", f"Import zurücknehmen: {rows[0].data}"), {})


def import_row(one: dict[str, Any], today: Any) -> Row:
    """A line of the list."""
    at = moment_word(one["at"], today)
    files = ", ".join(f"{file['file']} {file['rows']}" for file in one["files"])
    profile = f" (Profil {one['profile']})" if one["profile"] else ""
    raised = f"{counted(one['cases'], 'Case', 'Cases')}, {counted(one['flags'], 'Neu-Flag', 'Neu-Flags')}"
    state = "gilt"
    if one["reverted_at"]:
        state = f"zurückgenommen von {one['reverted_by']}"
    elif one["baseline"]:
        state = "Ausgangsstand"
    cells = (at, one["member"] or "", f"{files}{profile}", raised, (state, "muted" if one["reverted_at"] else ""))
    return Row(f"{one['id']} {state}", cells, data=at)
