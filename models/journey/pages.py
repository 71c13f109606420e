"""Pages of the VPA-Journey list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Value, fn

from models.action.work import Work
from models.database.keyset import Listing, Part, begins_word
from models.ground.text import matches, words
from models.journey.queries import has_left
from models.playbook import playbook
from models.tables.flag import STAGES, Flag
from models.tables.people import Vpa
from models.tables.reminder import Reminder

VIEWS = {
    "open": "alle offenen",
    "left": "nicht vertagt",
    "deferred": "vertagt",
    "managers": "beim VPA Manager",
    "removed": "entfernt",
}
"""What members look for, by code."""

ORDERS = {
    "since": (Flag.raised_on, Flag.id),
    "vpa": (Flag.vpa_folded, Flag.id),
    "stage": (Flag.stage, Flag.raised_on, Flag.id),
}
"""Columns one can sort by."""


@dataclass(frozen=True)
class FlagLine:
    """One Neu-Flag as a list shows it."""

    id: int
    version: int
    vpa: str
    vpa_name: str
    stage: str
    raised_on: dt.date
    state: str
    informed_by: str | None
    removed_by: str | None
    start: dt.date
    gone: bool

    def overdue(self, today: dt.date) -> bool:
        """Open although the VPA has left the stage (A-09)."""
        return self.state == "open" and has_left(self.stage, self.start, today)


def flag_listing(
    work: Work, view: str = "open", text: str = "", sort: str = "since", descending: bool = False
) -> Listing:
    """The Neu-Flags of a view that match what was typed, oldest first unless sorted otherwise."""
    where: list[Any] = [Flag.state == ("removed" if view == "removed" else "open")]
    if view in ("deferred", "left"):
        subject = Value("flag:").concat(Flag.id.cast("text"))
        later = fn.EXISTS(
            Reminder.select(SQL("1")).where(
                Reminder.state == "open", Reminder.about == subject, Reminder.due > work.now
            )
        )
        where.append(later if view == "deferred" else ~later)
    elif view == "managers":
        where.append(Flag.stage == ">12")
    where += [_matches(word) for word in words(text)]
    query = Flag.select(
        Flag.id, Flag.version, Flag.vpa, Flag.vpa_name, Flag.stage, Flag.raised_on, Flag.state, Flag.informed_by,
        Flag.removed_by, Vpa.start, Vpa.gone,
    ).join(Vpa)  # fmt: skip
    return Listing(query, Flag.id, [Part(tuple(where), ORDERS[sort], descending)], Flag.select())


def _matches(word: str) -> Any:
    stages = [stage for stage in STAGES if matches(word, playbook().label("stage", stage)) and word != "neu"]
    named = begins_word(Flag.vpa_folded, word)
    return named | Flag.stage.in_(stages) if stages else named
