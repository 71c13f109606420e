"""Absences by hand (S-03), and the export that joins them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.action.undo import redo, undo
from models.ground.errors import AlreadyDoneError, NotFoundError
from models.playbook.refusals import RefusedError
from models.records.absence import list_absences
from models.records.actions import AddAbsence, ChangeAbsence, LeaveVpa, ReturnVpa, WithdrawAbsence
from models.tables.people import Absence
from tests.importing.support import Exports, absence, vpa
from tests.support.world import World

MONDAY, FRIDAY = dt.date(2025, 12, 1), dt.date(2025, 12, 5)


@pytest.fixture
def office(desk: World, exports: Exports) -> Exports:
    """V1 is there."""
    exports.take(vpas=[vpa()])
    return exports


def add(office: Exports, **given: Any) -> dict[str, Any]:
    return office.world.run(AddAbsence(**{"vpa": "V1", "start": MONDAY, "end": FRIDAY, **given}))


def codes(refused: pytest.ExceptionInfo[RefusedError]) -> list[tuple[str, str]]:
    return [(one.code, one.rule) for one in refused.value.obstacles]


def test_one_by_phone_counts_like_one_that_was_entered_s03(office: Exports) -> None:
    shown = add(office, start=dt.date(2025, 11, 5), end=dt.date(2025, 11, 7))
    assert shown == {
        "id": "H1", "vpa": "V1", "von": dt.date(2025, 11, 5), "bis": dt.date(2025, 11, 7),
        "eingetragen_am": dt.date(2025, 11, 5), "withdrawn": False,
    }  # fmt: skip
    case = office.case()
    assert (case["kind"], case["before"], case["findings"]) == ("absence", None, ["short_notice"])
    assert case["after"] == {"von": "2025-11-05", "bis": "2025-11-07", "eingetragen_am": "2025-11-05"}
    assert case["facts"] == {"days": 3, "starts_90_days": 1}
    assert Absence.get_by_id("H1").made_by == "ANN"


def test_it_needs_both_days_in_order_s03(office: Exports) -> None:
    with pytest.raises(RefusedError) as refused:
        office.world.run(AddAbsence(vpa="V1"))
    assert codes(refused) == [("from_missing", "S-03"), ("until_missing", "S-03")]
    with pytest.raises(RefusedError) as refused:
        add(office, end=dt.date(2025, 11, 30))
    assert codes(refused) == [("until_before_from", "S-03")]
    with pytest.raises(NotFoundError):
        add(office, vpa="nobody")


def test_the_next_export_joins_it(office: Exports) -> None:
    add(office)
    case = office.case()
    assert office.take(abwesenheiten=[absence(eingetragen_am="2025-11-05")])["cases"] == 0
    assert [row["id"] for row in list_absences(office.world.session().work())] == ["H1"]
    assert office.case()["findings"] == case["findings"]
    answer = office.take(abwesenheiten=[absence(eingetragen_am="2025-11-05")])
    assert answer["files"][0]["unchanged"] == 1
    assert office.take(abwesenheiten=[absence(eingetragen_am="2025-11-05", bis="2025-12-30")])["cases"] == 0
    assert office.case()["findings"] == ["long"]
    office.take(abwesenheiten=[])
    assert office.case()["findings"] == ["withdrawn"]
    assert Absence.get_by_id("H1").platform_id == "A1"


def test_what_no_export_has_named_is_not_withdrawn_by_missing(office: Exports) -> None:
    add(office)
    office.take(abwesenheiten=[])
    assert office.case()["findings"] == []


def test_another_first_day_is_another_absence(office: Exports) -> None:
    add(office)
    assert office.take(abwesenheiten=[absence(von="2025-12-02")])["cases"] == 1
    assert len(list(list_absences(office.world.session().work()))) == 2


def test_changing_by_hand_goes_into_the_open_case(office: Exports) -> None:
    office.take_paths(office.folder(abwesenheiten=[absence()]), baseline=True, despite="Bestand")
    office.world.run(ChangeAbsence(id="A1", end=dt.date(2026, 1, 9)))
    case = office.case()
    assert (case["before"], case["after"], case["findings"]) == ({"bis": "2025-12-05"}, {"bis": "2026-01-09"}, ["long"])
    assert office.take(abwesenheiten=[absence()])["files"][0]["unchanged"] == 1  # stays until the export's own changes
    assert Absence.get_by_id("A1").end == dt.date(2026, 1, 9)
    undo(office.world.session())
    assert (office.cases(), Absence.get_by_id("A1").end) == ([], FRIDAY)
    with pytest.raises(RefusedError):
        office.world.run(ChangeAbsence(id="A1"))
    with pytest.raises(RefusedError) as refused:
        office.world.run(ChangeAbsence(id="A1", end=dt.date(2025, 11, 1)))
    assert codes(refused) == [("until_before_from", "S-03")]


def test_withdrawn_by_hand_stays_withdrawn_until_the_export_changes_it(office: Exports) -> None:
    office.take(abwesenheiten=[absence()])
    shown = office.world.run(WithdrawAbsence(id="A1"))
    assert (shown["withdrawn"], office.case()["findings"], office.case()["after"]) == (True, ["withdrawn"], None)
    with pytest.raises(AlreadyDoneError):
        office.world.run(WithdrawAbsence(id="A1"))
    office.take(abwesenheiten=[absence()])
    assert Absence.get_by_id("A1").withdrawn
    office.take(abwesenheiten=[absence(bis="2025-12-09")])
    assert not Absence.get_by_id("A1").withdrawn
    assert office.case()["before"] is None


def test_withdrawn_here_and_dropped_there_comes_back_when_it_is_named_again(office: Exports) -> None:
    office.take(abwesenheiten=[absence()])
    office.world.run(WithdrawAbsence(id="A1"))
    office.take(abwesenheiten=[])
    assert office.take(abwesenheiten=[absence()])["files"][0]["new"] == 1
    assert not Absence.get_by_id("A1").withdrawn


def test_undo_takes_case_and_absence_along_and_judges_the_others_anew(office: Exports) -> None:
    add(office)
    first = office.case()
    add(office, start=dt.date(2025, 12, 8), end=dt.date(2025, 12, 30))
    assert office.case(id=first["id"])["facts"]["days"] == 30
    undo(office.world.session())
    assert office.case() == first
    redo(office.world.session())
    assert office.case(id=first["id"])["facts"]["days"] == 30
    assert len(office.cases()) == 2


def test_undo_is_no_conflict_because_an_import_judged_the_case_anew(office: Exports) -> None:
    add(office)
    office.take(abwesenheiten=[absence(abwesenheit_id="A5", von="2025-12-08", bis="2025-12-30")])
    assert office.case(absence="H1")["findings"] == ["long"]
    undo(office.world.session())
    assert office.case()["facts"]["days"] == 23


def test_an_absence_of_one_who_is_gone_waits_for_him(office: Exports) -> None:
    office.world.run(LeaveVpa(id="V1"))
    add(office)
    assert [case["kind"] for case in office.cases()] == ["gone"]
    office.world.run(ReturnVpa(id="V1"))
    assert [case["kind"] for case in office.cases()] == ["gone", "absence"]


def test_what_joins_is_recognised_not_new(office: Exports) -> None:
    add(office)
    same = office.take(abwesenheiten=[absence(eingetragen_am="2025-11-05")])["files"][0]
    assert (same["new"], same["changed"], same["unchanged"], same["recognised"]) == (0, 0, 1, 1)
    add(office, start=dt.date(2026, 2, 2), end=dt.date(2026, 2, 3))
    rows = [absence(eingetragen_am="2025-11-05"), absence(abwesenheit_id="A2", von="2026-02-02", bis="2026-02-09")]
    other = office.take(abwesenheiten=rows)["files"][0]
    assert (other["new"], other["changed"], other["unchanged"], other["recognised"]) == (0, 1, 1, 1)
