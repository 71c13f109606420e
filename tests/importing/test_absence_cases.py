"""Absence Cases: new, changed, withdrawn, known again, judged anew by every import (CONTRACT §3; D-20 to D-24)."""

from __future__ import annotations

from typing import Any

import pytest

from models.tables.people import Absence
from models.tables.setting import Setting
from tests.importing.support import Exports, absence, counted, vpa

NOW = "2025-11-05T14:00"
"""A Wednesday."""
PAST = {"von": "2025-10-01", "bis": "2025-10-03", "eingetragen_am": "2025-09-01"}


def take(exports: Exports, *rows: dict[str, Any], now: str = NOW, **how: Any) -> dict[str, Any]:
    """Take an export of V1 with these absences."""
    return exports.take(now, vpas=[vpa()], abwesenheiten=list(rows), **how)


# What raises


def test_a_new_absence_raises_a_case_of_its_own(exports: Exports) -> None:
    """D-20: length and frequency are shown with it."""
    answer = take(exports, absence(), absence(abwesenheit_id="A2", von="2026-02-02", bis="02.02.2026"))
    assert answer["cases"] == 2
    case = exports.case(absence="A1")
    assert case["kind"] == "absence"
    assert case["vpa"] == "V1"
    assert case["before"] is None
    assert case["after"] == {"von": "2025-12-01", "bis": "2025-12-05", "eingetragen_am": "2025-11-04"}
    assert case["facts"] == {"days": 5, "starts_90_days": 1}
    assert case["findings"] == []
    assert case["workable_from"] is None


@pytest.mark.parametrize(("end", "cases"), [("2025-11-04", 0), ("2025-11-05", 1), ("2025-11-06", 1)])
def test_only_one_that_ends_today_or_later(exports: Exports, end: str, cases: int) -> None:
    assert take(exports, absence(von="2025-11-01", bis=end))["cases"] == cases


def test_known_ones_raise_nothing(exports: Exports) -> None:
    take(exports, absence())
    assert take(exports, absence())["cases"] == 0
    assert len(exports.cases()) == 1


def test_changed_dates_of_a_known_one_raise_even_in_the_past(exports: Exports) -> None:
    take(exports, absence(**PAST))
    answer = take(exports, absence(**{**PAST, "bis": "2025-10-04"}))
    case = exports.case()
    assert answer["cases"] == 1
    assert (case["before"], case["after"]) == ({"bis": "2025-10-03"}, {"bis": "2025-10-04"}), "only what changed"


def test_another_day_of_entry_alone_raises_nothing_and_goes_into_no_case(exports: Exports) -> None:
    take(exports, absence())
    before = exports.case()
    answer = take(exports, absence(eingetragen_am="2025-11-05"))
    assert answer["cases"] == 0
    assert exports.case() == before
    exports.resolve(before)
    assert take(exports, absence(eingetragen_am="2025-11-06"))["cases"] == 0
    assert Absence.get().entered_on.isoformat() == "2025-11-06"


def test_day_of_entry_that_changes_with_the_dates_is_shown(exports: Exports) -> None:
    take(exports, absence(), baseline=True)
    take(exports, absence(bis="2025-12-06", eingetragen_am="2025-11-05"))
    assert exports.case()["before"] == {"bis": "2025-12-05", "eingetragen_am": "2025-11-04"}
    assert exports.case()["after"] == {"bis": "2025-12-06", "eingetragen_am": "2025-11-05"}


def test_baseline_takes_absences_as_known(exports: Exports) -> None:
    assert take(exports, absence(), baseline=True)["cases"] == 0
    assert take(exports, absence())["cases"] == 0
    assert exports.cases() == []


# Findings


@pytest.mark.parametrize(("end", "findings"), [("2025-12-21", []), ("2025-12-22", ["long"])])
def test_long_is_over_21_calendar_days(exports: Exports, end: str, findings: list[str]) -> None:
    """D-21, A-03."""
    take(exports, absence(bis=end))
    assert exports.case()["findings"] == findings


