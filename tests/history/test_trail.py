"""`history` (CONTRACT §2): oldest first, before and after of the subject, what belongs to it beside."""

from __future__ import annotations

from tests.support import office as lay
from tests.support.world import World

SHAPE = ["id", "at", "member", "account", "action", "subject", "before", "after", "command"]


def test_the_contracts_shape_oldest_first(office: World) -> None:
    lay.case()
    office.cli("case", "resolve", "1", "--measure", "checked", "--note", "alles gut").ok()
    rows = office.cli("history").ok().lines
    assert [row["id"] for row in rows] == [1, 2]
    row = rows[1]
    assert list(row) == SHAPE
    assert (row["member"], row["action"], row["subject"]) == ("TOM", "case.resolve", "case:1")
    assert row["at"] == "2025-11-05T14:00:00+01:00"
    assert row["account"]
    assert row["before"] == {"measure": None, "note": None, "resolved_at": None, "resolved_by": None, "state": "open"}
    assert row["after"] == {
        "measure": "checked", "note": "alles gut", "resolved_at": "2025-11-05T14:00:00+01:00", "resolved_by": "TOM",
        "state": "resolved",
    }  # fmt: skip
    assert (rows[0]["action"], rows[0]["member"], rows[0]["subject"]) == ("init", None, None)


def test_what_is_new_has_no_before_what_is_gone_no_after(office: World) -> None:
    office.cli("reminder", "set", "--vpa", "V001", "--due", "2025-11-06", "--reason", "x").ok()
    office.cli("undo").ok()
    done, undone = office.cli("history", "--of", "reminder:1").ok().lines
    assert (done["before"], done["after"]["due"]) == (None, "2025-11-06T00:00:00+01:00")
    assert done["after"]["owners"] == []
    assert (undone["action"], undone["after"], undone["before"]["reason"]) == ("undo", None, "x")


def test_what_was_written_beside_stands_beside(office: World) -> None:
    """A contact sets a Reminder: both in one row, the subject's own columns as before and after."""
    lay.case()
    office.cli("case", "contact", "1", "--note", "angeschrieben").ok()
    (row,) = office.cli("history", "--of", "case:1").lines
    assert row["before"] == {"contacted_at": None, "contacted_by": None, "details": {}}
    (also,) = row["after"]["also"]
    assert (also["subject"], also["before"], also["after"]["about"]) == ("reminder:1", None, "case:1")


def test_of_a_subject(office: World) -> None:
    """Also of one that an undo took away; of an unknown one: not_found."""
    lay.case()
    lay.case(vpa="V002")
    office.cli("case", "resolve", "1", "2", "--measure", "checked").ok()
    for number in ("1", "2"):
        rows = office.cli("history", "--of", f"case:{number}").ok().lines
        assert [row["subject"] for row in rows] == [f"case:{number}"]
    assert len({row["command"] for row in office.cli("history").lines[1:]}) == 1
    both = office.cli("history", "--of", "vpa:V001").ok().lines
    assert [row["subject"] for row in both] == ["case:1"], "a VPA's Cases are its own, another's are not"
    assert office.cli("history", "--of", "member:TOM").exit_code == 2
    office.cli("member", "away", "TOM", "--reason", "sick", "--from", "2025-11-05", "--until", "2025-11-05").ok()
    assert office.cli("history", "--of", "member:TOM").ok().lines[0]["action"] == "member.away"
    assert office.cli("history", "--of", "reminder:1").exit_code == 2


def test_the_search_keys_of_the_program_are_not_shown(office: World) -> None:
    office.cli("file", "log", "--vpa", "V001", "--kind", "other", "--situation", "Äpfel", "--tag", "x").ok()
    after = office.cli("history").lines[-1]["after"]
    assert after["situation"] == "Äpfel"
    assert after["tags"] == ["x"]
    assert not {"folded", "exported"} & set(after)


