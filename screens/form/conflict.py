"""What others did to a row while its form was open: field by field what stood there, what stands there now, and who.

Reads; call it in a thread, with a connection.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.action.args import args_of
from models.action.base import CATALOGUE, Action
from models.action.work import Work, key_of, table
from models.database.fields import BaseModel, Versioned
from models.ground import clock
from models.playbook import playbook
from models.tables.history import History
from screens.form.spec import FieldSpec
from screens.words import label, moment_word

NOTHING = "–"

LOOKED_BACK = 20
"""Rows of the history that are asked who it was."""

STATES = {"case": "case_state", "reminder": "reminder_state", "flag": "flag_state", "task": "task_state",
          "handover": "handover_state"}  # fmt: skip

COLUMNS = {
    "state": "Stand", "contacted_at": "angeschrieben", "measure": "Ergebnis", "note": "Notiz", "owner": "bei",
    "resolved_at": "erledigt", "workable_from": "bearbeitbar ab", "findings": "Befund", "due": "fällig",
    "reason": "Grund", "outcome": "Ergebnis", "accepted_at": "angenommen", "done_at": "entfernt", "title": "Titel",
    "informed_at": "VPA Manager informiert", "removed_at": "entfernt", "vpa": "VPA", "hours": "Stunden",
    "deadline": "Deadline", "tags_checked": "Tags geprüft", "released_at": "Ablehnen freigegeben",
    "offered_at": "ausgeschrieben", "declined_at": "abgelehnt", "reason_kind": "Grund", "questions": "Rückfragen",
    "talks": "Gespräche", "measures": "Maßnahmen", "successor": "Nachfolger", "effort": "Aufwand",
    "refund": "Erstattung", "proposed_at": "vorgeschlagen", "decided_at": "entschieden", "remark": "Anmerkung",
    "informed_on": "Kunde informiert", "training_wanted": "Einarbeitung", "training_done_on": "eingearbeitet am",
    "closed_at": "abgeschlossen", "status": "Status", "name": "Name", "tags": "Aufgabentags", "roles": "Rollen",
    "login": "Anmeldung",
}  # fmt: skip
"""Columns that say something to a member, in their words; all others are the program's own affair."""


class Opened(NamedTuple):
    """The row that a form is about, as it stood at a moment."""

    model: type[BaseModel]
    key: Any
    version: int
    values: dict[str, Any]
    """By column; what is kept in one column as several things, each by its own name."""

    @classmethod
    def of(cls, row: Any) -> Opened | None:
        """Of a row that counts its changes; None for anything else."""
        if not isinstance(row, Versioned):
            return None
        return cls(type(row), key_of(row), row.version, _apart(row.__data__))

    def again(self) -> Opened | None:
        """The same row as it stands now; None where it has gone."""
        primary: Any = self.model._meta.primary_key
        return Opened.of(self.model.get_or_none(primary == self.key))


def _apart(columns: Mapping[str, Any]) -> dict[str, Any]:
    """`details` and `checklist` hold several things, each under the name of its field."""
    found = {name: value for name, value in columns.items() if name not in ("details", "checklist")}
    found |= {name: value for name, value in (columns.get("details") or {}).items() if not isinstance(value, dict)}
    return found | {f"item.{name}": value for name, value in (columns.get("checklist") or {}).items()}


@dataclass(frozen=True)
class Clash:
    """One thing that is another one now."""

    label: str
    seen: str
    """What stood there when the form was opened, in words."""
    now: str
    by: str
    """Who did it and when: `TOM, 14:02`."""
    field: str = ""
    """The field that asks for it; empty where none does."""
    before: Any = ""
    """What the field shows for what stood there."""
    value: Any = ""
    """What the field shows for what stands there now."""


@dataclass(frozen=True)
class Conflict:
    """Everything that others changed."""

    by: str
    """Who was last, when and with what: `TOM, 14:02 („Kontakt festhalten“)`."""
    clashes: tuple[Clash, ...]
    over: bool = False
    """Whether nothing can be saved any more: it is done already."""


def news(work: Work, opened: Opened | None) -> str:
    """Who has changed the row since, when and with what; empty while nobody has."""
    now = opened.again() if opened is not None else None
    if opened is None or now is None or now.version == opened.version:
        return ""
    return _Who(work, now).newest


def meet(
    work: Work, opened: Opened | None, action: type[Action], fields: Sequence[FieldSpec], over: bool
) -> tuple[Opened | None, Conflict | None]:
    """Somebody was first: the row as it stands now, and what is different in it; None where there is none."""
    now = opened.again() if opened is not None else None
    if opened is None or now is None:
        return now, None
    return now, _find(work, opened, now, action, fields, over)


