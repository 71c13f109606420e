"""Customers and tasks by hand (S-02, F-01, F-10)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.action.undo import redo, undo
from models.ground.errors import AlreadyDoneError, ConflictError, NotFoundError, UsageError
from models.playbook.refusals import RefusedError
from models.records.actions import AddCustomer, AddTask, DelegateTask, SetCustomer, SetTask
from models.tables.people import Assignment, Customer
from models.tables.reminder import Reminder
from models.tables.task import Task
from tests.importing.support import Exports, row, vpa
from tests.support.world import World


@pytest.fixture
def office(desk: World, exports: Exports) -> World:
    """V1 is there."""
    exports.take(vpas=[vpa()])
    return desk


def codes(refused: pytest.ExceptionInfo[RefusedError]) -> list[tuple[str, str]]:
    return [(one.code, one.rule) for one in refused.value.obstacles]


def customer(world: World, **given: Any) -> dict[str, Any]:
    return world.run(AddCustomer(**{"name": "Gärtnerei Lenz", "status": "bucher", **given}))


def test_a_customer_is_added_with_name_and_status_s02(office: World) -> None:
    shown = customer(office, klasse="B", pattern="laufend", last_booking=dt.date(2025, 10, 1), vpa="V1")
    assert {name: shown[name] for name in ("id", "name", "status", "class", "pattern", "vpa", "merged_into")} == {
        "id": "H1", "name": "Gärtnerei Lenz", "status": "bucher", "class": "B", "pattern": "laufend", "vpa": "V1",
        "merged_into": None,
    }  # fmt: skip
    assert Assignment.get().start == dt.date(2025, 11, 5)
    assert (Reminder.get().kind, Reminder.get().subject) == ("upkeep", "customer:H1")  # K-25, as by an import
    assert customer(office, status="PRIO")["status"] == "prio"
    undo(office.session())
    undo(office.session())
    assert (Customer.get_or_none(Customer.id == "H1"), Assignment.select().count()) == (None, 0)
    redo(office.session())
    assert Assignment.get().customer_id == "H1"


def test_without_them_it_is_refused_s02(office: World) -> None:
    with pytest.raises(RefusedError) as refused:
        office.run(AddCustomer(status="seltsam"))
    assert codes(refused) == [("name_missing", "S-02"), ("status_missing", "S-02")]
    with pytest.raises(RefusedError) as refused:
        office.run(SetCustomer(id="K1"))
    assert codes(refused) == [("nothing_given", "S-02")]
    customer(office, id="K9")
    with pytest.raises(AlreadyDoneError):
        customer(office, id="K9")
    with pytest.raises(NotFoundError):
        customer(office, vpa="nobody")


def test_a_customers_facts_stay_until_the_export_changes_them(office: World, exports: Exports) -> None:
    customer(office, id="K9", wizard="mag Listen")
    office.run(SetCustomer(id="K9", klasse="A", name="Gärtnerei Lenz & Sohn"))
    exports.take(kunden=[row("kunden", kunden_id="K9", name="Gärtnerei Lenz", status="bucher", wizard="")])
    found = Customer.get_by_id("K9")
    assert (found.name, found.klasse, found.wizard) == ("Gärtnerei Lenz", "A", "mag Listen")
    with pytest.raises(ConflictError):
        undo(office.session())


def test_an_undo_of_a_customer_with_an_entry_is_a_conflict(office: World) -> None:
    from models.shared.entry import write_entry

    customer(office)
    with office.session().writing():
        work = office.session().work(locking=True)
        write_entry(work, file="oteam", subject="customer:H1", kind="other", situation="x", tags=["x"])
    with pytest.raises(ConflictError):
        undo(office.session())


def test_a_task_is_added_for_the_customers_vpa_s02(office: World) -> None:
    customer(office, vpa="V1")
    shown = office.run(AddTask(customer="H1", title="Messeliste", hours="7,5", link="https://x.example/1"))
    assert {name: shown[name] for name in ("id", "title", "customer", "vpa", "state", "hours")} == {
        "id": "H1", "title": "Messeliste", "customer": "H1", "vpa": "V1", "state": "offen", "hours": 7.5,
    }  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        office.run(AddTask(customer="H1"))
    assert codes(refused) == [("title_missing", "S-02")]
    with pytest.raises(UsageError):
        office.run(AddTask(customer="H1", title="x", hours="viele"))
    with pytest.raises(NotFoundError):
        office.run(AddTask(customer="nobody", title="x"))
    undo(office.session())
    assert Task.select().count() == 0


def test_a_task_is_changed_s02(office: World) -> None:
    customer(office)
    office.run(AddTask(customer="H1", title="Messeliste"))
    shown = office.run(SetTask(id="H1", title="Liste", deadline=dt.date(2025, 12, 1), vpa="V1", new_customer=True))
    assert (shown["title"], shown["deadline"], shown["vpa"]) == ("Liste", dt.date(2025, 12, 1), "V1")
    with pytest.raises(RefusedError) as refused:
        office.run(SetTask(id="H1"))
    assert codes(refused) == [("nothing_given", "S-02")]
    undo(office.session())
    assert (Task.get().title, Task.get().vpa_id, Task.get().new_customer) == ("Messeliste", None, False)


def test_delegating_needs_a_comment_f01_f10(office: World) -> None:
    customer(office, vpa="V1")
    office.run(AddTask(customer="H1", title="Messeliste"))
    with pytest.raises(RefusedError) as refused:
        office.run(DelegateTask(id="H1", by="V1", reason="time"))
    assert codes(refused) == [("comment_missing", "F-10")]
    shown = office.run(DelegateTask(id="H1", by="V1", reason="time", comment="bis Freitag voll"))
    assert (shown["state"], shown["customer"]) == ("forwarded", "H1")
    task = Task.get()
    assert (task.delegated_by, task.delegation_reason, task.delegation_comment) == ("V1", "zeit", "bis Freitag voll")
    assert Assignment.current("H1", dt.date(2025, 11, 5)) is not None  # F-02: the customer stays his
    with pytest.raises(AlreadyDoneError):
        office.run(DelegateTask(id="H1", by="V1", reason="time", comment="noch einmal"))
