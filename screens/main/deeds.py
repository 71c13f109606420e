"""Carrying out a deed: its form, its verdicts, the toast that says how to undo it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.action.catalogue import load_all
from models.action.work import Session
from screens.form.asking import form_for
from screens.form.form import FormResult
from screens.form.model import FormModel, Verdict
from screens.keys.keymap import key_name
from screens.main.host import Drafts, Host, Told
from screens.tab.tab import Deed
from screens.widgets.background import Latest

UNSURE = "Ob das gespeichert ist, ist unbekannt: Sieh nach, bevor du es noch einmal tust."


class Doer:
    """Does one deed."""

    def __init__(self, app: Host, session: Session, drafts: Drafts) -> None:
        self._app, self._session, self._drafts = app, session, drafts

    def perform(self, deed: Deed, names: Mapping[Any, str] | None = None) -> None:
        """Ask what has to be asked, then do it."""
        load_all()
        if self._session.kuerzel is None:
            self._app.tell("Gesperrt: Ohne Kürzel lässt sich nur lesen. Starte mit: schicht --as KÜRZEL", "warning")
            return
        model = FormModel(self._session, deed, names)
        if deed.at_once:
            Latest[list[Verdict]](self._app, "deed").start(
                lambda: model.save({}), lambda verdicts: self._tell(deed, model, verdicts), self._app.report
            )
            return
        draft = self._drafts.get(_key(deed))
        self._app.push_screen(form_for(model, draft), lambda result: self._ended(model, result))

    def _ended(self, model: FormModel, result: FormResult | None) -> None:
        if result is None:
            return
        key = _key(result.deed)
        if result.verdicts is None:
            if result.values:
                self._drafts[key] = result.values
                saved = UNSURE if result.unsure else "Nicht gespeichert."
                self._app.tell(f"{saved} Was du geschrieben hast, steht beim nächsten Öffnen wieder da.")
            return
        self._drafts.pop(key, None)
        self._tell(result.deed, model, result.verdicts)

    def _offer_copy(self, keys: Sequence[int]) -> None:
        """The next key may copy what has to go to the platform."""
        if keys:
            Latest[str](self._app, "told").start(lambda: texts_of(self._session, keys), self._told, self._app.report)

    def _told(self, text: str) -> None:
        self._app.told = Told(text, self._app.keys)

    def _tell(self, deed: Deed, model: FormModel, verdicts: list[Verdict]) -> None:
        done = [verdict for verdict in verdicts if verdict.outcome]
        refused = [verdict for verdict in verdicts if verdict.error]
        undo = key_name(self._app.keymap["app.undo"])
        kept = f" · bleibt so: {undo} nimmt die Aktion davor zurück"
        way = f" · {undo} macht es rückgängig" if model.action.undoable else kept
        told = sum(len(verdict.outcome.told) for verdict in done if verdict.outcome)
        if told:
            copies = key_name(self._app.keymap["row.copy"])
            way += f" · im Ausgang: {copies} kopiert {'ihn' if told == 1 else 'alles'}"
        if len(done) == 1:
            # A form has said them before it was saved.
            hints = done[0].outcome.hints if done[0].outcome and deed.at_once else ()
            said = [f"{(model.action.done or model.action.label)}: {done[0].name}{way}"]
            said += [f"Hinweis: {hint.message} ({hint.rule})" for hint in hints]
            self._app.tell("\n".join(said), "warning" if hints else "information")
        elif done:
            self._app.tell(f"{(model.action.done or model.action.label)}: {len(done)} von {len(verdicts)}{way}")
        if len(verdicts) > 1 and refused:
            from screens.main.verdicts import VerdictScreen

            self._app.push_screen(VerdictScreen((model.action.done or model.action.label), verdicts))
        elif refused and refused[0].error:
            self._app.report(refused[0].error)
        self._offer_copy([key for verdict in done if verdict.outcome for key in verdict.outcome.told])
        if done:
            # What was put off makes room for the next one; anything else stays under the cursor, wherever it went.
            self._app.performed(follow=not model.action.makes_room)


def texts_of(session: Session, keys: Sequence[int]) -> str:
    """What items of the Ausgang say, one after the other; in a thread."""
    from models.outbox.queries import texts

    with session.store.connected():
        return "\n\n".join(texts(keys))


def _key(deed: Deed) -> tuple[str, str]:
    return deed.code, "|".join(map(str, (*deed.values.values(), *deed.ids)))
