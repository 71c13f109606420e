"""The form after somebody else was first: which fields differ, and going between one's own and theirs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from screens.form.conflict import Clash, Conflict, news
from screens.form.fields import Field, LongText
from screens.form.model import FormModel
from screens.form.parts import Keys, Status, make_room
from screens.form.spec import Values
from screens.widgets.attentive import Heedful
from screens.widgets.background import Latest
from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import cut, wrapped
from screens.words import label

OVER = "Hier lässt sich nichts mehr speichern. F3 kopiert, was du geschrieben hast."
FIELDS = "Unter jedem Feld steht, was du sahst und was jetzt gilt. F3 wechselt, Strg+S speichert, was dasteht."
NEWS = "Strg+S zeigt dir, was jetzt anders ist, bevor etwas gespeichert wird."
SEEN = "Sieh es dir an; Strg+S speichert deins auf diesem Stand."


class Differences(Drawn):
    """What others changed meanwhile: who and with what, then what no field of the form asks for."""

    MOST: ClassVar[int] = 3
    """Changes shown at most."""

    DEFAULT_CSS = "Differences { height: auto; display: none; }"

    def __init__(self) -> None:
        super().__init__(id="form-differences")
        self._conflict: Conflict | None = None
        self._news = ""

    def show(self, conflict: Conflict) -> None:
        """Say what this is about."""
        self._conflict, self._news, self.display = conflict, "", True
        make_room(self)
        self.redraw()

    def announce(self, who: str) -> None:
        """Somebody has just changed it; what is different is shown by the next save."""
        if who != self._news and (who or self._news):
            self._news, self.display = who, bool(who) or self._conflict is not None
            make_room(self)
            self.redraw()

    def draw(self, width: int) -> list[Content]:
        """A headline, a line for each change beside the fields, and what to do."""
        if self._news:
            lines = wrapped(f"Gerade geändert von {self._news}. {NEWS}", width)
            return [Content.styled(line, "bold $text-warning") for line in lines]
        if self._conflict is None:
            return []
        head = f"Inzwischen geändert von {self._conflict.by}"
        told = [clash for clash in self._conflict.clashes if not clash.field]
        lines = [f"  {clash.label}: {clash.seen} → {clash.now}{_by(clash)}" for clash in told]
        if len(lines) > self.MOST:
            lines = [*lines[: self.MOST - 1], f"  und {len(lines) - self.MOST + 1} weitere"]
        way = OVER if self._conflict.over else FIELDS if len(told) < len(self._conflict.clashes) else SEEN
        return [
            *(Content.styled(line, "bold $text-warning") for line in wrapped(head, width)),
            *(Content(cut(line, width).rstrip()) for line in lines),
            *(Content.styled(line, "$text-muted") for line in wrapped(way, width)),
        ]


class Merge(Vertical, Heedful):
    """The box around a form: F3 puts theirs into a field, or one's own back. Nothing written is ever thrown away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f3", "swap", "Wechseln")]

    PAUSE: ClassVar[float] = 0.5
    """Seconds for which Strg+S does nothing once a conflict is in sight: pressed twice it would save unread."""

    def __init__(self, model: FormModel, fields: Mapping[str, Field], check: Callable[[], None]) -> None:
        """`check` asks again what is missing."""
        super().__init__(id="form")
        self._check = check
        self._model, self._fields = model, fields
        self._news: Latest[str] = Latest(self, "form-news")
        self._clashes: dict[str, Clash] = {}
        self._kept: dict[str, Any] = {}
        """What F3 puts into a field: theirs, or one's own where theirs stands there."""
        self._taken: set[str] = set()
        """Fields in which theirs stands."""
        self._over = False
        self._shown_at = -math.inf

    @property
    def met_just_now(self) -> bool:
        """Whether nobody can have read what is different when they pressed the key that it is the turn of."""
        pressed: float = getattr(self.app, "pressed", monotonic())
        return pressed < self._shown_at + self.PAUSE

    def _shown(self) -> None:
        self._shown_at = monotonic()

    def meet(self, conflict: Conflict, untouched: Values) -> None:
        """Others have changed this. A field that showed what stood there and was left alone takes what stands now."""
        self._over, self._shown_at = conflict.over, math.inf
        self.call_after_refresh(self._shown)
        differing = {clash.field: clash for clash in conflict.clashes if clash.field in self._fields}
        self._clashes |= differing
        self.query_one(Differences).show(conflict)
        if self._clashes or self._over:
            self.query_one(Keys).show(("F3", "deins kopieren" if self._over else "deins / jetzt"))
        if not self._over:
            self.query_one(Status).show("")
            for clash in differing.values():
                self._bring(clash, untouched.get(clash.field))

    def _bring(self, clash: Clash, untouched: Any) -> None:
        """Have theirs at hand in a field, or in it where the member has nothing of their own."""
        field = self._fields[clash.field]
        if clash.field in self._taken:
            if field.value == clash.before:
                field.fill(clash.value)
            return
        self._kept[clash.field] = clash.value
        if field.value == untouched == clash.before:
            self._swap(clash.field)

    def heed(self) -> None:
        """Somebody has done something: maybe to what this form is about, maybe something that was missing."""
        model = self._model

        def read() -> str:
            with model.session.store.connected():
                return news(model.session.work(), model.opened)

        if self._fields and not self._over:
            self._news.start(read, self._told, lambda error: None)  # saving will tell why

    def _told(self, who: str) -> None:
        for box in self.query(Differences):  # none where the form is just being closed
            box.announce(who)
            self._check()

    def action_swap(self) -> None:
        """In the field with the focus, else in the first that differs; where all is over, keep what was written."""
        if self._over:
            self.app.copy_to_clipboard(self._written())
            self.query_one(Status).show("An die Zwischenablage gegeben. Esc geht zurück.", "$text-muted")
            return
        here = [name for name in self._clashes if self._fields[name].widget.has_focus]
        for name in (here or list(self._clashes))[:1]:
            self._swap(name)

    def _swap(self, name: str) -> None:
        """Change what stands in the field for what is kept: neither is thrown away."""
        field = self._fields[name]
        if field.value != self._kept[name]:
            shown = field.value
            field.fill(self._kept[name])
            self._kept[name] = shown
            self._taken ^= {name}

    def words(self, name: str) -> str:
        """Below the field: what one saw, what stands there now, whose it is, what F3 does; empty where all agree."""
        clash = self._clashes.get(name)
        if clash is None:
            return ""
        now = f"du sahst: {clash.seen}\njetzt: {clash.now}{_by(clash)}"
        if self._over:
            return now
        if name in self._taken:
            return f"{now} · übernommen, F3 bringt zurück: {self._short(name)}"
        return f"{now} · {'bei dir dasselbe' if self._fields[name].value == clash.value else 'F3 übernimmt es'}"

    def _short(self, name: str) -> str:
        """The beginning of what the member had in a field."""
        value, spec = self._kept[name], self._fields[name].field.spec
        if isinstance(value, bool):
            return "ja" if value else "nein"
        text = label(spec.choices, value) if spec.kind == "choice" and not spec.many else " ".join(str(value).split())
        return (f"{text[:30]}…" if len(text) > 30 else text) or "leer"

    def _written(self) -> str:
        texts = [str(field.value) for field in self._fields.values() if isinstance(field.widget, LongText)]
        return "\n\n".join(text for text in texts if text.strip())


def _by(clash: Clash) -> str:
    return f" ({clash.by})" if clash.by else ""
