"""What the main screen offers beside the tabs: the Vorschau, the import, and what happened while one was away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from models.action.work import Session
from screens.main.place import Memory, connected
from screens.main.workplace import Workplace
from screens.widgets.background import Latest

if TYPE_CHECKING:
    from screens.preview.preview import Outlook


class WithOutlook(Workplace):
    """A workplace from which all of it is opened."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, session: Session, keymap: dict[str, str], memory: Memory) -> None:
        super().__init__(session, keymap, memory)
        self._ahead: Latest[Outlook] = Latest(self, "outlook")

    def action_preview(self) -> None:
        """Four weeks ahead; it is read while the screen that shows it is still being made."""
        from screens.preview.preview import read_outlook
        from screens.preview.screen import PreviewScreen

        screen = PreviewScreen(self.session, self.keymap, self.memory)
        self._ahead.start(partial(connected, self.session, read_outlook), screen.show, screen.broken)
        self.host.push_screen(screen)

    def action_digest(self) -> None:
        """What happened to one's cases."""
        from screens.digest.screen import DigestScreen

        if self.session.kuerzel is None:
            self.host.tell("Gesperrt: Ohne Kürzel hast du keine Fälle. Starte mit: schicht --as KÜRZEL", "warning")
            return
        self.host.push_screen(DigestScreen(self.session, self.keymap, self.memory))

    def action_import_export(self) -> None:
        """Take an export of the platform."""
        from screens.importing.screen import ImportScreen

        self.host.push_screen(ImportScreen(self.session), lambda done: self.refresh_all() if done else None)

    def offer_digest(self) -> None:
        """Once at the start, to who was away and has done nothing since."""
        session = self.session
        Latest[bool](self, "back").start(lambda: read_just_back(session), self._offer, self.host.report)

    def _offer(self, back: bool) -> None:
        if back:
            from screens.digest.words import TITLE  # its rooms are needed by no start without it

            palette = self.key_of("app.palette")
            self.host.tell(f"Willkommen zurück! {palette} „{TITLE}“ zeigt, was in der Zwischenzeit war.", "warning")


def read_just_back(session: Session) -> bool:
    """Whether the acting member is just back; opens a connection of its own."""
    from models.shift.digest.last_absence import just_back

    if session.kuerzel is None:
        return False
    with session.store.connected():
        return just_back(session.work())
