"""The special case W-16: at once to every manager who is here, past all other steps."""

from __future__ import annotations

from typing import Any

import pytest

from models.action.undo import undo
from models.ground.errors import ConflictError, NotFoundError, UsageError
from models.tables.handover import Handover
from models.tables.people import Member
from tests.support.handover import act, customer, entries, entry, leave, member, refused, reminders, rules
from tests.support.world import World

TEXT = "Hat die Assistentin am Telefon beleidigt"


def test_every_manager_here_gets_a_due_reminder_w16(team: World) -> None:
    member("VERA", "vpa_manager", "at")
    leave("KIM", -1, 0)
    shown = act(team, "handover.escalate", customer="K1", text=TEXT)
    found = reminders(about=f"handover:{shown['id']}")
    assert {row.owner for row in found} == {"BEN", "VERA"}
    assert {row.subject for row in found} == {"customer:K1"}
    assert all(row.due <= team.session().clock.now() for row in found)
    assert shown["reminders"] == [row.id for row in found]


def test_all_managers_where_all_are_away_w16(team: World) -> None:
    leave("KIM", -1, 3)
    leave("BEN", 0, 0)
    act(team, "handover.escalate", customer="K1", text=TEXT)
    assert {row.owner for row in reminders()} == {"BEN", "KIM"}


def test_a_team_without_managers_keeps_it_in_sight_w16(team: World) -> None:
    Member.delete().where(Member.kuerzel.in_(["BEN", "KIM"])).execute()
    act(team, "handover.escalate", customer="K1", text=TEXT)
    assert [row.owner for row in reminders()] == ["ANN"]


def test_the_content_stands_in_the_internal_file_w16(team: World) -> None:
    shown = act(team, "handover.escalate", customer="K1", text=TEXT)
    (entry,) = entries("oteam")
    assert (entry.kind, entry.situation, entry.id) == ("complaint", TEXT, shown["entry"])
    assert "Beschwerde" in entry.tags
    assert entries("vpa_kunde") == []


def test_it_answers_with_the_request_in_its_own_state(team: World) -> None:
    customer("K2")
    with_vpa, without = (act(team, "handover.escalate", customer=key, text=TEXT) for key in ("K1", "K2"))
    assert [(shown["state"], shown["vpa"]) for shown in (with_vpa, without)] == [
        ("escalated", "V1"),
        ("escalated", None),
    ]
    assert without["facts"]["months_in_charge"] is None


@pytest.mark.parametrize("text", ["", "  ", None])
def test_it_says_what_happened_w16(team: World, text: str | None) -> None:
    assert rules(team, "handover.escalate", customer="K1", text=text) == [("text_missing", "W-16", "stop")]
    assert not Handover.select().exists()


def test_whose_customer_must_be_known(team: World) -> None:
    with pytest.raises(NotFoundError):
        act(team, "handover.escalate", customer="K9", text=TEXT)
    with pytest.raises(UsageError):
        act(team, "handover.escalate", text=TEXT)


def test_it_is_not_closed_like_an_ordinary_request_w16(team: World) -> None:
    key = act(team, "handover.escalate", customer="K1", text=TEXT)["id"]
    assert "not_open" in refused(team, "handover.send-back", id=key, text="Bitte weiter")
    assert "not_open" in refused(team, "handover.approve", id=key, as_="BEN")
    assert "not_open" in refused(team, "handover.finish", id=key)


def test_a_class_may_be_named_in_it_because_no_vpa_reads_it(team: World) -> None:
    assert act(team, "handover.escalate", customer="K1", text="Klasse A oder nicht: so nicht")["state"] == "escalated"


def test_one_manager_closes_it_for_all_w16(team: World) -> None:
    member("VERA", "vpa_manager", "at")
    key = act(team, "handover.escalate", customer="K1", text=TEXT)["id"]
    entry("K1", "oteam", "at", "2025-11-05T15:00")
    mine, *others = reminders(about=f"handover:{key}")
    act(team, "reminder.done", id=mine.id, outcome="solved", note="Kunde verwarnt", as_=mine.owner)
    closed = reminders(about=f"handover:{key}")
    assert len(others) == 2
    assert {(row.state, row.outcome, row.note, row.done_by) for row in closed} == {
        ("done", "solved", "Kunde verwarnt", mine.owner)
    }
    assert len({row.entry for row in closed}) == 1
    undo(team.session(mine.owner))
    assert {row.state for row in reminders(about=f"handover:{key}")} == {"open"}


def test_what_else_is_open_stays_open_w16(team: World) -> None:
    """A Reminder that somebody set on the matter later, and those of another escalation."""
    first, second = (act(team, "handover.escalate", customer="K1", text=TEXT, now=f"2025-11-05T{hour}:00")["id"]
                     for hour in ("13", "14"))  # fmt: skip
    own: dict[str, Any] = {
        "subject": "customer:K1",
        "about": f"handover:{first}",
        "due": "2025-11-10",
        "reason": "Nachfassen",
    }
    later = act(team, "reminder.set", **own)["id"]
    entry("K1", "oteam", "at", "2025-11-05T15:00")
    act(team, "reminder.done", id=later, outcome="solved", now="2025-11-05T16:00")
    assert len(reminders(about=f"handover:{first}", state="open")) == 2
    mine = reminders(about=f"handover:{first}", state="open")[0]
    act(team, "reminder.done", id=mine.id, outcome="solved", as_=mine.owner, now="2025-11-05T16:00")
    assert reminders(about=f"handover:{first}", state="open") == []
    assert len(reminders(about=f"handover:{second}", state="open")) == 2


def test_undo_takes_back_request_entry_and_reminders(team: World) -> None:
    act(team, "handover.escalate", customer="K1", text=TEXT)
    undo(team.session())
    assert (Handover.select().count(), entries("oteam"), reminders()) == (0, [], [])


def test_undo_stops_when_a_manager_has_acted(team: World) -> None:
    act(team, "handover.escalate", customer="K1", text=TEXT)
    mine = next(row for row in reminders() if row.owner == "BEN")
    act(team, "reminder.postpone", id=mine.id, due="2025-11-10", reason="Gespräch am Montag", as_="BEN")
    with pytest.raises(ConflictError):
        undo(team.session())
