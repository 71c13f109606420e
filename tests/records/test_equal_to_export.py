"""Saying it by hand and saying it by an export comes to the same Cases, whatever the order (S-01, S-03, S-04)."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.importing.importer import take
from models.records.actions import AddAbsence, ChangeAbsence, LeaveVpa, ReturnVpa, SetVpa, WithdrawAbsence
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.history import History
from models.tables.people import Absence, Import, Vpa
from tests.importing.support import Exports, Row, absence, vpa, write_json
from tests.support.world import World

FIRST = dt.date(2025, 11, 3)
FIELDS = {"neukunden": "new_customers", "auftraege": "orders", "aktiv": "active", "rising_star": "rising_star",
          "teilzeit": "part_time", "mobile_app": "mobile_app"}  # fmt: skip


@dataclass
class Told:
    """The platform's state, as either way tells it."""

    vpas: dict[str, Row] = field(default_factory=lambda: {key: start(key) for key in ("V1", "V2")})
    here: set[str] = field(default_factory=lambda: {"V1", "V2"})
    away: dict[int, Row] = field(default_factory=dict)
    """Absences by their number."""
    there: set[int] = field(default_factory=set)
    """Of these, the ones not withdrawn."""
    ids: dict[int, str] = field(default_factory=dict)
    """Our own ids of those entered by hand; the platform calls each A and its number."""

    def id_of(self, number: int) -> str:
        """The id by which an action finds it."""
        return self.ids.get(number, f"A{number}")

    def number_of(self, key: str | None) -> int | None:
        """Which absence a Case is about, whoever named it."""
        own = {name: number for number, name in self.ids.items()}
        return own.get(key, int(key[1:])) if key else None


def start(key: str) -> Row:
    return vpa(vpa_id=key, rising_star="nein", mobile_app="nein", teilzeit="nein")


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from(["V1", "V2"]), st.sampled_from(sorted(FIELDS)), st.booleans()),
        st.tuples(st.just("class"), st.sampled_from(["V1", "V2"]), st.sampled_from("ABCDN"), st.none()),
        st.tuples(st.just("away"), st.sampled_from(["V1", "V2"]), st.integers(-3, 40), st.sampled_from([0, 1, 4, 25])),
        st.tuples(st.just("move"), st.integers(0, 4), st.integers(0, 6), st.integers(0, 25)),
        st.tuples(st.just("drop"), st.integers(0, 4), st.none(), st.none()),
        st.tuples(st.just("leave"), st.sampled_from(["V1", "V2"]), st.none(), st.none()),
        st.tuples(st.just("return"), st.sampled_from(["V1", "V2"]), st.none(), st.none()),
    ),
    min_size=1,
    max_size=9,
)


def by_hand(world: World, told: Told, step: tuple[Any, ...], today: dt.date) -> Any:
    """The action that says it and the change to what is told; None where there is nothing to say."""
    what, who, one, two = step
    if what == "set" and who in told.here:
        told.vpas[who][one] = "ja" if two else "nein"
        return SetVpa(id=who, **{FIELDS[one]: two})
    if what == "class" and who in told.here:
        told.vpas[who]["klasse"] = one
        return SetVpa(id=who, klasse=one)
    if (
        what == "away"
        and who in told.here
        and all((row["vpa_id"], row["von"]) != (who, day(one).isoformat()) for row in told.away.values())
    ):
        number = len(told.away) + 1
        told.away[number] = absence(
            abwesenheit_id=f"A{number}", vpa_id=who, von=day(one).isoformat(), bis=day(one + two).isoformat(),
            eingetragen_am=today.isoformat(),
        )  # fmt: skip
        told.there.add(number)
        return AddAbsence(vpa=who, start=day(one), end=day(one + two))
    if what in ("move", "drop"):
        return _on_absence(told, step, today)
    if what == "leave" and who in told.here and len(told.here) > 1:
        told.here.remove(who)
        return LeaveVpa(id=who)
    if what == "return" and who not in told.here:
        told.here.add(who)
        return ReturnVpa(id=who)
    return None


