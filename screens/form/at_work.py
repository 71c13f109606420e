"""A form and those who work on the same thing: it shows them, and makes itself known to them."""

from __future__ import annotations

from textual.content import Content

from models.action.claims import RENEW, keep
from models.action.work import Session
from screens.form.parts import make_room
from screens.tab.claimed import at_work
from screens.widgets.attentive import Attentive
from screens.widgets.background import Latest
from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import wrapped


class AtWork(Drawn, Attentive):
    """In a form: who else works on the same thing, in no room where nobody does; and as long as it is there, others
    see that somebody works on it here.

    What goes wrong with that is told nobody: one works as well without, and saving says what there is to say.
    """

    DEFAULT_CSS = "AtWork { height: auto; display: none; color: $text-primary; }"

    def __init__(self, session: Session, subjects: tuple[str, ...]) -> None:
        super().__init__(id="form-at-work")
        self._session, self._subjects = session, subjects
        self._text = ""
        self._keeping: Latest[None] | None = None

    def on_mount(self) -> None:
        """What is known already."""
        self.show_claims()

    def show_claims(self) -> None:
        """Worth knowing before one writes, and no reason not to."""
        self._text = at_work(self._session, self._subjects)
        self.display = bool(self._text)
        make_room(self)
        self.redraw()

    def draw(self, width: int) -> list[Content]:
        """One line, as a rule."""
        return [Content(line) for line in wrapped(self._text, width)]

    def begin(self) -> None:
        """The form stands: somebody works on it now."""
        if self._subjects:
            self._session.presence.wanted = self._subjects
            self._keeping = Latest(self.app, "claim")  # the app's: it outlives the form, to release what it held
            self._keep()
            self.set_interval(RENEW, self._keep)

    def on_unmount(self) -> None:
        """And no more."""
        if self._keeping is not None:
            self._session.presence.wanted = ()
            self._keep()

    def _keep(self) -> None:
        if self._keeping is not None:
            self._keeping.start(lambda: keep(self._session), lambda _: None, lambda error: None)
