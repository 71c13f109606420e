"""The fields of a form: label at the left, the field, below it what it means or who reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any, ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from models.ground.text import fold
from models.ground.vpa_text import Place
from screens.form.labels import Label, Note
from screens.form.marks import MARKED
from screens.form.spec import FieldSpec
from screens.widgets.drawn import Drawn
from screens.widgets.still_input import StillInput
from screens.widgets.window_columns import wrapped

FEW = 5
"""Choices up to which all are shown also without the focus."""


class Changed(Message):
    """What stands in a field is something else now."""


class ChoiceField(Drawn, can_focus=True):
    """One of some choices: arrows, the space bar or the first letters."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down", "step(1)", "Nächste", show=False),
        Binding("left,up", "step(-1)", "Vorige", show=False),
        Binding("space", "tick", "Wählen", show=False),
        Binding("backspace,delete", "clear", "Leeren", show=False),
        Binding("enter", "app.focus_next", "Weiter", show=False),
    ]
    TYPING: ClassVar[float] = 1.0
    """Seconds after which letters begin a new word."""

    def __init__(self, choices: Mapping[str, str], value: str, several: bool = False) -> None:
        """With `several` the value is codes joined by commas, arrows only move, the space bar ticks."""
        super().__init__(classes="field")
        self._choices = dict(choices)
        self.value = value
        self._several, self._at = several, 0
        self._typed, self._typed_at = "", 0.0
        self._places: list[tuple[int, range, str]] = []

    def offer(self, choices: Mapping[str, str]) -> None:
        """Other choices now."""
        if dict(choices) != self._choices:
            self._choices = dict(choices)
            if self.value and not set(self._codes) <= set(self._choices):
                self.value = ""
            self.redraw()

    @property
    def _codes(self) -> list[str]:
        return [code for code in self.value.split(",") if code] if self._several else [self.value]

    def choose(self, value: str) -> None:
        """Choose this one; of several tick it, or take it back."""
        if self._several and value:
            self._at = list(self._choices).index(value)
            ticked = set(self._codes) ^ {value}
            value = ",".join(code for code in self._choices if code in ticked)
        if value != self.value:
            self.value = value
            self.redraw()
            self.post_message(Changed())

    def draw(self, width: int) -> list[Content]:
        """All choices while there are few or the field has the focus, else the chosen one."""
        if not self._choices:
            return [Content.styled("erst die Akte wählen", "$text-muted")]
        shown = self._choices
        if len(self._choices) > FEW and not self.has_focus:
            chosen = {code: label for code, label in self._choices.items() if code in self._codes}
            shown = chosen or {"": "– noch nichts gewählt –" if self._several else "– bitte wählen –"}
        lines, self._places, x = [Content("")], [], 0
        for code, label in shown.items():
            item = f"{self._sign(code)} {label}"
            if x and x + len(item) > width:
                lines.append(Content(""))
                x = 0
            lines[-1] += Content.styled(item, self._style(code)) + Content("   ")
            self._places.append((len(lines) - 1, range(x, x + len(item)), code))
            x += len(item) + 3
        return lines

    def _sign(self, code: str) -> str:
        chosen = code in self._codes and bool(code)
        return ("[x]" if chosen else "[ ]") if self._several and code else "●" if chosen else "○"

    def _style(self, code: str) -> str:
        if self._several and self.has_focus:
            return "bold reverse" if code == list(self._choices)[self._at] else ""
        if code in self._codes and code:
            return "bold reverse" if self.has_focus else "bold $text-primary"
        return "" if self.has_focus else "$text-muted"

    def action_step(self, step: int) -> None:
        """The next or the one before; from nothing the first or last."""
        codes = list(self._choices)
        if codes and self._several:
            self._at = (self._at + step) % len(codes)
            self.refresh()
        elif codes:
            place = codes.index(self.value) + step if self.value in codes else (0 if step > 0 else -1)
            self.choose(codes[place % len(codes)])

    def action_tick(self) -> None:
        """Of several: tick the one under the cursor; else the next one."""
        if self._several and self._choices:
            self.choose(list(self._choices)[self._at])
        else:
            self.action_step(1)

    def action_clear(self) -> None:
        """Choose nothing."""
        self.choose("")

    def on_key(self, event: events.Key) -> None:
        """Letters choose by the beginning of a word."""
        if not event.is_printable or event.character is None or event.character == " ":
            return
        event.stop()
        event.prevent_default()
        typed = event.character if monotonic() - self._typed_at > self.TYPING else self._typed + event.character
        self._typed, self._typed_at = typed, monotonic()
        wanted = fold(typed)
        found = [
            code
            for begins in (str.startswith, _word_begins)
            for code, label in self._choices.items()
            if begins(fold(label), wanted)
        ]
        found += [code for code in self._choices if code.casefold().startswith(wanted)]
        if found:
            self.choose(found[0])

    def on_click(self, event: events.Click) -> None:
        """The choice under the mouse."""
        for y, xs, code in self._places:
            if event.y == y and event.x in xs and code:
                self.choose(code)

    def on_focus(self) -> None:
        """All choices are shown."""
        self.redraw()

    def on_blur(self) -> None:
        """Only the chosen one may be shown."""
        self.redraw()


