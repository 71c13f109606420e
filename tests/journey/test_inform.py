"""Telling a VPA manager about a phase (J-07)."""

from __future__ import annotations

import pytest

from models.ground.errors import NotFoundError, UsageError
from models.journey.actions import InformManager
from models.reminder.actions import CloseReminder
from models.tables.flag import Flag
from models.tables.people import Member
from models.tables.reminder import Reminder
from tests.support.cases import already_done, away, everything, flag, left, moment, redo, refused, undo
from tests.support.world import World


def inform(of: Flag, to: str | None = None) -> InformManager:
    return InformManager(id=str(of.id), to=to)


def test_j07_a_vpa_manager_gets_a_reminder_due_now_about_the_flag(desk: World) -> None:
    mark = flag(">12")
    shown = desk.run(inform(mark, "wim"))
    assert (shown["state"], shown["informed_by"], shown["informed_at"]) == ("open", "ANN", moment("2025-11-05T14:00"))
    row = Reminder.get()
    assert (row.owner, row.subject, row.about, row.created_by) == ("WIM", "vpa:V1", f"flag:{mark.id}", "ANN")
    assert row.due == moment("2025-11-05T14:00")


def test_j07_without_a_name_one_who_is_here(desk: World) -> None:
    away("VIO", "2025-11-05", "2025-11-05")
    desk.run(inform(flag(">12")))
    assert Reminder.get().owner == "WIM"


def test_j07_if_all_are_away_one_of_them(desk: World) -> None:
    left("VIO")
    away("WIM", "2025-11-05", "2025-11-05")
    desk.run(inform(flag(">12")))
    assert Reminder.get().owner == "WIM"


def test_j07_a_team_without_vpa_manager_says_so(desk: World) -> None:
    Member.update(roles=["at"]).execute()
    with pytest.raises(NotFoundError) as caught:
        desk.run(inform(flag(">12")))
    assert "VPA Manager" in caught.value.message


def test_r05_nobody_who_is_away(desk: World) -> None:
    mark = flag(">12")
    away("VIO", "2025-11-05", "2025-11-05")
    left("WIM")
    for receiver in ("VIO", "WIM"):
        assert refused(desk, inform(mark, receiver)) == ["receiver_away R-05"]


def test_only_a_vpa_manager_is_informed(desk: World) -> None:
    mark = flag(">12")
    for receiver in ("TOM", "KIM"):
        with pytest.raises(UsageError):
            desk.run(inform(mark, receiver))
    with pytest.raises(NotFoundError):
        desk.run(inform(mark, "NIX"))


def test_not_twice_while_it_waits_but_again_afterwards(desk: World) -> None:
    mark = flag(">12")
    desk.run(inform(mark, "VIO"))
    assert "ANN" in already_done(desk, inform(mark), as_="TOM")
    desk.run(CloseReminder(id=str(Reminder.get().id), outcome="contacted", log="Gesprochen"), as_="VIO")
    assert desk.run(inform(mark, "WIM"), as_="TOM")["informed_by"] == "TOM"


def test_a_removed_flag_needs_nobody(desk: World) -> None:
    mark = flag("0-3", state="removed", removed_by="TOM", removed_at=moment("2025-11-04"))
    assert "TOM" in already_done(desk, inform(mark))


def test_it_is_taken_back_with_its_reminder_and_brought_back(desk: World) -> None:
    mark = flag(">12")
    desk.run(inform(mark))
    assert undo(desk)["informed_by"] is None
    assert Reminder.select().count() == 0
    assert redo(desk)["informed_by"] == "ANN"
    assert Reminder.get().about == f"flag:{mark.id}"


def test_a_dry_run_changes_nothing(desk: World) -> None:
    mark = flag(">12")
    before = everything()
    assert desk.run(inform(mark), dry_run=True)["informed_by"] == "ANN"
    assert everything() == before


def test_r02_somebody_informs(desk: World) -> None:
    mark = flag(">12")
    desk.me = None
    assert refused(desk, inform(mark)) == ["kuerzel_missing R-02"]
