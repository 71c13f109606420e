"""Closing Reminders (R-03, R-04), also those about an inactive VPA (D-40 to D-45), and what repeats (K-25)."""

from __future__ import annotations

from typing import Any

import pytest

from models.action.args import args_of
from models.case.actions import ContactCase, ResolveCase
from models.file.actions import CorrectEntry
from models.ground import clock
from models.ground.errors import UsageError
from models.playbook.refusals import RefusedError
from models.reminder.actions import OUTCOMES, CloseReminder
from models.tables.entry import Entry
from models.tables.reminder import Reminder
from tests.support.cases import (
    already_done,
    case,
    change_vpa,
    customer,
    entry,
    everything,
    flag,
    in_charge,
    moment,
    refused,
    reminder,
    vpa,
    wants,
)
from tests.support.world import World

MISSING = ["entry_missing R-04"]


def close(row: Reminder, outcome: str | None = "solved", **more: Any) -> CloseReminder:
    return CloseReminder(id=str(row.id), outcome=outcome, **more)


def test_r04_closed_is_not_deleted(desk: World) -> None:
    row = reminder(due="2025-11-03")
    written = entry()
    shown = desk.run(close(row, note="Hat sich erledigt"))
    assert {k: shown[k] for k in ("state", "outcome", "note", "entry", "done_by", "overdue", "days_overdue")} == {
        "state": "done", "outcome": "solved", "note": "Hat sich erledigt", "entry": written.id, "done_by": "ANN",
        "overdue": False, "days_overdue": 0,
    }  # fmt: skip
    assert shown["done_at"] == moment("2025-11-05T14:00")
    assert "ANN" in already_done(desk, close(row), as_="TOM")


def test_r04_an_outcome(desk: World) -> None:
    row = reminder()
    entry()
    for outcome in OUTCOMES:
        assert wants(desk, close(row, outcome)) == []
    for wrong in (None, "checked", "nix"):
        assert wants(desk, close(row, wrong)) == ["outcome_missing R-04"]


def test_r04_an_entry_written_after_the_reminder(desk: World) -> None:
    entry()
    row = reminder()
    assert refused(desk, close(row)) == MISSING
    entry(author="LIA")
    newest = entry(author="TOM")
    assert desk.run(close(row))["entry"] == newest.id


def test_r04_in_order_of_writing_not_of_clocks(desk: World) -> None:
    entry(at="2025-12-01T10:00")
    row = reminder()
    assert wants(desk, close(row)) == MISSING
    entry(at="2025-10-01T10:00")
    assert wants(desk, close(row)) == []


def test_r04_in_the_subjects_own_file(desk: World) -> None:
    """R-04, A-07: the VPA-Akte for a VPA, a Kundenakte for a customer."""
    vpa("V2", "Can Demir")
    customer("K2", "Nordlicht")
    about_vpa, about_customer = reminder(), reminder("customer:K1")
    entry("vpa:V2")
    entry("customer:K2")
    assert wants(desk, close(about_vpa)) == MISSING
    assert wants(desk, close(about_customer)) == MISSING
    entry("customer:K1")
    assert wants(desk, close(about_vpa)) == MISSING
    assert wants(desk, close(about_customer)) == []


@pytest.mark.parametrize("file", ["oteam", "vpa_kunde"])
def test_r04_one_of_the_two_files_is_enough_for_a_customer(desk: World, file: str) -> None:
    row = reminder("customer:K1")
    entry("customer:K1", file)
    assert wants(desk, close(row)) == []


def test_r04_a_withdrawn_entry_is_none(desk: World) -> None:
    row = reminder()
    entry(withdrawn_at=moment("2025-11-05T11:00"))
    assert wants(desk, close(row)) == MISSING


def test_r04_a_correction_counts(desk: World) -> None:
    old = entry()
    row = reminder()
    assert wants(desk, close(row)) == MISSING
    corrected = desk.run(CorrectEntry(id=str(old.id), situation="Doch telefoniert"))
    assert desk.run(close(row))["entry"] == corrected["id"]


