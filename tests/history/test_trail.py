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
    assert office.cli("history", "--of", "vpa:V001").ok().lines == []
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
