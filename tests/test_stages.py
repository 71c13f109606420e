"""VPA-Journey stages and the raising of flags (CONTRACT §6, J-00, A-09)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ground import clock
from models.journey.stages import latest_start, raise_flags, stage_of
from models.tables.flag import Flag
from models.tables.people import Vpa
from tests.support.world import World

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("start", "today", "stage"),
    [
        ("2025-01-31", "2025-01-30", None),
        ("2025-01-31", "2025-01-31", "0-3"),
        ("2025-01-31", "2025-04-29", "0-3"),
        ("2025-01-31", "2025-04-30", "3-6"),
        ("2025-01-15", "2025-04-14", "0-3"),
        ("2025-01-15", "2025-04-15", "3-6"),
        ("2025-01-15", "2025-07-15", "6-9"),
        ("2025-01-15", "2025-10-14", "6-9"),
        ("2025-01-15", "2025-10-15", "9-12"),
        ("2024-02-29", "2025-02-27", "9-12"),
        ("2024-02-29", "2025-02-28", ">12"),
        ("1990-01-01", "2025-01-01", ">12"),
    ],
)
def test_stage_by_whole_calendar_months(start: str, today: str, stage: str | None) -> None:
    """A-09: whole calendar months since start, lower end included."""
    assert stage_of(dt.date.fromisoformat(start), dt.date.fromisoformat(today)) == stage


@given(DAYS, st.sampled_from([0, 3, 6, 9, 12]))
def test_latest_start_is_the_border_of_a_stage(today: dt.date, months: int) -> None:
    latest = latest_start(months, today)
    assert clock.whole_months(latest, today) >= months
    assert clock.whole_months(latest + dt.timedelta(days=1), today) < months


def new_vpa(key: str, start: dt.date, **fields: Any) -> None:
    Vpa.create(id=key, name=f"Name {key}", folded=f"name {key}", klasse="C", start=start, **fields)


def test_flags_follow_the_pure_function(world: World) -> None:
    """The statement that raises them all agrees with `stage_of` for every start around every border."""
    today = dt.date(2025, 11, 5)
    starts = [today - dt.timedelta(days=days) for days in range(-3, 380)]
    for number, start in enumerate(starts):
        new_vpa(f"V{number}", start)
    expected = {f"V{n}": stage for n, start in enumerate(starts) if (stage := stage_of(start, today))}
    with world.store.db.atomic():
        assert raise_flags(world.session().work()) == len(expected)
        assert raise_flags(world.session().work()) == 0
    assert {flag.vpa_id: flag.stage for flag in Flag.select()} == expected
    flag = Flag.get(Flag.vpa == "V100")
    assert (flag.vpa_name, flag.vpa_folded, flag.state, flag.raised_on) == ("Name V100", "name V100", "open", today)


def test_current_stage_only_once_per_vpa_and_stage_none_before_start_none_for_gone(world: World) -> None:
    """J-00."""
    new_vpa("V1", dt.date(2025, 6, 1))
    new_vpa("V2", dt.date(2025, 12, 1))
    new_vpa("V3", dt.date(2020, 1, 1), gone=True)

    def raised(now: str) -> list[tuple[str, str, str]]:
        with world.store.db.atomic():
            raise_flags(world.session(now=now).work())
        return [(f.vpa_id, f.stage, str(f.raised_on)) for f in Flag.select().order_by(Flag.id)]

    first = [("V1", "3-6", "2025-11-05")]
    assert raised("2025-11-05T08:00") == first
    Flag.update(state="removed").execute()
    assert raised("2025-11-06T08:00") == first
    late = [("V1", "9-12", "2026-03-01"), ("V2", "3-6", "2026-03-01")]
    assert raised("2026-03-01T00:30") == first + late


def test_flags_of_a_baseline_count_as_removed(world: World) -> None:
    new_vpa("V1", dt.date(2025, 6, 1))
    with world.store.db.atomic():
        assert raise_flags(world.session().work(), "baseline") == 0
        assert raise_flags(world.session().work()) == 0
    assert [flag.state for flag in Flag.select()] == ["baseline"]


@pytest.mark.parametrize(("call", "state"), [(None, "open"), ("2025-11-06", "open"), ("2025-11-05", "baseline")])
def test_j_01_a_baseline_keeps_the_flag_of_who_is_still_being_boarded(
    world: World, call: str | None, state: str
) -> None:
    new_vpa("V1", dt.date(2025, 10, 1))
    Vpa.update(onboarding_call=dt.date.fromisoformat(call) if call else None).execute()
    with world.store.db.atomic():
        assert raise_flags(world.session().work(), "baseline") == (state == "open")
    assert [flag.state for flag in Flag.select()] == [state]
