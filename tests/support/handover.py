"""A small team with a customer that may change hands, and what every test of VPA-Wechsel and assignments does."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest

from models.action.args import from_texts
from models.action.base import CATALOGUE, Action
from models.care.assignment import actions as _assignment_actions
from models.care.handover import actions as _handover_actions
from models.ground import clock
from models.ground.text import fold
from models.playbook.refusals import RefusedError
from models.reminder import actions as _reminder_actions
from models.tables.entry import Entry
from models.tables.people import Absence, Assignment, Customer, Leave, Member, Vpa
from models.tables.reminder import Reminder
from models.tables.task import Message, Task
from tests.support.world import World

ROOMS = (_assignment_actions, _handover_actions, _reminder_actions)
TODAY = dt.date(2025, 11, 5)
"""The day of `World.now`."""

MEMBERS = {
    "ANN": ("at",), "TOM": ("at",), "BEN": ("vpa_manager",), "KIM": ("customer_manager",), "SAM": ("sales",),
}  # fmt: skip
_numbers = itertools.count(1)


def days(count: int) -> dt.date:
    """So many days from today."""
    return TODAY + dt.timedelta(days=count)


def member(kuerzel: str, *roles: str, away: tuple[int, int] | None = None) -> Member:
    """A member; `away` are the first and last day of a holiday, counted from today."""
    row = Member.create(kuerzel=kuerzel, key=kuerzel.casefold(), name=f"{kuerzel} Muster", roles=sorted(roles))
    if away is not None:
        leave(kuerzel, *away)
    return row


def leave(kuerzel: str, first: int, last: int) -> None:
    """A member's holiday, in days from today."""
    Leave.create(member=kuerzel, reason="vacation", start=days(first), end=days(last))


def vpa(key: str, name: str = "", **facts: Any) -> Vpa:
    """A VPA of the platform."""
    name = name or f"Mira {key}"
    given = {"klasse": "B", "start": dt.date(2024, 1, 1), "new_customers": True, "orders": True, "areas": ["Recherche"]}
    return Vpa.create(id=key, name=name, folded=fold(name), **{**given, **facts})


def customer(key: str, name: str = "", **facts: Any) -> Customer:
    """A customer of the platform."""
    name = name or f"Nordlicht {key} GmbH"
    return Customer.create(id=key, name=name, folded=fold(name), **{"status": "aktiv", "pattern": "laufend", **facts})


def assignment(customer: str, vpa: str, start: dt.date, end: dt.date | None = None) -> Assignment:
    """A time in charge."""
    return Assignment.create(customer=customer, vpa=vpa, start=start, end=end)


def absence(vpa: str, first: dt.date, last: dt.date, **facts: Any) -> Absence:
    """An absence of a VPA."""
    key = f"A{next(_numbers)}"
    return Absence.create(id=key, vpa=vpa, start=first, end=last, entered_on=dt.date(2025, 1, 2), **facts)


def task(customer: str, vpa: str | None = None, **facts: Any) -> Task:
    """A task."""
    title = facts.pop("title", "Recherche zu Messen")
    return Task.create(
        id=f"T{next(_numbers)}", customer=customer, vpa=vpa, title=title, folded=fold(title),
        **{"state": "vergeben", **facts},
    )  # fmt: skip


def message(task: Task, at: str, sender: str = "kunde") -> Message:
    """A message of a task's chat."""
    return Message.create(id=f"M{next(_numbers)}", task=task.id, at=clock.parse_moment(at), sender=sender, text="Hallo")


def entry(customer: str, file: str, origin: str, on: str, **facts: Any) -> Entry:
    """An entry that stands on the platform."""
    given = {"kind": "other", "situation": "Steht schon da", "author": "Plattform", "account": ""}
    moment = clock.parse_moment(on)
    return Entry.create(
        file=file, subject=f"customer:{customer}", origin=origin, created_at=moment, **{**given, **facts}
    )


