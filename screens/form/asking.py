"""The form of a text that begins with a Chatvorlage: its placeholders asked for one by one, its sources in sight."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from models.playbook.entries import placeholder_word
from screens.form.form import FormScreen
from screens.form.model import FormModel
from screens.form.parts import Keys
from screens.form.spec import FieldSpec, Values
from screens.form.templates import (
    FIELD,
    open_placeholders,
    put_in,
    ready_template,
    sources_text,
)
from screens.widgets.background import Latest
from screens.widgets.drawn import Drawn
from screens.widgets.still_input import StillInput
from screens.widgets.window_columns import wrapped

READ = "read"
"""The field that ticks what was read before an assignment (K-24)."""


def form_for(model: FormModel, draft: Values | None = None) -> FormScreen:
    """The form of a deed."""
    left = (
        model.action.offers_letter
        or model.action.keeps_letter
        or open_placeholders(str(model.deed.preset.get(FIELD) or ""))
    )
    return (TemplateForm if left else FormScreen)(model, draft)


class TemplateForm(FormScreen):
    """F2 puts a Chatvorlage into an empty text, and asks for what one leaves open (K-23)."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "ask", "Platzhalter", id="form.ask")]

    def __init__(self, model: FormModel, draft: Values | None = None) -> None:
        super().__init__(model, draft)
        self._sources: Latest[str] = Latest(self, "sources")
        self._sources_of: str | None = None
        self._ready = ""
        """A Chatvorlage that F2 puts into the empty text."""

    def _load(self) -> None:
        super()._load()
        self._ready = ready_template(self.model)

    def _note(self, field: FieldSpec, values: Values, complaint: str) -> tuple[str, bool]:
        text, wrong = super()._note(field, values, complaint)
        if field.name == FIELD and self._waits(values):
            return f"{text} · F2 setzt die Chatvorlage ein", wrong
        left = len(self._open(values)) if field.name == FIELD else 0
        return (f"{text} · F2 fragt {_asked(left)}" if left else text), wrong

    def _waits(self, values: Values) -> bool:
        """Whether the Chatvorlage may go into the text: nothing that was written is put aside."""
        return bool(self._ready) and not str(values.get(FIELD) or "").strip()

    def _open(self, values: Values) -> dict[str, str]:
        """What there is to ask; the first name of a VPA comes with the VPA of the form."""
        left = open_placeholders(str(values.get(FIELD) or ""))
        if "vpa" in values and not values["vpa"]:
            left.pop("vorname", None)
        return left

    def _show_notes(self) -> None:
        super()._show_notes()
        open_ = "Platzhalter" if self._open(self.values) else ""
        self.query_one(Keys).ask("Chatvorlage" if self._waits(self.values) else open_)
        if READ not in self._fields:
            return
        customer = str(self.model.deed.values.get("customer") or self.values.get("customer") or "").strip()
        if customer != self._sources_of:
            self._sources_of = customer
            model, values = self.model, self.values
            self._sources.start(lambda: sources_text(model, values), self._fields[READ].note, self._check_failed)

    def action_ask(self) -> None:
        """One question after the other; what is answered stands in the text at once."""
        if FIELD not in self._fields:
            return
        left = self._open(self.values)
        if self._waits(self.values):
            self._fields[FIELD].fill(self._ready)
        elif left:
            self.app.push_screen(AskScreen(left), self._answered)

    def _answered(self, answers: dict[str, str] | None) -> None:
        if answers:
            self._fields[FIELD].fill(put_in(str(self._fields[FIELD].value), answers))
        self._fields[FIELD].widget.focus()


def _asked(count: int) -> str:
    return "danach" if count == 1 else f"nach allen {count}"


class Words(Drawn):
    """A line of our own, or what a placeholder means."""

    def __init__(self, text: str, style: str = "") -> None:
        super().__init__()
        self._text, self._style = text, style

    def show(self, text: str) -> None:
        """Show the sources of an assignment as text."""
        self._text = text
        self.redraw()

    def draw(self, width: int) -> list[Content]:
        """As many lines as it needs."""
        return [Content.styled(line, self._style) for line in wrapped(self._text, width)]


class AskScreen(ModalScreen[dict[str, str]]):
    """Placeholder by placeholder: its meaning, a line to type into, Enter for the next one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Zum Text"),
        Binding("up", "step(-1)", "Vorige", show=False),
        Binding("down", "step(1)", "Nächste", show=False),
    ]

    DEFAULT_CSS = """
    AskScreen {
        align: center middle; background: $background 70%;
        & > Vertical {
            width: 72; max-width: 100%; height: auto; padding: 1 1 0 1; border: round $primary; background: $surface;
            border-title-color: $foreground;
        }
        & Input { background: $primary 12%; margin: 0 1; }
        & Words { margin: 0 1 1 1; }
    }
    """

    def __init__(self, left: dict[str, str]) -> None:
        """`left` holds name and meaning of each, in the order of the text."""
        super().__init__()
        self._left, self._at = list(left.items()), 0
        self._answers: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """What is wanted, the line, the keys."""
        with Vertical():
            yield Words("", "bold")
            yield StillInput()
            yield Words("", "$text-muted")
            yield Words("Enter weiter   leer lassen: später   ↑ zurück   Esc zum Text", "$text-muted")

    @property
    def unsaved(self) -> bool:
        """Whether something was answered."""
        return any(self._answers.values()) or bool(self.query_one(Input).value)

    def on_mount(self) -> None:
        """The first one."""
        self._show()
        self.query_one(Input).focus()

    def _show(self) -> None:
        name, meaning = self._left[self._at]
        self.query_one(Vertical).border_title = Content(f"Platzhalter {self._at + 1} von {len(self._left)}")
        title, said, _ = self.query(Words)
        title.show(meaning[:1].upper() + meaning[1:])
        said.show(f"steht für [{placeholder_word(name)}]")
        self.query_one(Input).value = self._answers.get(name, "")

    def _keep(self) -> None:
        value = self.query_one(Input).value.strip()
        self._answers[self._left[self._at][0]] = value

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The next one; after the last one the text."""
        event.stop()
        if self._at + 1 < len(self._left):
            self.action_step(1)
        else:
            self.action_leave()

    def action_step(self, step: int) -> None:
        """The one before or after, as far as there is one."""
        self._keep()
        self._at = min(max(0, self._at + step), len(self._left) - 1)
        self._show()

    def action_leave(self) -> None:
        """To the text, with what has been answered so far."""
        self._keep()
        self.dismiss({name: value for name, value in self._answers.items() if value})
