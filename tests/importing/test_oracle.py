"""Random courses of exports against an oracle that reads CONTRACT §3 word by word and knows no database."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.ground.absences import absence_facts, absence_findings
from models.ground.workdays import Workdays
from models.importing.finder import Finder
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.people import Absence, Import, Vpa
from tests.importing.support import Exports, Row, absence, vpa, write_json

WORKDAYS = Workdays()
FIRST = dt.date(2025, 11, 3)
YESNO = {"ja": True, "nein": False}
RANK = "DCBA"


@dataclass
class Step:
    """One export."""

    days_later: int
    baseline: bool
    vpas: list[Row] | None
    absences: list[Row] | None
    resolve: int
    """So many of the oldest open Cases are resolved before it."""


def day(number: int) -> str:
    return (FIRST + dt.timedelta(days=number)).isoformat()


def vpa_rows() -> st.SearchStrategy[list[Row]]:
    flag = st.sampled_from(["ja", "nein"])
    maybe = st.sampled_from(["ja", "nein", "", None])
    one = st.fixed_dictionaries(
        {
            "klasse": st.sampled_from("ABCDN"),
            "aktiv": flag,
            "neukunden": flag,
            "auftraege": flag,
            "rising_star": maybe,
            "teilzeit": maybe,
            "mobile_app": maybe,
        }
    )
    rows = st.tuples(st.none() | one, st.none() | one)
    return rows.map(lambda pair: [vpa(vpa_id=f"V{n}", **cells) for n, cells in enumerate(pair, 1) if cells])


def absence_rows() -> st.SearchStrategy[list[Row]]:
    one = st.tuples(st.integers(-10, 40), st.sampled_from([0, 1, 4, 25]), st.integers(-12, -9))
    rows = st.lists(st.none() | one, min_size=3, max_size=3)
    return rows.map(
        lambda spans: [
            absence(abwesenheit_id=f"A{n}", vpa_id=f"V{n % 2 + 1}", von=day(a), bis=day(a + b), eingetragen_am=day(c))
            for n, span in enumerate(spans)
            if span
            for a, b, c in [span]
        ]
    )


STEPS = st.builds(
    Step,
    st.integers(0, 4),
    st.integers(0, 9).map(lambda number: number == 0),
    st.none() | vpa_rows(),
    st.none() | absence_rows(),
    st.integers(0, 2),
)


@dataclass
class Away:
    """What the oracle knows of an absence."""

    vpa: str
    dates: dict[str, str]
    judged: dict[str, str] | None = None
    imported_on: str | None = None
    withdrawn: bool = False

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        return dt.date.fromisoformat(self.dates["von"]), dt.date.fromisoformat(self.dates["bis"])

    @property
    def entered(self) -> dt.date:
        return dt.date.fromisoformat(self.imported_on or self.dates["eingetragen_am"])


@dataclass
class Oracle:
    """The contract in plain Python."""

    here: dict[str, bool] = field(default_factory=dict)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    away: dict[str, Away] = field(default_factory=dict)
    cases: list[dict[str, Any]] = field(default_factory=list)
    newest: str = ""
    """Newest day of entry of the last import that had one: nothing else dates these exports."""

    def open_case(self, kind: str, vpa_id: str, absence_id: str | None = None) -> dict[str, Any] | None:
        for case in self.cases:
            if (case["state"], case["kind"], case["vpa"], case["absence"]) == ("open", kind, vpa_id, absence_id):
                return case
        return None

    def resolve(self, number: int) -> None:
        for case in [case for case in self.cases if case["state"] == "open"][:number]:
            case["state"] = "resolved"

    def take(self, step: Step, today: str) -> int:
        before = len(self.cases)
        entered = max((row["eingetragen_am"] for row in step.absences or ()), default=self.newest)
        older, self.newest = entered < self.newest, entered
        if step.vpas is not None:
            left = {key for key, here in self.here.items() if here and not older} - {row["vpa_id"] for row in step.vpas}
            for row in step.vpas:
                self.take_vpa(row, step.baseline)
            self.leave(left, step.baseline)
        if step.absences is not None:
            self.take_absences(step.absences, today)
        self.judge_absences(step.baseline, today)
        self.judge_again()
        return len(self.cases) - before

    # VPAs

    def leave(self, left: set[str], baseline: bool) -> None:
        """S-04: whoever becomes gone raises a Case, unless one is open."""
        for key in left:
            self.here[key] = False
            if not baseline and self.open_case("gone", key) is None:
                self.cases.append(self.case("gone", key, {"gone": False}, {"gone": True}))

    def take_vpa(self, row: Row, baseline: bool) -> None:
        key = row["vpa_id"]
        first = key not in self.known
        old = self.known.setdefault(key, {})
        new = dict(old)
        for name in ("klasse", "rising_star", "neukunden", "auftraege", "aktiv"):
            if row.get(name):
                new[name] = YESNO.get(row[name], row[name])
        facts = self.facts.setdefault(key, {"teilzeit": False, "mobile_app": None})
        facts["aktiv"] = new["aktiv"]
        for name in ("teilzeit", "mobile_app"):
            if row.get(name) is not None:
                facts[name] = YESNO.get(row[name], False if name == "teilzeit" else None)
        self.here[key] = True
        self.known[key] = new
        if first or baseline:
            return
        for kind, names in (("schedule", ["neukunden", "auftraege"]), ("class", ["klasse", "rising_star"])):
            self.change(kind, key, {n: (old[n], new[n]) for n in names if n in old and old[n] != new[n]}, old, new)
        if old["aktiv"] and not new["aktiv"]:
            case = self.open_case("inactive", key)
            if case is None:
                self.cases.append(self.case("inactive", key, {"aktiv": True}, {"aktiv": False}))

    def case(self, kind: str, key: str, before: Any, after: Any, absence_id: str | None = None) -> dict[str, Any]:
        return {
            "kind": kind, "vpa": key, "absence": absence_id, "state": "open", "before": before, "after": after,
            "findings": [], "facts": None,
        }  # fmt: skip

    def change(self, kind: str, key: str, changed: dict[str, Any], old: dict[str, Any], new: dict[str, Any]) -> None:
        if not changed:
            return
        case = self.open_case(kind, key)
        if case is None:
            case = self.case(kind, key, {}, {})
            self.cases.append(case)
        self.go_into(case, changed)
        if not case["after"]:
            case["findings"] = ["reverted"]
        elif kind == "class":
            case["findings"] = self.class_findings(case["before"], case["after"])
        else:
            off = any(case["before"][name] and not case["after"][name] for name in case["after"])
            found = ["new_vpa_declines"] if off and "N" in (old["klasse"], new["klasse"]) else []
            case["findings"] = found + (["priority_to_agree"] if new["klasse"] in "AB" else [])

    def go_into(self, case: dict[str, Any], changed: dict[str, Any]) -> None:
        for name, (was, now) in changed.items():
            case["before"].setdefault(name, was)
            case["after"][name] = now
            if case["before"][name] == now:
                del case["before"][name], case["after"][name]

    def class_findings(self, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
        found = set()
        if "rising_star" in after:
            found |= {"rising_star"} if after["rising_star"] else {"rising_star_lost", "worse"}
        if "klasse" in after and after["klasse"] != "N":
            was, now = before["klasse"], after["klasse"]
            up = now in "AB" if was == "N" else RANK.index(now) > RANK.index(was)
            found.add("better" if up else "worse")
        return sorted(found)

    # Absences

    def take_absences(self, rows: list[Row], today: str) -> None:
        for row in rows:
            key, dates = row["abwesenheit_id"], {name: row[name] for name in ("von", "bis", "eingetragen_am")}
            known = self.away.get(key)
            if known is None or known.withdrawn:
                self.away[key] = Away(row["vpa_id"], dates)
                continue
            if known.dates["eingetragen_am"] != dates["eingetragen_am"]:
                known.imported_on = None
            elif (known.dates["von"], known.dates["bis"]) != (dates["von"], dates["bis"]):
                known.imported_on = today
            known.dates = dates
        missing = set(self.away) - {row["abwesenheit_id"] for row in rows}
        for key in missing:
            known = self.away[key]
            if known.dates["bis"] >= today and not known.withdrawn:
                known.withdrawn, known.judged = True, None
                if case := self.open_case("absence", known.vpa, key):
                    case["after"] = None

    def judge_absences(self, baseline: bool, today: str) -> None:
        for key, known in sorted(self.away.items()):
            case = self.open_case("absence", known.vpa, key)
            if known.withdrawn or known.judged == known.dates:
                continue
            if not (self.here[known.vpa] or case or baseline):
                continue
            was, known.judged = known.judged, dict(known.dates)
            if not baseline:
                self.judge_absence(key, known, was, case, today)

    def judge_absence(
        self, key: str, known: Away, was: dict[str, str] | None, case: dict[str, Any] | None, today: str
    ) -> None:
        if was is None:
            if case:
                case["before"], case["after"] = None, dict(known.dates)
            elif known.dates["bis"] >= today:
                self.cases.append(self.case("absence", known.vpa, None, dict(known.dates), key))
            return
        changed = {name: (was[name], now) for name, now in known.dates.items() if was[name] != now}
        if not {"von", "bis"} & set(changed):
            return
        if case is None:
            case = self.case("absence", known.vpa, {}, {}, key)
            self.cases.append(case)
        if case["before"] is None:
            case["after"] = dict(known.dates)
        else:
            self.go_into(case, changed)

    def judge_again(self) -> None:
        for case in self.cases:
            if case["state"] != "open":
                continue
            if case["kind"] == "inactive":
                facts = self.facts[case["vpa"]]
                found = {
                    "active_again": facts["aktiv"],
                    "mobile_app": facts["mobile_app"] is not False,
                    "part_time": facts["teilzeit"],
                }
                case["findings"] = sorted(name for name, holds in found.items() if holds)
            if case["kind"] == "absence":
                self.judge_open(case)
            if case["kind"] == "gone":
                case["findings"] = ["returned"] if self.here[case["vpa"]] else []
                case["facts"] = {"customers": [], "tasks": [], "reminders": []}

    def judge_open(self, case: dict[str, Any]) -> None:
        known = self.away[case["absence"]]
        if known.withdrawn:
            case["findings"], case["facts"] = ["withdrawn"], None
            return
        spans = [other.span for other in self.away.values() if other.vpa == known.vpa and not other.withdrawn]
        days, starts = absence_facts(known.span, spans, WORKDAYS)
        case["facts"] = {"days": days, "starts_90_days": starts}
        case["findings"] = absence_findings(known.span, known.entered, spans, WORKDAYS)
        if case["before"] is not None and not {"von", "bis"} & set(case["before"]):
            case["findings"] = ["reverted"]


def everything() -> list[dict[str, Any]]:
    """All Cases in the oracle's shape, without their order."""
    names = ("kind", "vpa", "absence", "state", "before", "after", "findings", "facts")
    return sort([{name: case.show([])[name] for name in names} for case in Case.select()])


