"""Pages of the Aufgaben: Forwarded first, then Projektpool and what is under way; what each arrival still lacks.

None of it counts in the daily duty (D-02).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, SQL, NodeList, Value, fn

from models.database.keyset import Listing, Part, begins_word
from models.database.search.named import rare_names
from models.ground.text import words
from models.tables.people import Customer, Vpa
from models.tables.task import OPEN_STATES, Message, Task
from models.task.rules import has_comment, missing_items

VIEWS = {
    "open": "alle offenen",
    "forwarded": "Forwarded",
    "pool": "Projektpool",
    "running": "offen und vergeben",
    "new": "Neukunden",
    "over": "abgelehnt und erledigt",
}
"""What members look for, by code."""

STATES_OF: dict[str, tuple[str, ...]] = {
    "open": OPEN_STATES,
    "forwarded": ("forwarded",),
    "pool": ("umfrage",),
    "running": ("offen", "vergeben"),
    "new": OPEN_STATES,
    "over": ("abgelehnt", "erledigt"),
}


@dataclass(frozen=True)
class TaskLine:
    """One task as a list shows it."""

    id: str
    version: int
    title: str
    state: str
    hours: float | None
    deadline: dt.date | None
    new_customer: bool
    customer: str
    customer_name: str
    vpa: str | None
    vpa_name: str | None
    delegated_by: str | None
    delegation_reason: str | None
    delegation_comment: str | None
    checklist: dict[str, str]
    tags_checked: bool
    offered_at: dt.datetime | None
    offered_by: str | None
    released_by: str | None
    link: str | None


COLUMNS = (
    Task.id, Task.version, Task.title, Task.state, Task.hours, Task.deadline, Task.new_customer, Task.customer,
    Customer.name, Task.vpa, Vpa.name, Task.delegated_by, Task.delegation_reason, Task.delegation_comment,
    Task.checklist, Task.tags_checked, Task.offered_at, Task.offered_by, Task.released_by,
    Task.link,
)  # fmt: skip


def task_listing(view: str = "open", text: str = "", sort: str = "", descending: bool = False) -> Listing:
    """The tasks of a view that match what was typed: state by state, Forwarded first, unless sorted by `title`,
    `customer` or `deadline` (those without one stand last).
    """
    query = Task.select(*COLUMNS).join(Customer).switch(Task).join(Vpa, JOIN.LEFT_OUTER, on=(Task.vpa == Vpa.id))
    where: list[Any] = [Task.new_customer] if view == "new" else []
    where += [condition for word in words(text) for condition in _matches(word)]
    return Listing(query, Task.id, _parts(STATES_OF[view], where, sort, descending), None if text else Task.select())


def _matches(word: str) -> Iterator[Any]:
    """A word begins one of the title or of the customer's name."""
    yield begins_word(Task.folded, word) | begins_word(Customer.folded, word)
    if rare := rare_names(word, "task", "customer"):
        other = Task.alias()
        titled, of_customers = other.select(other.id).where(other.id.in_(rare[0])), Task.alias()
        theirs = of_customers.select(of_customers.id).where(of_customers.customer.in_(rare[1]))
        yield Task.id.in_(titled | theirs)


def _parts(states: tuple[str, ...], where: list[Any], sort: str, descending: bool) -> list[Part]:
    if not sort:  # one part a state, each read from the index of state and id
        return [Part((Task.state == state, *where), (Task.id,)) for state in states]
    # Of several states the order's own index is walked: no index of the state may lead to sorting all of them.
    some = fn.COALESCE(Task.state, "").in_(states) if len(states) > 1 else Task.state == states[0]
    every = (some, *where)  # not behind a bare boolean: it would turn texts into booleans
    if sort == "deadline":
        dated = Part((*every, Task.deadline.is_null(False)), (Task.deadline, Task.id), descending)
        return [dated, Part((*every, Task.deadline.is_null()), (Task.id,))]
    column = {"title": Task.folded, "customer": Customer.folded}[sort]
    return [Part(every, (column, Task.id), descending)]


# Arrivals: „Kunde informiert? Kommentar? Infos vollständig?“


@dataclass(frozen=True)
class Arrival:
    """What a look at a forwarded task wants to know at once. None: not asked for, since nobody delegated it."""

    told: bool | None
    """Kunde informiert? (F-05)"""
    commented: bool | None
    """Kommentar? (F-10)"""
    deadline_offered: bool | None
    """Neue Deadline angeboten? Only asked where the VPA has no time (F-07)."""
    missing: tuple[str, ...]
    """Infos vollständig? German names of what is missing or not judged (F-03)."""
    tags_checked: bool
    """Aufgabentags geprüft? (T-06)"""

    @property
    def ready(self) -> bool:
        """Whether nothing stops offering or assigning it."""
        return self.told is not False and self.commented is not False and not self.missing and self.tags_checked


def arrivals(tasks: Sequence[TaskLine | Task]) -> dict[str, Arrival]:
    """The arrivals of a page, by task; one query for all of them."""
    tagged = _tagged([str(task.id) for task in tasks if task.delegated_by])
    return {str(task.id): _arrival(task, tagged[str(task.id)]) for task in tasks}


def _tagged(keys: list[str]) -> dict[str, list[tuple[str, list[str]]]]:
    """Sender and tags of the messages that can matter, by task."""
    found: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    if keys:
        matters = has_tag("weiterleitung") | has_tag("deadline")
        rows: Any = Message.select(Message.task, Message.sender, Message.tags).where(Message.task.in_(keys), matters)
        for key, sender, tags in rows.tuples():
            found[key].append((sender, tags))
    return found


def has_tag(tag: str) -> Any:
    """The condition that a message bears this Aufgabentag."""
    return NodeList((SQL("("), Message.tags, SQL("LIKE"), Value(f'%"{tag}"%', converter=False), SQL(")")))


def _arrival(task: Any, messages: list[tuple[str, list[str]]]) -> Arrival:
    delegated = bool(task.delegated_by)
    in_time = task.delegation_reason == "zeit"
    return Arrival(
        told=any(who == "vpa" and "weiterleitung" in tags for who, tags in messages) if delegated else None,
        commented=has_comment(task) if delegated else None,
        deadline_offered=any("deadline" in tags for _, tags in messages) if delegated and in_time else None,
        missing=tuple(missing_items(task.checklist)),
        tags_checked=task.tags_checked,
    )