def settle(world: World) -> None:
    """The team, two VPAs, and customer K1 in the hands of V1 since February; ANN acts."""
    for kuerzel, roles in MEMBERS.items():
        member(kuerzel, *roles)
    vpa("V1", "Mira Keller")
    vpa("V2", "Can Demir")
    customer("K1", "Nordlicht GmbH", klasse="A")
    assignment("K1", "V1", dt.date(2025, 2, 5))
    world.me = "ANN"


def act(world: World, code: str, *, as_: str | None = None, now: str | None = None, despite: str | None = None,
        dry_run: bool = False, **texts: Any) -> dict[str, Any]:  # fmt: skip
    """Run an Action with its fields as the command line gives them."""
    return world.run(made(code, **texts), as_=as_, now=now, despite=despite, dry_run=dry_run)


def made(code: str, **texts: Any) -> Action:
    """An Action from texts."""
    kind = CATALOGUE[code]
    return kind(**from_texts(kind, {name: _text(value) for name, value in texts.items()}))


def _text(value: Any) -> Any:
    return value if isinstance(value, bool | tuple | list) or value is None else str(value)


def refused(world: World, code: str, *, despite: str | None = None, as_: str | None = None, **texts: Any) -> list[str]:
    """The codes that stand against an Action; fails where nothing does."""
    with pytest.raises(RefusedError) as refusal:
        act(world, code, as_=as_, despite=despite, **texts)
    return [obstacle.code for obstacle in refusal.value.obstacles]


def rules(world: World, code: str, **texts: Any) -> list[tuple[str, str, str]]:
    """Code, rule and weight of everything that stands against an Action."""
    with pytest.raises(RefusedError) as refusal:
        act(world, code, **texts)
    for found in refusal.value.obstacles:
        assert found.rule in found.text.rules, f"the playbook does not know {found.code} under {found.rule}"
    return [(found.code, found.rule, found.weight) for found in refusal.value.obstacles]


def in_charge(customer: str, today: dt.date = TODAY) -> str | None:
    """Id of the customer's VPA."""
    current = Assignment.current(customer, today)
    return current.vpa_id if current else None


def open_request(world: World, kind: str = "need_changed", **texts: Any) -> int:
    """A fresh request for K1; its id."""
    given = {"customer": "K1", "vpa": "V1", "reason_kind": kind, "reason": "Der Bedarf ist gewachsen", **texts}
    return int(act(world, "handover.open", **given)["id"])


def questioned(world: World, kind: str = "need_changed", plausible: str = "yes") -> int:
    """A request whose reasons were questioned."""
    key = open_request(world, kind)
    act(world, "handover.question", id=key, question="Wirklich?", answer="Ja, seit Mai", plausible=plausible)
    return key


def propose(world: World, key: int, **texts: Any) -> dict[str, Any]:
    """Propose V2 with all facts."""
    return act(world, "handover.propose", **{"id": key, "successor": "V2", "effort": "low", "refund": "no", **texts})


def proposed(world: World) -> int:
    """A request that waits for its release."""
    key = questioned(world)
    propose(world, key)
    return key


def approved(world: World) -> int:
    """A released request."""
    key = proposed(world)
    act(world, "handover.approve", id=key, as_="BEN")
    return key


def ready(world: World) -> int:
    """A request that can be finished."""
    key = approved(world)
    act(world, "handover.informed", id=key, on="2025-11-04")
    act(world, "handover.training", id=key, wanted="no")
    return key


WELCOME = "Hallo Can, bei Nordlicht ist Frau Berg die Ansprechpartnerin."


def finish(world: World, key: int, **more: Any) -> dict[str, Any]:
    """Finish a request with a text for the successor."""
    return act(world, "handover.finish", **{"id": key, "text": WELCOME, **more})


def reminders(**facts: Any) -> list[Reminder]:
    """Reminders with these values, in order."""
    query: Any = Reminder.select()
    for name, value in facts.items():
        query = query.where(getattr(Reminder, name) == value)
    return list(query.order_by(Reminder.id))


def entries(file: str, customer: str = "K1") -> list[Entry]:
    """Entries of a file that were not withdrawn, in order."""
    query = Entry.select().where(
        Entry.subject == f"customer:{customer}", Entry.file == file, Entry.withdrawn_at.is_null()
    )
    return list(query.order_by(Entry.id))
