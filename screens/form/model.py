"""A form without its widgets: which fields it asks, what their texts mean, what is missing, and saving."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.action.args import args_of, option_of, parse
from models.action.base import CATALOGUE, Action
from models.action.command import Command
from models.action.run import Outcome, check, run
from models.action.run import Verdict as Judged
from models.action.work import Session, Work
from models.ground import clock
from models.ground.errors import (
    AlreadyDoneError,
    ConflictError,
    DatabaseUnusableError,
    NotFoundError,
    SchichtError,
    UsageError,
)
from models.ground.vpa_text import Place, class_places, placeholder_places
from models.playbook import playbook
from models.playbook.refusals import Obstacle, RefusedError
from models.shared.entry_rules import template_names
from screens.form.choices import choices_for, default_tag
from screens.form.conflict import Conflict, Opened, edits_row, meet
from screens.form.members import Team
from screens.form.met import apart, passing
from screens.form.names import Called
from screens.form.spec import FieldSpec, Values, fields_of
from screens.tab.tab import Deed
from screens.widgets.checklist import Point

REASON = "despite"
"""Name of the field that passes warnings; no field of any action."""

OPTIONS = re.compile(r":? (?:mit )?--[\w-]+(?:,? (?:oder )?--[\w-]+)*")
"""Names of options in a sentence made for the command line."""

LASTING = "Das lässt sich nicht zurücknehmen."
"""What is said before something that `u` does not take back."""

WITH_LOG = {"kind": "log_kind", "situation": "log", "tag": "log_tag"}
"""Fields of an entry under the names they have where the entry is written on the side."""


@dataclass(frozen=True)
class Verdict:
    """What became of one of the things the form was for."""

    name: str
    outcome: Outcome | None = None
    error: SchichtError | None = None


class Asked(NamedTuple):
    """How a form stands."""

    points: tuple[Point, ...]
    """What is missing, and what has come in."""
    advice: tuple[str, ...]
    """What would make it better, once nothing is missing; and that it cannot be taken back."""
    passing: str = ""
    """The reason that passes the warnings, where nothing but warnings is left and each knows one."""


class FormModel:
    """Everything a form knows. `load`, `ask` and `save` read or write: call them in a thread."""

    def __init__(self, session: Session, deed: Deed, names: Mapping[Any, str] | None = None) -> None:
        """`names` tells in a bulk whose thing each id is."""
        self.session, self.deed = session, deed
        self.action = CATALOGUE[deed.code]
        self.names = dict(names or {})
        self.fields: list[FieldSpec] = []
        self.team = Team()
        """Whom a field for a member can name."""
        self.seen = deed.seen
        self.called = Called(session)
        """VPAs and customers by what was typed to name them."""
        self.conflict: Conflict | None = None
        """What others changed while the form was open, once a save has met it."""
        self.opened: Opened | None = None
        """The row as it stood when the form was opened, or when a save last met a conflict."""
        self._command = Command()
        self._seen_points: dict[tuple[str, str], Point] = {}
        self._presets: dict[str, Any] = {}
        self._allowed: dict[str, tuple[str, ...]] = {}
        self._places = {
            "class_named": self.named, "class_hinted": self.named,
            "placeholder_left": self.left_open, "placeholder_suspected": self.left_open,
        }  # fmt: skip
        """What finds the places that an obstacle is about."""

    # Reading

    def load(self) -> None:
        """Find out which fields matter; raises `SchichtError` where there is nothing to be done any more."""
        with self.session.store.connected():
            work = self.session.work()
            self.team = Team.read(work)
            wanted = self._relevant(work)
        specs = args_of(self.action)
        fixed = {*self.deed.values, *([self.deed.key] if self.deed.ids else [])}
        asked = [
            name
            for name in wanted
            if name in specs and name not in fixed and (specs[name].asked or not specs[name].positional)
        ]
        self.fields = [field for name in asked for field in fields_of(name, specs[name])]
        if self.seen is None and self.opened is not None and edits_row(self.fields, self.opened):
            self.seen = self.opened.version

    def _relevant(self, work: Work) -> Sequence[str]:
        """Names of the fields that matter; keeps what is preset and allowed for what it is about."""
        wanted: dict[str, None] = {}
        presets: list[dict[str, Any]] = []
        for key in self.deed.ids or (None,):
            action = self._instance({} if key is None else {self.deed.key: str(key)})
            try:
                target = action.load(work)
            except (UsageError, NotFoundError):
                # Some cannot be loaded before anything is filled in: ask everything, unless the thing itself has gone.
                if self.deed.ids and self.deed.key == "id":
                    continue
                target = action.known_target(work)
                if target is None and not any(s.required and not s.positional for s in args_of(self.action).values()):
                    return []
            except SchichtError:
                if not self.deed.ids:
                    raise
                continue  # it gets its verdict when the form is saved
            if not self.deed.ids:
                self.opened = Opened.of(target)
            wanted |= dict.fromkeys(action.asked(target))
            presets.append(action.presets(work, target))
            if target is not None:
                self._allow(action, target)
        first = presets[0] if presets else {}
        self._presets = {name: value for name, value in first.items() if all(p.get(name) == value for p in presets)}
        return list(wanted)

    def _allow(self, action: Action, target: Any) -> None:
        """Keep what each choice offers for all the things it is about."""
        for name in args_of(self.action):
            if codes := action.allowed(name, target):
                before = self._allowed.get(name, codes)
                self._allowed[name] = tuple(code for code in before if code in codes)

    def _instance(self, values: Mapping[str, Any]) -> Action:
        fixed = {**self.deed.values, **values}
        known = {f.name for f in dataclasses.fields(self.action)}
        if self.seen is not None and "seen" in known:
            fixed["seen"] = self.seen
        return self.action(**fixed)

    # Meaning

    def initial(self, field: FieldSpec) -> Any:
        """What stands in a field at first."""
        given = {**self._presets, **self.deed.preset}.get(field.name)
        if given is None:
            return False if field.spec.kind == "flag" else ""
        return (", " if field.commas else "\n").join(given) if isinstance(given, (tuple, list)) else given

    def choices(self, field: FieldSpec, values: Values) -> dict[str, str]:
        """What a choice offers now."""
        return choices_for(field.name, field.spec, self.deed, values, self._allowed.get(field.name, ()))

    def tag_for(self, values: Values) -> str:
        """The tag that goes with the kind of entry chosen."""
        return default_tag("kind", self.deed, values)

    def parse(self, field: FieldSpec, raw: Any) -> Any:
        """The value that a field's text means; `UsageError` with a German sentence if it means none."""
        spec = field.spec
        if spec.kind == "flag":
            return bool(raw)
        text = str(raw or "").strip()
        if spec.many:
            parts = text.split(",") if field.commas else text.splitlines()
            return tuple(part.strip() for part in parts if part.strip())
        if not text:
            return None
        if spec.kind in ("vpa", "customer"):
            if self.called.is_open(spec.kind, text):
                raise UsageError(f"„{text}“ passt zu mehreren")
            return self.called.key(spec.kind, text)
        return parse(spec, str(raw), self.session.clock.now())

    def meaning(self, field: FieldSpec, raw: Any) -> str:
        """A date typed in words, as a date; what is wrong with it; else nothing."""
        if field.spec.kind not in ("date", "moment", "due") or not str(raw or "").strip():
            return ""
        try:
            value = self.parse(field, raw)
        except UsageError as error:
            return error.message
        return clock.german_date(value) if field.spec.kind == "date" else clock.german_start(value)

    def build(self, values: Values, **more: Any) -> tuple[Action, dict[str, str]]:
        """The action as filled in, and a sentence for each field that means nothing."""
        parsed: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for field in self.fields:
            try:
                value = self.parse(field, values.get(field.name))
            except UsageError as error:
                wrong[field.name] = error.message
                continue
            if value is not None and field.part:
                name, _, item = field.name.partition(".")
                parsed[name] = (*parsed.get(name, ()), f"{item}={value}")
            elif value is not None:
                parsed[field.name] = value
        return self._instance({**parsed, **more}), wrong

    def reader(self, field: FieldSpec, values: Values) -> str:
        """Who will read a text: `vpa`, `kunde`, `note` or `intern`; empty where it is no text."""
        if field.spec.kind not in ("text", "long") or field.name == "about":
            return ""
        if self.deed.green and field.name not in ("reminder", "urgent_to"):
            return "vpa"
        action, _ = self.build(values)
        return action.reader(field.name)

    def named(self, field: FieldSpec, values: Values) -> list[Place]:
        """Where a text that a VPA can read names a class, or may do so (D-32)."""
        if self.reader(field, values) in ("", "intern"):
            return []
        return class_places(str(values.get(field.name) or ""))

    def left_open(self, field: FieldSpec, values: Values) -> list[Place]:
        """Where a text that a VPA can read still holds a placeholder, or may do so (K-23)."""
        if self.reader(field, values) in ("", "intern"):
            return []
        return placeholder_places(str(values.get(field.name) or ""), template_names())

    # What is missing

    def ask(self, values: Values) -> Asked:
        """What is missing, by the fields' labels, what has come in since, and what would make it better."""
        self.called.look_up(self.fields, values)
        action, wrong = self.build(values, **self._one())
        wrong |= self._required(values)
        now: dict[tuple[str, str], Point] = {
            (name, text): Point(f"{self._label(name)}: {text}" if text else self._label(name))
            for name, text in wrong.items()
        }
        verdict = self._judge(action, values)
        for obstacle in apart(verdict.obstacles, {field.label for field in self.fields}):
            name = self._field_of(obstacle, values)
            if name in wrong:
                continue  # said already, nearer to what was typed
            text = self._wanted(obstacle, name, values)
            warned = obstacle.weight == "warn"
            key = "" if name else obstacle.text.key
            now.setdefault((name, text), Point(text, key=key, warn=warned))
        self._seen_points |= now
        points = tuple(
            now.get(key) or dataclasses.replace(point, done=True, key="")
            for key, point in self._seen_points.items()
            if key in now or (values.get(key[0]) and key[0] not in wrong)
        )
        stopped = any(not point.warn for point in now.values())
        hints = () if stopped else tuple(f"{hint.message} ({hint.rule})" for hint in verdict.hints)
        return Asked(points, hints if self.action.undoable else (*hints, LASTING), passing(verdict.obstacles, stopped))

    def _required(self, values: Values) -> dict[str, str]:
        """Fields that must be filled in before the rules can judge."""
        return {field.name: "" for field in self.fields if field.spec.required and not values.get(field.name)}

    def _one(self) -> dict[str, Any]:
        return {self.deed.key: str(self.deed.ids[0])} if self.deed.ids else {}

    def _judge(self, action: Action, values: Values) -> Judged:
        missing = self._file_missing(values)
        if not missing:
            return self._checked(action, values)
        # Whichever file it will be, the other things are wanted too: judge them as if it were the internal one.
        assumed = {**values, missing: "oteam"}
        others = self._checked(self.build(assumed, **self._one())[0], assumed).obstacles
        wanted = Obstacle("kind_missing", "K-01", detail=missing)
        return Judged((wanted, *(obstacle for obstacle in others if obstacle.code != "role_reader")))

    def _checked(self, action: Action, values: Values) -> Judged:
        with self.session.store.connected():
            try:
                return check(self.session, dataclasses.replace(action, seen=None))  # a conflict is for the save to meet
            except RefusedError as refused:
                return Judged(refused.obstacles)
            except (UsageError, NotFoundError) as error:
                if self._required(values) or self.build(values)[1]:
                    return Judged()  # what is missing is listed already
                raise type(error)(OPTIONS.sub("", error.message)) from error

    def _file_missing(self, values: Values) -> str:
        """A customer has two files: which one must be said before the rules can judge the entry."""
        names = [field.name for field in self.fields]
        if "file" in names and not values.get("file"):
            return "file"
        return "log_file" if "log_file" in names and values.get("log") and not values.get("log_file") else ""

    def _field_of(self, obstacle: Obstacle, values: Values) -> str:
        """Name of the field that supplies what is missing; empty where none does."""
        if obstacle.detail in ("file", "log_file"):
            return obstacle.detail
        if found := [field.name for field in self.fields if field.label == obstacle.detail]:
            return found[0]
        if places := self._places.get(obstacle.code):
            marked = ((field.name, places(field, values)) for field in self.fields)
            return next((name for name, found in marked if any(p.weight == obstacle.weight for p in found)), "")
        if obstacle.code == "instruction_missing":
            return "item.instruction"
        option = obstacle.text.option.partition(" ")[0].removeprefix("--")
        options = {option_of(field.name, field.spec): field.name for field in self.fields}
        return options.get(option) or options.get(WITH_LOG.get(option, "").replace("_", "-"), "")

    def _wanted(self, obstacle: Obstacle, name: str, values: Values) -> str:
        """The line of the checklist: the field's label, and more where that alone does not say it."""
        if name and obstacle.detail == name:
            return self._label(name)
        if name and obstacle.detail == self._label(name):
            return f"{self._label(name)} ({obstacle.rule})"
        missing = obstacle.missing[:1].upper() + obstacle.missing[1:]
        if not name:
            return f"{missing} ({obstacle.rule})"
        plain = obstacle.code.endswith("_missing") and " " not in obstacle.text.option and not obstacle.detail
        if plain or missing.casefold() == self._label(name).casefold():
            return f"{self._label(name)} ({obstacle.rule})"
        return f"{self._label(name)}: {obstacle.missing} ({obstacle.rule})"

    def _label(self, name: str) -> str:
        return next((field.label for field in self.fields if field.name == name), name)

    # Saving

    def save(self, values: Values) -> list[Verdict]:
        """Do it, for each id by itself; every one gets its verdict. Other errors than our own come through.

        After a lost database the same command id is used again, so that nothing is done twice (DESIGN law 8).
        """
        self.called.look_up(self.fields, values)
        _, wrong = self.build(values, **self._one())
        if missing := self._required(values):
            raise UsageError(f"Es fehlt noch: {', '.join(map(self._label, missing))}.")
        if wrong:
            raise UsageError(" ".join(wrong.values()))
        with self.session.store.connected():
            return [self._save_one(step, key, values) for step, key in enumerate(self.deed.ids or (None,))]

    def _save_one(self, step: int, key: Any, values: Values) -> Verdict:
        action, _ = self.build(values, **({} if key is None else {self.deed.key: str(key)}))
        command = Command(self._command.id, step)
        name = self.names.get(key, "")
        try:
            outcome = run(self.session, action, despite=values.get(REASON) or None, command=command)
        except (ConflictError, AlreadyDoneError) as error:
            if key is None:  # the next save is meant for the row as it is shown from now on
                over = isinstance(error, AlreadyDoneError)
                self.opened, self.conflict = meet(self.session.work(), self.opened, self.action, self.fields, over)
                self.seen = self.opened.version if self.opened is not None else None
            return Verdict(name, error=error)
        except DatabaseUnusableError:
            raise  # the form stays open as it is, with the id of its command
        except SchichtError as error:
            return Verdict(name, error=error)
        return Verdict(name or outcome.result.title, outcome)


def reader_words(reader: str) -> str:
    """`▲ liest: VPA`"""
    if reader in ("", "intern"):
        return "■ intern" if reader else ""
    kind = playbook().kinds["reader"].get(reader)
    if kind is None:
        return ""
    text = kind.label[:1].lower() + kind.label[1:]
    return f"{kind.symbol} {text}".strip()
