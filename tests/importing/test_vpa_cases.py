"""Cases from a known value changing to another known value: schedule, class, inactive (CONTRACT §3)."""

from __future__ import annotations

from typing import Any

import pytest

from models.ground import clock
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.people import Vpa
from tests.importing.support import Exports, absence, vpa

NEXT_DAY = "2025-11-06T14:00"


def take_vpas(exports: Exports, *steps: dict[str, Any], now: str | None = None) -> list[dict[str, Any]]:
    """Take one export after the other of V1 with these cells; the answers."""
    return [exports.take(now, vpas=[vpa(**step)]) for step in steps]


# What raises


def test_a_vpa_seen_for_the_first_time_raises_nothing(exports: Exports) -> None:
    answer = exports.take(vpas=[vpa(aktiv="nein", neukunden="nein", klasse="N", rising_star="ja")])
    assert (answer["cases"], exports.cases()) == (0, [])


def test_schedule_case_has_its_shape(exports: Exports) -> None:
    take_vpas(exports, {"klasse": "N"})
    (answer,) = take_vpas(exports, {"klasse": "N", "neukunden": "nein"}, now=NEXT_DAY)
    case = exports.case()
    assert answer["cases"] == 1
    assert clock.iso(case.pop("opened_at")) == "2025-11-06T14:00:00+01:00"
    assert case == {
        "id": case["id"], "kind": "schedule", "vpa": "V1", "vpa_name": "Mira Keller", "absence": None,
        "findings": ["new_vpa_declines"], "facts": None, "state": "open", "before": {"neukunden": True},
        "after": {"neukunden": False}, "workable_from": None, "contacted_at": None, "contacted_by": None,
        "reminders": [], "measure": None, "note": None, "resolved_at": None, "resolved_by": None,
        "details": {},
    }  # fmt: skip


def test_both_columns_of_one_import_are_one_case(exports: Exports) -> None:
    take_vpas(exports, {}, {"neukunden": "nein", "auftraege": "nein"})
    assert exports.case()["before"] == {"neukunden": True, "auftraege": True}
    assert exports.case()["after"] == {"neukunden": False, "auftraege": False}


def test_everything_at_once_raises_one_case_a_kind(exports: Exports) -> None:
    """D-05: each kind has its own procedure, so its own Case."""
    take_vpas(exports, {"rising_star": "ja"})
    (answer,) = take_vpas(exports, {"rising_star": "nein", "klasse": "B", "aktiv": "nein", "auftraege": "nein"})
    assert answer["cases"] == 3
    assert {case["kind"]: case["findings"] for case in exports.cases()} == {
        "schedule": ["priority_to_agree"],
        "class": ["better", "rising_star_lost", "worse"],
        "inactive": ["mobile_app"],
    }


@pytest.mark.parametrize(
    ("klassen", "findings"), [("NC", ["new_vpa_declines"]), ("CN", ["new_vpa_declines"]), ("CD", [])]
)
def test_class_n_before_or_after_this_import(exports: Exports, klassen: str, findings: list[str]) -> None:
    """D-11."""
    take_vpas(exports, {"klasse": klassen[0]}, {"klasse": klassen[1], "neukunden": "nein"})
    assert exports.case(kind="schedule")["findings"] == findings


def test_compared_is_the_last_known_value(exports: Exports) -> None:
    """ja, then unknown, then nein raises a case; ja, unknown, ja none."""
    take_vpas(exports, {"rising_star": "ja"}, {"rising_star": ""}, {"rising_star": "ja"}, {"rising_star": ""})
    assert exports.cases() == []
    assert Vpa.get().rising_star is None
    take_vpas(exports, {"rising_star": "nein"})
    assert (exports.case()["before"], exports.case()["after"]) == ({"rising_star": True}, {"rising_star": False})


def test_a_column_that_has_never_been_there_is_unknown_and_an_absent_one_leaves_what_is_known(exports: Exports) -> None:
    take_vpas(exports, {}, {"rising_star": "ja"})
    assert exports.cases() == []
    take_vpas(exports, {})
    assert Vpa.get().rising_star is True
    take_vpas(exports, {"rising_star": "nein"})
    assert exports.case()["findings"] == ["rising_star_lost", "worse"]


def test_baseline_takes_everything_as_known(exports: Exports) -> None:
    take_vpas(exports, {"start": "2025-06-01"})
    again = [vpa(start="2025-06-01", klasse="A", aktiv="nein")]
    answer = exports.take(baseline=True, despite="Neu angefangen", vpas=again)
    assert (answer["cases"], answer["flags"], exports.cases()) == (0, 0, [])
    take_vpas(exports, {"start": "2025-06-01", "klasse": "A", "aktiv": "nein"})
    assert exports.cases() == []
    take_vpas(exports, {"start": "2025-06-01", "klasse": "B", "aktiv": "nein"})
    assert exports.case()["before"] == {"klasse": "A"}