def test_r04_an_entry_of_the_future_proves_nothing(desk: World) -> None:
    """A slip of the year on the platform; two days ahead a clock may be."""
    row = reminder(due="2025-11-05")
    entry(at="2025-11-08T09:00", platform_id="E1")
    assert wants(desk, close(row)) == MISSING
    entry(at="2025-11-07T13:59", platform_id="E2")
    assert wants(desk, close(row)) == []


def test_r04_an_entry_of_the_platform_counts_by_its_own_time(desk: World) -> None:
    row = reminder(created_at=moment("2025-11-03T09:00"))
    entry(at="2025-11-03T09:00", platform_id="E1")
    assert wants(desk, close(row)) == MISSING
    later = entry(at="2025-11-03T09:01", platform_id="E2", author="Mira")
    assert desk.run(close(row))["entry"] == later.id


def test_r04_also_one_that_was_imported_before_the_reminder_was_set(desk: World) -> None:
    entry(at="2025-11-03T09:01", platform_id="E2")
    assert wants(desk, close(reminder(created_at=moment("2025-11-03T09:00")))) == []
    assert wants(desk, close(reminder(created_at=moment("2025-11-03T09:02")))) == MISSING


def test_r03_only_the_owner_closes(desk: World) -> None:
    row = reminder(owner="TOM")
    entry()
    assert refused(desk, close(row)) == ["not_owner R-03"]
    assert refused(desk, close(row), as_="VIO") == ["not_owner R-03"]
    assert desk.run(close(row), as_="TOM")["done_by"] == "TOM"


def test_all_obstacles_in_the_order_of_the_contract(desk: World) -> None:
    found = case("inactive", "mobile_app", "part_time", opened="2025-10-31T08:00")
    row = reminder(owner="TOM", about=f"case:{found.id}")
    assert refused(desk, close(row, "contacted", log_kind="nix"), now="2025-11-03T09:00") == [
        "too_early D-40", "monday_morning D-44", "list_unchecked D-42", "activity_proof_missing D-43",
        "customer_report_missing D-45", "not_solved R-04", "entry_missing R-04", "not_owner R-03",
    ]  # fmt: skip
    assert refused(desk, close(row, "solved", log="Text", log_kind="nix")) == [
        "outcome_missing R-04", "not_owner R-03", "kind_missing K-06",
    ]  # fmt: skip
    assert refused(desk, close(row, None)) == ["outcome_missing R-04", *MISSING, "not_owner R-03"]
    desk.me = None
    assert refused(desk, close(row, None)) == ["kuerzel_missing R-02"]


# Its entry in the same action


def test_log_writes_the_entry_at_once(desk: World) -> None:
    row = reminder()
    shown = desk.run(close(row, log="Hat geantwortet"))
    written = Entry.get()
    assert shown["entry"] == written.id
    assert (written.file, written.subject, written.situation, written.author) == (
        "vpa_akte", "vpa:V1", "Hat geantwortet", "ANN",
    )  # fmt: skip


def test_log_into_a_file_of_the_customer(desk: World) -> None:
    row = reminder("customer:K1")
    with pytest.raises(UsageError):
        desk.run(close(row, log="Text"))
    desk.run(close(row, log="Text", log_file="vpa_kunde", log_kind="preference", log_tag=("Vorliebe",)))
    assert (Entry.get().file, Entry.get().kind, Entry.get().tags) == ("vpa_kunde", "preference", ["Vorliebe"])


def test_d32_an_entry_that_a_vpa_reads_names_no_class(desk: World) -> None:
    row = reminder("customer:K1")
    with pytest.raises(RefusedError) as caught:
        desk.run(close(row, log="Mira ist jetzt Klasse B", log_file="vpa_kunde"))
    assert [o.code for o in caught.value.obstacles] == ["class_named"]
    assert desk.run(close(row, log="Mira ist jetzt Klasse B", log_file="oteam"))["state"] == "done"


def test_k06_the_kind_is_preset_by_what_is_closed(desk: World) -> None:
    kinds = {
        f"case:{case('class', 'worse').id}": "class", f"case:{case('inactive').id}": "inactivity",
        f"flag:{flag('0-3').id}": "journey", None: "other",
    }  # fmt: skip
    for about, kind in kinds.items():
        outcome = "list_checked" if kind == "inactivity" else "solved"
        desk.run(close(reminder(about=about), outcome, log="Text"))
        newest = Entry.select().order_by(Entry.id.desc()).get()
        assert newest.kind == kind
        assert newest.tags != []


