"""Search everywhere: VPAs, customers, tasks, file entries, while typing."""

from __future__ import annotations

from models.action.work import Session
from models.ground.errors import SchichtError, UsageError
from screens.widgets.background import Latest
from screens.widgets.picker import Choice, Picker
from screens.words import label

MOST = 60
"""Hits that are shown."""


class SearchScreen(Picker):
    """Dismissed with the subject that was chosen."""

    EMPTY = "Tippe Wörter oder Wortanfänge. Nichts zu sehen heißt: Nichts hat alle."

    def __init__(self, session: Session) -> None:
        super().__init__("Suche", hint="VPA, Kunde, Aufgabe oder Wörter aus den Akten")
        self._session = session
        self._latest: Latest[list[Choice]] = Latest(self, "search")

    def narrow(self, text: str) -> None:
        """Ask the index in the background; the newest question wins."""
        if not text.strip():
            self._latest.drop()
            self.offer(())
            return
        self._latest.start(lambda: self._search(text), self.offer, self._failed)

    def _search(self, text: str) -> list[Choice]:
        from models.action.subjects import MODELS, belongs_to
        from models.questions.search import search_everything

        with self._session.store.connected():
            work = self._session.work()
            try:
                hits = search_everything(work, text, MOST)
            except UsageError:
                return []
            found = []
            for hit in hits:
                subject = f"{hit['type']}:{hit['id']}"
                if hit["type"] == "entry":
                    row = work.find(MODELS["entry"], hit["id"])
                    subject = f"{belongs_to(row)}#{hit['id']}" if row is not None else subject
                found.append(Choice(str(hit["title"]), label("subject", hit["type"]), subject))
            return found

    def _failed(self, error: Exception) -> None:
        self.notify(
            error.message if isinstance(error, SchichtError) else "Die Suche antwortet nicht. Versuch es noch einmal.",
            severity="error",
            markup=False,
        )