def test_stages_current_at_the_baseline_count_as_removed(exports: Exports) -> None:
    answer = exports.take(baseline=True, vpas=[vpa(start="2025-06-01")])
    assert answer["flags"] == 0
    assert [(flag.stage, flag.state) for flag in Flag.select()] == [("3-6", "baseline")]
    answer = exports.take("2025-12-01T09:00", vpas=[vpa(start="2025-06-01")])
    assert answer["flags"] == 1
    assert [(flag.stage, flag.state) for flag in Flag.select().order_by(Flag.id)] == [
        ("3-6", "baseline"),
        ("6-9", "open"),
    ]


# One open case


def test_a_further_change_goes_into_the_open_case_and_is_not_counted(exports: Exports) -> None:
    take_vpas(exports, {"neukunden": "nein"}, {"neukunden": "ja"})
    (answer,) = take_vpas(exports, {"neukunden": "ja", "auftraege": "nein", "klasse": "A"}, now=NEXT_DAY)
    case = exports.case(kind="schedule")
    assert answer["cases"] == 1, "only that of the class is new"
    assert (case["before"], case["after"]) == (
        {"neukunden": False, "auftraege": True},
        {"neukunden": True, "auftraege": False},
    )
    assert case["findings"] == ["priority_to_agree"]
    assert str(Case.get_by_id(case["id"]).changed_on) == "2025-11-06"


def test_first_before_newest_after(exports: Exports) -> None:
    """D-30: judged over the whole course, not over the last step."""
    take_vpas(exports, {"klasse": "A"}, {"klasse": "C"}, {"klasse": "B"})
    case = exports.case()
    assert (case["before"], case["after"], case["findings"]) == ({"klasse": "A"}, {"klasse": "B"}, ["worse"])


def test_a_field_back_at_its_old_value_drops_out(exports: Exports) -> None:
    take_vpas(exports, {}, {"neukunden": "nein", "auftraege": "nein"}, {"auftraege": "nein"})
    case = exports.case()
    assert (case["before"], case["after"]) == ({"auftraege": True}, {"auftraege": False})


def test_when_all_are_back_the_case_stays_open_with_reverted_alone(exports: Exports) -> None:
    take_vpas(exports, {"klasse": "A"}, {"klasse": "A", "neukunden": "nein"}, {"klasse": "A"})
    case = exports.case()
    assert (case["state"], case["findings"], case["before"], case["after"]) == ("open", ["reverted"], {}, {})
    take_vpas(exports, {"klasse": "A", "neukunden": "nein"})
    case = exports.case()
    assert (case["findings"], case["before"]) == (["priority_to_agree"], {"neukunden": True})


def test_a_resolved_case_takes_no_further_change(exports: Exports) -> None:
    take_vpas(exports, {}, {"klasse": "B"})
    exports.resolve(exports.case())
    take_vpas(exports, {"klasse": "A"})
    assert [(c["state"], c["before"]) for c in exports.cases()] == [
        ("resolved", {"klasse": "C"}),
        ("open", {"klasse": "B"}),
    ]


def test_name_of_a_vpa_follows_into_cases_and_flags(exports: Exports) -> None:
    take_vpas(exports, {}, {"klasse": "B"}, {"klasse": "B", "name": "Mira Müller-Keller"})
    assert exports.case()["vpa_name"] == Flag.get().vpa_name == Vpa.get().name == "Mira Müller-Keller"


# Inactive


@pytest.mark.parametrize(
    ("now", "workable_from"),
    [
        ("2025-11-05T08:00", "2025-11-06T00:00:00+01:00"),
        ("2025-11-05T23:59", "2025-11-06T00:00:00+01:00"),
        ("2025-11-07T14:00", "2025-11-10T12:00:00+01:00"),
        ("2025-11-08T14:00", "2025-11-10T12:00:00+01:00"),
        ("2025-12-24T14:00", "2025-12-29T12:00:00+01:00"),
        ("2026-05-13T14:00", "2026-05-15T12:00:00+02:00"),
    ],
)
def test_inactive_is_workable_on_the_next_working_day(exports: Exports, now: str, workable_from: str) -> None:
    """D-40; D-44 and A-06: at 12:00 where that is the first working day after a weekend or holiday."""
    take_vpas(exports, {}, now="2025-11-04T10:00")
    take_vpas(exports, {"aktiv": "nein"}, now=now)
    assert clock.iso(exports.case()["workable_from"]) == workable_from