# About an inactive VPA


def test_d40_to_d45_hold_for_a_reminder_about_an_inactive_case(desk: World) -> None:
    found = case("inactive", "mobile_app", "part_time", opened="2025-10-31T08:00")
    desk.run(ResolveCase(id=str(found.id), measure="reminder"), now="2025-10-31T15:00")
    row = Reminder.get()
    entry()
    proofs = {"list_checked": True, "activity_proof": "Chat", "customer_report": "K1", "answer": "Bin krank"}
    assert wants(desk, close(row, "contacted", **proofs), now="2025-11-03T11:59") == [
        "too_early D-40", "monday_morning D-44",
    ]  # fmt: skip
    assert wants(desk, close(row, "list_checked"), now="2025-11-03T11:59") == ["too_early D-40", "monday_morning D-44"]
    assert wants(desk, close(row, "contacted"), now="2025-11-03T12:00") == [
        "list_unchecked D-42", "activity_proof_missing D-43", "customer_report_missing D-45", "not_solved R-04",
    ]  # fmt: skip
    for name in proofs:
        assert len(wants(desk, close(row, "contacted", **{**proofs, name: None}), now="2025-11-03T12:00")) == 1
    assert wants(desk, close(row, "contacted", **proofs), now="2025-11-03T12:00") == []
    assert wants(desk, close(row, "list_checked"), now="2025-11-03T12:00") == []


def test_r04_solved_is_not_open_to_one_about_an_inactive_case(desk: World) -> None:
    entry_needed = reminder(about=f"case:{case('inactive').id}")
    entry()
    assert wants(desk, close(entry_needed, "solved")) == ["outcome_missing R-04"]
    assert wants(desk, close(reminder(about=f"case:{case('absence').id}", after_entry=0), "solved")) == []


def test_d41_still_inactive(desk: World) -> None:
    row = reminder(about=f"case:{case('inactive').id}")
    entry()
    assert wants(desk, close(row, "active_again", activity_proof="Chat")) == ["still_inactive D-41"]
    change_vpa(active=True)
    assert wants(desk, close(row, "active_again")) == []


def test_d41_seen_on_the_mobile_app(desk: World) -> None:
    row = reminder(about=f"case:{case('inactive', 'mobile_app').id}")
    entry()
    assert wants(desk, close(row, "active_again")) == ["still_inactive D-41"]
    assert wants(desk, close(row, "active_again", activity_proof="Chat")) == []


def test_a_contact_on_record_counts_for_its_reminder(desk: World) -> None:
    found = case("inactive")
    desk.run(ContactCase(id=str(found.id), list_checked=True))
    entry()
    assert wants(desk, close(Reminder.get(), "contacted", answer="Bin krank"), now="2025-11-06T09:00") == []


def test_d40_an_old_reminder_is_no_way_round_a_new_inactivity(desk: World) -> None:
    old = case("inactive", opened="2025-10-28T08:00", state="resolved")
    row = reminder(about=f"case:{old.id}")
    entry()
    told = {"list_checked": True, "answer": "Bin krank"}
    assert wants(desk, close(row, "contacted", **told)) == []
    case("inactive", "part_time", opened="2025-11-05T08:00")
    assert wants(desk, close(row, "contacted", **told)) == [
        "too_early D-40", "customer_report_missing D-45",
    ]  # fmt: skip


def test_d40_other_reminders_know_no_such_rules(desk: World) -> None:
    case("inactive", opened="2025-11-05T08:00")
    row = reminder(about=f"case:{case('schedule').id}")
    entry()
    assert wants(desk, close(row, "contacted")) == []
    assert wants(desk, close(reminder(after_entry=0), "contacted")) == []


# The check that repeats


def upkeep(**more: Any) -> Reminder:
    return reminder("customer:K1", kind="upkeep", reason="Akte gepflegt?", about="entry:1", **more)


