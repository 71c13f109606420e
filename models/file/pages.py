"""Pages of the Kundenakte list: one row a customer, the one with the newest entry first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, SQL, Value

from models.action.work import Work
from models.database.keyset import Listing, Part, begins_word
from models.ground.text import matches, words
from models.playbook import playbook
from models.shared.entry_rules import readable_files
from models.tables.entry import Entry
from models.tables.newest import Newest
from models.tables.people import Assignment, Customer, Vpa

VIEWS = {"all": "alle Kunden", "mine": "meine", "prio": "Prio", "inactive": "inaktiv", "silent": "ohne Eintrag"}
"""What members look for, by code; `mine`: the newest entry is one's own."""
STATUSES = {"prio": "prio", "inactive": "inaktiv"}
"""Status of the customers in a view."""


@dataclass(frozen=True)
class FileLine:
    """One customer and the newest entry of their two files."""

    customer: str
    name: str
    status: str
    entry: int | None
    at: dt.datetime | None
    file: str | None
    kind: str | None
    author: str | None
    situation: str | None
    link: str | None
    response: str | None
    next_steps: str | None
    tags: list[str] | None


def file_listing(work: Work, view: str = "all", text: str = "", sort: str = "", descending: bool = False) -> Listing:
    """The customers of a view that match what was typed: last entry first, those without one at the end, by name."""
    if not readable_files(work.member):
        return _unread(view, text, sort, descending)
    where = [*_view(work, view), *_filtered(text)]
    query = (
        Newest.select(*CUSTOMER, *ENTRY)
        .join(Customer, on=(Customer.id == Newest.customer))
        .join(Entry, JOIN.LEFT_OUTER, on=(Entry.id == Newest.entry))
    )
    counted = None if text else Newest.select()
    if sort:
        return Listing(query, Customer.id, [Part(tuple(where), (_ORDERS[sort], Customer.id), descending)], counted)
    written = Part((*where, Newest.entry.is_null(False)), (Newest.at, Newest.entry), descending=True)
    silent = Part((*where, Newest.entry.is_null()), (Newest.folded, Newest.customer))
    return Listing(query, Customer.id, [silent] if view == "silent" else [written, silent], counted)


def _unread(view: str, text: str, sort: str, descending: bool) -> Listing:
    """For a member who reads no file (A-28): the customers alone, none of them with an entry."""
    query = Customer.select(*CUSTOMER, *(Value(None) for _ in ENTRY))
    where = _filtered(text)
    if view in STATUSES:
        where.append(Customer.status == STATUSES[view])
    if view == "mine":
        where.append(SQL("1 = 0"))
    return Listing(query, Customer.id, [Part(tuple(where), (_ORDERS[sort or "customer"], Customer.id), descending)])


CUSTOMER = (Customer.id, Customer.name, Customer.status)
ENTRY = (
    Entry.id, Entry.created_at, Entry.file, Entry.kind, Entry.author, Entry.situation, Entry.link, Entry.response,
    Entry.next_steps, Entry.tags,
)  # fmt: skip
_ORDERS = {"customer": Customer.folded, "status": Customer.status}


def _view(work: Work, view: str) -> list[Any]:
    if view == "mine":
        return [Newest.author == (work.member.kuerzel if work.member else "")]
    if view in STATUSES:
        return [Newest.status == STATUSES[view]]
    return []


def _filtered(text: str) -> list[Any]:
    """What was typed, as conditions."""
    found = [(word, _statuses(word)) for word in words(text)]
    where: list[Any] = [_matches(word, statuses) for word, statuses in found]
    if found and not any(statuses for _, statuses in found):
        from models.database.search.named import rare_names  # only who filters pays for the search

        rare = rare_names(text, "customer")
        where += [Customer.id.in_(keys) for keys in rare or ()]
    return where


def _statuses(word: str) -> list[str]:
    return [code for code, label in playbook().labels("customer_status").items() if matches(word, label)]


def _matches(word: str, statuses: list[str]) -> Any:
    named = begins_word(Customer.folded, word)
    return named | Customer.status.in_(statuses) if statuses else named


def vpas_of(customers: list[str], today: dt.date) -> dict[str, str]:
    """Names of the VPAs in charge, by customer."""
    if not customers:
        return {}
    query: Any = (
        Assignment.select(Assignment.customer, Vpa.name)
        .join(Vpa)
        .where(Assignment.customer.in_(customers), Assignment.end.is_null() | (Assignment.end >= today))
        .order_by(Assignment.start, Assignment.id)
    )
    return dict(query.tuples())