def test_inactive_counts_from_the_newest_change_and_keeps_its_columns(exports: Exports) -> None:
    take_vpas(exports, {}, {"aktiv": "nein"})
    (again,) = take_vpas(exports, {}, now="2025-11-06T14:00")
    case = exports.case()
    assert (case["findings"], case["before"]["aktiv"], "aktiv" in case["after"]) == (
        ["active_again", "mobile_app"],
        True,
        True,
    )
    assert clock.iso(case["workable_from"]) == "2025-11-06T00:00:00+01:00"
    (gone,) = take_vpas(exports, {"aktiv": "nein"}, now="2025-11-07T14:00")
    case = exports.case()
    assert (case["before"], case["after"], case["findings"]) == ({"aktiv": True}, {"aktiv": False}, ["mobile_app"])
    assert clock.iso(case["workable_from"]) == "2025-11-10T12:00:00+01:00"
    assert (again["cases"], gone["cases"]) == (0, 0)


def test_inactive_is_judged_by_the_newest_export(exports: Exports) -> None:
    """D-43, D-45: what changes in the columns changes the findings of an open case, without a change of aktiv."""
    take_vpas(exports, {"teilzeit": "ja", "mobile_app": "nein"})
    for cells, findings in [
        ({"teilzeit": "ja", "mobile_app": "nein"}, ["part_time"]),
        ({"teilzeit": "", "mobile_app": "nein"}, []),
        ({"teilzeit": "nein", "mobile_app": ""}, ["mobile_app"]),
        ({"teilzeit": "ja", "mobile_app": "ja"}, ["mobile_app", "part_time"]),
        ({}, ["mobile_app", "part_time"]),
    ]:
        take_vpas(exports, {**cells, "aktiv": "nein"})
        assert exports.case()["findings"] == findings
    take_vpas(exports, {"aktiv": "ja"})
    assert exports.case()["findings"] == ["active_again", "mobile_app", "part_time"]


def test_becoming_active_raises_nothing(exports: Exports) -> None:
    take_vpas(exports, {"aktiv": "nein"}, {"aktiv": "ja"})
    assert exports.cases() == []


def test_a_later_inactivity_raises_a_new_case_after_the_first_is_resolved(exports: Exports) -> None:
    take_vpas(exports, {}, {"aktiv": "nein"})
    exports.resolve(exports.case())
    (answer,) = take_vpas(exports, {"aktiv": "nein"})
    assert answer["cases"] == 0
    answers = take_vpas(exports, {"aktiv": "ja"}, {"aktiv": "nein"})
    assert [a["cases"] for a in answers] == [0, 1]


# Gone


def test_missing_from_a_newer_file_is_gone_and_raises_no_flags(exports: Exports) -> None:
    exports.take("2025-11-05T10:00", vpas=[vpa(start="2025-10-01"), vpa(vpa_id="V2", start="2025-10-01")])
    answer = exports.take("2026-01-05T10:00", vpas=[vpa(start="2025-10-01")])
    assert Vpa.get_by_id("V2").gone
    assert answer["flags"] == 1
    answer = exports.take("2026-01-05T11:00", kunden=[])
    assert Vpa.get_by_id("V2").gone, "an absent file leaves everything as known"
    assert answer["flags"] == 0


def test_one_that_comes_back_is_compared_with_the_last_export_that_held_it(exports: Exports) -> None:
    two = vpa(vpa_id="V2", name="Jan Vogt")
    exports.take(vpas=[vpa(), two])
    exports.take(vpas=[vpa()])
    answer = exports.take(vpas=[vpa(), {**two, "klasse": "A"}])
    assert not Vpa.get_by_id("V2").gone
    assert (answer["files"][0]["changed"], answer["files"][0]["unchanged"], answer["cases"]) == (1, 1, 1)
    assert exports.case(kind="class")["before"] == {"klasse": "C"}
    exports.take(vpas=[vpa()])
    assert exports.take(vpas=[vpa(), {**two, "klasse": "A"}])["files"][0]["unchanged"] == 2


def test_flags_count_those_newly_raised(exports: Exports) -> None:
    answer = exports.take(vpas=[vpa(), vpa(vpa_id="V2", start="2025-12-01"), vpa(vpa_id="V3", start="2025-11-05")])
    assert answer["flags"] == 2
    assert take_vpas(exports, {}, {})[1]["flags"] == 0
    assert absence()["vpa_id"] == "V1"