def _word_begins(label: str, start: str) -> bool:
    return any(word.startswith(start) for word in label.split())


class FlagField(Drawn, can_focus=True):
    """Yes or no: the space bar ticks it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x,j", "tick", "Ankreuzen", show=False),
        Binding("enter", "app.focus_next", "Weiter", show=False),
    ]

    def __init__(self, value: bool, hint: str) -> None:
        super().__init__(classes="field")
        self.value, self._hint = value, hint

    def draw(self, width: int) -> list[Content]:
        """The box, and what ticking it says."""
        box = "[x]" if self.value else "[ ]"
        style = "bold reverse" if self.has_focus else "bold" if self.value else ""
        lines = wrapped(self._hint, max(10, width - 4)) if self._hint else [""]
        first = Content.styled(box, style) + Content.styled(f" {lines[0]}", "$text-muted")
        return [first, *(Content.styled(f"    {line}", "$text-muted") for line in lines[1:])]

    def action_tick(self) -> None:
        """The other way round."""
        self.value = not self.value
        self.refresh()
        self.post_message(Changed())

    def on_click(self) -> None:
        """A click ticks it too."""
        self.action_tick()

    def on_focus(self) -> None:
        """The box shows the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """The box loses it."""
        self.refresh()


class LongText(TextArea):
    """A text of several lines; a class named in it is marked at its place (D-32)."""

    def __init__(self, text: str) -> None:
        super().__init__(text, soft_wrap=True, show_line_numbers=False, compact=True, classes="field",
                         tab_behavior="focus", highlight_cursor_line=False)  # fmt: skip
        self.places: Sequence[Place] = ()
        self.cursor_blink = False  # nothing blinks

    def mark(self, places: Sequence[Place]) -> None:
        """Mark these places."""
        if list(places) != list(self.places):
            self.places = list(places)
            self._line_cache.clear()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """The line, what must not be said underlined in red, what is doubtful in amber."""
        line = super().get_line(line_index)
        if self.places:
            start = sum(len(self.document.get_line(i)) + 1 for i in range(line_index))
            for first, last, weight in self.places:
                if first < start + len(line) and last > start:
                    line.stylize(MARKED[weight], max(0, first - start), last - start)
        return line


class Marker(Highlighter):
    """Marks the places of a field in its text."""

    def __init__(self, field: MarkedInput) -> None:
        self._field = field

    def highlight(self, text: Text) -> None:
        """Stylize what must not be said."""
        for start, end, weight in self._field.places:
            text.stylize(MARKED[weight], start, end)


class MarkedInput(StillInput):
    """A text of one line; a class named in it is marked at its place."""

    def __init__(self, text: str, placeholder: str, suggestions: Sequence[str] = ()) -> None:
        from textual.suggester import SuggestFromList

        suggester = SuggestFromList(suggestions, case_sensitive=False) if suggestions else None
        super().__init__(text, placeholder=placeholder, classes="field", suggester=suggester)
        self._suggestions = suggestions
        self.places: Sequence[Place] = ()
        self.highlighter = Marker(self)

    @property
    def meant(self) -> str:
        """The only suggestion that begins with what was typed; else what was typed."""
        begun = self.value.strip().casefold()
        found = [text for text in self._suggestions if text.casefold().startswith(begun)] if begun else []
        return found[0] if len(found) == 1 else self.value

    def mark(self, places: Sequence[Place]) -> None:
        """Mark these places."""
        if list(places) != list(self.places):
            self.places = list(places)
            self.refresh()