def sort(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(cases, key=lambda case: json.dumps(case, sort_keys=True))


_numbers = itertools.count()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=1, max_size=6))
def test_any_course_of_exports_raises_what_the_contract_says(exports: Exports, steps: list[Step]) -> None:
    """D-10 to D-12, D-20 to D-24, D-30, D-31, D-41, D-43, D-45, S-04 together."""
    for table in (Case, Flag, Absence, Vpa, Import):
        table.delete().execute()
    oracle, today = Oracle(), FIRST
    # One file a row, so that each may lack other columns: somebody's two files for one table would be ambiguous.
    every_file = mock.patch.object(Finder, "_only_once", lambda finder: iter(finder._sources))
    with tempfile.TemporaryDirectory() as folder, every_file:
        start: Row = vpa(aktiv="ja")
        exports.take_paths(exports.folder(vpas=[start, vpa(vpa_id="V2")]), now="2025-11-03T09:00")
        for row in (start, vpa(vpa_id="V2")):
            oracle.take_vpa(row, baseline=True)
        for step in steps:
            today += dt.timedelta(days=step.days_later)
            resolve(step.resolve, oracle)
            tables = {"vpas": step.vpas, "abwesenheiten": step.absences}
            paths = write(Path(folder), {name: rows for name, rows in tables.items() if rows is not None})
            if not paths:
                continue
            answer = exports.take_paths(
                *paths, now=f"{today.isoformat()}T14:00", baseline=step.baseline, despite="weil"
            )
            assert answer["cases"] == oracle.take(step, today.isoformat())
            assert everything() == sort(oracle.cases)
            assert {each.id: not each.gone for each in Vpa.select()} == oracle.here


def resolve(number: int, oracle: Oracle) -> None:
    """Close the same Cases here and there."""
    oracle.resolve(number)
    left = sort([case for case in oracle.cases if case["state"] == "open"])
    kept = {(case["kind"], case["vpa"], case["absence"]) for case in left}
    for case in Case.select().where(Case.state == "open"):
        if (case.kind, case.vpa_id, case.absence_id) not in kept:
            Case.update(state="resolved").where(Case.id == case.id).execute()


def write(folder: Path, tables: dict[str, list[Row]]) -> list[Path]:
    """The files of an export, one a row: a cell None is a column that its file lacks."""
    paths = []
    for name, rows in tables.items():
        for number in range(max(1, len(rows))):
            part = folder / str(next(_numbers))
            part.mkdir()
            known = [{column: cell for column, cell in row.items() if cell is not None} for row in rows]
            paths.append(write_json(part / f"{name}.json", known[number : number + 1]))
    return paths