def _find(
    work: Work, opened: Opened, now: Opened, action: type[Action], fields: Sequence[FieldSpec], over: bool
) -> Conflict:
    """In the order of the form, then of the table."""
    who = _Who(work, now)
    asked = dict(_columns(fields))
    names = [name for name in (*asked, *now.values, *opened.values) if name in asked or _called(name, now)]
    changed = [name for name in dict.fromkeys(names) if opened.values.get(name) != now.values.get(name)]
    clashes = [_clash(work, name, opened, now, asked.get(name), who.did(name)) for name in changed]
    return Conflict(who.newest, tuple(clashes), over)


def edits_row(fields: Sequence[FieldSpec], opened: Opened | None) -> bool:
    """Whether a field shows what stands in the row: then saving it over a newer one would lose that."""
    return opened is not None and any(column in opened.values for column, _ in _columns(fields))


def _columns(fields: Sequence[FieldSpec]) -> Iterator[tuple[str, FieldSpec]]:
    """The columns that fields of the form ask for."""
    named = ((field.name if field.spec.column is None else field.spec.column, field) for field in fields)
    return ((column, field) for column, field in named if column)


def _clash(work: Work, name: str, opened: Opened, now: Opened, field: FieldSpec | None, by: str) -> Clash:
    before, after = opened.values.get(name), now.values.get(name)
    seen, shown = _words(work, before, name, now, field), _words(work, after, name, now, field)
    if field is None:
        return Clash(_called(name, now), seen, shown, by)
    return Clash(field.label, seen, shown, by, field.name, in_field(field, before), in_field(field, after))


def _called(name: str, row: Opened) -> str:
    """What members call a column; empty where it says nothing to them."""
    if name in COLUMNS:
        return COLUMNS[name]
    if name.startswith("item."):
        return playbook().label("starterkit", name.removeprefix("item."))
    spec = _detail(name, row)
    return spec.label if spec is not None else ""


def _detail(name: str, row: Opened) -> Any:
    """The field under which something in `details` was asked for."""
    if name in row.model._meta.fields:
        return None
    noun = {"flag": "journey"}.get(table(row.model), table(row.model))
    actions = (action for code, action in CATALOGUE.items() if code.startswith(f"{noun}."))
    return next((spec for action in actions if (spec := args_of(action).get(name)) is not None), None)


def _words(work: Work, value: Any, name: str, row: Opened, field: FieldSpec | None) -> str:
    """A value as a member reads it."""
    spec = field.spec if field is not None else _detail(name, row)
    group = spec.choices if spec is not None and spec.kind == "choice" else ""
    if name == "state":
        group = STATES.get(table(row.model), "")
    elif name.startswith("item."):
        group = "starterkit_state"
    elif name in ("outcome", "measure", "reason_kind", "effort"):
        group = name
    if value in (None, "", [], ()):
        return NOTHING
    if isinstance(value, str) and spec is not None and spec.kind in ("date", "moment", "due"):  # from the details
        return moment_word(clock.parse_moment(value), work.today)
    if isinstance(value, (list, tuple)):
        texts = [value_of for value_of in value if isinstance(value_of, str)]
        return ", ".join(label(group, text) if group else text for text in texts) or f"{len(value)}"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime):
        return moment_word(value, work.today)
    if isinstance(value, dt.date):
        return clock.german_date(value)
    return label(group, value) if group and isinstance(value, str) else str(value)


def in_field(field: FieldSpec, value: Any) -> Any:
    """A stored value as the form's field holds it."""
    if field.spec.kind == "flag":
        return bool(value)
    if value is None:
        return ""
    if field.spec.kind == "yes_no":
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return (", " if field.commas else "\n").join(map(str, value))
    if isinstance(value, dt.datetime):
        return f"{clock.in_berlin(value):%d.%m.%Y %H:%M}"
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)


class _Who:
    """Who changed what of a row, by the newest rows of the history."""

    def __init__(self, work: Work, row: Opened) -> None:
        self._work, self._row = work, row
        subject = f"{table(row.model)}:{row.key}"
        query = History.select().where(History.subject == subject).order_by(History.id.desc())
        self._rows: list[History] = list(query.limit(LOOKED_BACK))

    @property
    def newest(self) -> str:
        """The last of them, with what it did."""
        if not self._rows:
            return "jemand anderes"
        action = CATALOGUE.get(self._rows[0].action)
        return self._named(self._rows[0]) + (f" („{action.label}“)" if action is not None else "")

    def did(self, name: str) -> str:
        """Whoever wrote this column last."""
        column = "checklist" if name.startswith("item.") else name if self._is_column(name) else "details"
        return next((self._named(row) for row in self._rows if self._wrote(row, column)), "")

    def _is_column(self, name: str) -> bool:
        return name in self._row.model._meta.fields

    def _wrote(self, row: History, column: str) -> bool:
        own = (table(self._row.model), self._row.key)
        return any((change.table, change.key) == own and column in (change.after or {}) for change in row.changed())

    def _named(self, row: History) -> str:
        at = clock.in_berlin(row.at)
        when = f"{at:%H:%M}" if at.date() == self._work.today else moment_word(at, self._work.today)
        return f"{row.member or 'Schicht'}, {when}"
