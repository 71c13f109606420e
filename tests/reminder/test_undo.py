"""Taking back what was done with a Reminder, and bringing it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.action.base import Action
from models.admin.verify import verify
from models.playbook.refusals import RefusedError
from models.reminder.actions import (
    CloseReminder,
    GiveBackReminder,
    HandOverReminder,
    PostponeReminder,
    SetReminder,
    TakeReminder,
)
from models.tables.entry import Entry
from models.tables.reminder import Reminder
from tests.support.cases import away, built_on, entry, in_charge, left, moment, redo, reminder, undo
from tests.support.world import World

ACTIONS: dict[str, Callable[[str], Action]] = {
    "set": lambda _: SetReminder(vpa="V1", due=moment("2025-11-12"), reason="Nachfragen"),
    "postpone": lambda key: PostponeReminder(id=key, due=moment("2025-11-12"), reason="Urlaub"),
    "hand-over": lambda key: HandOverReminder(id=key, to="LIA", reason="Kennt ihn"),
    "give-back": lambda key: GiveBackReminder(id=key),
    "done": lambda key: CloseReminder(id=key, outcome="solved", log="Gesprochen"),
}


def rows() -> list[dict[str, object]]:
    """All Reminders, without their versions, which only grow."""
    found: Any = Reminder.select().order_by(Reminder.id).dicts()
    return [{name: value for name, value in row.items() if name != "version"} for row in found]


def entries() -> int:
    return Entry.select().where(Entry.withdrawn_at.is_null()).count()


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_is_taken_back_and_brought_back(desk: World, name: str) -> None:
    row = reminder(owners=["TOM"])
    before = rows()
    desk.run(ACTIONS[name](str(row.id)))
    after = rows()
    assert after != before
    assert undo(desk)["undo"] == f"reminder.{name}"
    assert (rows(), entries()) == (before, 0)
    assert redo(desk)["redo"] == f"reminder.{name}"
    assert (rows(), entries()) == (after, int(name == "done"))
    assert verify() > 0


def test_a_take_is_taken_back(desk: World) -> None:
    row = reminder(owner="TOM")
    away("TOM", "2025-11-05", "2025-11-05")
    before = rows()
    desk.run(TakeReminder(id=str(row.id)))
    undo(desk)
    assert rows() == before
    with pytest.raises(RefusedError) as caught:
        redo(desk, now="2025-11-06T09:00")
    assert [o.code for o in caught.value.obstacles] == ["owner_present"]


def test_k25_closing_a_check_is_taken_back_with_the_next_one(desk: World) -> None:
    in_charge("K1", "V1", "2025-10-08")
    row = reminder("customer:K1", kind="upkeep")
    before = rows()
    desk.run(CloseReminder(id=str(row.id), outcome="solved", log="Gepflegt", log_file="oteam"))
    undo(desk)
    assert rows() == before
    redo(desk)
    assert [one["state"] for one in rows()] == ["done", "open"]


def test_r04_an_entry_on_which_a_reminder_was_closed_stays(desk: World) -> None:
    from models.file.actions import LogEntry

    row = reminder(owner="TOM")
    desk.run(LogEntry(vpa="V1", kind="contact", situation="Gesprochen", tag=("Kontakt",)))
    desk.run(CloseReminder(id=str(row.id), outcome="solved"), as_="TOM")
    built_on(undo, desk)
    undo(desk, "TOM")
    undo(desk)
    assert Entry.get().withdrawn_at is not None


def test_r04_an_entry_that_was_taken_back_proves_nothing(desk: World) -> None:
    from models.file.actions import LogEntry

    row = reminder()
    desk.run(LogEntry(vpa="V1", kind="contact", situation="Gesprochen", tag=("Kontakt",)))
    undo(desk)
    with pytest.raises(RefusedError) as caught:
        desk.run(CloseReminder(id=str(row.id), outcome="solved"))
    assert [o.code for o in caught.value.obstacles] == ["entry_missing"]


def test_what_a_colleague_has_changed_is_not_taken_back(desk: World) -> None:
    row = reminder()
    desk.run(HandOverReminder(id=str(row.id), to="LIA", reason="Kennt ihn"))
    desk.run(PostponeReminder(id=str(row.id), due=moment("2025-11-12"), reason="Urlaub"), as_="LIA")
    built_on(undo, desk)
    assert Reminder.get().owner == "LIA"


def test_a_reminder_that_another_is_about_stays(desk: World) -> None:
    desk.run(SetReminder(vpa="V1", due=moment("2025-11-12"), reason="Nachfragen"))
    desk.run(SetReminder(about="reminder:1", due=moment("2025-11-12"), reason="Nachfassen"), as_="TOM")
    built_on(undo, desk)


def test_r05_a_hand_over_is_not_brought_back_to_somebody_who_has_left(desk: World) -> None:
    row = reminder()
    desk.run(HandOverReminder(id=str(row.id), to="LIA", reason="Kennt ihn"))
    undo(desk)
    left("LIA")
    with pytest.raises(RefusedError):
        redo(desk)
    assert Reminder.get().owner == "ANN"


def test_an_undone_entry_that_was_there_before_is_untouched(desk: World) -> None:
    row = reminder()
    entry()
    desk.run(CloseReminder(id=str(row.id), outcome="solved"))
    undo(desk)
    assert entries() == 1