class Field(Vertical):
    """A label, its field, and a line below that says what the text means or who reads it."""

    DEFAULT_CSS = """
    Field {
        height: auto; margin-bottom: 1;
        & > Horizontal { height: auto; }
        & .label { width: 22; height: auto; padding: 0 1 0 0; color: $text-muted; }
        & .note { margin-left: 22; height: auto; color: $text-muted; }
        & .field {
            width: 1fr; padding: 0 1; background: $foreground 7%; border: none; border-left: outer $foreground 25%;
        }
        & .field:focus { background: $primary 15%; border-left: outer $primary; }
        & LongText { height: auto; min-height: 2; max-height: 7; }
        & Input { height: 1; }
        &.-wrong .note { color: $text-error; text-style: bold; }
    }
    """

    def __init__(self, field: FieldSpec, widget: Widget, on_change: Callable[[], None]) -> None:
        super().__init__(id=f"field-{field.name.replace('.', '-')}")
        self.field, self.widget = field, widget
        self._on_change = on_change
        self._label, self._note = Label(field.label), Note()

    def compose(self) -> ComposeResult:
        """Label and field side by side, the note below."""
        with Horizontal():
            yield self._label
            yield self.widget
        yield self._note

    @property
    def value(self) -> Any:
        """The field's content: text, code of a choice, or whether it is ticked."""
        if isinstance(self.widget, TextArea):
            return self.widget.text
        if isinstance(self.widget, MarkedInput):
            return self.widget.meant
        return getattr(self.widget, "value", None)

    def fill(self, value: Any) -> None:
        """Put something in."""
        if isinstance(self.widget, TextArea):
            self.widget.text = str(value)
        elif isinstance(self.widget, ChoiceField):
            self.widget.choose(str(value))
        elif isinstance(self.widget, (Input, FlagField)):
            self.widget.value = value
        if isinstance(self.widget, Input):
            self.widget.cursor_position = len(self.widget.value)  # else typing lands in the middle of what came in

    def note(self, text: str, wrong: bool = False) -> None:
        """The line below the field."""
        self.set_class(wrong, "-wrong")
        self._note.show(text)

    def on_descendant_focus(self) -> None:
        """The label shows it too, for a terminal without colours."""
        self._label.mark(True)

    def on_descendant_blur(self) -> None:
        """Another field has it now."""
        self._label.mark(False)
        if isinstance(self.widget, MarkedInput) and self.widget.meant != self.widget.value:
            self.fill(self.widget.meant)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Typed."""
        event.stop()
        self._on_change()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Typed."""
        event.stop()
        self._on_change()

    def on_changed(self, event: Changed) -> None:
        """Chosen or ticked."""
        event.stop()
        self._on_change()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.screen.focus_next()


NAMING = ("vpa", "customer", "date", "moment", "due")
"""Kinds of fields whose text is a name for something: one does not go on writing, one names another."""


def widget_for(field: FieldSpec, value: Any, choices: Mapping[str, str], members: Sequence[str]) -> Widget:
    """The widget that asks a field."""
    kind = field.spec.kind
    if kind in ("choice", "yes_no"):
        return ChoiceField(choices, str(value or "").replace(", ", ","), field.several)
    if kind == "flag":
        return FlagField(bool(value), field.spec.help)
    if kind == "long" or (field.spec.many and not field.commas):
        return LongText(str(value or ""))
    hints = {"date": "heute, mo, 24.12.", "moment": "mo 14:00, 24.12. 9:30", "due": "morgen, +3, mo 14:00, 24.12."}
    hint = hints.get(kind) or {"member": "Kürzel", "vpa": "Name oder Nummer", "customer": "Name oder Nummer"}.get(
        kind, ""
    )
    if field.spec.many:
        hint = "mehrere mit Komma"
    line = MarkedInput(str(value or ""), hint, members if kind == "member" else ())
    line.select_on_focus = kind in NAMING  # whoever or whichever day stands there is replaced by typing another
    return line
