"""VPAs by hand: added, changed, gone and back (S-01, S-04)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.action.undo import redo, undo
from models.ground.errors import AlreadyDoneError, ConflictError, NotFoundError, UsageError
from models.playbook.refusals import RefusedError
from models.records.actions import AddVpa, LeaveVpa, ReturnVpa, SetVpa
from models.tables.case import Case
from models.tables.people import Vpa
from tests.importing.support import Exports, vpa
from tests.support.world import World

START = dt.date(2024, 3, 1)


def add(world: World, **given: Any) -> dict[str, Any]:
    """A VPA with what is needed."""
    return world.run(AddVpa(**{"name": "Ida Sommer", "klasse": "B", "start": START, **given}))


def codes(refused: pytest.ExceptionInfo[RefusedError]) -> list[tuple[str, str]]:
    return [(one.code, one.rule) for one in refused.value.obstacles]


def test_a_vpa_is_added_with_name_class_and_start_s01(desk: World) -> None:
    shown = add(desk, part_time=True, area=("Buchhaltung", "Telefon"), buddy="TOM")
    assert {name: shown[name] for name in ("id", "name", "class", "active", "neukunden", "auftraege", "part_time")} == {
        "id": "H1", "name": "Ida Sommer", "class": "B", "active": True, "neukunden": True, "auftraege": True,
        "part_time": True,
    }  # fmt: skip
    assert (shown["areas"], shown["buddy"], shown["rising_star"]) == (["Buchhaltung", "Telefon"], "TOM", None)
    assert (shown["merged_into"], shown["priority"], shown["cases"]) == (None, None, [])
    assert add(desk)["id"] == "H2"
    assert add(desk, id="V9", active=False, klasse="c")["active"] is False


def test_without_them_it_is_refused_s01(desk: World) -> None:
    with pytest.raises(RefusedError) as refused:
        desk.run(AddVpa(klasse="X"))
    assert codes(refused) == [("name_missing", "S-01"), ("class_missing", "S-01"), ("start_missing", "S-01")]
    add(desk, id="V9")
    with pytest.raises(AlreadyDoneError):
        desk.run(AddVpa(id="V9"))
    with pytest.raises(UsageError):
        add(desk, id="x" * 400)


def test_an_id_that_was_undone_is_not_given_again(desk: World) -> None:
    assert add(desk)["id"] == "H1"
    undo(desk.session())
    assert add(desk)["id"] == "H2"


def test_a_trial_adds_nothing_and_tells_the_id(desk: World) -> None:
    shown = desk.run(AddVpa(name="Ida", klasse="B", start=START), dry_run=True)
    assert (shown["id"], shown["dry_run"], Vpa.get_or_none(Vpa.id == "H1")) == ("H1", True, None)


def test_a_change_by_hand_raises_the_same_case_as_an_export_d11(desk: World, exports: Exports) -> None:
    exports.take(vpas=[vpa(klasse="N")])
    desk.run(SetVpa(id="V1", new_customers=False))
    case = exports.case()
    assert (case["kind"], case["before"], case["after"]) == ("schedule", {"neukunden": True}, {"neukunden": False})
    assert case["findings"] == ["new_vpa_declines"]
    desk.run(SetVpa(id="V1", orders=False))
    assert exports.case()["after"] == {"neukunden": False, "auftraege": False}
    desk.run(SetVpa(id="V1", new_customers=True, orders=True))
    assert exports.case()["findings"] == ["reverted"]


def test_a_trial_of_a_change_takes_no_number(desk: World, exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    tried = desk.run(SetVpa(id="V1", active=False), dry_run=True)
    assert exports.cases() == []
    assert desk.run(SetVpa(id="V1", active=False))["cases"] == tried["cases"] == [exports.case()["id"]]


def test_set_needs_something_to_change_s01(desk: World, exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    with pytest.raises(RefusedError) as refused:
        desk.run(SetVpa(id="V1"))
    assert codes(refused) == [("nothing_given", "S-01")]
    with pytest.raises(NotFoundError):
        desk.run(SetVpa(id="nobody", orders=True))
    with pytest.raises(UsageError):
        desk.run(SetVpa(id="V1", klasse="X"))


def test_what_was_set_here_stays_until_the_exports_own_value_changes(desk: World, exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    desk.run(SetVpa(id="V1", new_customers=False))
    exports.resolve(exports.case())
    assert exports.take(vpas=[vpa(name="Mira Keller-Jung")])["cases"] == 0  # another column, the same ja
    assert Vpa.get_by_id("V1").new_customers is False
    assert exports.take(vpas=[vpa(name="Mira Keller-Jung", neukunden="nein")])["cases"] == 0  # known already
    assert exports.take(vpas=[vpa(name="Mira Keller-Jung", neukunden="ja")])["cases"] == 1
    assert Vpa.get_by_id("V1").new_customers is True


def test_one_made_here_that_an_export_names_is_that_one(desk: World, exports: Exports) -> None:
    add(desk, id="V7", buddy="TOM")
    assert exports.take(vpas=[vpa()])["cases"] == 0
    assert not Vpa.get_by_id("V7").gone  # neither gone by missing
    row = vpa(vpa_id="V7", name="Ida Sommer", klasse="B", start="2024-03-01", buddy="")
    assert exports.take(vpas=[vpa(), row])["cases"] == 0
    assert Vpa.get_by_id("V7").buddy == "TOM"
    assert exports.take(vpas=[vpa()])["cases"] == 1  # from now on the export's presence counts
    assert Vpa.get_by_id("V7").gone


def test_a_first_export_that_says_otherwise_raises_a_case(desk: World, exports: Exports) -> None:
    add(desk, id="V7")
    row = vpa(vpa_id="V7", name="Ida Sommer", klasse="C", start="2024-03-01")
    assert exports.take(vpas=[row])["cases"] == 1
    assert exports.case()["before"] == {"klasse": "B"}


def test_undo_takes_the_case_along_and_redo_brings_it(desk: World, exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    desk.run(SetVpa(id="V1", klasse="A", name="Mira Jung"))
    undo(desk.session())
    assert exports.cases() == []
    assert (Vpa.get_by_id("V1").klasse, Vpa.get_by_id("V1").known["klasse"]) == ("C", "C")
    redo(desk.session())
    assert (exports.case()["findings"], exports.case()["vpa_name"]) == (["better"], "Mira Jung")
    undo(desk.session())
    assert Vpa.get_by_id("V1").name == "Mira Keller"
    with pytest.raises(AlreadyDoneError):
        undo(desk.session())


def test_a_case_that_was_worked_on_is_a_conflict(desk: World, exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    desk.run(SetVpa(id="V1", klasse="A"))
    Case.update(contacted_at=desk.session().clock.now(), contacted_by="TOM").execute()
    with pytest.raises(ConflictError):
        undo(desk.session())
    assert len(exports.cases()) == 1


def test_one_whom_an_export_has_named_since_stays(desk: World, exports: Exports) -> None:
    add(desk, id="V7")
    exports.take(vpas=[vpa(vpa_id="V7", name="Ida Sommer", klasse="B", start="2024-03-01")])
    with pytest.raises(ConflictError):
        undo(desk.session())


def test_adding_is_undone_with_the_flags_of_the_day(desk: World) -> None:
    from models.journey.stages import raise_flags
    from models.tables.flag import Flag

    add(desk)
    raise_flags(desk.session().work())
    assert Flag.select().where(Flag.vpa == "H1").count() == 1
    undo(desk.session())
    assert (Vpa.get_or_none(Vpa.id == "H1"), Flag.select().where(Flag.vpa == "H1").count()) == (None, 0)


# Gone, and back


def test_who_leaves_is_gone_with_a_case_s04(desk: World, exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    shown = desk.run(LeaveVpa(id="V1", on=dt.date(2025, 11, 3), reason="Studium"))
    case = exports.case()
    assert (shown["gone"], shown["cases"]) == (True, [case["id"]])
    assert (case["kind"], case["before"], case["after"]) == ("gone", {"gone": False}, {"gone": True})
    assert (case["findings"], case["facts"]) == ([], {"customers": [], "tasks": [], "reminders": []})
    with pytest.raises(AlreadyDoneError):
        desk.run(LeaveVpa(id="V1"))


def test_nobody_leaves_in_the_future_s04(desk: World, exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    with pytest.raises(RefusedError) as refused:
        desk.run(LeaveVpa(id="V1", on=dt.date(2025, 11, 6)))
    assert codes(refused) == [("on_in_future", "S-04")]


def test_after_leaving_the_exports_presence_counts_when_it_changes(desk: World, exports: Exports) -> None:
    other = vpa(vpa_id="V2")
    exports.take(vpas=[vpa(), other])
    desk.run(LeaveVpa(id="V1"))
    exports.take(vpas=[vpa(), other])
    assert Vpa.get_by_id("V1").gone
    assert exports.take(vpas=[other])["cases"] == 0  # known already
    exports.take(vpas=[vpa(), other])
    assert not Vpa.get_by_id("V1").gone
    assert exports.case()["findings"] == ["returned"]


def test_after_returning_too(desk: World, exports: Exports) -> None:
    other = vpa(vpa_id="V2")
    exports.take(vpas=[vpa(), other])
    exports.take(vpas=[other])
    shown = desk.run(ReturnVpa(id="V1"))
    assert (shown["gone"], exports.case()["findings"]) == (False, ["returned"])
    exports.take(vpas=[other])
    assert not Vpa.get_by_id("V1").gone
    exports.take(vpas=[vpa(), other])
    exports.take(vpas=[other])
    assert Vpa.get_by_id("V1").gone
    assert exports.case()["findings"] == []
    with pytest.raises(AlreadyDoneError):
        desk.run(ReturnVpa(id="V2"))


def test_no_case_is_raised_about_one_who_is_gone(desk: World, exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    desk.run(LeaveVpa(id="V1"))
    desk.run(SetVpa(id="V1", klasse="A"))
    assert exports.case()["kind"] == "gone"
    undo(desk.session())
    undo(desk.session())
    assert (exports.cases(), Vpa.get_by_id("V1").gone) == ([], False)


def test_what_an_import_has_learnt_since_does_not_stand_in_the_way_of_undo(desk: World, exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    desk.run(SetVpa(id="V1", new_customers=False))
    exports.take(vpas=[vpa(klasse="A")])
    undo(desk.session())
    assert [case["kind"] for case in exports.cases()] == ["class"]
    known = Vpa.get_by_id("V1").known
    assert (known["neukunden"], known["klasse"]) == (True, "A")
    redo(desk.session())
    assert Vpa.get_by_id("V1").known["neukunden"] is False
    assert exports.take(vpas=[vpa(klasse="A")])["cases"] == 0
