"""The Watchlist for a screen: ranked once, kept, the reasons told apart (K-27, K-29)."""

from __future__ import annotations

import datetime as dt
from unittest import mock

import pytest

from models.care.watchlist import ranking
from models.care.watchlist.ranking import Ranking, beside
from models.care.watchlist.risk import NO_BOOKING, PER_CHANGE, PER_CLASS, PER_DAY_AWAY, watchlist
from models.tables.people import Assignment, Customer, Vpa
from models.tables.setting import Setting
from tests.support.handover import absence, assignment, customer, days
from tests.support.world import World


@pytest.fixture
def watched(team: World) -> World:
    """K1 with every reason, K2 with age alone."""
    Assignment.delete().execute()
    Customer.delete().execute()
    customer("K1", kept_on=days(-70), kept_by="vpa", klasse="A", name="Müller & Söhne")
    customer("K2", kept_on=days(-60), kept_by="vpa")
    assignment("K1", "V2", dt.date(2023, 1, 1), days(-30))
    assignment("K1", "V1", days(-29))
    assignment("K2", "V1", dt.date(2023, 1, 1))
    absence("V1", days(5), days(14))
    return team


def test_the_risk_is_the_sum_of_its_reasons_k29(watched: World) -> None:
    first, second = watchlist(watched.session().work())
    away = PER_DAY_AWAY * 10
    assert first.points() == {
        "age": 70,
        "away": away,
        "class": PER_CLASS["A"],
        "changes": PER_CHANGE,
        "booking": NO_BOOKING,
        "complaint": 0,
    }
    assert second.points() == {"age": 60, "away": away, "class": 0, "changes": 0, "booking": NO_BOOKING, "complaint": 0}
    for one in (first, second):
        assert one.risk == sum(one.points().values())


def test_it_is_ranked_once_until_something_it_rests_on_changes(watched: World) -> None:
    kept = Ranking()
    with mock.patch.object(ranking, "watchlist", wraps=watchlist) as ranked:
        assert [row.customer for row in kept.rows(watched.session().work())] == ["K1", "K2"]
        assert [row.customer for row in kept.rows(watched.session().work())] == ["K1", "K2"]
        assert ranked.call_count == 1
        assignment("K1", "V2", days(-1))
        assert kept.rows(watched.session().work())[0].vpa == "V2"
        Setting.create(key="stale_weeks", value="9")
        assert [row.customer for row in kept.rows(watched.session().work())] == ["K1"]
        kept.rows(watched.session(now="2025-11-06T14:00").work())
        assert ranked.call_count == 4


def test_found_by_name_in_any_spelling_and_by_id(watched: World) -> None:
    kept, work = Ranking(), watched.session().work()
    for text, found in (("mueller", ["K1"]), ("MÜLL söh", ["K1"]), ("k2", ["K2"]), ("niemand", []), ("", ["K1", "K2"])):
        assert [row.customer for row in kept.rows(work, text)] == found
    first = kept.find("K1")
    assert first is not None
    assert first.risk == kept.rows(work)[0].risk
    assert kept.find("K404") is None


def test_what_stands_beside_a_row_costs_two_queries_k30(watched: World) -> None:
    for deadline in ("2025-11-20", "2025-11-12"):
        watched.cli("watchlist", "approach", "--customer", "K1", "--text", "Bitte", "--deadline", deadline).ok()
    Vpa.update(gone=True).where(Vpa.id == "V1").execute()
    rows = watchlist(watched.session().work())
    with mock.patch.object(watched.store.db, "execute_sql", wraps=watched.store.db.execute_sql) as asked:
        found = beside(rows)
    assert asked.call_count == 2
    assert found["K1"].deadline == dt.date(2025, 11, 12)
    assert found["K1"].gone
    assert found["K2"].deadline is None
    assert beside([]) == {}
