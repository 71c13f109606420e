"""The Textual app: what outlives every screen, such as toasts, the message log, undo, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import events
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme

from models.action.work import Session
from models.ground.errors import AlreadyDoneError, ConflictError, SchichtError
from models.playbook.refusals import RefusedError
from screens.keys.keymap import changed, effective, key_name
from screens.main.alerting import Heard
from screens.main.host import Drafts, Host, Severity
from screens.main.outage import Outage
from screens.main.overview import First
from screens.main.place import Place
from screens.main.screen import MainScreen
from screens.main.workplace import Workplace
from screens.tab.tab import Deed
from screens.widgets.background import Latest
from screens.widgets.window_source import Marks
from tui.app.clean import CLEAN
from tui.settings import UserSettings, save_theme
from tui.theme import THEMES

if TYPE_CHECKING:
    from tui.app.copying import Copying

SMALLEST = (60, 18)
"""Columns and lines below which one sentence is all there is."""


class SchichtApp(Host):
    """The full screen."""

    TITLE = "Schicht"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = """
    Toast { background: $panel; max-width: 76; }
    ToastRack { margin-bottom: 2; }
    """

    def __init__(self, session: Session, settings: UserSettings | None = None, first: First | None = None) -> None:
        """`first` is the first tab with the rows of the first frame, read before Textual starts."""
        self.session = session
        self.settings = settings or UserSettings()
        super().__init__()
        self.animation_level = "none"
        self.keymap, self._complaints = effective(self.settings.keys)
        self.messages = []
        self.importing = False
        self.outage = Outage(self, session)
        self.heard = Heard(self.settings.report_due, self.settings.report_names)
        self.defect: BaseException | None = None
        """What the program fell over, if it did."""
        self.notice = ""
        """To be told once the screen stands; empty: nothing."""
        self._first = first
        self._undo: Latest[Any] = Latest(self, "undo")
        self._asked_at = -1
        """Number of the key that was answered with the question whether to throw something typed away."""
        for theme in THEMES.values():
            self.register_theme(theme)
        if self.theme != self.settings.theme:
            self.theme = self.settings.theme
        self.set_keymap(changed(self.keymap))  # of these Textual makes new bindings with every key that is pressed

    def get_theme(self, theme_name: str) -> Theme | None:
        """Ours are known before they are registered: the first style sheet is made with their colours."""
        return THEMES.get(theme_name) or super().get_theme(theme_name)

    def get_default_screen(self) -> Screen[Any]:
        """The main screen, from the first frame on."""
        return MainScreen(self.session, self.keymap, self._first)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing from the data acts on the terminal (law 6)."""
        return (*super().get_line_filters(), CLEAN)

    @cached_property
    def _copying(self) -> Copying:
        """Made when something is copied first: starting does not wait for it."""
        from tui.app.copying import Copying

        return Copying(self, self.settings.clipboard)

    @property
    def main(self) -> MainScreen:
        """The screen behind all others."""
        screen = self.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    def on_mount(self) -> None:
        """What is to be known first, and what the settings file should not say."""
        self._fit(self.size.width, self.size.height)
        if self.notice:
            self.tell(self.notice, "warning")
        for complaint in (*self.settings.complaints, *self._complaints):
            self.tell(complaint, "warning")

    def on_resize(self, event: events.Resize) -> None:
        """Too small for anything but a sentence, or large enough again."""
        self._fit(event.size.width, event.size.height)

    def _fit(self, width: int, height: int) -> None:
        from screens.main.too_small import TooSmall

        small = width < SMALLEST[0] or height < SMALLEST[1]
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()

    # Telling

    def tell(self, text: str, severity: Severity = "information", title: str = "") -> None:
        """A toast, kept in the list of messages; never read as markup."""
        self.messages.append((f"{self.session.clock.now():%H:%M}", severity, text))
        timeout = 4 if severity == "information" else 9
        self.clear_notifications()  # one at a time: the newest, and the rest stands in the list of messages
        self.notify(text, title=title, severity=severity, timeout=timeout, markup=False)

    # Copying

    def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard and tell, by `what` it is, how far that is known to have worked."""
        if self._copying.asks_terminal():
            super().copy_to_clipboard(text)
        else:
            self._clipboard = text
        self._copying.send(text, what)

    def copy_to_clipboard(self, text: str) -> None:
        """What a field copies goes the same way, without a word."""
        self.copy(text, "")

    def action_show_copied(self) -> None:
        """The text that was copied last, to be marked by hand."""
        if not self.clipboard:
            self.tell("Noch ist nichts kopiert.")
            return
        from screens.widgets.copied_screen import CopiedScreen

        self.push_screen(CopiedScreen(self.clipboard))

    def report(self, error: Exception) -> None:
        """Tell what went wrong, in a sentence with a way out."""
        if isinstance(error, (RefusedError, AlreadyDoneError, ConflictError)):
            self.tell(error.message, "warning")
        elif isinstance(error, SchichtError):
            self.tell(error.message, "error")
        else:
            from screens.main.failures import sentence_for

            self.tell(sentence_for(self.session, error), "error")

    def unread(self, error: Exception) -> None:
        """Something that is shown could not be read: while the database is away, its line says so well enough."""
        if not self.outage.failed(error):
            self.report(error)

    # Doing

    def perform(self, deed: Deed, drafts: Drafts, names: Mapping[Any, str] | None = None) -> None:
        """Open the form of a deed, or do it at once where there is nothing to ask."""
        from screens.main.deeds import Doer

        Doer(self, self.session, drafts).perform(deed, names)

    def performed(self, follow: bool) -> None:
        """It is done: no row is marked any more, every list is read again."""
        for screen in self.screen_stack:
            if isinstance(screen, Workplace):
                screen.view.list.set_marks(Marks())
        self.refresh_screens(follow)

    def step_back(self, route: Literal["undo", "redo"]) -> None:
        """Undo or redo, without asking."""
        if self._undo.busy:
            return
        session = self.session

        def work() -> Any:
            from models.action.catalogue import load_all
            from models.action.undo import redo, undo

            load_all()
            with session.store.connected():
                return (undo if route == "undo" else redo)(session)

        def done(outcome: Any) -> None:
            word, back = ("Rückgängig", "redo") if route == "undo" else ("Wiederholt", "undo")
            key = key_name(self.keymap[f"app.{back}"])
            way = f"{key} bringt es wieder" if route == "undo" else f"{key} macht es rückgängig"
            self.tell(f"{word}: {outcome.result.title} · {way}")
            self.refresh_screens()

        self._undo.start(work, done, self.report)

    def refresh_screens(self, follow: bool = True) -> None:
        """Something was done: every list in sight or under another one is read again."""
        for screen in self.screen_stack:
            if isinstance(screen, Place):
                screen.refresh_all(follow)

    def show_subject(self, subject: str) -> None:
        """The file of a VPA or customer, over everything."""
        from screens.files.screen import FileScreen

        self.push_screen(FileScreen(self.session, self.keymap, self.main.memory, subject))

    def found(self, subject: str | None) -> None:
        """Show what a search has found: the file of a VPA or customer, or the row of a tab."""
        if subject is None:
            return
        kind, _, key = subject.partition(":")
        while not isinstance(self.screen, MainScreen):
            self.pop_screen()
        if kind == "task":
            self.main.go_to("tasks", key)
        else:
            self.show_subject(subject)

    # Ends and appearances

    def switch_theme(self) -> None:
        """Light or dark, kept for the next start."""
        self.theme = "hell" if self.theme == "dunkel" else "dunkel"
        try:
            save_theme(self.theme)
        except OSError:
            self.tell("Das Thema gilt nur bis zum Ende: Die Einstellungen lassen sich nicht schreiben.", "warning")

    async def action_quit(self) -> None:
        """End the program; where a form holds something typed that nobody has saved, only when it is pressed again."""
        unsaved = any(getattr(screen, "unsaved", False) for screen in self.screen_stack)
        if unsaved and self.keys != self._asked_at + 1:
            self._asked_at = self.keys
            self.tell(
                "Hier steht etwas, das noch nicht gespeichert ist. Strg+S speichert es; Strg+Q noch einmal verwirft es "
                "und beendet Schicht.",
                "warning",
            )
            return
        self.exit(0)

    def action_help_quit(self) -> None:
        """Ctrl+C copies in fields and ends nothing: say what does."""
        self.tell(f"{key_name(self.keymap['app.quit'])} beendet Schicht.")

    def _fatal_error(self) -> None:
        """Fall over quietly: no picture of variables, which hold customers' data; `run_app` says a sentence."""
        self.defect = self._exception
        self._close_messages_no_wait()
