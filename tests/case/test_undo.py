"""Taking back a contact or a closed Case, with all that was written, and bringing it back."""

from __future__ import annotations

import pytest

from models.admin.verify import verify
from models.case.actions import ContactCase, ResolveCase
from models.playbook.refusals import RefusedError
from models.reminder.actions import CloseReminder, PostponeReminder
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.reminder import Reminder
from tests.support.cases import built_on, case, entry, everything, moment, redo, undo
from tests.support.world import World


def state() -> dict[str, list[tuple[object, ...]]]:
    """All rows but the history, the withdrawn entries and the versions, which only grow."""
    rows = everything()
    del rows["history"]
    rows["entry"] = [row for row in rows["entry"] if Entry.get_by_id(row[0]).withdrawn_at is None]
    rows["case"] = [row[:1] + row[2:] for row in rows["case"]]
    return rows


def test_a_contact_is_taken_back_with_its_reminder(desk: World) -> None:
    found = case("schedule")
    before = state()
    desk.run(ContactCase(id=str(found.id)))
    after = state()
    assert undo(desk)["undo"] == "case.contact"
    assert state() == before
    assert redo(desk)["redo"] == "case.contact"
    assert state() == after
    assert verify() > 0


def test_a_closed_case_is_open_again_its_entry_withdrawn_its_reminder_gone(desk: World) -> None:
    found = case("inactive")
    before = state()
    desk.run(ResolveCase(id=str(found.id), measure="reminder", log="Gesehen"))
    after = state()
    shown = undo(desk)
    assert (shown["state"], shown["reminders"]) == ("open", [])
    assert state() == before
    assert Entry.get().withdrawn_at is not None
    assert redo(desk)["state"] == "resolved"
    assert state() == after


def test_nothing_is_taken_back_that_somebody_has_built_on(desk: World) -> None:
    found = case("inactive")
    desk.run(ContactCase(id=str(found.id), list_checked=True))
    desk.run(PostponeReminder(id=str(Reminder.get().id), due=moment("2025-11-20"), reason="Später"))
    undo(desk)
    desk.run(ResolveCase(id=str(found.id), measure="contacted"), as_="TOM")
    built_on(undo, desk)
    assert Reminder.select().count() == 1


def test_an_entry_that_closed_a_reminder_holds_its_case(desk: World) -> None:
    from models.shared.follow_up import set_reminder

    found = case("schedule")
    with desk.store.db.atomic():
        row = set_reminder(desk.session("TOM").work(), subject="vpa:V1", due=moment("2025-11-05"), reason="Nachfragen")
    desk.run(ResolveCase(id=str(found.id), measure="checked", log="Angesehen"))
    desk.run(CloseReminder(id=str(row.id), outcome="solved"), as_="TOM")
    built_on(undo, desk)
    assert Case.get().state == "resolved"


def test_a_new_case_of_the_kind_keeps_the_old_one_closed(desk: World) -> None:
    desk.run(ResolveCase(id=str(case("schedule").id), measure="checked"))
    case("schedule", opened="2025-11-05T16:00")
    built_on(undo, desk)
    assert [row.state for row in Case.select().order_by(Case.id)] == ["resolved", "open"]


def test_a_redo_asks_the_rules_again(desk: World) -> None:
    desk.run(ResolveCase(id=str(case("schedule").id), measure="checked"))
    undo(desk)
    Case.update(findings=["new_vpa_declines"]).execute()
    with pytest.raises(RefusedError) as caught:
        redo(desk)
    assert [o.code for o in caught.value.obstacles] == ["contact_missing", "answer_missing"]
    assert Case.get().state == "open"


def test_each_member_takes_back_their_own(desk: World) -> None:
    first, second = case("schedule"), case("class")
    desk.run(ResolveCase(id=str(first.id), measure="checked"))
    desk.run(ResolveCase(id=str(second.id), measure="checked"), as_="TOM")
    assert undo(desk)["id"] == first.id
    assert undo(desk, "TOM")["id"] == second.id
    entry()
    assert redo(desk)["id"] == first.id