def due_ones() -> list[str]:
    return [clock.iso(row.due) for row in Reminder.select().where(Reminder.state == "open").order_by(Reminder.id)]


def test_k25_the_next_check_follows_56_days_later(desk: World) -> None:
    in_charge("K1", "V1", "2025-10-08")
    desk.run(close(upkeep(), log="Gepflegt", log_file="oteam"))
    following = Reminder.select().where(Reminder.state == "open").get()
    assert clock.iso(following.due) == "2025-12-31T00:00:00+01:00"
    assert (following.kind, following.owner, following.subject) == ("upkeep", "ANN", "customer:K1")
    assert (following.reason, following.about) == ("VPA Kundenakte prüfen: Pflegt Mira Keller sie?", "entry:1")
    desk.run(close(following, log="Gepflegt", log_file="oteam"), now="2026-02-09T10:00")
    assert due_ones() == ["2026-04-06T00:00:00+02:00"]  # Easter Monday, across the change of the clock


def test_k25_as_many_weeks_as_the_team_says(desk: World) -> None:
    from models.tables.setting import Setting

    Setting.create(key="repeat_weeks", value="2")
    in_charge("K1", "V1", "2025-10-08")
    desk.run(close(upkeep(), log="Gepflegt", log_file="oteam"))
    assert due_ones() == ["2025-11-19T00:00:00+01:00"]


def test_k25_also_for_an_assignment_that_is_yet_to_begin(desk: World) -> None:
    in_charge("K1", "V1", "2025-11-20")
    desk.run(close(upkeep(), log="Gepflegt", log_file="oteam"))
    assert len(due_ones()) == 1


def test_k25_not_when_the_assignment_has_ended(desk: World) -> None:
    in_charge("K1", "V1", "2025-10-08", "2025-11-04")
    desk.run(close(upkeep(), log="Gepflegt", log_file="oteam"))
    assert due_ones() == []


def test_k25_each_assignment_brings_its_own_check(desk: World) -> None:
    vpa("V2", "Can Demir")
    in_charge("K1", "V1", "2025-10-08", "2025-11-03")
    in_charge("K1", "V2", "2025-11-04")
    old, new = upkeep(), upkeep(due="2025-12-02")
    desk.run(close(old, log="Zu spät", log_file="oteam"))
    assert due_ones() == ["2025-12-02T00:00:00+01:00"]
    desk.run(close(new, log="Gepflegt", log_file="oteam"))
    assert due_ones() == ["2025-12-31T00:00:00+01:00"]


def test_k25_other_reminders_do_not_repeat(desk: World) -> None:
    in_charge("K1", "V1", "2025-10-08")
    desk.run(close(reminder("customer:K1"), log="Gepflegt", log_file="oteam"))
    assert due_ones() == []


def test_a_dry_run_changes_nothing(desk: World) -> None:
    in_charge("K1", "V1", "2025-10-08")
    row = upkeep()
    before = everything()
    assert desk.run(close(row, log="Gepflegt", log_file="oteam"), dry_run=True)["state"] == "done"
    assert everything() == before


def test_k06_an_entry_about_a_customer_is_no_contact_with_a_vpa(desk: World) -> None:
    desk.run(close(reminder("customer:K1"), "contacted", log="Text", log_file="oteam"))
    assert (Entry.get().kind, Entry.get().tags) == ("other", ["Sonstiges"])


def test_the_form_asks_what_matters(desk: World) -> None:
    proofs = ["list_checked", "activity_proof", "customer_report", "answer"]
    plain = ["outcome", "note", "log", "log_kind", "log_tag"]
    assert list(CloseReminder.relevant(reminder())) == plain
    assert list(CloseReminder.relevant(reminder(about=f"case:{case('class').id}"))) == plain
    inactive = reminder(about=f"case:{case('inactive').id}")
    assert list(CloseReminder.relevant(inactive)) == ["outcome", *proofs, *plain[1:]]
    assert list(CloseReminder.relevant(reminder("customer:K1"))) == [*plain[:2], "log_file", *plain[2:]]
    assert args_of(CloseReminder)["outcome"].values == OUTCOMES
