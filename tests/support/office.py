"""A small invented office, laid into a world without asking any rule: members of every role, two VPAs, a customer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.ground import clock
from models.ground.text import fold
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.people import Assignment, Customer, Member, Vpa
from models.tables.reminder import Reminder
from models.tables.setting import Setting
from models.tables.task import Message, Task
from tests.support.world import World

ROLES = {
    "ANB": ("at", "vpa_manager"), "TOM": ("at",), "KIM": ("customer_manager",), "SAL": ("sales",), "BUD": ("buddy",),
}  # fmt: skip
LINK = "https://plattform.example/aufgaben/T1"
MORNING = "2025-11-05T09:00"
"""The working day of `World.now`, before noon."""


def settle(world: World) -> World:
    """Members, VPAs V001 and V002, customer K001 given by V001, task T1; TOM acts."""
    members()
    vpa("V001", "Mira Keller")
    vpa("V002", "Jonas Äpfel", klasse="C")
    customer("K001", "Bäckerei Sommer")
    Assignment.create(customer="K001", vpa="V001", start=dt.date(2025, 1, 2))
    task("T1")
    world.me = "TOM"
    return world


def members() -> None:
    """One of every kind."""
    for kuerzel, roles in ROLES.items():
        name = f"{kuerzel.title()} Muster"
        Member.create(kuerzel=kuerzel, key=kuerzel.casefold(), name=name, roles=sorted(roles))


def one_is_enough() -> None:
    """The team erases without a second pair of eyes (setting `four_eyes`)."""
    Setting.create(key="four_eyes", value="off")


def vpa(key: str, name: str, **facts: Any) -> Vpa:
    """A VPA of the platform."""
    given = {"klasse": "B", "start": dt.date(2024, 1, 8), "active": True, **facts}
    return Vpa.create(id=key, name=name, folded=fold(name), **given)


def customer(key: str, name: str, **facts: Any) -> Customer:
    """A customer of the platform."""
    return Customer.create(id=key, name=name, folded=fold(name), **{"status": "aktiv", **facts})


def task(key: str, **facts: Any) -> Task:
    """A task of K001 with V001."""
    given = {"customer": "K001", "vpa": "V001", "title": "Messeliste", "state": "offen", "link": LINK, **facts}
    return Task.create(id=key, folded=fold(given["title"]), **given)


def confirmation(key: str = "N1", sender: str = "at", tags: tuple[str, ...] = ("aufgabenbeschreibung",)) -> None:
    """A message of the task's chat."""
    Message.create(id=key, task="T1", at=moment("2025-11-04T10:00"), sender=sender, text="Gebucht.", tags=list(tags))


def case(kind: str = "schedule", vpa: str = "V001", **facts: Any) -> Case:
    """An open Case."""
    given = {
        "vpa_name": "Mira Keller", "vpa_folded": "mira keller", "opened_at": moment("2025-11-03T10:00"),
        "changed_on": dt.date(2025, 11, 3), **facts,
    }  # fmt: skip
    return Case.create(kind=kind, vpa=vpa, **given)


def flag(vpa: str = "V001", stage: str = "0-3", **facts: Any) -> Flag:
    """An open Neu-Flag."""
    given = {"vpa_name": "Mira Keller", "vpa_folded": "mira keller", "raised_on": dt.date(2025, 11, 3), **facts}
    return Flag.create(vpa=vpa, stage=stage, **given)


def reminder(owner: str = "TOM", due: str = "2025-11-05T08:00", **facts: Any) -> Reminder:
    """An open Reminder on V001."""
    given = {
        "subject": "vpa:V001", "reason": "Nachfragen", "original_owner": owner, "created_by": owner,
        "created_at": moment("2025-11-03T10:00"), **facts,
    }  # fmt: skip
    return Reminder.create(owner=owner, due=moment(due), **given)


def entry(file: str = "oteam", subject: str = "customer:K001", situation: str = "Ruhig", **facts: Any) -> Entry:
    """A file entry of TOM."""
    given = {
        "kind": "other", "tags": ["Sonstiges"], "author": "TOM", "account": "test-account",
        "created_at": moment("2025-11-04T10:00"), "folded": Entry.searchable(situation), **facts,
    }  # fmt: skip
    return Entry.create(file=file, subject=subject, situation=situation, **given)


def moment(text: str) -> dt.datetime:
    """Berlin."""
    return clock.parse_moment(text)


def content() -> dict[str, list[tuple[Any, ...]]]:
    """Every table with all its rows, as they are stored: two of these are equal only if nothing was changed."""
    from models.tables.registry import tables

    found: dict[str, list[tuple[Any, ...]]] = {}
    for model in tables():
        fields = model._meta.sorted_fields
        rows = [tuple(f.db_value(f.python_value(v)) for f, v in zip(fields, row, strict=True)) for row in _raw(model)]
        found[str(model._meta.table_name)] = sorted(rows, key=repr)
    return found


def _raw(model: Any) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{field.column_name}"' for field in model._meta.sorted_fields)
    rows: list[tuple[Any, ...]] = model._meta.database.execute_sql(
        f'SELECT {columns} FROM "{model._meta.table_name}"'
    ).fetchall()
    return rows
