"""Answers on the way out: JSON for programs, plain German text for people. Nothing that acts on a terminal."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, TextIO

from models.ground import clock
from models.ground.text import clean_output, json_line
from tui.cli.streams import write
from tui.cli.titles import TITLES

SAMPLE = 200
"""Rows looked at to find a table's widths; later ones may be wider."""

WIDEST = 48


INDENT = 4
"""Columns by which the lines of a list inside an object are set in."""

GROUPS: dict[str, tuple[str, ...]] = {
    "kind": ("case_kind", "subject", "assignment_kind", "outbox_kind"),
    "state": ("case_state", "reminder_state", "flag_state", "task_state", "handover_state", "outbox_state"),
    "findings": ("finding",),
    "measure": ("measure",),
    "outcome": ("outcome",),
    "stage": ("stage",),
    "file": ("file",),
    "origin": ("origin",),
    "how": ("outbox_how",),
    "roles": ("role",),
    "status": ("customer_status",),
    "pattern": ("pattern",),
    "type": ("subject",),
    "from": ("sender",),
    "tags": ("task_tag",),
    "effort": ("effort",),
    "reason": ("absence_reason",),
    "reasons": ("watch_reason",),
    "reason_kind": ("reason_kind",),
    "reader": ("reader",),
    "subjects": ("subject",),
    "checklist": ("starterkit_state",),
}
"""Groups of the playbook in which a field's codes are looked up."""


def print_json(thing: dict[str, Any]) -> None:
    """One object, one line. Raises `ReaderGoneError`, `AnswerLostError`."""
    write(json_line(thing) + "\n", sys.stdout)


def print_text(text: str, stream: TextIO | None = None) -> None:
    """Text for a person. Raises `ReaderGoneError`, `AnswerLostError`."""
    write(clean_output(text).rstrip("\n") + "\n", stream or sys.stdout)


def plain(value: Any, field: str = "", of: Mapping[str, Any] = MappingProxyType({})) -> str:
    """A value as a person reads it; `field` and the object it is of tell which code it may be."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime):
        return clock.german_moment(value)
    if isinstance(value, dt.date):
        return clock.german_date(value)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, list | tuple):
        lines = [plain(one, field, of) for one in value]
        if value and isinstance(value[0], dict):
            return "".join(f"\n{' ' * INDENT}{line}" for line in lines)
        return ", ".join(lines) or "–"
    if isinstance(value, dict):
        known = ((key, one) for key, one in value.items() if one not in (None, "", [], {}))
        return ", ".join(f"{title(key)} {plain(one, key, value)}" for key, one in known) or "–"
    return _word(value, field, of) if isinstance(value, str) else str(value)


def _word(text: str, field: str, of: Mapping[str, Any]) -> str:
    """The German label of a code; any other text as it is. A subject is named."""
    from models.playbook import playbook

    if field in ("subject", "about") and ":" in text:
        return _subject(text)
    if field == "action":
        from models.shift.report.naming import deed_label

        return deed_label(text)
    groups = (f"entry_{of['file']}",) if field == "kind" and of.get("file") else GROUPS.get(field, ())
    kinds = playbook().kinds
    return next((kinds[group][text].label for group in groups if text in kinds[group]), text)


def _subject(text: str) -> str:
    """A VPA or customer by name, a day by its date, anything else as „Case 12“."""
    from models.playbook import playbook

    noun, _, key = text.partition(":")
    if noun in ("vpa", "customer"):
        from models.action.subjects import name_of

        return name_of(text)
    if noun == "day":
        return clock.german_date(dt.date.fromisoformat(key))
    kinds = playbook().kinds["subject"]
    return f"{kinds[noun].label} {key}" if noun in kinds else text


def title(key: str) -> str:
    """German title of a field, where it has one."""
    if key in TITLES:
        return TITLES[key]
    from models.playbook import playbook

    return playbook().label("field", key)


def as_text(thing: dict[str, Any]) -> str:
    """One object: a line for each field; who is named has their id behind the name."""
    named = {key: f"{key}_name" for key in thing if thing.get(f"{key}_name")}
    keys = {name: key for key, name in named.items()}
    lines = [
        (title(key), plain(value, key, thing) + (f" ({thing[keys[key]]})" if key in keys else ""))
        for key, value in thing.items()
        if key not in named
    ]
    width = max((len(head) for head, _ in lines), default=0)
    return "\n".join(f"{head:<{width}}  {text}" for head, text in lines)


def print_table(things: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> None:
    """A list: aligned columns, one line each."""
    # Cleaned before it is measured, and one line each: a cell must not push the others about.
    rows = ([_cell(thing, name) for name in columns] for thing in things)
    first = list(islice(rows, SAMPLE))
    if not first:
        print_text("Nichts da.")
        return
    head = [title(name) for name in columns]
    widths = [min(WIDEST, max(len(row[i]) for row in [head, *first])) for i in range(len(columns))]
    for row in (head, *first):
        print_text(_line(row, widths))
    for row in rows:
        print_text(_line(row, widths))


def _cell(thing: dict[str, Any], name: str) -> str:
    return " ".join(clean_output(plain(thing.get(name), name, thing)).split())


def _line(row: list[str], widths: list[int]) -> str:
    cut = (cell if len(cell) <= width else f"{cell[: width - 1]}…" for cell, width in zip(row, widths, strict=True))
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cut, widths, strict=True)).rstrip()
