"""Removing a Neu-Flag once the task of its phase is done (J-01 to J-08)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.admin.verify import verify
from models.ground.errors import ConflictError, NotFoundError
from models.journey.actions import RemoveFlag
from models.tables.entry import Entry
from models.tables.flag import Flag
from tests.support.cases import (
    already_done,
    change_vpa,
    day,
    everything,
    flag,
    moment,
    redo,
    refused,
    undo,
    wants,
)
from tests.support.world import World

TODAY, TOMORROW = day("2025-11-05"), day("2025-11-06")
TALKED = {"measures": "Coaching", "agreed_with": "VIO", "discussed_on": TODAY}


def remove(of: Flag, **more: Any) -> RemoveFlag:
    return RemoveFlag(id=str(of.id), **more)


def details() -> dict[str, Any]:
    return dict(Flag.get().details)


def test_j01_the_onboarding_call_has_taken_place(desk: World) -> None:
    mark = flag("0-3")
    assert refused(desk, remove(mark)) == ["onboarding_call_missing J-01"]
    assert refused(desk, remove(mark, onboarding_call=TOMORROW)) == ["onboarding_call_in_future J-01"]
    assert wants(desk, remove(mark, onboarding_call=TOMORROW), now="2025-11-06T00:00") == []
    shown = desk.run(remove(mark, onboarding_call=TODAY))
    assert (shown["state"], shown["removed_by"], shown["removed_at"]) == ("removed", "ANN", moment("2025-11-05T14:00"))
    assert shown["details"] == {"onboarding_call": "2025-11-05"}


def test_j01_or_is_known_from_the_export(desk: World) -> None:
    mark = flag("0-3")
    change_vpa(onboarding_call=TOMORROW, buddy="LIA")
    assert wants(desk, remove(mark)) == ["onboarding_call_in_future J-01"]
    assert wants(desk, remove(mark, onboarding_call=TODAY)) == []
    change_vpa(onboarding_call=day("2025-11-03"))
    assert wants(desk, remove(mark, onboarding_call=TOMORROW)) == ["onboarding_call_in_future J-01"]
    desk.run(remove(mark))
    assert details() == {"onboarding_call": "2025-11-03"}


def test_j02_appointment_and_buddy(desk: World) -> None:
    mark = flag("3-6")
    ahead = moment("2025-12-01T09:30+00:00").astimezone(dt.UTC)
    assert refused(desk, remove(mark)) == ["appointment_missing J-02", "buddy_missing J-02"]
    assert wants(desk, remove(mark, buddy="Lena")) == ["appointment_missing J-02"]
    assert wants(desk, remove(mark, appointment=ahead)) == ["buddy_missing J-02"]
    change_vpa(buddy="LIA")
    assert wants(desk, remove(mark, appointment=moment("2025-11-01T10:00"))) == []
    desk.run(remove(mark, appointment=ahead))
    assert details() == {"appointment": "2025-12-01T10:30:00+01:00", "buddy": "LIA"}


@pytest.mark.parametrize("stage", ["6-9", "9-12"])
def test_j03_class_a_and_b_only_want_the_class_looked_at(desk: World, stage: str) -> None:
    """J-03, A-10: the class check suffices."""
    mark = flag(stage)
    for klasse in "AB":
        change_vpa(klasse=klasse)
        assert refused(desk, remove(mark)) == ["class_check_missing J-03"]
        assert wants(desk, remove(mark, class_checked=True)) == []
    desk.run(remove(mark, class_checked=True, **TALKED))
    assert details() == {"class_checked": True, "class_at_check": "B"}


@pytest.mark.parametrize("stage", ["6-9", "9-12"])
def test_j04_j05_class_c_and_d_want_measures_agreed_and_talked_through(desk: World, stage: str) -> None:
    mark = flag(stage)
    for klasse in "CD":
        change_vpa(klasse=klasse)
        assert refused(desk, remove(mark)) == [
            "class_check_missing J-03", "measures_missing J-04", "agreement_missing J-04", "discussion_missing J-05",
        ]  # fmt: skip
        done = {"class_checked": True, **TALKED}
        codes = {
            "class_checked": "class_check_missing J-03", "measures": "measures_missing J-04",
            "agreed_with": "agreement_missing J-04", "discussed_on": "discussion_missing J-05",
        }  # fmt: skip
        for name, code in codes.items():
            assert wants(desk, remove(mark, **{k: v for k, v in done.items() if k != name})) == [code]
        assert wants(desk, remove(mark, **{**done, "discussed_on": TOMORROW})) == ["discussion_in_future J-05"]
        for nobody in ("TOM", "KIM", "NIX"):
            assert wants(desk, remove(mark, **{**done, "agreed_with": nobody})) == ["agreement_missing J-04"]
    desk.run(remove(mark, class_checked=True, **{**TALKED, "agreed_with": "vio"}))
    assert details() == {
        "class_checked": True, "measures": "Coaching", "agreed_with": "VIO", "discussed_on": "2025-11-05",
        "class_at_check": "D",
    }  # fmt: skip


def test_j04_class_n_asks_a_vpa_manager(desk: World) -> None:
    """J-04, A-10: N is asked of a VPA manager first."""
    change_vpa(klasse="N")
    mark = flag("6-9")
    assert refused(desk, remove(mark)) == ["class_check_missing J-03", "agreement_missing J-04"]
    assert wants(desk, remove(mark, class_checked=True, agreed_with="TOM")) == ["agreement_missing J-04"]
    assert wants(desk, remove(mark, class_checked=True, agreed_with="VIO")) == []


def test_j06_the_later_phase_is_judged_afresh(desk: World) -> None:
    change_vpa(klasse="C")
    earlier, later = flag("6-9"), flag("9-12")
    desk.run(remove(earlier, class_checked=True, **TALKED))
    assert len(wants(desk, remove(later))) == 4


def test_j08_only_a_vpa_manager_and_after_a_contact(desk: World) -> None:
    mark = flag(">12")
    assert refused(desk, remove(mark)) == ["role_vpa_manager J-08", "contact_missing J-08"]
    assert refused(desk, remove(mark, contacted_on=TODAY), as_="KIM") == ["role_vpa_manager J-08"]
    assert refused(desk, remove(mark), as_="VIO") == ["contact_missing J-08"]
    assert refused(desk, remove(mark, contacted_on=TOMORROW), as_="VIO") == ["contact_in_future J-08"]
    shown = desk.run(remove(mark, contacted_on=TODAY), as_="VIO")
    assert (shown["removed_by"], shown["details"]) == ("VIO", {"contacted_on": "2025-11-05"})


def test_an_option_of_another_stage_is_passed_over(desk: World) -> None:
    mark = flag("3-6")
    shown = desk.run(
        remove(
            mark, appointment=moment("2025-12-01T10:30"), buddy="Lena", contacted_on=TOMORROW, onboarding_call=TOMORROW
        )
    )
    assert set(shown["details"]) == {"appointment", "buddy"}


@pytest.mark.parametrize("stage", ["0-3", "3-6", "6-9", "9-12", ">12"])
def test_gone_removes_without_further_condition(desk: World, stage: str) -> None:
    mark = flag(stage)
    assert wants(desk, remove(mark, gone=True)) != []  # still on the platform
    change_vpa(gone=True, klasse="C")
    assert wants(desk, remove(mark)) != []  # nobody said so
    shown = desk.run(remove(mark, gone=True, class_checked=True))
    assert (shown["state"], shown["details"]) == ("removed", {"gone": True})


def test_removed_twice_tells_who_was_first(desk: World) -> None:
    mark = flag("0-3")
    desk.run(remove(mark, onboarding_call=TODAY), as_="TOM")
    assert "TOM" in already_done(desk, remove(mark))
    assert "Import" in already_done(desk, remove(flag("3-6", state="baseline")))


def test_log_writes_into_the_vpa_akte(desk: World) -> None:
    mark = flag("0-3")
    assert wants(desk, remove(mark, log="Text", log_kind="nix")) == [
        "onboarding_call_missing J-01",
        "kind_missing K-06",
    ]
    desk.run(remove(mark, onboarding_call=TODAY, log="Gut gestartet"))
    row = Entry.get()
    assert (row.file, row.subject, row.kind, row.situation) == ("vpa_akte", "vpa:V1", "journey", "Gut gestartet")
    assert row.tags == ["VPA-Journey"]


def test_it_is_taken_back_and_brought_back(desk: World) -> None:
    mark = flag("0-3")
    desk.run(remove(mark, onboarding_call=TODAY, log="Gut gestartet"))
    shown = undo(desk)
    assert (shown["state"], shown["details"], shown["removed_by"]) == ("open", {}, None)
    assert Entry.get().withdrawn_at is not None
    assert redo(desk)["state"] == "removed"
    assert Entry.get().withdrawn_at is None
    assert verify() > 0


def test_unknown_ones_are_not_found_older_states_conflict(desk: World) -> None:
    with pytest.raises(NotFoundError):
        desk.run(RemoveFlag(id="9"))
    with pytest.raises(ConflictError):
        desk.run(remove(flag("0-3", version=2), seen=1))


def test_r02_without_a_kuerzel_nothing_else_is_said(desk: World) -> None:
    mark = flag(">12")
    desk.me = None
    assert refused(desk, remove(mark)) == ["kuerzel_missing R-02"]


def test_a_dry_run_changes_nothing(desk: World) -> None:
    mark = flag("0-3")
    before = everything()
    assert desk.run(remove(mark, onboarding_call=TODAY, log="Text"), dry_run=True)["state"] == "removed"
    assert everything() == before


def test_the_form_asks_what_the_stage_and_the_class_want(desk: World) -> None:
    log = ["log", "log_kind", "log_tag"]
    talk = ["class_checked", "measures", "agreed_with", "discussed_on"]
    asked = {"0-3": ["onboarding_call"], "3-6": ["appointment", "buddy"], ">12": ["contacted_on"]}
    for stage, names in asked.items():
        assert list(RemoveFlag.relevant(flag(stage))) == [*names, *log]
    later = {"6-9": flag("6-9").id, "9-12": flag("9-12").id}
    for klasse, names in {"A": talk[:1], "B": talk[:1], "C": talk, "D": talk, "N": [talk[0], talk[2]]}.items():
        change_vpa(klasse=klasse)
        for key in later.values():
            assert list(RemoveFlag.relevant(Flag.get_by_id(key))) == [*names, *log]
    change_vpa(gone=True)
    assert next(iter(RemoveFlag.relevant(Flag.get_by_id(later["6-9"])))) == "gone"


def test_the_fourth_phase_is_judged_afresh(desk: World) -> None:
    """J-06: what was given for 6–9 does not count again for 9–12, for the same VPA."""
    change_vpa(klasse="C")
    third = flag("6-9")
    desk.run(remove(third, class_checked=True, **TALKED))
    fourth = flag("9-12")
    assert refused(desk, remove(fourth)) == [
        "class_check_missing J-03", "measures_missing J-04", "agreement_missing J-04", "discussion_missing J-05",
    ]  # fmt: skip
    assert desk.run(remove(fourth, class_checked=True, **TALKED))["state"] == "removed"