def test_frequent_is_judged_over_all_absences_of_the_vpa(exports: Exports) -> None:
    """D-23, A-04: three starts in 90 days; past ones count, those of others do not."""
    past = [
        absence(abwesenheit_id=f"P{n}", **{**PAST, "von": von, "bis": von})
        for n, von in enumerate(("2025-09-10", "2025-10-01"))
    ]
    exports.take(NOW, vpas=[vpa(), vpa(vpa_id="V2")], abwesenheiten=[absence(), *past])
    assert exports.case()["findings"] == ["frequent"]
    assert exports.case()["facts"] == {"days": 5, "starts_90_days": 3}


@pytest.mark.parametrize(
    ("entered", "findings"), [("2025-11-28", ["short_notice"]), ("2025-11-27", []), ("2025-12-03", ["short_notice"])]
)
def test_short_notice_starts_by_the_next_working_day_after_entry(
    exports: Exports, entered: str, findings: list[str]
) -> None:
    """D-24, A-05: it starts on Monday 1 December."""
    take(exports, absence(eingetragen_am=entered), now=max(NOW, f"{entered}T08:00"))
    assert exports.case()["findings"] == findings


def test_day_of_an_import_that_changed_the_dates_counts_as_entered_until_it_is_entered_anew(exports: Exports) -> None:
    first = absence(von="2025-11-20", bis="2025-11-21", eingetragen_am="2025-09-01")
    take(exports, first)
    assert exports.case()["findings"] == []
    moved = {**first, "von": "2025-11-06"}
    take(exports, moved)
    assert exports.case()["findings"] == ["short_notice"]
    take(exports, moved, now="2025-11-10T14:00")
    assert exports.case()["findings"] == ["short_notice"], "it stays its entered day"
    take(exports, {**moved, "eingetragen_am": "2025-09-02"}, now="2025-11-10T15:00")
    assert exports.case()["findings"] == []


def test_dates_and_day_of_entry_changed_together_count_by_the_day_of_entry(exports: Exports) -> None:
    take(exports, absence(eingetragen_am="2025-09-01"), baseline=True)
    take(exports, absence(von="2025-11-06", bis="2025-11-07", eingetragen_am="2025-10-01"))
    assert exports.case()["findings"] == []


def test_every_import_judges_all_open_absence_cases_anew(exports: Exports) -> None:
    """A second absence makes the first longer; so does an import without the file after a change of the settings."""
    take(exports, absence(von="2025-12-01", bis="2025-12-12"))
    take(
        exports,
        absence(von="2025-12-01", bis="2025-12-12"),
        absence(abwesenheit_id="A2", von="2025-12-16", bis="2025-12-30"),
    )
    assert [case["findings"] for case in exports.cases()] == [["long"], ["long"]]
    assert exports.case(absence="A1")["facts"]["days"] == 30
    Setting.create(key="long_days", value="30")
    exports.take(NOW, kunden=[])
    assert [case["findings"] for case in exports.cases()] == [[], []]
    Setting.create(key="short_notice_days", value="30")
    Setting.create(key="joined_days", value="3")
    exports.take(NOW, kunden=[])
    assert [case["findings"] for case in exports.cases()] == [["short_notice"], ["short_notice"]]


# One open case


def test_a_further_change_of_a_new_one_keeps_it_new(exports: Exports) -> None:
    take(exports, absence())
    answer = take(exports, absence(bis="2025-12-09"))
    case = exports.case()
    assert answer["cases"] == 0
    assert case["before"] is None
    assert case["after"] == {"von": "2025-12-01", "bis": "2025-12-09", "eingetragen_am": "2025-11-04"}
    assert case["facts"]["days"] == 9


def test_dates_that_are_back_leave_reverted_alone(exports: Exports) -> None:
    take(exports, absence(), baseline=True)
    take(exports, absence(von="2025-12-02", bis="2025-12-06"))
    take(exports, absence(von="2025-12-02"))
    assert exports.case()["after"] == {"von": "2025-12-02"}
    take(exports, absence())
    case = exports.case()
    assert (case["state"], case["findings"], case["before"], case["after"]) == ("open", ["reverted"], {}, {})


def test_reverted_looks_at_von_and_bis(exports: Exports) -> None:
    take(exports, absence(), baseline=True)
    take(exports, absence(bis="2025-12-06", eingetragen_am="2025-11-05"))
    take(exports, absence(eingetragen_am="2025-11-05"))
    case = exports.case()
    assert case["findings"] == ["reverted"]
    assert case["after"] == {"eingetragen_am": "2025-11-05"}


