"""The fields of an Action: what a form and a command line have to know about each."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models.ground import clock
from models.ground.errors import UsageError
from models.ground.text import id_text, is_unseen, readable_text

Kind = Literal["text", "long", "date", "moment", "due", "flag", "yes_no", "choice", "member", "vpa", "customer", "id"]


@dataclass(frozen=True)
class Arg:
    """How a field of an Action is asked for."""

    label: str
    """German label of the form."""
    kind: Kind = "text"
    choices: str = ""
    """For `choice`: the group of labels in the playbook."""
    many: bool = False
    """May be given several times; its value is a tuple."""
    asked: bool = False
    """For an argument of the command: a form asks for it all the same."""
    positional: bool = False
    """On the command line an argument, not an option."""
    option: str = ""
    """Name of the option where it is not the field's own name."""
    strict: bool = False
    """A value outside the choices is wrong usage (it has no obstacle code of its own)."""
    required: bool = False
    """Leaving it out is wrong usage."""
    help: str = ""
    """One German sentence for form and `--help`."""
    values: tuple[str, ...] = ()
    """The codes a choice may have."""
    separated: bool = False
    """Whether a `|` in it stands between several: then none of them can hold one."""
    kept: bool = True
    """Whether the history keeps what was given."""
    role: str = ""
    """Role of the member that the field names; empty: anybody's."""
    oneself: bool = False
    """Whether it makes sense to name oneself."""
    column: str | None = None
    """Column of the row that it changes, where that has another name; empty: the field changes none."""


def arg(
    label: str,
    kind: Kind = "text",
    *,
    default: Any = dataclasses.MISSING,
    **more: Any,
) -> Any:
    """Declare a field of an Action; without a value it is None (False for a flag, () for many)."""
    spec = Arg(label, kind, **more)
    if default is dataclasses.MISSING:
        default = False if kind == "flag" else () if spec.many else None
    return dataclasses.field(default=default, metadata={"arg": spec})


def args_of(action: type[Any]) -> dict[str, Arg]:
    """The declared fields of an Action class, in the order of thinking."""
    return {f.name: f.metadata["arg"] for f in dataclasses.fields(action) if "arg" in f.metadata}


def option_of(name: str, spec: Arg) -> str:
    """The option's name on the command line, without dashes."""
    return spec.option or name.replace("_", "-")


def _date(text: str, now: dt.datetime | None) -> dt.date:
    """As people say it where the day is known: heute, +3, mo, 24.12.; what is kept is written in full."""
    try:
        return clock.parse_date(text) if now is None else clock.spoken_date(text, clock.day_of(now))
    except ValueError as error:
        raise UsageError(f"„{text}“: {error}") from error


def _moment(spec: Arg, text: str, now: dt.datetime | None) -> Any:
    """As `_date`, with a time or without."""
    parse: Callable[[str], Any] = clock.parse_due if spec.kind == "due" else clock.parse_moment
    try:
        return parse(text)
    except ValueError as error:
        if now is None:
            raise UsageError(f"„{text}“: {error}") from error
    try:
        return clock.spoken_moment(text, now)
    except ValueError as error:
        raise UsageError(f"„{text}“: {error}") from error


def _yes_no(spec: Arg, text: str) -> bool | None:
    """`yes` or `no` (or German); anything else is no answer, or wrong usage where the field is strict."""
    answer = {"yes": True, "ja": True, "no": False, "nein": False}.get(text.casefold())
    if answer is None and spec.strict:
        raise UsageError(f"„{text}“ ist keine Antwort. Möglich ist: yes, no.")
    return answer


def parse(spec: Arg, text: str, now: dt.datetime | None = None) -> Any:
    """One given text as the field's value; blank to the eye is None. Raises `UsageError` for a malformed one.

    With `now` dates are taken as people say them.
    """
    if is_unseen(text):
        return None
    if spec.kind in ("long", "text"):
        return readable_text(text)
    text = id_text(text)
    if spec.kind == "date":
        return _date(text, now)
    if spec.kind in ("moment", "due"):
        return _moment(spec, text, now)
    if spec.kind == "yes_no":
        return _yes_no(spec, text)
    if spec.strict and spec.values and text not in spec.values:
        raise UsageError(f"„{text}“ gibt es hier nicht. Möglich ist: {', '.join(spec.values)}.")
    return text


def _parts(spec: Arg, text: str) -> list[str]:
    """What was given at once but is several: the `|` stands between tags on the platform."""
    return text.split("|") if spec.separated else [text]


def from_texts(action: type[Any], given: Mapping[str, Any], now: dt.datetime | None = None) -> dict[str, Any]:
    """Texts, tuples of texts and flags, by field name, as the Action's typed values; with `now` dates as spoken."""
    values: dict[str, Any] = {}
    for name, spec in args_of(action).items():
        if name not in given or given[name] is None:
            continue
        value = given[name]
        if spec.kind == "flag":
            values[name] = bool(value)
        elif spec.many:
            parsed = (parse(spec, text, now) for one in value for text in _parts(spec, one))
            values[name] = tuple(one for one in parsed if one is not None)
        else:
            values[name] = parse(spec, value, now)
    for name, spec in args_of(action).items():
        if spec.required and values.get(name) in (None, ()):
            raise UsageError(f"Es fehlt: {spec.label} (--{option_of(name, spec)}).")
    return values


def to_texts(action: Any) -> dict[str, Any]:
    """The given fields of an Action as texts again, so that they can be kept and read back by `from_texts`."""
    texts: dict[str, Any] = {}
    for name, spec in args_of(type(action)).items():
        value = getattr(action, name)
        if not spec.kept or value is None or value == () or (spec.kind == "flag" and not value):
            continue
        if spec.kind == "yes_no":
            texts[name] = "yes" if value else "no"
        elif spec.many:
            texts[name] = list(value)
        elif isinstance(value, dt.date):  # a moment is one too
            texts[name] = value.isoformat()
        else:
            texts[name] = value
    return texts
