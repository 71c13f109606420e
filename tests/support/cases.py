"""Invented people and what lies on their desk: Cases, Reminders and Neu-Flags, laid straight into the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from peewee import SQL

from models.database.fields import BaseModel
from models.ground import clock
from models.ground.errors import AlreadyDoneError, ConflictError
from models.ground.text import fold
from models.ground.workdays import Workdays
from models.playbook.refusals import RefusedError
from tests.support.world import World

if TYPE_CHECKING:
    from models.action.base import Action
    from models.tables.case import Case
    from models.tables.entry import Entry
    from models.tables.flag import Flag
    from models.tables.reminder import Reminder

MEMBERS = {
    "ANN": ("at",), "TOM": ("at",), "LIA": ("at",), "VIO": ("vpa_manager",), "WIM": ("vpa_manager",),
    "KIM": ("customer_manager",), "SAM": ("sales",),
}  # fmt: skip

CHANGES: dict[str, tuple[Any, Any]] = {
    "schedule": ({"neukunden": True}, {"neukunden": False}),
    "absence": (None, {"von": "2025-11-10", "bis": "2025-11-12", "eingetragen_am": "2025-11-03"}),
    "class": ({"klasse": "B"}, {"klasse": "C"}),
    "inactive": ({"aktiv": True}, {"aktiv": False}),
    "gone": ({"gone": False}, {"gone": True}),
}
"""What each kind of Case is about where a test does not care."""


def team(world: World) -> World:
    """Three of the Admin-Team, two VPA managers, a customer manager, Sales; one VPA, one customer. ANN acts."""
    for kuerzel, roles in MEMBERS.items():
        member(kuerzel, *roles)
    vpa()
    customer()
    world.me = "ANN"
    return world


def member(kuerzel: str, *roles: str, left_on: dt.date | None = None) -> None:
    """A member."""
    from models.tables.people import Member

    Member.create(
        kuerzel=kuerzel, key=kuerzel.casefold(), name=f"{kuerzel} Muster", roles=sorted(roles), left_on=left_on
    )


def away(kuerzel: str, first: str, last: str, reason: str = "vacation") -> None:
    """A member's holiday or illness; both days count."""
    from models.tables.people import Leave

    Leave.create(member=kuerzel, reason=reason, start=day(first), end=day(last))


def left(kuerzel: str, on: str = "2025-11-01") -> None:
    """A member who has left the team."""
    from models.tables.people import Member

    Member.update(left_on=day(on)).where(Member.kuerzel == kuerzel).execute()


def day(text: str) -> dt.date:
    """A date."""
    return clock.parse_date(text)


def moment(text: str) -> dt.datetime:
    """A Berlin moment."""
    return clock.parse_moment(text)


def vpa(key: str = "V1", name: str = "Mira Keller", **facts: Any) -> None:
    """A VPA, class B and inactive where nothing else is said."""
    from models.tables.people import Vpa

    given = {"klasse": "B", "start": day("2024-01-08"), "active": False, "mobile_app": False}
    Vpa.create(id=key, name=name, folded=fold(name), **{**given, **facts})


def change_vpa(key: str = "V1", **facts: Any) -> None:
    """What a newer export would say."""
    from models.tables.people import Vpa

    Vpa.update(**facts).where(Vpa.id == key).execute()


def customer(key: str = "K1", name: str = "Bäckerei Sommer") -> None:
    """A customer."""
    from models.tables.people import Customer

    Customer.create(id=key, name=name, folded=fold(name), status="aktiv")


def in_charge(customer: str, vpa: str, start: str, end: str | None = None) -> None:
    """An assignment."""
    from models.tables.people import Assignment

    Assignment.create(customer=customer, vpa=vpa, start=day(start), end=day(end) if end else None)


def case(kind: str, *findings: str, vpa: str = "V1", opened: str = "2025-11-03T08:00", **more: Any) -> Case:
    """An open Case, raised by the import of that moment."""
    from models.tables.case import Case
    from models.tables.people import Absence, Vpa

    row = Vpa.get_by_id(vpa)
    before, after = CHANGES[kind]
    at = moment(opened)
    values: dict[str, Any] = {"before": before, "after": after, "changed_on": clock.day_of(at)}
    if kind == "inactive":
        values["workable_from"] = Workdays().inactive_workable_from(clock.day_of(at))
    if kind == "absence":
        key = f"A{Absence.select().count() + 1}"
        Absence.create(id=key, vpa=vpa, start=day("2025-11-10"), end=day("2025-11-12"), entered_on=day("2025-11-03"))
        values |= {"absence": key, "facts": {"days": 3, "starts_90_days": 1}}
    values |= more
    return Case.create(
        kind=kind, vpa=vpa, vpa_name=row.name, vpa_folded=row.folded, opened_at=at, findings=sorted(findings), **values
    )