def test_a_thousand_rows_are_complete_and_limited(office: World) -> None:
    from models.tables.history import append

    with office.store.db.atomic():
        for number in range(1000):
            append(office.session().work().stamp, action="test", subject=None, command=str(number), changes=[])
    assert [row["id"] for row in office.cli("history").lines] == list(range(1, 1002))
    assert [row["id"] for row in office.cli("history", "--limit", "3").lines] == [1, 2, 3]
    office.cli("history", "verify").ok()


def actions(office: World, subject: str) -> list[str]:
    """What the history says was done about a thing."""
    return [row["action"] for row in office.cli("history", "--of", subject).ok().lines]


def test_of_finds_what_was_written_in_the_same_action(office: World) -> None:
    """The Reminder that a contact set, the entry that closing it wrote: neither was the action's own subject."""
    lay.case()
    office.cli("case", "contact", "1", "--note", "angeschrieben").ok()
    assert actions(office, "reminder:1") == ["case.contact"]
    texts = ("--log", "Nachgefasst", "--log-tag", "Kontakt", "--log-kind", "contact")
    office.cli("case", "resolve", "1", "--measure", "checked", *texts).ok()
    assert actions(office, "entry:1") == ["case.resolve"]
    assert actions(office, "case:1") == ["case.contact", "case.resolve"]
    assert actions(office, "reminder:1") == ["case.contact"]


def test_of_a_vpa_finds_everything_about_them(office: World) -> None:
    """Cases, flags, Reminders, entries and VPA-Wechsel, also a Reminder that an undo took away; nothing of others."""
    lay.case()
    lay.case(vpa="V002")
    lay.flag()
    office.cli("reminder", "set", "--vpa", "V001", "--due", "2025-11-06", "--reason", "x").ok()
    office.cli("reminder", "postpone", "1", "--due", "2025-11-07", "--reason", "später").ok()
    office.cli("undo").ok()
    office.cli("undo").ok()
    office.cli("case", "resolve", "1", "2", "--measure", "checked").ok()
    office.cli("journey", "inform", "1").ok()
    office.cli("file", "log", "--vpa", "V001", "--kind", "other", "--situation", "s", "--tag", "t").ok()
    office.cli("file", "log", "--vpa", "V002", "--kind", "other", "--situation", "s", "--tag", "t").ok()
    reason = ("--reason-kind", "other", "--reason", "r")
    office.cli("handover", "open", "--customer", "K001", "--vpa", "V001", *reason).ok()
    assert actions(office, "vpa:V001") == [
        "reminder.set", "reminder.postpone", "undo", "undo", "case.resolve", "journey.inform", "file.log",
        "handover.open",
    ]  # fmt: skip
    assert actions(office, "vpa:V002") == ["case.resolve", "file.log"]
    assert actions(office, "customer:K001") == ["handover.open"]
    assert actions(office, "reminder:1") == ["reminder.set", "reminder.postpone", "undo", "undo"]


def test_of_a_customer_finds_their_tasks(office: World) -> None:
    """Also where the task's own subject is all that the action names."""
    office.cli("task", "check", "T1", "--item", "lists=present").ok()
    office.cli("task", "message", "T1", "--from", "kunde", "--text", "Hallo").ok()
    office.cli("customer", "status", "K001", "--to", "inaktiv", "--reason", "pausiert").ok()
    assert actions(office, "customer:K001") == ["task.check", "task.message", "customer.status"]
    assert actions(office, "task:T1") == ["task.check", "task.message"]
    assert actions(office, "vpa:V001") == ["task.check", "task.message"]


def test_a_text_that_looks_like_a_row_of_the_history_touches_nothing(office: World) -> None:
    """The control: a text may hold brackets, quotes and the ids of others."""
    lay.case()
    text = '["case",1,null] und "V001" sowie [\\"case\\",1,'
    office.cli("file", "log", "--vpa", "V002", "--kind", "other", "--situation", text, "--tag", "t").ok()
    assert actions(office, "case:1") == []
    assert actions(office, "vpa:V001") == []
    assert office.cli("history", "--of", "case:2").exit_code == 2
