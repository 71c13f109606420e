"""VPAs and customers named in a form: by id or by beginnings of words."""

from __future__ import annotations

from collections.abc import Sequence

from models.action.work import Session
from models.questions.people_pages import find_named
from screens.form.spec import FieldSpec, Values


class Called:
    """Whom texts mean. `look_up` and `candidates` read: call them in a thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[tuple[str, str], str] = {}
        self._several: set[tuple[str, str]] = set()

    def key(self, kind: str, text: str) -> str:
        """The id that a text means; the text itself where nobody is known by it."""
        return self._found.get((kind, text), text)

    def is_open(self, kind: str, text: str) -> bool:
        """Whether a text may mean several."""
        return (kind, text) in self._several

    def look_up(self, fields: Sequence[FieldSpec], values: Values) -> None:
        """Find everybody that these fields name."""
        for field in fields:
            text = str(values.get(field.name) or "").strip()
            if field.spec.kind in ("vpa", "customer") and text and (field.spec.kind, text) not in self._found:
                self.candidates(field.spec.kind, text)

    def candidates(self, kind: str, text: str) -> list[tuple[str, str]]:
        """Id and name of those that a text may mean; a single one is taken."""
        with self._session.store.connected():
            found = find_named(kind, text)
        exact = [key for key, _ in found if key.casefold() == text.casefold()]
        if exact or len(found) == 1:
            self._found[kind, text] = exact[0] if exact else found[0][0]
        elif found:
            self._several.add((kind, text))
        return found
