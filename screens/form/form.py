"""The one form of the program: made from an action's fields, never closed by a refusal, nothing typed ever lost."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer

from models.action.args import Arg
from models.ground.errors import AlreadyDoneError, ConflictError, OutcomeUnknownError, SchichtError
from models.playbook import playbook
from models.playbook.refusals import RefusedError
from screens.form.at_work import AtWork
from screens.form.choices import chosen_before
from screens.form.fields import ChoiceField, Field, LongText, MarkedInput, widget_for
from screens.form.marks import complaint
from screens.form.merge import Differences, Merge
from screens.form.model import REASON, Asked, FormModel, Verdict, reader_words
from screens.form.parts import Advice, Explained, Heading, Keys, Status, Title
from screens.form.spec import FieldSpec, Values
from screens.form.templates import FIELD, template_key, template_text
from screens.tab.tab import Deed
from screens.widgets.background import Latest
from screens.widgets.checklist import Checklist

DESPITE = FieldSpec(REASON, "Begründung", Arg("Begründung", "long", help="Warum es trotzdem geschieht."), "")


class FormResult:
    """How a form ended."""

    def __init__(self, deed: Deed, verdicts: list[Verdict] | None, values: Values, unsure: bool = False) -> None:
        self.deed, self.verdicts, self.values = deed, verdicts, values
        """`verdicts` is None where the member went back without saving."""
        self.unsure = unsure
        """Whether a save was still on its way then, or its outcome unknown."""


class FormScreen(ModalScreen[FormResult]):
    """A form over the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Speichern", id="form.save"),
        Binding("escape", "leave", "Zurück"),
        Binding("f1", "help", "Hilfe"),
        Binding("f4", "pass_on", "Trotzdem", id="form.despite"),
    ]
    PATIENCE: ClassVar[float] = 0.12
    """Seconds without a key before the checklist is asked for."""

    DEFAULT_CSS = """
    FormScreen {
        align: center middle; background: $background 70%;
        & #form {
            width: 100; max-width: 100%; height: auto; max-height: 94%; padding: 0 1;
            border: round $primary; background: $surface;
        }
        & #form-title { text-style: bold; height: auto; margin: 0 1 1 1; }
        & #form-at-work, & #form-differences { height: auto; display: none; margin: 0 1 1 1; }
        & #form-body { height: auto; }
        & #form-fields { width: 62; height: auto; max-height: 74vh; margin: 0 1; scrollbar-size-vertical: 1; }
        &.-told #form-fields { max-height: 58vh; }
        & #form-side { width: 1fr; height: auto; padding: 0 1; border-left: solid $foreground 20%; }
        & .form-group { margin: 0 0 1 0; color: $text-muted; text-style: bold; }
        & #form-status { margin: 1 1 0 1; height: auto; display: none; }
        & #form-keys { margin: 1 1 0 1; height: 1; color: $text-muted; }
        &.-narrow #form { width: 100%; height: 100%; max-height: 100%; border: none; }
        &.-narrow #form-body { layout: vertical; height: 1fr; }
        &.-narrow #form-fields { width: 100%; height: 1fr; max-height: 100%; }
        &.-narrow #form-side { width: 100%; border-left: none; border-top: solid $foreground 20%; max-height: 45%; }
        &.-narrow #form-keys { margin: 0 1; }
        &.-narrow #form-status { margin: 0 1; }
        &.-narrow #form-title, &.-narrow #form-at-work, &.-narrow #form-differences { margin: 0 1; }
    }
    """

    def __init__(self, model: FormModel, draft: Values | None = None) -> None:
        """`draft` is what stood in the fields when the same form was left the last time."""
        super().__init__()
        self.model = model
        self._draft = draft
        self._checks: Latest[Asked] = Latest(self, "form-check")
        self._work: Latest[Any] = Latest(self, "form-work")
        self._timer: Timer | None = None
        self._fields: dict[str, Field] = {}
        self._merge = Merge(model, self._fields, self._check)
        self._tag_given = ""
        self._untouched: Values = {}
        self._asked: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._warned, self._passing = False, ""
        """Whether nothing but warnings is left, and the reason that passes them."""
        self._template = ""
        self._template_key: tuple[Any, ...] = ()
        self._unsure = False
        """Whether something may have been saved that nobody has confirmed."""
        self.opening = True
        """Whether the fields are still on their way: keys wait for them."""

    def compose(self) -> ComposeResult:
        """Title, fields beside the checklist, what happened, the keys."""
        with self._merge:
            yield Title(self.model.deed.title)
            yield AtWork(self.model.session, self.model.deed.subjects)
            yield Differences()
            with Horizontal(id="form-body"):
                fields = VerticalScroll(id="form-fields", can_focus=False)
                yield fields
                with VerticalScroll(id="form-side", can_focus=False):
                    yield Checklist()
                    yield Advice()
            yield Status()
            yield Keys()

    def on_mount(self) -> None:
        """Find out which fields matter; a toast would lie over them, and is kept in the list of messages."""
        self.app.clear_notifications()
        self._work.start(self._load, lambda _: self._build(), self._failed)

    def _load(self) -> None:
        self.model.load()

    def on_resize(self, event: events.Resize) -> None:
        """One column where two do not fit."""
        self.set_class(event.size.width < 96 or event.size.height < 22, "-narrow")

    # Fields

    def _build(self) -> None:
        area = self.query_one("#form-fields")
        values = {field.name: self.model.initial(field) for field in self.model.fields} | (self._draft or {})
        group = ""
        widgets: list[Any] = [] if self.model.fields else [Explained(playbook().say(self.model.action.help))]
        for field in (*self.model.fields, DESPITE):
            if field.group and field.group != group:
                widgets.append(Heading(field.group))
            group = field.group
            choices = self.model.choices(field, values) if field.spec.kind in ("choice", "yes_no") else {}
            widget = widget_for(field, values.get(field.name), choices, self.model.team.kuerzel)
            self._fields[field.name] = Field(field, widget, self._changed)
            widgets.append(self._fields[field.name])
        self._fields[REASON].display = bool(values.get(REASON))
        area.mount_all(widgets)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._untouched = self.values
        first = next((field.widget for field in self._fields.values() if field.display), None)
        if first is not None and self.focused is None:
            self.set_focus(first)
        self.opening = False
        self.query_one(AtWork).begin()
        self._show_notes()
        self._check()

    @property
    def values(self) -> Values:
        """What stands in the fields."""
        return {name: field.value for name, field in self._fields.items()}

    def _changed(self) -> None:
        """Something was typed: an old refusal goes, and a moment after the last key what is missing is asked again."""
        self.query_one(Status).show("")
        self._show_notes()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self.PATIENCE, self._check)

    def _show_notes(self) -> None:
        values = self.values
        for name, field in self._fields.items():
            spec = field.field
            if isinstance(field.widget, ChoiceField):
                field.widget.offer(self.model.choices(spec, values))
                if spec.spec.choices == "entry":
                    field.note(chosen_before(spec, self.model.deed, self.model.initial(spec), values))
            elif name == REASON:
                field.note(f"{spec.spec.help} F4: trotzdem, weil …")
            elif isinstance(field.widget, (LongText, MarkedInput)):
                named, left = self.model.named(spec, values), self.model.left_open(spec, values)
                field.widget.mark(sorted((*named, *left)))
                field.note(*self._note(spec, values, complaint(named, left)))
            if words := self._merge.words(name):
                field.note(words, wrong=field.has_class("-wrong"))
        self._offer_tag(values)
        self._offer_template(values)

    def _note(self, field: FieldSpec, values: Values, complaint: str) -> tuple[str, bool]:
        """What stands below a field, and whether it complains."""
        reader = reader_words(self.model.reader(field, values))
        if complaint:
            return f"{reader} · {complaint}", True
        if meaning := self.model.meaning(field, values.get(field.name)):
            return meaning, meaning.startswith("Das ist")
        if field.spec.kind in ("vpa", "customer"):
            self._name_candidates(field, str(values.get(field.name) or "").strip())
            return self._named.get(field.name, field.spec.help), False
        if field.spec.kind == "member":
            typed, what = str(values.get(field.name) or ""), field.spec.help.removeprefix("Kürzel; ")
            who = self.model.team.hint(field.spec, typed)
            return (f"{what[:1].upper()}{what[1:]} {who}" if what and not typed else who), False
        return " · ".join(part for part in (reader, field.spec.help) if part), False

    def _name_candidates(self, field: FieldSpec, text: str) -> None:
        """Say below the field whom the text names."""
        if self._asked.get(field.name) == text:
            return
        self._asked[field.name] = text
        if not text:
            self._named[field.name] = field.spec.help
            return

        def found(candidates: list[tuple[str, str]]) -> None:
            if self._asked[field.name] != text:
                return  # typed on meanwhile: a late answer is about less than stands there
            self._named[field.name] = _candidates(candidates)
            self._fields[field.name].note(self._named[field.name], wrong=not candidates)

        Latest[list[tuple[str, str]]](self, f"name-{field.name}").start(
            lambda: self.model.called.candidates(field.spec.kind, text), found, self._check_failed
        )

    def _offer_tag(self, values: Values) -> None:
        """The kind of entry brings its tag, until somebody writes another one (K-09)."""
        tags = self._fields.get("tag")
        if tags is None or "kind" not in self._fields:
            return
        tag = self.model.tag_for(values)
        if tag and tag != self._tag_given and values["tag"] in ("", self._tag_given):
            self._tag_given = tag
            tags.fill(tag)

    def _offer_template(self, values: Values) -> None:
        """The fitting Chatvorlage, until somebody writes a text of their own (K-22)."""
        if FIELD not in self._fields or not self.model.action.offers_letter:
            return
        key = template_key(self.model, values)
        if key == self._template_key:
            return
        self._template_key = key
        model = self.model
        Latest[str](self, "template").start(
            lambda: template_text(model, values),
            self._fill_template,
            self._check_failed,
        )

    def _fill_template(self, text: str) -> None:
        if text and self._fields[FIELD].value in ("", self._template):
            self._template = text
            self._fields[FIELD].fill(text)

    # What is missing

    def _check(self) -> None:
        values = self.values
        self._checks.start(lambda: self.model.ask(values), self._show_asked, self._check_failed)

    def _show_asked(self, asked: Asked) -> None:
        self.query_one(Checklist).show(asked.points)
        self.query_one(Advice).show(asked.advice)
        missing = [point for point in asked.points if not point.done]
        warned = bool(missing) and all(point.warn for point in missing)
        self._warned, self._passing = warned, asked.passing
        if warned or self._fields[REASON].value:
            self._fields[REASON].display = True
            if self.focused is None:  # the only field there is, as when the day is closed
                self._fields[REASON].widget.focus()

    def _check_failed(self, error: Exception) -> None:
        """The checklist cannot be had just now; saving will tell why."""
        self.query_one(Status).show(_sentence(error), "$text-error")

    # Saving and leaving

    def action_save(self) -> None:
        """Save; a refusal keeps the form open with everything typed."""
        if not self._fields or self._work.busy or self._merge.met_just_now:
            return
        values = self.values
        self.query_one(Status).show("Wird gespeichert …", "$text-muted")
        self._work.start(lambda: self.model.save(values), self._saved, self._failed)

    def action_pass_on(self) -> None:
        """„trotzdem, weil …“: save with the reason that passes the warnings, or ask for one where none is known."""
        reason = self._fields.get(REASON)
        if reason is None or not (self._warned or reason.value):
            self.query_one(Status).show("Hier warnt nichts: Strg+S speichert.", "$text-muted")
            return
        reason.display = True
        if not reason.value and self._passing:
            reason.fill(self._passing)
        if reason.value:
            self.action_save()
        else:
            reason.widget.focus()

    def _saved(self, verdicts: list[Verdict]) -> None:
        if any(verdict.outcome for verdict in verdicts):
            self.dismiss(FormResult(self.model.deed, verdicts, self.values))
            return
        self._unsure = False
        error = next(verdict.error for verdict in verdicts if verdict.error)
        if isinstance(error, RefusedError) and all(o.weight == "warn" for o in error.obstacles):
            self._fields[REASON].display = True
            self._fields[REASON].widget.focus()
        self.app.clear_notifications()  # an older toast would lie over the refusal
        said = error.line if isinstance(error, RefusedError) else error.message  # the checklist beside says the rest
        self.query_one(Status).show(said, "bold $text-error")
        if isinstance(error, (AlreadyDoneError, ConflictError)) and self.model.conflict is not None:
            self._merge.meet(self.model.conflict, self._untouched)
            self._show_notes()
        self._check()

    def _failed(self, error: Exception) -> None:
        """Reading or saving failed; what was typed stays."""
        self.opening = False
        self._unsure = self._unsure or isinstance(error, OutcomeUnknownError)
        if not self._fields:
            self.dismiss(FormResult(self.model.deed, [Verdict("", error=_own(error))], {}))
            return
        self.query_one(Status).show(_sentence(error), "bold $text-error")

    @property
    def unsaved(self) -> bool:
        """Whether something was typed, now or before the form was left the last time; what the form has put in by
        itself is nothing a member could miss.
        """
        own = {"tag": self._tag_given, FIELD: self._template}
        typed = {
            name: self._untouched.get(name) if value and value == own.get(name) else value
            for name, value in self.values.items()
        }
        return bool(typed) and (typed != self._untouched or bool(self._draft))

    def action_leave(self) -> None:
        """Go back without saving; what was typed comes back with the same form."""
        if self._fields and self._work.busy and not self._unsure:
            self._unsure = True
            self.query_one(Status).show("Noch steht nicht fest, ob es gespeichert ist. Esc noch einmal geht zurück.")
            return
        self.dismiss(FormResult(self.model.deed, None, self.values if self.unsaved else {}, self._unsure))

    def action_help(self) -> None:
        """How a form is used."""
        self.query_one(Status).show(
            "Tab geht von Feld zu Feld. In einer Auswahl wählen Pfeile oder Anfangsbuchstaben, Leertaste kreuzt an. "
            "Daten: heute, morgen, +3, mo, 24.12. Strg+S speichert, Esc geht zurück.",
            "$text-muted",
        )


def _candidates(found: list[tuple[str, str]]) -> str:
    """Whom a text names, or may name."""
    if not found:
        return "niemand heißt so"
    names = [f"{name} ({key})" for key, name in found[:4]]
    return f"→ {names[0]}" if len(found) == 1 else f"{' · '.join(names)}: Tippe weiter oder die Nummer."


def _sentence(error: Exception) -> str:
    """What a member reads about any failure."""
    if isinstance(error, SchichtError):
        return error.message
    return "Die Datenbank antwortet nicht. Was du geschrieben hast, bleibt stehen; Strg+S versucht es noch einmal."


def _own(error: Exception) -> SchichtError:
    return error if isinstance(error, SchichtError) else SchichtError(_sentence(error))
