"""The Watchlist: whose VPA Kundenakte is not kept, riskiest first (K-27, K-29)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.care.watchlist.risk import Watched, watchlist
from models.tables.entry import Entry
from models.tables.people import Assignment, Customer, Vpa
from models.tables.setting import Setting
from tests.support.handover import absence, assignment, customer, days, entry, vpa
from tests.support.world import World


def listed(team: World) -> dict[str, Watched]:
    """By customer, in their order."""
    return {one.customer: one for one in watchlist(team.session().work())}


def kept(key: str, days_ago: int, by: str = "vpa", **facts: Any) -> None:
    """A customer of V1 whose green file was kept that many days ago."""
    customer(key, kept_on=days(-days_ago), kept_by=by, **facts)
    assignment(key, "V1", dt.date(2023, 1, 1))


@pytest.fixture
def bare(team: World) -> World:
    """Without K1."""
    Assignment.delete().execute()
    Customer.delete().execute()
    return team


def test_56_days_back_are_too_many_55_are_not_k27(bare: World) -> None:
    kept("K55", 55)
    kept("K56", 56)
    kept("K57", 57)
    found = listed(bare)
    assert set(found) == {"K56", "K57"}
    assert (found["K56"].last_entry, found["K56"].weeks) == (days(-56), 8)
    assert found["K56"].show() == {
        "customer": "K56", "vpa": "V1", "last_entry": days(-56), "weeks": 8, "risk": found["K56"].risk,
        "reasons": ["stale", "no_booking"],
    }  # fmt: skip


def test_the_weeks_are_a_team_setting_k29(bare: World) -> None:
    kept("K20", 20)
    kept("K21", 21)
    assert listed(bare) == {}
    Setting.create(key="stale_weeks", value="3")
    assert set(listed(bare)) == {"K21"}


def test_only_the_vpas_own_upkeep_counts_k27(bare: World) -> None:
    kept("K1", 5, by="at")
    kept("K2", 100)
    entry("K2", "vpa_kunde", "at", "2025-11-01T10:00")
    entry("K2", "vpa_kunde", "sales", "2025-11-01T10:00")
    entry("K2", "oteam", "vpa", "2025-11-01T10:00")
    found = listed(bare)
    assert (found["K1"].last_entry, found["K1"].weeks) == (None, None)
    assert found["K2"].last_entry == days(-100)


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2025-06-01T10:00", dt.date(2025, 7, 28)),  # the day it was kept is newer
        ("2025-08-01T10:00", dt.date(2025, 8, 1)),
        ("2025-09-09T22:30:00+00:00", dt.date(2025, 9, 10)),  # Berlin is a day ahead; 56 days back
        ("2025-09-10T22:30:00+00:00", None),  # 55 days back by Berlin dates
    ],
)
def test_the_newer_of_kept_and_written_counts_by_berlin_dates_k27(
    bare: World, written: str, last: dt.date | None
) -> None:
    kept("K1", 100)
    entry("K1", "vpa_kunde", "vpa", "2025-03-01T10:00")
    entry("K1", "vpa_kunde", "vpa", written)
    found = listed(bare)
    assert (found["K1"].last_entry if found else None) == last


def test_a_withdrawn_entry_and_another_customers_do_not_count_k27(bare: World) -> None:
    kept("K1", 100)
    kept("K11", 100)
    row = entry("K1", "vpa_kunde", "vpa", "2025-11-01T10:00")
    assert set(listed(bare)) == {"K11"}
    Entry.update(withdrawn_at=row.created_at).where(Entry.id == row.id).execute()
    assert set(listed(bare)) == {"K1", "K11"}


def test_never_kept_comes_last_whatever_its_risk_k29(bare: World) -> None:
    kept("K1", 56)
    customer("K2", klasse="A")
    customer("K3", klasse="B")
    assert [(key, one.last_entry) for key, one in listed(bare).items()] == [
        ("K1", days(-56)), ("K2", None), ("K3", None),
    ]  # fmt: skip


def test_the_older_the_riskier_k29(bare: World) -> None:
    for key, age in (("K1", 60), ("K2", 61), ("K3", 400), ("K4", 59)):
        kept(key, age)
    found = listed(bare)
    assert list(found) == ["K3", "K2", "K1", "K4"]
    risks = [one.risk for one in found.values()]
    assert risks == sorted(risks, reverse=True)


def test_the_better_the_class_the_riskier_k29(bare: World) -> None:
    for key, klasse in (("K1", None), ("K2", "D"), ("K3", "C"), ("K4", "B"), ("K5", "A")):
        kept(key, 60, klasse=klasse)
    assert list(listed(bare)) == ["K5", "K4", "K3", "K2", "K1"]


def test_changes_make_it_riskier_never_the_first_one_k29(bare: World) -> None:
    for key in ("K1", "K2", "K3"):
        kept(key, 60)
    assignment("K3", "V1", days(-90))
    assignment("K2", "V1", days(-90))
    assignment("K2", "V1", days(-30))
    customer("K0", kept_on=days(-60), kept_by="vpa")
    assignment("K0", "V1", days(-90))
    found = listed(bare)
    assert list(found) == ["K2", "K3", "K0", "K1"]
    assert found["K0"].risk == found["K1"].risk


def test_a_coming_absence_of_the_vpa_makes_it_riskier_k29(bare: World) -> None:
    kept("K1", 60)
    for key, who in (("K2", "V2"), ("K3", "V3"), ("K4", "V4")):
        vpa(who) if who != "V2" else None
        customer(key, kept_on=days(-60), kept_by="vpa")
        assignment(key, who, dt.date(2023, 1, 1))
    absence("V2", days(-3), days(4))
    absence("V3", days(10), days(20))
    absence("V3", days(15), days(16))  # inside the other one: counts once
    absence("V4", days(10), days(30), withdrawn=True)
    absence("V4", days(-30), days(-1))
    absence("V4", days(200), days(230))
    found = listed(bare)
    assert list(found) == ["K3", "K2", "K1", "K4"]
    assert found["K1"].risk == found["K4"].risk
    Vpa.update(gone=True).where(Vpa.id == "V4").execute()
    assert next(iter(listed(bare))) == "K4"


def test_the_vpa_is_the_one_in_charge_now(bare: World) -> None:
    kept("K1", 60)
    assignment("K1", "V2", days(-5))
    kept("K2", 60)
    Assignment.update(end=days(-1)).where(Assignment.customer == "K2").execute()
    found = listed(bare)
    assert (found["K1"].vpa, found["K2"].vpa) == ("V2", None)


def test_no_query_grows_with_the_number_of_customers(bare: World) -> None:
    from unittest import mock

    for number in range(30):
        kept(f"K{number:02}", 60 + number)
    work = bare.session().work()
    with mock.patch.object(bare.store.db, "execute_sql", wraps=bare.store.db.execute_sql) as asked:
        assert len(watchlist(work)) == 30
    assert asked.call_count <= 7
