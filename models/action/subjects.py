"""Subjects: `vpa:V001`, `customer:K001`, `case:12` …: finding, showing, and whom each belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from models.action.catalogue import load_shape
from models.action.work import Work, key_of
from models.database.fields import BaseModel
from models.ground.errors import NotFoundError
from models.tables.case import Case
from models.tables.day import Day
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.outbox import Outbox
from models.tables.people import Customer, Member, Vpa
from models.tables.reminder import Reminder
from models.tables.setting import Settings
from models.tables.task import Task

MODELS: dict[str, type[BaseModel]] = {
    "vpa": Vpa,
    "customer": Customer,
    "case": Case,
    "reminder": Reminder,
    "flag": Flag,
    "entry": Entry,
    "task": Task,
    "handover": Handover,
    "outbox": Outbox,
}


def find_subject(work: Work, subject: str) -> BaseModel:
    """The row a subject names; `NotFoundError` where there is none or the text names nothing."""
    kind, _, key = subject.partition(":")
    row = work.find(MODELS[kind], key) if kind in MODELS and key else None
    if row is None:
        raise NotFoundError(f"„{subject}“ gibt es nicht. Schreib zum Beispiel vpa:V001, customer:K001 oder case:12.")
    return row


def belongs_to(row: BaseModel) -> str:
    """The VPA or customer a thing is about (R-06)."""
    if isinstance(row, Reminder | Entry | Outbox):
        return str(row.subject)
    if isinstance(row, Case | Flag):
        return f"vpa:{_key(row, 'vpa')}"
    if isinstance(row, Task | Handover):
        return f"customer:{_key(row, 'customer')}"
    return f"{row._meta.table_name}:{key_of(row)}"


def _key(row: BaseModel, column: str) -> Any:
    """The stored key of a foreign row, without reading that."""
    return row.__data__[column]


def name_of(subject: str) -> str:
    """Name of the VPA or customer behind `vpa:…` or `customer:…`; the id where it is not known."""
    kind, _, key = subject.partition(":")
    model: Any = {"vpa": Vpa, "customer": Customer}.get(kind)
    row = model.get_or_none(model.id == key) if model else None
    return str(row.name) if row else key


def show_subject(work: Work, subject: str) -> dict[str, Any] | None:
    """The thing in its `show` shape, or None where an undo took it away. Knows the team's own things too."""
    kind, _, key = subject.partition(":")
    if kind in ("member", "setting", "day"):
        return _show_of_team(kind, key)
    row = work.find(MODELS[kind], key) if kind in MODELS and key else None
    return None if row is None else show(work, row)


def _show_of_team(kind: str, key: str) -> dict[str, Any] | None:
    if kind == "setting":
        return Settings.read().show(key)
    where = Member.kuerzel == key if kind == "member" else Day.date == dt.date.fromisoformat(key)
    row: Any = (Member if kind == "member" else Day).get_or_none(where)
    return None if row is None else dict(row.show())


Shape = Callable[[Work, Any], dict[str, Any]]

SHAPES: dict[str, Shape] = {}
"""How each kind of subject is shown; every noun enters its own (`shows`)."""


def shows(kind: str) -> Callable[[Shape], Shape]:
    """Enter a function as the one that gives this kind of subject its `show` shape."""

    def enter(shape: Shape) -> Shape:
        SHAPES[kind] = shape
        return shape

    return enter


def show(work: Work, row: BaseModel) -> dict[str, Any]:
    """Any row in the shape its noun's `show` command prints."""
    kind = next(kind for kind, model in MODELS.items() if isinstance(row, model))
    if kind not in SHAPES:
        load_shape(kind)
    return SHAPES[kind](work, row)


def title_of(work: Work, subject: str) -> str:
    """Title of a task, else name of the VPA or customer a thing is about; empty where there is none, or it is gone."""
    kind, _, key = subject.partition(":")
    row = work.find(MODELS[kind], key) if kind in MODELS and key else None
    if isinstance(row, Task):
        return str(row.title)
    return name_of(belongs_to(row)) if row is not None else ""
