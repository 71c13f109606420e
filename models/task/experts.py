"""Experten: who could do a task, by area, class, capacity and coming absence (F-14).

A view of its own, not part of the daily duty (D-02).
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Value, fn

from models.database.keyset import Listing, Part, begins_word
from models.ground.text import words
from models.tables.people import Absence, Vpa
from models.tables.task import Note, Task

VIEWS = {"all": "alle VPAs", "free": "nehmen Aufträge", "here": "aktiv"}
"""What members look for, by code."""


@dataclass(frozen=True)
class ExpertLine:
    """One VPA as a list shows them. The class is for the team only."""

    id: str
    name: str
    klasse: str
    rising_star: bool | None
    areas: list[str]
    new_customers: bool | None
    orders: bool | None
    part_time: bool
    active: bool | None


COLUMNS = (
    Vpa.id, Vpa.name, Vpa.klasse, Vpa.rising_star, Vpa.areas, Vpa.new_customers, Vpa.orders, Vpa.part_time, Vpa.active
)  # fmt: skip


def expert_listing(
    area: str | None = None, klasse: str | None = None, view: str = "all", text: str = "", descending: bool = False
) -> Listing:
    """VPAs on the platform, by name, who know an area and match what was typed."""
    # A bare boolean in front would turn the texts beside it into booleans too.
    where: list[Any] = [Vpa.gone == Value(False), *(begins_word(Vpa.folded, word) for word in words(text))]
    if area is not None:
        where.append(knows(area))
    if klasse is not None:
        where.append(Vpa.klasse == klasse)
    if view == "free":
        where.append(Vpa.orders)
    if view == "here":
        where.append(Vpa.active)
    return Listing(Vpa.select(*COLUMNS), Vpa.id, [Part(tuple(where), (Vpa.folded, Vpa.id), descending)])


def knows(area: str) -> Any:
    """The condition that a VPA knows this Assistenzbereich."""
    quoted = json.dumps(area, ensure_ascii=False)  # as it stands in the stored list; LIKE would fold its case
    return fn.REPLACE(Vpa.areas, Value(quoted, converter=False), "") != Vpa.areas


def areas() -> list[str]:
    """Every Assistenzbereich that some VPA on the platform knows."""
    rows: Any = Vpa.select(Vpa.areas).where(~Vpa.gone).distinct().tuples()
    return sorted({area for (known,) in rows for area in known})


@dataclass(frozen=True)
class ExpertFacts:
    """What speaks for or against somebody right now."""

    away: tuple[dt.date, dt.date] | None
    """The present or next absence."""
    tasks: int
    """Tasks under way."""
    delegated: int
    """Tasks handed on (F-11)."""
    returned: int
    """Tasks that went back with gaps (F-06)."""


def expert_facts(vpas: list[str], today: dt.date) -> dict[str, ExpertFacts]:
    """The facts of a page, by VPA; four queries for all of them."""
    away = _next_absences(vpas, today)
    # The state is hidden from its index: a page of VPAs has few tasks, a state has many.
    tasks = _counted(Task.vpa, vpas, fn.COALESCE(Task.state, "").in_(("offen", "vergeben")))
    delegated = _counted(Task.delegated_by, vpas)
    returned = _counted(Note.vpa, vpas, Note.kind == "return")
    return {
        key: ExpertFacts(away.get(key), tasks.get(key, 0), delegated.get(key, 0), returned.get(key, 0)) for key in vpas
    }


def _next_absences(vpas: list[str], today: dt.date) -> dict[str, tuple[dt.date, dt.date]]:
    query: Any = Absence.select(Absence.vpa, Absence.start, Absence.end)
    query = query.where(Absence.vpa.in_(vpas), Absence.end >= today, ~Absence.withdrawn)
    rows = query.order_by(Absence.start.desc(), Absence.end.desc()).tuples()
    return {vpa: (start, end) for vpa, start, end in rows}


def _counted(column: Any, keys: list[str], *conditions: Any) -> dict[str, int]:
    query: Any = column.model.select(column, fn.COUNT(SQL("*"))).where(column.in_(keys), *conditions).group_by(column)
    return dict(query.tuples())