def test_a_change_after_the_case_was_resolved_is_a_new_case(exports: Exports) -> None:
    take(exports, absence())
    exports.resolve(exports.case())
    assert take(exports, absence(bis="2025-12-08"))["cases"] == 1
    assert [case["before"] for case in exports.cases()] == [None, {"bis": "2025-12-05"}]


# Withdrawn


def test_withdrawn_is_the_only_finding_and_none_is_raised(exports: Exports) -> None:
    take(exports, absence(bis="2026-01-31"), absence(abwesenheit_id="A2", von="2026-03-02", bis="2026-03-02"))
    exports.resolve(exports.case(absence="A2"))
    answer = take(exports)
    case = exports.case(absence="A1")
    assert answer["cases"] == 0
    assert (case["findings"], case["facts"], case["before"], case["after"]) == (["withdrawn"], None, None, None)
    assert case["state"] == "open"
    assert len(exports.cases()) == 2


def test_withdrawn_needs_the_file_and_an_end_today_or_later(exports: Exports) -> None:
    take(exports, absence(**PAST), absence(abwesenheit_id="A2"))
    exports.take(NOW, vpas=[vpa()])
    assert [a.withdrawn for a in Absence.select()] == [False, False]
    take(exports)
    assert {a.id: a.withdrawn for a in Absence.select()} == {"A1": False, "A2": True}


def test_withdrawn_ones_do_not_count_for_others(exports: Exports) -> None:
    other = absence(abwesenheit_id="A2", von="2025-12-08", bis="2026-01-05")
    take(exports, absence(), other)
    assert exports.case(absence="A1")["findings"] == ["long"]
    take(exports, absence())
    assert exports.case(absence="A1")["findings"] == []
    assert exports.case(absence="A2")["findings"] == ["withdrawn"]


def test_known_again_is_as_new_in_the_same_case(exports: Exports) -> None:
    take(exports, absence(), baseline=True)
    take(exports, absence(bis="2025-12-08"))
    take(exports)
    assert exports.case()["after"] is None
    answer = take(exports, absence(bis="2025-12-09"))
    case = exports.case()
    assert answer["cases"] == 0
    assert answer["files"][1]["new"] == 1
    assert case["before"] is None
    assert case["after"]["bis"] == "2025-12-09"
    assert case["facts"] == {"days": 9, "starts_90_days": 1}


def test_known_again_after_its_case_was_resolved_raises_one_as_new(exports: Exports) -> None:
    take(exports, absence())
    take(exports)
    exports.resolve(exports.case())
    answer = take(exports, absence())
    assert answer["cases"] == 1
    assert exports.case(state="open")["before"] is None
    assert counted(answer)[1] == {"file": "abwesenheiten", "rows": 1, "new": 1, "changed": 0, "unchanged": 0}


# Gone


def test_an_absence_first_seen_while_its_vpa_is_gone_is_new_when_he_returns(exports: Exports) -> None:
    other = vpa(vpa_id="V2")
    exports.take(NOW, vpas=[vpa(), other])
    answer = exports.take(NOW, vpas=[other], abwesenheiten=[absence()])
    assert (answer["cases"], [case["kind"] for case in exports.cases()]) == (1, ["gone"])
    answer = exports.take(NOW, vpas=[vpa(), other], abwesenheiten=[absence()])
    assert answer["cases"] == 1
    assert exports.case(kind="absence")["before"] is None


def test_an_absence_changed_while_its_vpa_is_gone_is_compared_when_he_returns(exports: Exports) -> None:
    other = vpa(vpa_id="V2")
    exports.take(NOW, baseline=True, vpas=[vpa(), other], abwesenheiten=[absence()])
    exports.take(NOW, vpas=[other], abwesenheiten=[absence(bis="2025-12-09")])
    assert exports.cases(kind="absence") == []
    exports.take(NOW, vpas=[vpa(), other], abwesenheiten=[absence(bis="2025-12-09")])
    assert exports.case(kind="absence")["before"] == {"bis": "2025-12-05"}