def _on_absence(told: Told, step: tuple[Any, ...], today: dt.date) -> Any:
    what, place, first, length = step
    numbers = sorted(number for number in told.there if told.away[number]["bis"] >= today.isoformat()
                     and told.away[number]["vpa_id"] in told.here)  # fmt: skip
    if not numbers:
        return None
    number = numbers[place % len(numbers)]
    row = told.away[number]
    if what == "drop":
        told.there.remove(number)
        return WithdrawAbsence(id=told.id_of(number))
    begin = dt.date.fromisoformat(row["von"]) + dt.timedelta(days=first)
    row["von"], row["bis"] = begin.isoformat(), (begin + dt.timedelta(days=length)).isoformat()
    return ChangeAbsence(id=told.id_of(number), start=begin, end=begin + dt.timedelta(days=length))


def by_export(world: World, folder: Path, told: Told, now: str) -> None:
    """All of it as the platform would tell it."""
    rows = {
        "vpas": [told.vpas[key] for key in sorted(told.here)],
        "abwesenheiten": [told.away[number] for number in sorted(told.there)],
    }
    paths = [write_json(folder / f"{name}.json", found) for name, found in rows.items()]
    take(world.session(now=now), paths, despite="weil")


def cases(told: Told) -> list[dict[str, Any]]:
    """All Cases, whoever raised them."""
    names = ("kind", "vpa", "absence", "state", "before", "after", "findings", "facts", "workable_from")
    shown = [{name: case.show([])[name] for name in names} for case in Case.select()]
    for one in shown:
        one["absence"] = told.number_of(one["absence"])
    return sorted(shown, key=lambda one: json.dumps(one, default=str))


@contextmanager
def emptied(world: World) -> Iterator[None]:
    """A world with two VPAs alone."""
    for table in (Case, Flag, Absence, Vpa, Import):
        table.delete().execute()
    yield


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS, st.lists(st.integers(0, 3), min_size=9, max_size=9), st.lists(st.booleans(), min_size=9, max_size=9))
def test_either_way_raises_the_same_cases(
    exports: Exports, steps: list[tuple[Any, ...]], days: list[int], mixed: list[bool]
) -> None:
    """D-10 to D-12, D-20 to D-24, D-30, D-31, D-40 to D-45, S-01, S-03, S-04: by hand, by exports, or by either."""
    ways = (([True] * len(mixed), False), ([False] * len(mixed), False), (mixed, True))
    courses = [course(exports.world, steps, days, *way) for way in ways]
    assert courses[0] == courses[1]
    assert courses[2] == courses[1]
    assert History.select().exists()


def course(world: World, steps: list[tuple[Any, ...]], days: list[int], hands: list[bool], followed: bool) -> list[Any]:
    """The Cases after each step, told by hand or by an export; the last export, or one after each, adds nothing.

    `followed`: the platform says the same soon after. Else what was said by hand would hold against it (CONTRACT §3).
    """
    found: list[Any] = []
    told, today = Told(), FIRST
    with emptied(world), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        by_export(world, folder, told, f"{today}T09:00")
        for step, later, hand in zip(steps, days, hands, strict=False):
            today += dt.timedelta(days=later)
            action = by_hand(world, told, step, today)
            if action is None:
                continue
            if hand:
                shown = world.run(action, now=f"{today}T14:00")
                if isinstance(action, AddAbsence):
                    told.ids[len(told.away)] = shown["id"]
                before = cases(told)
                if followed:
                    by_export(world, folder, told, f"{today}T14:30")
                assert cases(told) == before
            else:
                by_export(world, folder, told, f"{today}T14:00")
            found.append((step, cases(told)))
        by_export(world, folder, told, f"{today}T15:00")
        assert not found or cases(told) == found[-1][1]
    return found
