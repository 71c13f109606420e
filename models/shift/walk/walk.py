"""The Schichtlauf: stop by stop through what is due now for the acting member (R-01, D-01, D-04).

Nothing of it is stored. What is due is read from the tables at every step, so a colleague goes on where one left; only
what was put aside lives as long as the program.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple

from peewee import Value

from models.action.work import Work
from models.case.pages import case_listing
from models.database.keyset import Listing, Part
from models.journey.pages import flag_listing
from models.outbox.pages import outbox_listing
from models.outbox.queries import open_count
from models.shared.workable import waiting_reminder
from models.shift.day.overview import CHUNK, leftovers
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.outbox import Outbox
from models.tables.reminder import Reminder

Group = Literal["own", "taken", "case", "flag", "outbox"]
GROUPS: tuple[Group, ...] = ("own", "taken", "case", "flag", "outbox")
"""The stretches as they are walked: own Reminders first (R-01), then those taken over (R-05); in the end what the
platform still has to be told (X-01)."""

MODELS: dict[str, type[Reminder | Case | Flag | Outbox]] = {
    "own": Reminder, "taken": Reminder, "case": Case, "flag": Flag, "outbox": Outbox,
}  # fmt: skip

PAGE = 50
"""Rows read at once while looking for the next stop."""


class Stop(NamedTuple):
    """One thing that is due."""

    group: Group
    id: int

    @property
    def noun(self) -> str:
        """What it is, as subjects name it: `reminder`, `case`, `flag` or `outbox`."""
        return "reminder" if self.group in ("own", "taken") else self.group


class Fate(NamedTuple):
    """What became of a stop: still due, done, put off until later, or with somebody else now."""

    what: Literal["due", "done", "deferred", "elsewhere"]
    by: str | None = None
    """Who did it or has it."""


def due_listing(work: Work, group: Group) -> Listing:
    """The stops of a stretch as pages, longest due first; the first selected column is the id."""
    if group == "case":
        return case_listing(work, "left")
    if group == "flag":
        return flag_listing(work, "left")
    if group == "outbox":
        return outbox_listing(work, "mine" if work.settings.way_back else "none")
    return Listing(
        Reminder.select(Reminder.id), Reminder.id, [Part(_reminders(work, group), (Reminder.due, Reminder.id))]
    )


def _reminders(work: Work, group: Group) -> tuple[Any, ...]:
    """A member's due Reminders: those that came by standing in for somebody, or all others; workable ones (D-44)."""
    me = work.member.kuerzel if work.member else ""
    own = (Reminder.owners == Value("[]", converter=False)) | (Reminder.original_owner == me)
    of_group = own if group == "own" else ~own
    return Reminder.state == "open", Reminder.owner == me, Reminder.due <= work.now, of_group, ~waiting_reminder(work)


def due_counts(work: Work) -> dict[Group, int]:
    """How many stops each stretch has now; never reads the rows."""
    left = leftovers(work)
    return {
        "own": Reminder.select().where(*_reminders(work, "own")).count(),
        "taken": Reminder.select().where(*_reminders(work, "taken")).count(),
        "case": left.cases,
        "flag": left.flags,
        "outbox": open_count(work, mine=True) if work.settings.way_back else 0,
    }


def first_due(work: Work, but: Collection[Stop] = ()) -> Stop | None:
    """The first stop that is due and was not put aside."""
    for group in GROUPS:
        listing = due_listing(work, group)
        found = listing.page(None, "from", PAGE)
        while True:
            for _, row in found.rows:
                if (stop := Stop(group, row[0])) not in but:
                    return stop
            if not found.has_more:
                break
            found = listing.page(found.rows[-1][0], "after", PAGE)
    return None


def fates(work: Work, stops: Collection[Stop]) -> dict[Stop, Fate]:
    """What became of each; a few questions, however many they are."""
    me = work.member.kuerzel if work.member else ""
    result: dict[Stop, Fate] = dict.fromkeys(stops, Fate("elsewhere"))
    for group in GROUPS:
        keys = [stop.id for stop in stops if stop.group == group]
        for start in range(0, len(keys), CHUNK):
            some = keys[start : start + CHUNK]
            found = _of(work, me, group, some)
            result |= {Stop(group, key): fate for key, fate in found.items()}
    return result


def _of(work: Work, me: str, group: Group, keys: list[int]) -> dict[int, Fate]:
    if group == "outbox":
        items: Any = Outbox.select(Outbox.id, Outbox.state, Outbox.done_by).where(Outbox.id.in_(keys))
        return {key: Fate("due") if state == "open" else Fate("done", by) for key, state, by in items.tuples()}
    return _of_reminders(work, me, keys) if MODELS[group] is Reminder else _of_others(work, group, keys)


