"""What tab 5 shows of a page of tasks besides their own columns: who waits for whom, and who could do them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peewee import Case, Value, fn

from models.action.work import Work
from models.database.keyset import Listing, Part, begins_word
from models.ground import clock
from models.ground.text import fold, matches, words
from models.tables.people import Absence, Vpa
from models.tables.task import ITEMS, Message, Note
from models.task import inbox
from models.task.clock import DeclineClock, Line, decline_clock
from models.task.experts import COLUMNS, areas, knows

EXPERTS = "experts"
"""Code of the view of VPAs; like the Projektpool it never counts in the daily duty (D-02)."""

VIEWS = {
    "open": inbox.VIEWS["open"],
    "forwarded": inbox.VIEWS["forwarded"],
    "running": inbox.VIEWS["running"],
    "new": inbox.VIEWS["new"],
    "pool": inbox.VIEWS["pool"],
    EXPERTS: "Experten",
    "over": inbox.VIEWS["over"],
}
"""What members look for, by code: the inbox first."""


def clocks(work: Work, tasks: Sequence[str]) -> dict[str, DeclineClock]:
    """Where each task stands on the way to a decline (T-14); one query for all of them."""
    if not tasks:
        return {}
    lines: dict[str, list[Line]] = defaultdict(list)
    rows: Any = Message.select(Message.task, Message.at, Message.sender, Message.tags).where(Message.task.in_(tasks))
    for key, at, sender, tags in rows.order_by(Message.task, Message.at, Message.id).tuples():
        lines[key].append(Line(clock.day_of(at), sender, frozenset(tags)))
    needed, gap = work.settings.number("reminders_needed"), work.settings.number("reminder_gap_days")
    return {key: decline_clock(lines[key], work.today, work.workdays, needed, gap) for key in tasks}


def unjudged(checklist: Mapping[str, str]) -> list[str]:
    """The Starterkit points that nobody has judged yet (T-05)."""
    return [item for item in ITEMS if item not in checklist]


# Experten: VPAs by area, class, capacity (F-14)


def find_experts(today: dt.date, text: str = "", sort: str = "", descending: bool = False) -> Listing:
    """VPAs on the platform: those who take orders now first, then by name; or all by `name`, `klasse`, `takes` (who
    takes most first) or `away` (whose absence is nearest first; those without one stand last).

    Each word of `text` is the beginning of a name or of an Assistenzbereich, a class, or what somebody takes.
    """
    known = areas() if text else []
    where = (Vpa.gone == Value(False), *(_matches(word, known) for word in words(text)))
    query, order = Vpa.select(*COLUMNS), (Vpa.folded, Vpa.id)
    return Listing(
        query, Vpa.id, [Part((*where, *more), *how) for more, *how in _ordered(today, sort, descending, order)]
    )


def _ordered(today: dt.date, sort: str, descending: bool, order: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Condition, order and direction of each part of the list."""
    if sort == "away":
        coming = Absence.select(Absence.vpa).where(Absence.end >= today, ~Absence.withdrawn)
        yield (Vpa.id.in_(coming),), (_away_from(today), *order), descending
        yield (Vpa.id.not_in(coming),), order
    elif sort in ("name", "klasse", "takes"):
        column = {"name": (), "klasse": (Vpa.klasse,), "takes": (_takes(),)}[sort]
        yield (), (*column, *order), descending
    else:
        takes = fn.COALESCE(Vpa.orders, Value(False)) == Value(True)
        here = fn.COALESCE(Vpa.active, Value(False)) == Value(True)
        yield (takes & here,), order
        yield (~(takes & here),), order


def _away_from(today: dt.date) -> Any:
    """First day of the present or next absence, as the list shows it."""
    coming = Absence.select(fn.MIN(Absence.start)).where(
        Absence.vpa == Vpa.id, Absence.end >= today, ~Absence.withdrawn
    )
    return fn.COALESCE(coming, Absence.start.db_value(today))


def _takes() -> Any:
    """Everything, orders, new customers, unknown, nothing: in this order."""
    orders, new = Vpa.orders == Value(True), Vpa.new_customers == Value(True)
    unknown = Vpa.orders.is_null() & Vpa.new_customers.is_null()
    return Case(None, [(orders & new, 0), (orders, 1), (new, 2), (unknown, 3)], 4)


TAKEN = {fold("Aufträge"): Vpa.orders, fold("Neukunden"): Vpa.new_customers}
"""What a VPA can take, by the word for it."""


def _matches(word: str, known: Sequence[str]) -> Any:
    found = begins_word(Vpa.folded, word)
    for area in known:
        if any(part.startswith(word) for part in words(area)):
            found = found | knows(area)
    for taken, flag in TAKEN.items():
        if len(word) > 2 and taken.startswith(word):
            found = found | (flag == Value(True))
    return found | (Vpa.klasse == word.upper()) if len(word) == 1 else found


# The Aufgabenchat as a list (T-09)


def chat_listing(task: str, tag: str = "", text: str = "", until: dt.date | None = None) -> Listing:
    """The messages of a task, oldest first: those with a tag, those that hold every word, those up to a Berlin day."""
    where: list[Any] = [Message.task == task]
    if tag:
        where.append(inbox.has_tag(tag))
    if until is not None:
        where.append(Message.at < clock.start_of_day(until + dt.timedelta(days=1)))
    if text:
        where.append(Message.id.in_(_with_words(Message, task, text)))
    columns = (Message.id, Message.at, Message.sender, Message.text, Message.tags, Message.version)
    return Listing(Message.select(*columns), Message.id, [Part(tuple(where), (Message.at, Message.id))])


def note_listing(task: str, text: str = "") -> Listing:
    """The internal notes of a task, oldest first."""
    where: list[Any] = [Note.task == task]
    if text:
        where.append(Note.id.in_(_with_words(Note, task, text)))
    columns = (Note.id, Note.at, Note.author, Note.text, Note.kind, Note.watched)
    return Listing(Note.select(*columns), Note.id, [Part(tuple(where), (Note.id,))])


def _with_words(model: Any, task: str, text: str) -> list[Any]:
    """Ids of a task's messages or notes that hold every word, in any spelling; no database folds umlauts."""
    rows = model.select(model.id, model.text).where(model.task == task).tuples()
    return [key for key, said in rows if matches(text, said)]