def went_inactive_again(case: Case, on: str) -> None:
    """What an import of that day does to an open Case about an inactive VPA."""
    workable = Workdays().inactive_workable_from(day(on))
    type(case).update(changed_on=day(on), workable_from=workable).where(type(case).id == case.id).execute()


def reminder(subject: str = "vpa:V1", owner: str = "ANN", due: str = "2025-11-05", **more: Any) -> Reminder:
    """An open Reminder, set on Monday the 3rd."""
    from peewee import fn

    from models.tables.entry import Entry
    from models.tables.reminder import Reminder

    values = {
        "original_owner": owner, "created_by": owner, "created_at": moment("2025-11-03T09:00"),
        "after_entry": Entry.select(fn.MAX(Entry.id)).scalar() or 0, "reason": "Nachfragen",
    }  # fmt: skip
    return Reminder.create(subject=subject, owner=owner, due=moment(due), **{**values, **more})


def entry(subject: str = "vpa:V1", file: str = "", at: str = "2025-11-05T10:00", **more: Any) -> Entry:
    """A file entry; by default in the VPA-Akte or the O-Team Kundenakte."""
    from models.tables.entry import Entry

    file = file or ("vpa_akte" if subject.startswith("vpa:") else "oteam")
    values = {"kind": "other", "situation": "Gesprochen", "tags": ["Kontakt"], "author": "TOM", "account": "konto"}
    return Entry.create(subject=subject, file=file, created_at=moment(at), **{**values, **more})


def flag(stage: str, vpa: str = "V1", raised: str = "2025-11-03", **more: Any) -> Flag:
    """An open Neu-Flag."""
    from models.tables.flag import Flag
    from models.tables.people import Vpa

    row = Vpa.get_by_id(vpa)
    return Flag.create(vpa=vpa, vpa_name=row.name, vpa_folded=row.folded, stage=stage, raised_on=day(raised), **more)


# Asking


def wants(world: World, action: Action, *, as_: str | None = None, now: str | None = None) -> list[str]:
    """What still stands against an action, as `code rule`; nothing is changed."""
    from models.action.run import check

    return [f"{o.code} {o.rule}" for o in check(world.session(as_, now), action).obstacles]


def refused(world: World, action: Action, *, as_: str | None = None, now: str | None = None) -> list[str]:
    """The codes and rules of a refusal; makes sure that nothing was changed by it."""
    from models.tables.history import History

    before = History.select().count()
    with pytest.raises(RefusedError) as caught:
        world.run(action, as_=as_, now=now)
    assert History.select().count() == before
    return [f"{o.code} {o.rule}" for o in caught.value.obstacles]


def already_done(world: World, action: Action, **how: Any) -> str:
    """The sentence of an `already_done`."""
    with pytest.raises(AlreadyDoneError) as caught:
        world.run(action, **how)
    assert caught.value.exit_code == 6
    return caught.value.message


def undo(world: World, as_: str | None = None) -> dict[str, Any]:
    """Take back the member's last action."""
    from models.action.undo import undo as step

    return step(world.session(as_)).show()


def redo(world: World, as_: str | None = None, now: str | None = None) -> dict[str, Any]:
    """Bring it back."""
    from models.action.undo import redo as step

    return step(world.session(as_, now)).show()


def built_on(step: Callable[[World], Any], world: World) -> None:
    """Undo or redo meets a `conflict`."""
    with pytest.raises(ConflictError) as caught:
        step(world)
    assert caught.value.exit_code == 6


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables that these actions write, to see that nothing has changed."""
    from models.tables.case import Case
    from models.tables.entry import Entry
    from models.tables.flag import Flag
    from models.tables.history import History
    from models.tables.reminder import Reminder

    models: tuple[type[BaseModel], ...] = (Case, Reminder, Flag, Entry, History)
    found: dict[str, Any] = {model._meta.table_name: model.select().order_by(SQL("id")) for model in models}
    return {name: list(query.tuples()) for name, query in found.items()}