def _of_reminders(work: Work, me: str, keys: list[int]) -> dict[int, Fate]:
    found = {}
    for reminder in Reminder.select().where(Reminder.id.in_(keys)):
        if reminder.state != "open":
            found[reminder.id] = Fate("done", reminder.done_by)
        elif reminder.owner != me:
            found[reminder.id] = Fate("elsewhere", reminder.owner)
        else:
            found[reminder.id] = Fate("due" if reminder.due <= work.now else "deferred", me)
    return found


def _of_others(work: Work, group: Group, keys: list[int]) -> dict[int, Fate]:
    model: Any = MODELS[group]
    ended_by = Case.resolved_by if model is Case else Flag.removed_by
    # The state is looked at here: asked for in SQL it leads SQLite to walk all open Reminders.
    query: Any = Reminder.select(Reminder.about, Reminder.state, Reminder.owner)
    later = query.where(Reminder.about.in_([f"{group}:{key}" for key in keys]), Reminder.due > work.now)
    deferred = {about: owner for about, state, owner in later.tuples() if state == "open"}
    found = {}
    for key, state, by in model.select(model.id, model.state, ended_by).where(model.id.in_(keys)).tuples():
        if state != "open":
            found[key] = Fate("done", by)
        elif (about := f"{group}:{key}") in deferred:
            found[key] = Fate("deferred", deferred[about])
        else:
            found[key] = Fate("due")
    return found


@dataclass(frozen=True)
class Walk:
    """Where a member stands: the stops seen so far, the place among them, what was put aside. Steps give a new one."""

    trail: tuple[Stop, ...] = ()
    at: int = 0
    """Place in the trail; behind its end the walk is over."""
    skipped: frozenset[Stop] = field(default_factory=frozenset)
    """Left open with „weiter“."""
    day: dt.date | None = None
    """The Berlin day it belongs to: the next one begins anew."""

    @property
    def stop(self) -> Stop | None:
        """Where one stands; None at the end."""
        return self.trail[self.at] if self.at < len(self.trail) else None

    def resume(self, work: Work) -> Walk:
        """Begin, or go on: at the first that is due and was not put aside."""
        walk = replace(self, day=work.today) if self.day in (None, work.today) else Walk(day=work.today)
        return walk._to(first_due(work, walk.skipped))

    def settle(self, work: Work) -> Walk:
        """Stay while the stop is due; go on where it was done, here or by a colleague."""
        if self.stop is None:
            return self.resume(work)
        return self if fates(work, [self.stop])[self.stop].what == "due" else self._forward(work)

    def retake(self, work: Work) -> Walk:
        """After an undo: back to the newest stop that was done in this walk and is due again."""
        before = [stop for stop in self.trail[: self.at] if stop not in self.skipped]
        known = fates(work, before)
        again = [stop for stop in before if known[stop].what == "due"]
        return self._to(again[-1]) if again else self.settle(work)

    def onward(self, work: Work) -> Walk:
        """Leave the stop open and go on."""
        return self if self.stop is None else replace(self, skipped=self.skipped | {self.stop})._forward(work)

    def back(self, work: Work) -> Walk:
        """To the last stop before this one that is still due; the same walk where there is none."""
        before = self.trail[: self.at]
        known = fates(work, before)
        places = [place for place, stop in enumerate(before) if known[stop].what == "due"]
        return replace(self, at=places[-1]) if places else self

    def _forward(self, work: Work) -> Walk:
        ahead = self.trail[self.at + 1 :]
        known = fates(work, ahead)
        place = next((n for n, stop in enumerate(ahead, self.at + 1) if known[stop].what == "due"), None)
        return self.resume(work) if place is None else replace(self, at=place)

    def _to(self, stop: Stop | None) -> Walk:
        if stop is None:
            return replace(self, at=len(self.trail))
        if stop in self.trail:  # undone, or left by Esc
            return replace(self, at=self.trail.index(stop))
        return replace(self, trail=(*self.trail, stop), at=len(self.trail))


@dataclass(frozen=True)
class Standing:
    """A walk and how the shift stands around it."""

    walk: Walk
    due: Mapping[Group, int]
    """Stops that are due now, of each stretch."""
    fates: Mapping[Stop, Fate]
    """What became of every stop seen in this walk."""

    @property
    def number(self) -> int:
        """Place of the stop, counted from 1."""
        return self.walk.at + 1

    @cached_property
    def total(self) -> int:
        """All that is due, and what was due in this walk before it was dealt with."""
        return sum(self.due.values()) + sum(fate.what != "due" for fate in self.fates.values())

    def count(self, *what: str, group: Group | None = None) -> int:
        """How many stops of this walk, or of one stretch of it, met such a fate."""
        found = ((stop, fate) for stop, fate in self.fates.items() if group in (None, stop.group))
        return sum(fate.what in what for _, fate in found)


def standing(work: Work, walk: Walk) -> Standing:
    """How things stand now."""
    return Standing(walk, due_counts(work), fates(work, walk.trail))
