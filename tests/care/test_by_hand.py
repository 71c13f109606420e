"""The Watchlist by hand, and the reasons of each line (K-29, CONTRACT §19)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.action.undo import undo
from models.care.watchlist.ranking import Ranking
from models.care.watchlist.risk import watchlist
from models.ground.errors import AlreadyDoneError, NotFoundError
from models.tables.entry import Entry
from models.tables.people import Customer, Vpa
from models.tables.setting import Setting
from tests.support.handover import absence, act, customer, days, entry, rules
from tests.support.world import World


@pytest.fixture
def kept(team: World) -> World:
    """K1, well kept and booking: not on the Watchlist."""
    Customer.update(kept_on=days(-1), kept_by="vpa", last_booking=days(-1)).execute()
    return team


def reasons(team: World, key: str = "K1", **how: Any) -> list[str] | None:
    """The reasons of a customer's line; None where it has none."""
    return {one.customer: list(one.reasons) for one in watchlist(team.session(**how).work())}.get(key)


def test_a_member_puts_a_customer_on_it_and_takes_it_off_k29(kept: World) -> None:
    assert reasons(kept) is None
    line = ("watchlist", "add", "--customer", "K1", "--reason", "Klingt unzufrieden")
    assert kept.cli(*line).ok().json["id"] == "K1"
    (row,) = kept.cli("watchlist").ok().lines
    assert (row["customer"], row["vpa"], row["reasons"]) == ("K1", "V1", ["by_hand"])
    assert kept.cli(*line).exit_code == 6
    assert "von Hand" in kept.cli("watchlist", json=False).ok().stdout
    kept.cli("watchlist", "remove", "--customer", "K1").ok()
    assert kept.cli("watchlist").ok().lines == []
    assert kept.cli("watchlist", "remove", "--customer", "K1").exit_code == 6


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_it_says_why_k29(kept: World, reason: str | None) -> None:
    assert rules(kept, "watchlist.add", customer="K1", reason=reason) == [("reason_missing", "K-29", "stop")]


def test_what_is_done_is_done_before_any_obstacle_and_nobody_unknown(kept: World) -> None:
    act(kept, "watchlist.add", customer="K1", reason="Klingt unzufrieden")
    with pytest.raises(AlreadyDoneError, match="schon auf die Watchlist gesetzt: Klingt"):
        act(kept, "watchlist.add", customer="K1")
    for code in ("watchlist.add", "watchlist.remove"):
        with pytest.raises(NotFoundError):
            act(kept, code, customer="K9")


def test_undo_takes_it_back_and_a_kept_ranking_notices(kept: World) -> None:
    ranking = Ranking()
    assert ranking.rows(kept.session().work()) == []
    act(kept, "watchlist.add", customer="K1", reason="Klingt unzufrieden")
    (row,) = ranking.rows(kept.session().work())
    assert (row.watched_for, row.watched_by) == ("Klingt unzufrieden", "ANN")
    undo(kept.session())
    assert ranking.rows(kept.session().work()) == []


def test_an_erased_customer_is_not_watched(kept: World) -> None:
    act(kept, "watchlist.add", customer="K1", reason="Klingt unzufrieden")
    Setting.create(key="four_eyes", value="off")
    kept.cli("customer", "erase", "K1", "--confirm", "Nordlicht GmbH", as_="KIM").ok()
    row = Customer.get_by_id("K1")
    assert (row.name, row.watched_for, row.watched_by) == ("(gelöscht)", None, None)


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"kept_on": days(-56)}, ["stale"]),
        ({"kept_on": days(-55)}, None),
        ({"kept_by": "at"}, ["never"]),
        ({"kept_on": days(-56), "last_booking": days(-60)}, ["stale"]),
        ({"kept_on": days(-56), "last_booking": days(-61)}, ["stale", "no_booking"]),
        ({"kept_on": days(-56), "last_booking": None}, ["stale", "no_booking"]),
        ({"last_booking": None}, None),
        ({"kept_on": days(-56), "watched_for": "x", "watched_by": "ANN"}, ["stale", "by_hand"]),
    ],
)
def test_age_hand_and_booking_are_told_apart_k29(kept: World, facts: dict[str, Any], wanted: list[str] | None) -> None:
    Customer.update(facts).execute()
    assert reasons(kept) == wanted


@pytest.fixture
def stale(kept: World) -> World:
    """K1 on the Watchlist for the age of its file alone."""
    Customer.update(kept_on=days(-70)).execute()
    return kept


@pytest.mark.parametrize(("on", "counts"), [("2025-08-07T00:30", True), ("2025-08-06T23:30", False)])
def test_a_complaint_counts_for_ninety_days_k29(stale: World, on: str, counts: bool) -> None:
    plain = watchlist(stale.session().work())[0].risk
    row = entry("K1", "oteam", "at", on, kind="complaint")
    entry("K1", "oteam", "at", "2025-11-01T10:00", kind="call")
    assert reasons(stale) == (["stale", "complaint"] if counts else ["stale"])
    assert (watchlist(stale.session().work())[0].risk > plain) is counts
    entry("K1", "oteam", "at", "2025-11-02T10:00", kind="other", corrects=row.id)
    assert reasons(stale) == ["stale"]  # it turned out to be none
    Entry.update(withdrawn_at=stale.session().clock.now()).where(Entry.corrects == row.id).execute()
    assert reasons(stale) == (["stale", "complaint"] if counts else ["stale"])


@pytest.mark.parametrize(
    ("first", "last", "away"), [(-5, 0, True), (-5, -1, False), (14, 20, True), (15, 20, False), (0, 0, True)]
)
def test_the_vpa_is_away_today_or_soon_k29(stale: World, first: int, last: int, away: bool) -> None:
    absence("V1", days(first), days(last))
    absence("V1", days(0), days(3), withdrawn=True)
    assert reasons(stale) == (["stale", "vpa_away"] if away else ["stale"])


def test_a_vpa_who_is_gone_k29(stale: World) -> None:
    plain = watchlist(stale.session().work())[0].risk
    Vpa.update(gone=True).execute()
    assert reasons(stale) == ["stale", "vpa_gone"]
    assert watchlist(stale.session().work())[0].risk > plain


def test_by_hand_is_ranked_among_the_others_and_never_kept_stays_last_k29(kept: World) -> None:
    customer("K2", kept_on=days(-60), kept_by="vpa", last_booking=days(-1))
    customer("K3", watched_for="x", watched_by="TOM", last_booking=dt.date(2020, 1, 1))
    act(kept, "watchlist.add", customer="K1", reason="Klingt unzufrieden")
    assert [one.customer for one in watchlist(kept.session().work())] == ["K1", "K2", "K3"]
