"""„Was hat sich geändert?“: a VPA by name, or a new one."""

from __future__ import annotations

from models.action.work import Session
from models.records.offers import for_vpa, new_vpa
from screens.tab.tab import offered
from screens.widgets.background import Latest
from screens.widgets.picker import Choice, Picker

MOST = 40
"""VPAs that are shown."""


class WhoScreen(Picker):
    """Dismissed with the VPA's name and what may have changed about him, or with the deed that makes a new one."""

    EMPTY = "Tippe den Namen des VPA, ein paar Buchstaben genügen."

    def __init__(self, session: Session) -> None:
        super().__init__("Was hat sich geändert? Bei wem?", hint="Name oder Id des VPA")
        self._session = session
        self._latest: Latest[list[Choice]] = Latest(self, "who")

    def narrow(self, text: str) -> None:
        """Look them up in the background; the newest question wins."""
        if not text.strip():
            self._latest.drop()
            self.offer(())
            return
        self._latest.start(lambda: self._named(text), self.offer, self._failed)

    def _named(self, text: str) -> list[Choice]:
        from models.questions.people_pages import find_named
        from models.tables.people import Vpa

        with self._session.store.connected():
            found = find_named("vpa", text, MOST)
            query = Vpa.select(Vpa.id).where(Vpa.id.in_([key for key, _ in found] or [""]), Vpa.gone)
            gone = {vpa.id for vpa in query}
        choices = [
            Choice(name, f"{key} · gegangen" if key in gone else key,
                   (name, [offered(offer) for offer in for_vpa(key, name, key in gone)]))
            for key, name in found
        ]  # fmt: skip
        new = new_vpa(" ".join(text.split()))
        return [*choices, Choice(new.title, "", offered(new))]

    def _failed(self, error: Exception) -> None:
        self.notify("Die Namen sind gerade nicht zu lesen. Versuch es noch einmal.", severity="error", markup=False)
