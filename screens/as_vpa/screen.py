"""„Ansicht als VPA“: a page that holds what a VPA may see of a customer; it can be copied and written to a file."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from models.action.work import Session
from models.file.as_vpa import VpaView
from models.playbook.refusals import RefusedError
from screens.as_vpa.words import PASSED, proposed_path, read_sight, save_sight, sight_lines, sight_text
from screens.main.host import Host
from screens.widgets.background import Latest
from screens.widgets.still_input import StillInput
from screens.widgets.text_screen import Body, TextScreen

KEYS = "y Kopieren · e Als Datei · Esc Zurück"
LEFT = 18
"""Columns of the titles."""


class VpaSightScreen(TextScreen):
    """Read, copy, write, Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "Kopieren", id="row.copy"),
        Binding("e", "write", "Als Datei", id="row.main"),
    ]

    def __init__(self, session: Session, customer: str) -> None:
        super().__init__("Ansicht als VPA", [("Einen Moment …", "", "$text-muted")], LEFT)
        self._session, self._customer = session, customer
        self._reading: Latest[VpaView] = Latest(self, "sight")
        self.sight: VpaView | None = None
        """What is shown, as soon as it has been read."""
        self._warned = False
        """Whether the member was told that a word only sounds like a class: the same key again passes it (D-32)."""

    @property
    def host(self) -> Host:
        """The app, by what it can do for a screen."""
        return cast(Host, self.app)

    def on_mount(self) -> None:
        """Read it in the background."""
        session, customer = self._session, self._customer
        self._reading.start(lambda: read_sight(session, customer), self._show, self._failed)

    def _show(self, view: VpaView) -> None:
        self.sight = view
        page = self.query_one(VerticalScroll)
        page.border_title = Content(f"Ansicht als VPA: {view.name}")
        page.border_subtitle = Content(KEYS)
        page.remove_children()
        page.mount(Body(sight_lines(view), LEFT))

    def _failed(self, error: Exception) -> None:
        self.host.report(error)
        self.dismiss()

    def action_copy(self) -> None:
        """The whole view as text; never while a class is named."""
        if self.sight is None:
            return
        if not self._may_go_out():
            return
        text = sight_text(self._session, self.sight)
        self.host.copy(text, f"VPA-Ansicht · {self.sight.name}")

    def action_write(self) -> None:
        """To a file, after asking where."""
        if self.sight is None:
            return
        if not self._may_go_out():
            return
        self._ask(proposed_path(self._session, self.sight))

    def _may_go_out(self) -> bool:
        """Never while a class is named; where a word only sounds like one, the same key a second time passes it."""
        assert self.sight is not None
        try:
            self.sight.require_clean(PASSED if self._warned else None)
        except RefusedError as error:
            self.host.report(error)
            self._warned = all(obstacle.weight == "warn" for obstacle in error.obstacles)
            if self._warned:
                self.host.tell("Trotzdem, weil etwas anderes gemeint ist? Dieselbe Taste noch einmal.")
            return False
        return True

    def _ask(self, path: str) -> None:
        self.host.push_screen(AskPath(path), self._write)

    def _write(self, path: str | None) -> None:
        if not path or self.sight is None:
            return
        session, view = self._session, self.sight

        def refused(error: Exception) -> None:
            self.host.report(error)
            self._ask(path)  # what was typed stays, to be mended

        Latest[str](self, "write").start(
            lambda: save_sight(session, view, path), lambda written: self.host.tell(f"Geschrieben: {written}"), refused
        )


class AskPath(ModalScreen[str | None]):
    """One line: where the file goes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Zurück")]

    DEFAULT_CSS = """
    AskPath {
        align: center middle; background: $background 70%;
        & > Vertical {
            width: 76; max-width: 100%; height: auto; padding: 0 1; border: round $primary; background: $surface;
            border-title-color: $foreground; border-subtitle-color: $text-muted;
        }
        & Input { background: $primary 12%; margin: 0 1; }
        & Body { margin: 1 1 0 1; }
    }
    """

    def __init__(
        self, path: str, meaning: str = "Die Endung .md schreibt Markdown, jede andere einfachen Text."
    ) -> None:
        super().__init__()
        self._path, self._meaning = path, meaning

    def compose(self) -> ComposeResult:
        """The path, what its ending means."""
        with Vertical() as box:
            box.border_title = Content("Als Datei speichern")
            box.border_subtitle = Content("Enter Speichern · Esc Zurück")
            yield StillInput(self._path)
            yield Body([(self._meaning, "", "$text-muted")], 0)

    def on_mount(self) -> None:
        """Typing starts at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the customer that was typed."""
        event.stop()
        self.dismiss(event.value)
