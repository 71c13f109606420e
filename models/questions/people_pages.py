"""What a decision about a VPA or a customer needs to know, read at once for the detail of a screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from models.action.work import Work
from models.database.keyset import begins_word
from models.file.queries import newest_entries
from models.ground import clock
from models.ground.text import words
from models.persons.access import note_opened
from models.questions.people import customers_of
from models.shared.changes import changes_within
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.people import Absence, Assignment, Customer, Vpa
from models.tables.person import Restriction
from models.tables.reminder import Reminder

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Open:
    """What is open about somebody: kinds of Cases, stages of flags, dates of Reminders."""

    cases: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    reminders: list[tuple[dt.datetime, str, str]] = field(default_factory=list)
    """Due, owner, reason."""


@dataclass(frozen=True)
class VpaFacts:
    """A VPA as a detail shows it."""

    vpa: Vpa
    months: int
    customers: int
    prio: int
    """Of these customers, the ones with status Prio."""
    absences: list[Span]
    classes: list[tuple[dt.date, str, str]]
    """Changes of the class as we saw them: day, old, new."""
    open: Open
    entries: list[Entry]
    restricted: Restriction | None = None
    """Where processing is restricted (P-03)."""


@dataclass(frozen=True)
class CustomerFacts:
    """A customer as a detail shows them."""

    customer: Customer
    vpa: Vpa | None
    since: dt.date | None
    changes: int
    """VPA-Wechsel within 12 months."""
    open: Open
    entries: list[Entry]
    restricted: Restriction | None = None
    """Where processing is restricted (P-03)."""


def vpa_facts(work: Work, key: str, entries: int = 5) -> VpaFacts:
    """Everything about one VPA. Raises `NotFoundError` for an unknown id."""
    vpa = work.get(Vpa, key, "Den VPA")
    customers = customers_of(key, work.today)
    prio = Customer.select().where(Customer.id.in_(customers or [""]), Customer.status == "prio").count()
    found = newest_entries(work, f"vpa:{key}", entries)
    if found:
        note_opened(work.session, key)
    absences: Any = Absence.select(Absence.start, Absence.end).where(Absence.vpa == key, ~Absence.withdrawn)
    return VpaFacts(
        vpa=vpa,
        months=max(0, clock.whole_months(vpa.start, work.today)),
        customers=len(customers),
        prio=int(prio),
        absences=list(absences.order_by(Absence.start).tuples()),
        classes=_class_course(key),
        open=_open(f"vpa:{key}", key),
        entries=found,
        restricted=Restriction.get_or_none(Restriction.subject == f"vpa:{key}"),
    )


def customer_facts(work: Work, key: str, entries: int = 8) -> CustomerFacts:
    """Everything about one customer. Raises `NotFoundError` for an unknown id."""
    customer = work.get(Customer, key, "Den Kunden")
    current = Assignment.current(key, work.today)
    return CustomerFacts(
        customer=customer,
        vpa=current.vpa if current else None,
        since=current.start if current else None,
        changes=changes_within(key, work.today),
        open=_open(f"customer:{key}"),
        entries=newest_entries(work, f"customer:{key}", entries),
        restricted=Restriction.get_or_none(Restriction.subject == f"customer:{key}"),
    )


def _open(subject: str, vpa: str | None = None) -> Open:
    reminders = Reminder.select(Reminder.due, Reminder.owner, Reminder.reason).where(
        Reminder.subject == subject, Reminder.state == "open"
    )
    found: list[Any] = list(reminders.order_by(Reminder.due).limit(4).tuples())
    if vpa is None:
        return Open(reminders=found)
    # In order by Python, the state of the flags too: an order or a state asked for in SQL leads SQLite to the index of
    # all open ones, a hundred thousand instead of these few.
    cases: Any = Case.select(Case.opened_at, Case.id, Case.kind).where(Case.vpa == vpa, Case.state == "open").tuples()
    flags: Any = Flag.select(Flag.raised_on, Flag.id, Flag.stage, Flag.state).where(Flag.vpa == vpa).tuples()
    stages = [stage for _, _, stage, state in sorted(flags) if state == "open"]
    return Open([kind for _, _, kind in sorted(cases)], stages, found)


def _class_course(vpa: str) -> list[tuple[dt.date, str, str]]:
    """The class over time, as far as Cases tell."""
    query: Any = Case.select(Case.changed_on, Case.before, Case.after).where(Case.vpa == vpa, Case.kind == "class")
    return [
        (day, before["klasse"], after["klasse"])
        for day, before, after in query.order_by(Case.changed_on, Case.id).tuples()
        if before and after and before.get("klasse") and after.get("klasse")
    ]


def find_named(kind: str, text: str, limit: int = 6) -> list[tuple[str, str]]:
    """Id and name of the VPAs (or customers) whose id this is, or whose name has all these beginnings of words."""
    model: Any = Vpa if kind == "vpa" else Customer
    query = model.select(model.id, model.name).where(model.merged_into.is_null()).order_by(model.folded, model.id)
    typed = text.strip()
    exact = list(query.where(model.id.in_(sorted({typed, typed.upper(), typed.lower()}))).tuples())
    wanted = words(text)
    if exact or not wanted:
        return exact
    query = query.where(*(begins_word(model.folded, word) for word in wanted))
    from models.database.search.named import rare_names  # only who filters pays for the search

    for rare in rare_names(text, kind) or ():
        query = query.where(model.id.in_(rare))
    return list(query.limit(limit).tuples())
