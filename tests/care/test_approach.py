"""Approaching a VPA: text, Frist and Wiedervorlage together or not at all (K-26, K-29, K-30, R-09)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.action.undo import undo
from models.care.watchlist.risk import watchlist
from models.ground import clock
from models.ground.errors import NotFoundError, UsageError
from models.tables.history import History
from models.tables.setting import Setting
from tests.support.handover import act, customer, entries, entry, made, refused, reminders, rules
from tests.support.world import World

TEXT = "Hallo Mira, bitte ergänze die Akte von Nordlicht."


def approach(team: World, **texts: Any) -> dict[str, Any]:
    return act(team, "watchlist.approach", **{"customer": "K1", "text": TEXT, "deadline": "2025-11-12", **texts})


def test_text_and_wiedervorlage_come_together_k26_k30_r09(team: World) -> None:
    """R-09: a Frist puts the customer on Wiedervorlage; K-29: the text is kept."""
    shown = approach(team)
    (written,) = entries("vpa_kunde")
    (reminder,) = reminders()
    assert (written.id, written.kind, written.situation) == (shown["entry"], "agreement", TEXT)
    assert (written.next_steps or "").startswith("Frist: Mi 12.11.2025. In die Akte gehören: Ansprechpartner, ")
    assert (reminder.id, reminder.kind, reminder.owner) == (shown["reminder"], "deadline", "ANN")
    assert (reminder.subject, reminder.about) == ("customer:K1", f"entry:{written.id}")
    assert reminder.due == clock.start_of_day(dt.date(2025, 11, 12))
    assert shown["deadline"] == dt.date(2025, 11, 12)


def test_the_vpa_reads_what_belongs_into_the_file_k28(team: World) -> None:
    """K-28, A-14: the points are the team's own; they too may name no class (D-32)."""
    Setting.create(key="green_points", value="Haustiere, Lieblingsfarbe")
    approach(team)
    assert (entries("vpa_kunde")[0].next_steps or "").endswith("In die Akte gehören: Haustiere, Lieblingsfarbe.")
    Setting.update(value="Klasse A").execute()
    found = rules(team, "watchlist.approach", customer="K1", text=TEXT, deadline="2025-11-12")
    assert found == [("class_named", "D-32", "stop")]


def test_the_text_itself_does_not_prove_the_upkeep_r04(team: World) -> None:
    key = approach(team)["reminder"]
    assert refused(team, "reminder.done", id=key, outcome="solved") == ["entry_missing"]


def test_the_text_itself_does_not_take_the_customer_off_the_list_k27(team: World) -> None:
    """K-27: only the VPA's own upkeep counts."""
    entry("K1", "vpa_kunde", "vpa", "2025-01-01T10:00")
    approach(team)
    assert [one.customer for one in watchlist(team.session().work())] == ["K1"]


@pytest.mark.parametrize("deadline", ["", None])
def test_no_approach_without_a_frist_k26_k30(team: World, deadline: str | None) -> None:
    found = rules(team, "watchlist.approach", customer="K1", text=TEXT, deadline=deadline)
    assert found == [("deadline_missing", "K-30", "stop")]
    assert (entries("vpa_kunde"), reminders()) == ([], [])


def test_a_frist_lies_ahead_k30(team: World) -> None:
    found = rules(team, "watchlist.approach", customer="K1", text=TEXT, deadline="2025-11-04")
    assert found == [("deadline_past", "K-30", "stop")]
    assert approach(team, deadline="05.11.2025")["deadline"] == dt.date(2025, 11, 5)


def test_a_malformed_frist_is_wrong_usage(team: World) -> None:
    with pytest.raises(UsageError):
        approach(team, deadline="nächste Woche")


def test_everything_at_once_in_the_order_of_the_contract(team: World) -> None:
    assert rules(team, "watchlist.approach", customer="K1") == [
        ("deadline_missing", "K-30", "stop"),
        ("text_missing", "K-29", "stop"),
    ]
    text = "Als VPA der Klasse C bitte bis [frist]."
    assert rules(team, "watchlist.approach", customer="K1", text=text, deadline="2025-11-01") == [
        ("deadline_past", "K-30", "stop"),
        ("class_named", "D-32", "stop"),
        ("placeholder_left", "K-23", "stop"),
    ]
    assert History.select().where(History.route == "refused").count() == 1


def test_an_unknown_customer_is_not_found(team: World) -> None:
    with pytest.raises(NotFoundError):
        approach(team, customer="K9")


def test_a_customer_without_vpa_is_only_a_hint_k29(team: World) -> None:
    customer("K2")
    assert [hint["rule"] for hint in approach(team, customer="K2")["hints"]] == ["K-29"]
    assert "hints" not in approach(team)


def test_undo_takes_text_and_wiedervorlage_back(team: World) -> None:
    approach(team)
    undo(team.session())
    assert (entries("vpa_kunde"), reminders()) == ([], [])


def test_the_form_says_who_reads_it(team: World) -> None:
    action = made("watchlist.approach", customer="K1")
    assert (action.reader("text"), action.reader("deadline")) == ("vpa", "intern")
