"""The Case about a VPA who left: what is still his, and how it closes (S-04)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.action.undo import undo
from models.case.actions import ResolveCase
from models.case.queries import show_case
from models.playbook.refusals import RefusedError
from models.records.actions import LeaveVpa, ReturnVpa
from models.tables.case import Case
from models.tables.people import Assignment
from models.tables.reminder import Reminder
from models.tables.task import Task
from tests.importing.support import Exports, row, vpa
from tests.support.world import World


@pytest.fixture
def leaving(desk: World, exports: Exports) -> World:
    """V1 has a customer, a task and a Reminder, and leaves."""
    exports.take(
        baseline=True, vpas=[vpa(), vpa(vpa_id="V2", name="Jan Vogt")], kunden=[row("kunden")],
        zuordnungen=[row("zuordnungen")],
        aufgaben=[row("aufgaben", vpa_id="V1"), row("aufgaben", aufgabe_id="T2", vpa_id="V1", status="erledigt")],
    )  # fmt: skip
    now = desk.session().clock.now()
    Reminder.create(
        subject="vpa:V1", kind="general", due=now, reason="x", owner="ANN", original_owner="ANN", owners=[],
        created_by="ANN", created_at=now, after_entry=0, state="open",
    )  # fmt: skip
    desk.run(LeaveVpa(id="V1"))
    return desk


def shown(world: World) -> dict[str, Any]:
    """The Case as it is shown now."""
    return show_case(world.session().work(), Case.get())


def resolve(world: World, measure: str | None, **how: Any) -> dict[str, Any]:
    return world.run(ResolveCase(id=str(Case.get().id), measure=measure), **how)


def codes(refused: pytest.ExceptionInfo[RefusedError]) -> list[tuple[str, str, str]]:
    return [(one.code, one.rule, one.weight) for one in refused.value.obstacles]


def test_it_lists_what_is_still_his_s04(leaving: World) -> None:
    case = shown(leaving)
    assert case["findings"] == ["has_customers", "has_reminders", "has_tasks"]
    assert case["facts"] == {"customers": ["K1"], "tasks": ["T1"], "reminders": [Reminder.get().id]}


def test_it_is_judged_anew_whenever_it_is_shown(leaving: World) -> None:
    Assignment.update(end=dt.date(2025, 11, 4)).execute()
    Task.update(vpa="V2").execute()
    assert shown(leaving)["findings"] == ["has_reminders"]


@pytest.mark.parametrize("measure", ["handed_on", "left"])
def test_nobody_is_left_behind_s04(leaving: World, measure: str) -> None:
    with pytest.raises(RefusedError) as refused:
        resolve(leaving, measure)
    assert codes(refused) == [("customers_left", "S-04", "stop"), ("tasks_left", "S-04", "warn")]
    Assignment.update(end=dt.date(2025, 11, 4)).execute()
    with pytest.raises(RefusedError) as refused:
        resolve(leaving, measure)
    assert codes(refused) == [("tasks_left", "S-04", "warn")]
    closed = resolve(leaving, measure, despite="macht TOM morgen")
    assert (closed["state"], closed["findings"]) == ("resolved", ["has_reminders", "has_tasks"])
    undo(leaving.session())
    assert shown(leaving)["state"] == "open"


def test_without_a_measure_everything_is_said_at_once_d05(leaving: World) -> None:
    with pytest.raises(RefusedError) as refused:
        resolve(leaving, "contacted")
    assert [code for code, *_ in codes(refused)] == ["measure_missing", "customers_left", "tasks_left"]


def test_a_mistake_needs_nothing_s04(leaving: World) -> None:
    assert resolve(leaving, "mistake")["measure"] == "mistake"


def test_back_again_neither_s04(leaving: World) -> None:
    leaving.run(ReturnVpa(id="V1"))
    assert shown(leaving)["findings"] == ["returned"]
    assert resolve(leaving, "left")["state"] == "resolved"


def test_an_import_raises_and_judges_it_s04(desk: World, exports: Exports) -> None:
    other = vpa(vpa_id="V2", name="Jan Vogt")
    exports.take(baseline=True, vpas=[vpa(), other], kunden=[row("kunden")], zuordnungen=[row("zuordnungen")])
    assert exports.take(vpas=[other])["cases"] == 1
    assert (exports.case()["findings"], exports.case()["facts"]["customers"]) == (["has_customers"], ["K1"])
    exports.take(zuordnungen=[row("zuordnungen", vpa_id="V2", von="2025-11-05")])
    assert exports.case()["findings"] == []
    exports.take(vpas=[vpa(), other])
    assert exports.case()["findings"] == ["returned"]
    assert exports.take(vpas=[other])["cases"] == 0  # goes into the open one
    assert exports.case()["findings"] == []


def test_a_baseline_raises_none(desk: World, exports: Exports) -> None:
    exports.take(baseline=True, vpas=[vpa(), vpa(vpa_id="V2")])
    exports.take(baseline=True, vpas=[vpa()])
    assert exports.cases() == []
